internal import CiteNetwork
internal import GeoFormats
package import GeoModel
package import Planning

extension ScenarioReport.Step {
    private static func place(_ c: Coordinate?) -> PropertyValue { c.map { .array([.number($0.x), .number($0.y)]) } ?? .null }

    /// What of a platform a change can touch.
    private static func json(_ platform: Platform?) -> PropertyValue {
        guard let platform else { return .null }
        return .object([
            "name": .string(platform.name), "cite": platform.cite.isEmpty ? .null : .string(platform.cite), "kind": .string(platform.kind.rawValue),
            "services": codes(platform.services), "coordinates": place(platform.location), "locationAccuracy": .string(platform.locationAccuracy.rawValue),
            "area": PropertyValue(platform.area), "country": .string(platform.country), "counsellors": PropertyValue(platform.counsellors),
            "floorArea": PropertyValue(platform.floorArea), "hours": PropertyValue(platform.hours),
        ])
    }

    var json: Properties {
        [
            "number": .integer(Int64(number)), "action": .string(change.word), "platform": .string(change.platform), "before": Self.json(before),
            "after": change.isClosing ? .null : Self.json(after), "origin": PropertyValue(change.origin),
        ]
    }

    /// Where the platform stood and where it will: one feature for each, none for a place that nobody knows.
    var features: [Feature] {
        func feature(_ state: String, _ platform: Platform?) -> Feature? {
            guard let platform, let c = platform.location else { return nil }
            return Feature(
                id: .string("\(number)-\(state)"), geometry: .point(c),
                properties: [
                    "number": .integer(Int64(number)), "action": .string(change.word), "state": .string(state), "platform": .string(platform.id),
                    "name": .string(platform.name), "kind": .string(platform.kind.rawValue), "services": codes(platform.services),
                    "cite": platform.cite.isEmpty ? .null : .string(platform.cite), "origin": PropertyValue(change.origin),
                ])
        }
        return [feature("before", before), change.isClosing ? nil : feature("after", after)].compactMap { $0 }
    }

    // MARK: Texts

    func cells(_ language: Language) -> [String] {
        func point(_ c: Coordinate?) -> String { c.map { "\(decimal($0.y, 4)),\(decimal($0.x, 4))" } ?? language.dash }
        func nature(_ kind: PlatformKind?, _ services: [ServiceCode]?) -> String {
            guard let kind else { return language.dash }
            return ([kind.phrase.text(language)] + (services ?? []).map { $0.phrase.text(language) }).joined(separator: ", ")
        }
        func nature(_ platform: Platform?) -> String { nature(platform?.kind, platform?.services) }
        func row(_ name: String?, _ kind: String, _ place: String, _ cite: String?) -> [String] {
            let shownCite = cite.map { $0.isEmpty ? ScenarioPhrase.noCite.text(language) : $0 } ?? language.dash
            return ["\(number)", change.phrase.text(language), change.platform, name ?? language.dash, kind, place, shownCite, change.origin ?? ""]
        }
        let shown = after ?? before
        switch change.action {
        case .open(let p) where after == nil: return row(p.name, nature(p.kind, p.services), point(p.location), p.cite ?? "")
        case .move(_, let to, _): return row(shown?.name, nature(shown), "\(point(before?.location)) → \(point(to))", shown?.cite)
        case .change: return row(shown?.name, "\(nature(before)) → \(nature(after))", point(shown?.location), shown?.cite)
        case .open, .close: return row(shown?.name, nature(shown), point(shown?.location), shown?.cite)
        }
    }
}

extension ScenarioChange {
    fileprivate var isClosing: Bool { if case .close = action { true } else { false } }

    var phrase: ScenarioPhrase {
        switch action {
        case .open: .opens
        case .close: .closes
        case .move: .moves
        case .change: .changes
        }
    }
}

extension ScenarioReport {
    private var head: Properties {
        [
            "id": .string(scenario.id), "name": .string(scenario.name), "asOf": .string("\(scenario.asOf)"), "area": PropertyValue(scenario.area),
            "note": PropertyValue(scenario.note), "adopted": .array(adopted.map(PropertyValue.string)), "problem": PropertyValue(problem.map { "\($0)" }),
        ]
    }

    package var json: Properties { head.adding(["changes": .array(steps.map { .object($0.json) })]) }

    /// GeoJSON has the points of each change before and after it.
    package func rendered(_ format: OutputFormat, _ language: Language) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson:
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(steps.flatMap(\.features), members: head), as: UTF8.self))
        case .csv:
            var csv = CSVWriter(columns: [
                "number", "action", "platform", "name", "cite", "kind", "services", "lat", "lon", "lat_before", "lon_before", "counsellors", "floor_area_m2",
                "hours", "origin",
            ])
            for step in steps {
                let (now, was) = (step.after ?? step.before, step.before)
                let services = now?.services?.map(\.rawValue).joined(separator: " ") ?? ""
                func degrees(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }
                csv.row(
                    ["\(step.number)", step.change.word, step.change.platform, now?.name ?? "", now?.cite ?? "", now?.kind.rawValue ?? "", services]
                        + [now?.location?.y, now?.location?.x, was?.location?.y, was?.location?.x, now?.counsellors, now?.floorArea].map(degrees)
                        + [now?.hours ?? "", step.change.origin ?? ""])
            }
            return Rendering(text: csv.text)
        case .table: return table(language)
        }
    }

    private func table(_ language: Language) -> Rendering {
        var lines = [ScenarioPhrase.head.text(language, ["name": scenario.name, "id": scenario.id, "day": language.date(scenario.asOf)])]
        if let area = scenario.area { lines.append(ScenarioPhrase.headArea.text(language, ["area": area])) }
        if let note = scenario.note { lines.append(note) }
        let columns: [ScenarioPhrase] = [.columnAction, .columnPlatform, .columnName, .columnKind, .columnPlace, .columnCite, .columnOrigin]
        var table = TextTable([.number("#")] + columns.map { .text($0.text(language)) })
        table.rows = steps.map { $0.cells(language) }
        let text = lines.joined(separator: "\n") + "\n" + (steps.isEmpty ? ScenarioPhrase.nothingYet.text(language) + "\n" : "\n" + table.text)
        return Rendering(text: text, notes: notes(language))
    }

    private func notes(_ language: Language) -> [String] {
        var notes: [String] = []
        if let problem { notes.append(ScenarioPhrase.noteUnfit.text(language, ["problem": "\(problem)"])) }
        if !adopted.isEmpty { notes.append(ScenarioPhrase.noteAdopted.text(language, ["platforms": adopted.joined(separator: ", ")])) }
        return notes
    }

    fileprivate func state(_ language: Language) -> String {
        (problem != nil ? ScenarioPhrase.stateUnfit : isAdopted ? .stateAdopted : .stateFits).text(language)
    }
}

/// The scenarios of a store, listed.
package struct ScenarioList: Sendable {
    private let reports: [ScenarioReport]

    package init(_ reports: [ScenarioReport]) { self.reports = reports }

    package func rendered(_ format: OutputFormat, _ language: Language) -> Rendering {
        switch format {
        case .json: return Rendering(text: String(decoding: PropertyValue.array(reports.map { .object($0.json) }).json, as: UTF8.self) + "\n")
        case .geojson:
            let features = reports.flatMap { report in
                report.steps.flatMap(\.features).map { feature in
                    var feature = feature
                    feature.id = feature.id.map { .string("\(report.scenario.id)/\($0.string ?? "")") }
                    feature.properties = (["scenario": .string(report.scenario.id)] as Properties).adding(feature.properties)
                    return feature
                }
            }
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features), as: UTF8.self))
        case .csv:
            var csv = CSVWriter(columns: ["id", "name", "as_of", "area", "note", "changes", "adopted", "problem"])
            for one in reports {
                let s = one.scenario
                csv.row(
                    [s.id, s.name, "\(s.asOf)", s.area ?? "", s.note ?? "", "\(s.changes.count)", one.adopted.joined(separator: " ")]
                        + [one.problem.map { "\($0)" } ?? ""])
            }
            return Rendering(text: csv.text)
        case .table:
            guard !reports.isEmpty else { return Rendering(text: "", notes: [ScenarioPhrase.none.text(language)]) }
            let columns: [ScenarioPhrase] = [.columnScenario, .columnName, .columnDay, .columnArea]
            var table = TextTable(
                columns.map { .text($0.text(language)) } + [
                    .number(ScenarioPhrase.columnChanges.text(language)), .text(ScenarioPhrase.columnState.text(language)),
                ])
            for one in reports {
                let s = one.scenario
                table.rows.append([s.id, s.name, "\(s.asOf)", s.area ?? language.dash, "\(s.changes.count)", one.state(language)])
            }
            return Rendering(text: table.text)
        }
    }
}
