import CiteNetwork
import Foundation
import GRDB
import GeoPackage
import NetworkStore
import Testing
import TestSupport

/// Another program that holds the lock of writers for as long as it likes.
@Suite struct ForeignWriterTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("network.gpkg")
        try SmallGeoData.write(to: folder)
        let store = try NetworkStore.create(at: path)
        try store.importGeoData(from: folder.url)
        try store.close()
    }

    /// Runs `body` while another connection holds `BEGIN IMMEDIATE`.
    private func whileWriting(_ body: (DatabaseQueue) throws -> Void) throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: path, configuration: configuration)
        try other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        try body(other)
        try other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
    }

    @Test func `a store is opened and read while another program writes, with its WAL empty or gone`() throws {
        for _ in 0..<2 {
            try whileWriting { _ in
                let store = try NetworkStore.open(at: path)
                #expect(try store.records(for: .officer).cites.count == 2 && store.check().isEmpty)
                #expect(try !store.search(SearchQuery("saint eg"), for: .everyone).isEmpty)
            }
        }
    }

    @Test func `names that are pending are found without the lock, and folded once it is free`() throws {
        try NetworkStore.open(at: path).file.write { db in try db.execute(sql: "UPDATE localities SET name = 'Hautevîlle' WHERE id = 11") }
        try whileWriting { other in
            let store = try NetworkStore.open(at: path)
            #expect(try store.search(SearchQuery("hautevi"), for: .everyone).compactMap(\.locality?.id) == [11])
            #expect(try store.file.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM search_pending") } != 0)
            try other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
            try store.refreshSearch()
            #expect(try store.file.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM search_pending") } == 0)
            try other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        }
    }

    @Test func `who was opened beside a writer writes once that one has ended`() throws {
        try whileWriting { other in
            let store = try NetworkStore.open(at: path)
            #expect(try store.file.writeIfFree { _ in true } == nil)
            try other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
            try store.file.write { db in try db.execute(sql: "UPDATE platforms SET name = 'Neu' WHERE id = 'one-main'") }
            #expect(try store.records(for: .officer).platform("one-main")?.name == "Neu")
            try other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
        }
    }
}
