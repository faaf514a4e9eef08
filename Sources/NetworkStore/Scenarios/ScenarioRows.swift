internal import CiteNetwork
internal import GRDB
internal import GeoModel

/// The rows of the scenario tables as values, each change where its position puts it.
enum ScenarioRows {
    /// The scenarios that can be read, in order of their ids, what is wrong with the other rows, and of each
    /// of these the id of its scenario. A scenario of which a change cannot be
    /// read is left out: without it, it would be another plan.
    static func readable(_ db: Database) throws -> (
        scenarios: [Scenario], bad: [(row: RecordRows.Unreadable, problem: String)], owners: [String?]
    ) {
        var bad: [(row: RecordRows.Unreadable, problem: String)] = []
        var owners: [String?] = []
        var spoilt: Set<String> = []
        func all<T>(_ table: String, _ order: String, owner: String, _ make: (RecordRow) throws -> T) throws -> [T] {
            try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY \(order)").compactMap { row in
                do { return try make(RecordRow(table: table, row: row)) } catch let StoreError.badContent(_, problems) {
                    let id = String.fromDatabaseValue(row[owner])
                    bad.append((RecordRows.Unreadable(table: table, fid: row["fid"]), problems[0]))
                    owners.append(id)
                    if let id { spoilt.insert(id) }
                    return nil
                }
            }
        }
        let scenarios = try all("scenarios", "id, fid", owner: "id") { r in
            guard let day = CalendarDate(try r.need("as_of") as String) else { throw r.bad("as_of", "a day, YYYY-MM-DD") }
            return Scenario(id: try r.need("id"), name: try r.need("name"), asOf: day, area: try r.maybe("area"), note: try r.maybe("note"))
        }
        let changes = try all("scenario_changes", "position, fid", owner: "scenario") { r in
            _ = try r.need("position") as Int64
            return (scenario: try r.need("scenario") as String, change: ScenarioChange(try action(r), origin: try r.maybe("origin")))
        }
        let byScenario = Dictionary(grouping: changes, by: \.scenario)
        let whole = scenarios.filter { !spoilt.contains($0.id) }.map { scenario in
            var scenario = scenario
            scenario.changes = (byScenario[scenario.id] ?? []).map(\.change)
            return scenario
        }
        return (whole, bad, owners)
    }

    private static func action(_ r: RecordRow) throws -> ScenarioChange.Action {
        let platform: String = try r.need("platform")
        func place() throws -> Coordinate {
            guard let place = try r.point() else { throw r.bad("geom", "a point") }
            return place
        }
        switch try r.need("action") as String {
        case "open":
            return .open(
                PlannedPlatform(
                    id: platform, name: try r.need("name"), cite: try r.maybe("cite"), kind: try r.code("kind"), location: try place(),
                    locationAccuracy: try r.code("location_accuracy"), locality: (try r.maybe("locality") as Int64?).map(String.init),
                    area: try r.maybe("area"), country: try r.need("country"), services: try r.codes("services"), counsellors: try r.maybe("counsellors"),
                    floorArea: try r.maybe("floor_area_m2"), hours: try r.maybe("hours")))
        case "close": return .close(platform: platform)
        case "move": return .move(platform: platform, to: try place(), accuracy: try r.code("location_accuracy"))
        case "change": return .change(platform: platform, kind: try r.optionalCode("kind"), services: try r.codes("services"))
        default: throw r.bad("action", "open, close, move or change")
        }
    }
}

extension ScenarioChange {
    /// Its cells as the store keeps them, without the scenario and its position.
    package var cells: [String: String] {
        var cells = ["action": word, "platform": platform, "origin": origin ?? ""]
        func put(_ place: Coordinate, _ accuracy: LocationAccuracy) {
            (cells["lon"], cells["lat"], cells["location_accuracy"]) = ("\(place.x)", "\(place.y)", accuracy.rawValue)
        }
        func list(_ services: [ServiceCode]?) -> String { services?.map(\.rawValue).joined(separator: " ") ?? "" }
        switch action {
        case .open(let planned):
            put(planned.location, planned.locationAccuracy)
            (cells["name"], cells["cite"], cells["kind"]) = (planned.name, planned.cite ?? "", planned.kind.rawValue)
            (cells["locality"], cells["area"], cells["country"]) = (planned.locality ?? "", planned.area ?? "", planned.country)
            cells["services"] = list(planned.services)
            cells["counsellors"] = planned.counsellors.map { "\($0)" } ?? ""
            cells["floor_area_m2"] = planned.floorArea.map { "\($0)" } ?? ""
            cells["hours"] = planned.hours ?? ""
        case .close: break
        case .move(_, let place, let accuracy): put(place, accuracy)
        case .change(_, let kind, let services): (cells["kind"], cells["services"]) = (kind?.rawValue ?? "", list(services))
        }
        return cells
    }
}
