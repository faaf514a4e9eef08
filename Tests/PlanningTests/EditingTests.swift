import CiteNetwork
import GeoPackage
import NetworkStore
import Planning
import TestSupport
import Testing

/// The editing commands on a copy of the network that ships.
@Suite struct EditingTests {
    let folder: TemporaryFolder
    let store: NetworkStore

    init() throws {
        folder = try TemporaryFolder()
        try RealWorkspace.atlas.store.file.backup(to: folder.path("network.gpkg"))
        store = try NetworkStore.open(at: folder.path("network.gpkg"))
    }

    private var editing: NetworkEditing { NetworkEditing(store, who: "t", why: nil) }

    @Test func `of two who close one platform from the same snapshot the second is refused`() throws {
        let atlas = try Atlas(store: store, for: .officer)
        func close(_ on: String) throws -> NetworkEditing.Outcome {
            try editing.close("paris-main", as: .closed, on: on, today: "2026-11-23", source: nil, note: nil, in: atlas)
        }
        _ = try close("2015-06")
        let error = #expect(throws: PlanningError.self) { try close("2016-06") }
        #expect(error?.description.contains("paris-main is recorded as closed from 2015-06 already") == true)
        let periods = try store.records(for: .officer).periods(of: "paris-main")
        #expect(periods.filter { $0.status == .closed }.map(\.start.text) == ["2015-06"])
    }

    @Test func `a closing is verified on the day it is recorded, not on the day of the closing`() throws {
        let atlas = try Atlas(store: store, for: .officer)
        _ = try editing.close("paris-main", as: .asleep, on: "2015-06", today: "2026-11-23", source: nil, note: nil, in: atlas)
        let asleep = try #require(try store.records(for: .officer).periods(of: "paris-main").first { $0.status == .asleep })
        #expect(asleep.provenance.verified.text == "2026-11-23" && asleep.start.text == "2015-06")
    }

    @Test func `a set of an id that nothing has names those like it`() throws {
        let error = #expect(throws: PlanningError.self) { try editing.set("parix", ["town": "X"]) }
        #expect(error?.description.contains("ids like it: paris, paris-main") == true, "\(error.map(\.description) ?? "")")
    }
}
