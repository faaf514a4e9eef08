internal import Foundation
#if canImport(Glibc)
internal import Glibc
#endif
internal import GRDB
package import GeoModel
internal import GeoPackage

/// Writes the rows of a new layer one after the other, in one transaction of a file beside its place.
///
/// It belongs to the call of `write` that made it, and to its thread.
package final class PopulationLayerWriter {
    private let insert: Statement
    private let index: Statement
    private let classify: Statement
    private let forget: Statement
    private let attributes: Int
    /// How many points have been written; the fid of the last one.
    package private(set) var count = 0

    private init(_ db: Database, attributes: [String]) throws {
        self.attributes = attributes.count
        let names = attributes.map { ", \($0.quotedDatabaseIdentifier)" }.joined()
        let marks = String(repeating: ", ?", count: attributes.count)
        insert = try db.makeStatement(sql: "INSERT INTO population (fid, geom, people, area, locality, density\(names)) VALUES (?, ?, ?, ?, ?, ?\(marks))")
        index = try db.makeStatement(sql: "INSERT INTO rtree_population_geom VALUES (?, ?, ?, ?, ?)")
        forget = try db.makeStatement(sql: "UPDATE population SET density = NULL")
        classify = try db.makeStatement(sql: "UPDATE population SET density = ? WHERE fid = ?")
    }

    /// The name of the file in which a process builds the layer that will stand at `path`.
    package static func partialPath(of path: String) -> String { "\(path).partial-\(getpid())" }

    /// Removes a file of SQLite with what stands beside it.
    package static func removeDatabase(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { try? FileManager.default.removeItem(atPath: path + suffix) }
    }

    /// Makes a layer: `body` writes the rows and returns the facts. The layer is at `path` when this returns, and nothing is there or left
    /// beside it when this throws. A layer that stands at `path` is replaced.
    ///
    /// - Parameter attributes: names of further columns of numbers.
    package static func write(
        to path: String, title: String, attributes: [String] = [], _ body: (PopulationLayerWriter) throws -> PopulationLayerInfo
    ) throws {
        let partial = partialPath(of: path)
        removeDatabase(partial)
        do {
            let file = try GeoPackageFile.create(at: partial, isDisposable: true)
            try file.write { db in
                let columns = attributes.map { ", \($0.quotedDatabaseIdentifier) DOUBLE" }.joined()
                var info: PopulationLayerInfo?
                try CoreTables.createFeatureTable(
                    "population", .point, columns: "people DOUBLE NOT NULL, area TEXT, locality INTEGER, density TEXT\(columns)", description: title, in: db
                ) {
                    info = try body(PopulationLayerWriter(db, attributes: attributes))
                }
                try db.execute(sql: "CREATE INDEX population_by_area ON population(area)")
                try CoreTables.createAttributesTable(
                    "layer", columns: "name TEXT NOT NULL UNIQUE, value TEXT NOT NULL", description: "Facts about this layer", in: db)
                for fact in info!.rows {
                    try db.execute(sql: "INSERT INTO layer (name, value) VALUES (?, ?)", arguments: [fact.name, fact.value])
                }
                try CoreTables.touch(["population", "layer"], in: db)
            }
            try file.close()
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: partial + suffix) }
            try synchronise(partial)
            if FileManager.default.fileExists(atPath: path) {
                // Nothing of the old layer may be left in a journal that the new one would take for its own.
                try? GeoPackageFile.open(at: path).close()
            }
            guard rename(partial, path) == 0 else {
                throw PopulationError.badFile(file: path, place: "", problem: "it cannot be written: \(String(cString: strerror(errno)))")
            }
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            try synchronise((path as NSString).deletingLastPathComponent)
        } catch {
            removeDatabase(partial)
            throw error
        }
    }

    /// Brings a file or a folder to the disk.
    private static func synchronise(_ path: String) throws {
        let descriptor = open(path.isEmpty ? "." : path, O_RDONLY)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw PopulationError.badFile(file: path, place: "", problem: "it cannot be brought to the disk: \(String(cString: strerror(errno)))")
        }
    }

    /// Writes a point. `others` are the values of the further columns, in their order.
    package func append(
        _ c: Coordinate, people: Double, area: String?, locality: Int64 = 0, density: DensityClass = .unknown, others: [Double?] = []
    ) throws {
        precondition(others.count == attributes)
        count += 1
        var values: [(any DatabaseValueConvertible)?] = [
            count, StoredGeometry(.point(c)), people, area, locality == 0 ? nil : locality, density == .unknown ? nil : density.key,
        ]
        for value in others { values.append(value) }
        try insert.execute(arguments: StatementArguments(values))
        try index.execute(arguments: [count, c.x, c.x, c.y, c.y])
    }

    /// Gives a point that has been written its class.
    package func setDensity(_ density: DensityClass, of fid: Int) throws { try classify.execute(arguments: [density.key, fid]) }

    /// Takes every class back that has been written.
    package func forgetDensity() throws { try forget.execute() }
}
