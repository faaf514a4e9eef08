internal import CiteNetwork
internal import Coverage
internal import Impedance
internal import Planning
internal import Population

/// Scenarios side by side for a terminal: a column for the network as it is and one for each scenario.
struct ScenarioComparisonTable {
    private let comparison: ScenarioComparison
    private let language: Language

    init(_ comparison: ScenarioComparison, _ language: Language) { (self.comparison, self.language) = (comparison, language) }

    private typealias Variant = ScenarioComparison.Variant
    private var all: [Variant] { [comparison.baseline] + comparison.variants }

    var rendering: Rendering {
        var parts = [whole]
        if !comparison.baseline.byDensity.isEmpty { parts.append(classes) }
        let meetings = meetings
        if !meetings.isEmpty { parts.append(meetings.joined(separator: "\n") + "\n") }
        return Rendering(text: parts.joined(separator: "\n"), notes: notes)
    }

    private func word(_ phrase: ScenarioPhrase) -> String { phrase.text(language) }
    private func at(_ phrase: ScenarioPhrase, _ reach: Reach) -> String { phrase.text(language, ["reach": reach.text]) }

    private func header(_ first: [TextTable.Column]) -> TextTable {
        TextTable(first + [.number(word(.network))] + comparison.variants.map { .number($0.scenario?.id ?? "") })
    }

    // MARK: The whole

    private var whole: String {
        var table = header([.text(comparison.areaName)])
        func row(_ title: String, _ cell: (Variant) -> String) { table.rows.append([title] + all.map(cell)) }
        row(word(.platforms)) { language.number(Double($0.coverage.platforms)) }
        row(word(.people)) { language.number($0.coverage.total.population) }
        for (k, reach) in comparison.reaches.enumerated() {
            row(at(.reach, reach)) { language.percent($0.coverage.total.reaches[k].share) }
            row("  \(word(.gained))") { shift($0, $0.shifts[k].gained, +1) }
            row("  \(word(.lost))") { shift($0, $0.shifts[k].lost, -1) }
        }
        row(word(.mean)) { impedance($0.coverage.total.distribution?.mean) }
        row(word(.median)) { impedance($0.coverage.total.distribution?.median) }
        row(word(.ninetieth)) { impedance($0.coverage.total.distribution?.p90) }
        row(word(.farthest)) { impedance($0.coverage.total.distribution?.max) }
        row(word(.gini)) { $0.coverage.total.distribution?.gini.map { language.number($0, decimals: 3) } ?? language.dash }
        if all.contains(where: { $0.coverage.total.unreached > 0 }) { row(word(.unreached)) { language.number($0.coverage.total.unreached) } }
        row(word(.territoriesMeet)) { language.number(Double($0.overlaps.overlaps.count { $0.reach == nil })) }
        for reach in comparison.reaches {
            row(at(.labelsMeet, reach)) { language.number(Double($0.overlaps.overlaps.count { $0.reach?.text == reach.text })) }
        }
        return table.text
    }

    /// Nothing is gained or lost against itself.
    private func shift(_ variant: Variant, _ people: Double, _ sign: Double) -> String {
        guard variant.scenario != nil else { return language.dash }
        return people.rounded() == 0 ? "0" : language.difference(sign * people)
    }

    private func impedance(_ value: Double?) -> String {
        guard comparison.kind == .duration else { return language.kilometres(value) }
        return value.map { "\(language.number($0 / 60))\u{A0}min" } ?? language.dash
    }

    // MARK: Density classes

    private var classes: String {
        var table = header([.text(word(.densityClass)), .number(word(.people)), .text("")])
        let base = comparison.baseline
        for (g, one) in base.byDensity.enumerated() {
            for (k, reach) in comparison.reaches.enumerated() {
                let start = k == 0 ? [one.density.phrase.text(language), language.number(one.population)] : ["", ""]
                table.rows.append(start + [at(.reach, reach)] + all.map { language.percent(share($0, g, k)) })
                for (phrase, sign) in [(ScenarioPhrase.gained, 1.0), (.lost, -1)] {
                    let people = { (v: Variant) in sign > 0 ? v.byDensity[g].shifts[k].gained : v.byDensity[g].shifts[k].lost }
                    guard comparison.variants.contains(where: { people($0).rounded() > 0 }) else { continue }
                    table.rows.append(["", "", "  \(word(phrase))"] + all.map { shift($0, people($0), sign) })
                }
            }
        }
        return table.text
    }

    private func share(_ variant: Variant, _ g: Int, _ k: Int) -> Double? {
        variant.coverage.groups.first { $0.grouping == .density }?.rows[g].reaches[k].share
    }

    // MARK: Labels

    /// The pairs of labels that a scenario brings together or apart.
    private var meetings: [String] {
        func pairs(_ variant: Variant, _ reach: Reach) -> [Pair: LabelOverlap] {
            Dictionary(
                variant.overlaps.overlaps.filter { $0.reach?.text == reach.text }.map { (Pair(first: $0.first.id, second: $0.second.id), $0) },
                uniquingKeysWith: { a, _ in a })
        }
        func values(_ variant: Variant, _ one: LabelOverlap, _ reach: Reach) -> KeyValuePairs<String, String> {
            [
                "scenario": variant.scenario?.id ?? "", "first": one.first.name, "second": one.second.name, "people": language.number(one.people),
                "reach": reach.text,
            ]
        }
        return comparison.variants.flatMap { variant in
            comparison.reaches.flatMap { reach in
                let (before, after) = (pairs(comparison.baseline, reach), pairs(variant, reach))
                func sorted(_ pairs: [Pair: LabelOverlap]) -> [LabelOverlap] {
                    pairs.values.sorted { ($1.people, $0.first.id, $0.second.id) < ($0.people, $1.first.id, $1.second.id) }
                }
                let new = sorted(after.filter { before[$0.key] == nil }), gone = sorted(before.filter { after[$0.key] == nil })
                return new.map { ScenarioPhrase.meetNow.text(language, values(variant, $0, reach)) }
                    + gone.map { ScenarioPhrase.meetNoMore.text(language, values(variant, $0, reach)) }
            }
        }
    }

    private struct Pair: Hashable {
        var first: String
        var second: String
    }

    // MARK: Notes

    private var notes: [String] {
        let (layer, base) = (comparison.layer, comparison.baseline.coverage)
        var notes = [
            ScenarioPhrase.noteDay.text(language, ["day": language.date(base.asOf)]), word(.noteGained),
            ScenarioPhrase.noteLayer.text(language, ["layer": layer.id, "year": layer.year, "source": layer.source]),
        ]
        if layer.isIndicative { notes.append(word(.noteIndicative)) }
        if comparison.baseline.byDensity.isEmpty { notes.append(word(.noteNoClasses)) }
        if base.leftOutAsUnknown > 0 { notes.append(ScenarioPhrase.noteUnknown.text(language, ["count": language.number(Double(base.leftOutAsUnknown))])) }
        if let oldest = base.oldestVerification { notes.append(ScenarioPhrase.noteVerified.text(language, ["date": oldest.text])) }
        if comparison.variants.contains(where: \.hasPlatformsOfNoCite) { notes.append(word(.noteStandIn)) }
        if base.estimate { notes.append(word(.noteEstimate)) }
        return notes
    }
}

extension ScenarioComparison.Variant {
    fileprivate var hasPlatformsOfNoCite: Bool { coverage.facilities.members.contains { $0.cite == nil } }
}

extension LabelOverlap {
    /// Nil for an overlap of territories.
    fileprivate var reach: Reach? { if case .reach(let reach, _, _, _) = basis { reach } else { nil } }
}
