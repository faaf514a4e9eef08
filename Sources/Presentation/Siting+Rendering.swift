internal import CiteNetwork
internal import Coverage
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population
internal import Siting

extension SitingValue {
    var json: Properties {
        ["measure": .string(measure.rawValue), "objective": .number(objective), "bound": .number(bound), "gap": .number(gap)]
    }

    func shown(_ value: Double, _ kind: ImpedanceKind) -> String {
        switch measure {
        case .people: grouped(value)
        case .platforms: decimal(value, 0)
        case .mean, .largest: kind == .duration ? time(value) : kilometres(value)
        }
    }

    /// A difference, in a smaller unit where it would show as nothing.
    func difference(_ value: Double, _ kind: ImpedanceKind) -> String {
        switch measure {
        case .mean where kind == .duration && value < 60, .largest where kind == .duration && value < 60: "\(decimal(value, 0)) s"
        case .mean where kind != .duration && value < 100, .largest where kind != .duration && value < 100: "\(decimal(value, 0)) m"
        default: shown(value, kind)
        }
    }

    /// What the measure is, at a reach.
    func title(_ reach: Reach) -> String {
        switch measure {
        case .people: "people ≤ \(reach.text)"
        case .mean: "mean"
        case .largest: "largest"
        case .platforms: "platforms"
        }
    }
}

extension SitingProposal {
    private func shown(_ impedance: Double?) -> String { impedance.map { kind == .duration ? time($0) : kilometres($0) } ?? "-" }

    private func json(_ candidate: SitingCandidate) -> Properties {
        [
            "id": .string(candidate.id), "name": .string(candidate.name), "area": PropertyValue(candidate.area), "lon": .number(candidate.location.x),
            "lat": .number(candidate.location.y), "population": PropertyValue(candidate.population),
        ]
    }

    private func json(_ step: Step, _ order: Int) -> Properties {
        json(step.candidate).adding([
            "order": .integer(Int64(order + 1)), "required": .bool(step.isRequired), "adds": .number(step.adds), "covered": .number(step.covered),
            "share": PropertyValue(share(step.covered)), "mean": PropertyValue(step.mean), "nearestTo": .number(step.nearestTo),
            "nearestWithin": .number(step.nearestWithin),
        ])
    }

    private func share(_ people: Double) -> Double? { before[0].population > 0 ? people / before[0].population : nil }

    private func json(_ alternative: Alternative) -> Properties {
        [
            "change": .string(alternative.change.word), "candidate": .object(json(alternative.candidate)),
            "value": alternative.value.map { .object($0.json) } ?? .null,
            "costs": PropertyValue(alternative.value.map { cost($0) }), "added": .array(alternative.added.map { .object(json($0)) }),
            "removed": .array(alternative.removed.map { .object(json($0)) }), "proved": .bool(alternative.isProved),
            "reason": PropertyValue(alternative.reason),
        ]
    }

    /// How much worse a choice is than the proposed one; negative where it is better.
    private func cost(_ other: SitingValue) -> Double {
        value.measure == .people ? value.objective - other.objective : other.objective - value.objective
    }

    private var head: Properties {
        let question: Properties = [
            "asOf": .string(facilities.asOf.description), "layer": .string(layer.id), "unit": .string(kind.unit), "area": PropertyValue(areaCode),
            "areaName": .string(areaName), "objective": .string(query.objective.rawValue), "within": .string(query.within.text),
            "count": query.count.map { .integer(Int64($0)) } ?? .null, "candidates": .integer(Int64(candidates)),
        ]
        let proof: Properties = [
            "value": .object(value.json), "proved": .bool(self.proof != nil), "proof": PropertyValue(self.proof?.rawValue),
            "stopped": .bool(stopped), "seed": .integer(Int64(bitPattern: seed)), "tieRule": .string(tieRule),
            "effort": .object([
                "rounds": .integer(Int64(effort.rounds)), "swaps": .integer(Int64(effort.swaps)), "nodes": .integer(Int64(effort.nodes)),
                "pairs": .integer(Int64(effort.pairs)), "seconds": .number((effort.seconds * 1000).rounded() / 1000),
            ]),
            "beyondReach": .number(beyondReach), "unservedCost": PropertyValue(unservedCost), "capacity": PropertyValue(query.capacity),
            "indicative": .bool(layer.isIndicative), "estimate": .bool(estimate),
        ]
        let results: Properties = [
            "before": .array(before.map { .object($0.json) }), "after": .array(after.map { .object($0.json) }),
            "curve": .array(
                curve.map { .object((["count": .integer(Int64($0.count)), "proved": .bool($0.isProved)] as Properties).adding($0.value.json)) }),
            "alternatives": .array(alternatives.map { .object(json($0)) }),
        ]
        return question.adding(proof).adding(facilities.json).adding(results)
    }

    package var json: Properties {
        head.adding(["platforms": .array(steps.enumerated().map { .object(json($1, $0)) })])
    }

    private var features: [Feature] {
        var out = steps.enumerated().map { order, step in
            Feature(
                id: .string(step.candidate.id), geometry: .point(step.candidate.location),
                properties: (["role": .string("proposed")] as Properties).adding(json(step, order)))
        }
        out += facilities.members.map {
            Feature(
                id: .string($0.id), geometry: .point($0.location), properties: ["role": .string("existing"), "id": .string($0.id), "name": .string($0.name)])
        }
        for one in assignments {
            let platform = steps[one.step].candidate
            let facts: Properties = ["platform": .string(platform.id), "people": .number(one.people), "impedance": .number(one.impedance)]
            out.append(
                Feature(geometry: .lineString([one.location, platform.location]), properties: (["role": .string("assignment")] as Properties).adding(facts)))
            if one.isNewlyCovered {
                out.append(Feature(geometry: .point(one.location), properties: (["role": .string("newlyCovered")] as Properties).adding(facts)))
            }
        }
        return out
    }

    package func rendered(_ format: OutputFormat) -> Rendering {
        switch format {
        case .json: Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson: Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head), as: UTF8.self))
        case .csv: Rendering(text: csv)
        case .table: table
        }
    }

    /// A file that `coverage --also` and `network import` read.
    private var csv: String {
        var csv = CSVWriter(columns: [
            "order", "id", "name", "area", "lat", "lon", "population", "required", "adds", "covered", "share", "mean", "nearest_to", "nearest_within",
        ])
        for (order, step) in steps.enumerated() {
            let c = step.candidate
            csv.row(
                ["\(order + 1)", c.id, c.name, c.area ?? "", "\(c.location.y)", "\(c.location.x)", c.population.map { decimal($0, 0) } ?? ""]
                    + [step.isRequired ? "true" : "false", decimal(step.adds, 1), decimal(step.covered, 1), share(step.covered).map { decimal($0, 6) } ?? ""]
                    + [step.mean.map { decimal($0, 1) } ?? "", decimal(step.nearestTo, 1), decimal(step.nearestWithin, 1)])
        }
        return csv.text
    }

    // MARK: For a terminal

    private var table: Rendering {
        var parts = [platformTable]
        if curve.count > 1 { parts.append(curveTable) }
        parts.append(effectTable)
        if !alternatives.isEmpty { parts.append(alternativeTable) }
        return Rendering(text: parts.joined(separator: "\n"), notes: notes)
    }

    private var platformTable: String {
        var table = TextTable([
            .number("#"), .text("place"), .text("area"), .number("people there"), .number("adds ≤ \(query.within.text)"), .number("then in reach"),
            .number("mean"), .number(query.capacity == nil ? "nearest to" : "serves"),
        ])
        for (order, step) in steps.enumerated() {
            table.rows.append([
                "\(order + 1)", step.candidate.name + (step.isRequired ? " (required)" : ""), step.candidate.area ?? "-",
                step.candidate.population.map(grouped) ?? "-", grouped(step.adds), percent(share(step.covered)), shown(step.mean), grouped(step.nearestTo),
            ])
        }
        return table.text
    }

    private var curveTable: String {
        var table = TextTable([.number("platforms"), .number(value.title(query.within)), .number("at best"), .text("")])
        for point in curve {
            table.rows.append([
                "\(point.count)", point.value.shown(point.value.objective, kind), point.value.shown(point.value.bound, kind),
                point.isProved ? "proved" : "gap \(point.value.gap < 0.0005 ? "< 0.1 %" : percent(point.value.gap))",
            ])
        }
        return table.text
    }

    private var effectTable: String {
        var table = TextTable([
            .text("people of"), .number("people"), .number("≤ \(query.within.text)"), .number("then"), .number("mean"), .number("then"), .number("P90"),
            .number("then"), .number("Gini"), .number("then"),
        ])
        for (old, new) in zip(before, after) {
            table.rows.append([
                old.name, grouped(old.population), percent(old.reaches.first?.share), percent(new.reaches.first?.share), shown(old.distribution?.mean),
                shown(new.distribution?.mean), shown(old.distribution?.p90), shown(new.distribution?.p90), old.distribution?.gini.map { decimal($0, 2) } ?? "-",
                new.distribution?.gini.map { decimal($0, 2) } ?? "-",
            ])
        }
        return table.text
    }

    private var alternativeTable: String {
        var table = TextTable([.text("otherwise"), .number("costs"), .text("instead")])
        for other in alternatives {
            let what = "\(other.change.words) \(other.candidate.name)"
            guard let value = other.value else {
                table.rows.append([what, "-", other.reason ?? "no such choice"])
                continue
            }
            let cost = cost(value)
            let instead =
                other.added.isEmpty && other.removed.isEmpty
                ? "the same"
                : other.added.map { "+ \($0.name)" }.joined(separator: ", ")
                    + (other.removed.isEmpty ? "" : (other.added.isEmpty ? "" : ", ") + other.removed.map { "− \($0.name)" }.joined(separator: ", "))
            let about = other.isProved ? "" : "about "
            table.rows.append([what, cost == 0 ? "nothing" : about + (cost < 0 ? "−" : "") + value.difference(abs(cost), kind), instead])
        }
        return table.text
    }

    private var notes: [String] {
        let found = "\(value.title(query.within)): \(value.shown(value.objective, kind)); no choice does better than \(value.shown(value.bound, kind))"
        var notes = [
            proof == nil
                ? "\(found) (gap \(value.gap < 0.0005 ? "< 0.1 %" : percent(value.gap)), \(stopped ? "stopped" : "not proved"))."
                : "\(found): proved\(proof == .library ? " with HiGHS" : "")."
        ]
        if let count = query.count, steps.count < count {
            notes.append("\(steps.count) of the \(count) platforms asked for suffice: no other adds anything.")
        }
        if let unservedCost, before[0].unreached > 0 {
            notes.append(
                "In this mean someone whom nothing can reach counts \(shown(unservedCost)), one more than the longest way; the table counts those who can be reached: "
                    + "\(grouped(before[0].unreached)) cannot before, \(grouped(after[0].unreached)) then.")
        }
        if let capacity = query.capacity {
            notes.append("No proposed platform serves more than \(grouped(capacity)) people; those that are there have no limit.")
        }
        if beyondReach > 0 { notes.append("\(grouped(beyondReach)) people are beyond \(query.within.text) of every candidate and platform.") }
        notes += [
            "\(counted(candidates, "candidate")). \(layerNote(layer))", facilities.note,
            "\(decimal(effort.seconds, 1)) s, seed \(seed): the same data and seed give the same answer.",
        ]
        if estimate { notes.append("Durations are estimates from the geodesic distance, not computed on a road network.") }
        return notes
    }
}

extension SitingProposal.Alternative.Change {
    /// The word in files.
    var word: String {
        switch self {
        case .without: "forbidding"
        case .requiring: "requiring"
        case .allowing: "allowing"
        case .notRequiring: "notRequiring"
        }
    }

    var words: String {
        switch self {
        case .without: "without"
        case .requiring: "with"
        case .allowing: "were it allowed:"
        case .notRequiring: "were it not required:"
        }
    }
}
