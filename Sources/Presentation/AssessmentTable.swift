internal import CiteNetwork
internal import Coverage
internal import Impedance
internal import Planning
internal import Population

/// The assessment of a territory as a person reads it in a terminal: sections with titles, the first rows of long lists.
struct AssessmentTable {
    private let a: Assessment
    private let language: Language
    private var sections: [String] = []

    private static let shownTowns = 5
    private static let shownLabels = 8
    /// Characters of a line of text.
    private static let lineWidth = 110
    private static let shownComparable = 5
    private static let longestName = 36

    init(_ assessment: Assessment, _ language: Language) {
        (a, self.language) = (assessment, language)
        territory()
        reach()
        localities()
        platforms()
        labels()
        unreached()
        comparable()
        form()
    }

    var rendering: Rendering {
        let heading = say(.heading, ["area": name(of: a), "day": language.date(a.asOf)])
        return Rendering(text: heading + "\n\n" + sections.joined(separator: "\n"), notes: notes)
    }

    private func name(of a: Assessment) -> String { a.areaCodes.count == 1 ? "\(a.areaName) (\(a.areaCodes[0]))" : a.areaName }

    // MARK: Sections

    private mutating func territory() {
        let p = a.profile
        var ground = "\(language.number(p.squareKilometres, decimals: p.squareKilometres < 100 ? 1 : 0)) km²"
        if a.groundIsDrawn { ground += " (\(say(.groundDrawn)))" }
        var spread = say(.spreadMeaning, ["distance": language.kilometres(p.spread)])
        if a.spreadError > 0 { spread += " (\(say(.spreadError, ["distance": language.kilometres(a.spreadError)])))" }
        let others = a.towns.dropFirst().prefix(Self.shownTowns).map {
            say(.townApart, ["town": $0.locality.name, "people": language.number($0.people), "distance": language.kilometres($0.distance)])
        }
        let main = a.towns.first.map { town in
            say(
                .townWithin,
                [
                    "town": town.locality.name, "people": language.number(town.people), "distance": language.number(Assessment.Town.radius / 1000) + "\u{A0}km",
                    "share": language.percent(p.primacy),
                ])
        }
        let counts = a.attributes.map { row in
            let unknown = row.notKnownFor > 0 ? " (\(say(.notAvailableFor, ["people": language.number(row.notKnownFor)])))" : ""
            return "\(row.name) \(language.number(row.count)), \(language.percent(row.count / p.population))\(unknown)"
        }
        pairs(
            .titleTerritory,
            [
                (.people, language.number(p.population) + (a.layer.isIndicative ? " (\(say(.indicative)))" : "")), (.ground, ground),
                (.density, say(.perSquareKilometre, ["value": density(p.density)])),
                (.ruralShare, p.ruralShare.map { language.percent($0) } ?? say(.densityNotAvailable)),
                (.furtherCounts, counts.isEmpty ? say(.countsNotAvailable) : counts.joined(separator: "; ")),
                (.mainTown, main ?? say(.none)), (.otherTowns, others.isEmpty ? say(.none) : others.joined(separator: " · ")), (.spread, spread),
                (.localities, language.number(Double(a.localityCount))),
            ])
    }

    private mutating func reach() {
        let statistics: [AssessmentPhrase] = [.mean, .median, .ninetieth, .farthest, .gini]
        var table = TextTable([.text(""), .number(say(.people))] + reachColumns + statistics.map { .number(say($0)) })
        func line(_ name: String, _ row: CoverageRow) {
            let d = row.distribution
            let spent = [d?.mean, d?.median, d?.p90, d?.max].map { quantity($0) }
            let gini = d?.gini.map { language.number($0, decimals: 2) } ?? language.dash
            table.rows.append([name, language.number(row.population)] + row.reaches.map { language.percent($0.share) } + spent + [gini])
        }
        line(say(.wholeTerritory), a.coverage.total)
        table.rows.append(["", ""] + a.coverage.total.reaches.map { language.number($0.people) } + Array(repeating: "", count: 5))
        for group in a.coverage.groups where group.grouping == .density {
            for row in group.rows { line(DensityClass(key: row.key).map { $0.phrase.text(language) } ?? row.key, row) }
        }
        section(.titleReach, table)
    }

    private mutating func localities() {
        var table = TextTable([.text(say(.locality)), .number(say(.people)), .number(say(.share)), .text(say(.nearestPlatform)), .number(impedanceName)])
        for row in a.localities {
            table.rows.append(
                [row.locality.name, language.number(row.people), language.percent(row.people / a.profile.population), short(row.nearest?.name)]
                    + [quantity(row.impedance, to: row.nearest?.platform)])
        }
        section(.titleLocalities, table)
    }

    private mutating func platforms() {
        let around = language.kilometres(a.surroundings)
        guard !a.platforms.isEmpty else { return section(.titlePlatforms, text: say(.noPlatform, ["distance": around])) }
        var table = TextTable(
            [.text(say(.platform)), .text(say(.kind)), .text(say(.status)), .number(say(.fromPeople))] + reachColumns)
        for row in a.platforms {
            table.rows.append(
                [
                    short(row.platform.name), row.platform.kind.phrase.text(language), row.status.phrase.text(language) + (row.counts ? "" : " ·"),
                    row.isInside ? say(.inside) : quantity(metres: row.distance, to: row.platform),
                ] + row.people.map { language.number($0.people) })
        }
        var text = table.text
        if a.platforms.contains(where: { !$0.counts }) { text += say(.notCounting) + "\n" }
        if a.platforms.contains(where: { !$0.platform.locationAccuracy.isTown }) { text += say(.vaguePoint) + "\n" }
        section(.titlePlatforms, text: text)
    }

    /// A line for each Cité: the ground it claims, and whom it reaches.
    private mutating func labels() {
        var order: [String] = []
        var claims: [String: Assessment.LabelRow] = [:]
        var reached: [String: [String: Double]] = [:]
        for row in a.labels {
            if case .reach(let reach) = row.basis { reached[row.cite.id, default: [:]][reach.text] = row.people } else { claims[row.cite.id] = row }
        }
        // Claims first; then those who reach most within the widest reach.
        for row in a.labels where claims[row.cite.id] != nil && !order.contains(row.cite.id) { order.append(row.cite.id) }
        let wideFirst = a.reaches.sorted { $0.value > $1.value }.map(\.text)
        func people(_ cite: String) -> [Double] { wideFirst.map { reached[cite]?[$0] ?? 0 } }
        order += reached.keys.filter { claims[$0] == nil }.sorted { first, second in
            let (a, b) = (people(first), people(second))
            return a == b ? first < second : b.lexicographicallyPrecedes(a)
        }
        guard !order.isEmpty else { return section(.titleLabels, text: say(.noLabel)) }
        var table = TextTable(
            [.text(say(.cite)), .text(say(.label)), .number(say(.claimedGround)), .number(say(.peopleThere))] + reachColumns)
        var isVague = false
        for id in order.prefix(Self.shownLabels) {
            guard let row = claims[id] ?? a.labels.first(where: { $0.cite.id == id }) else { continue }
            var ground = ["", ""]
            if let claim = claims[id], case .territory(let certain, _, let area) = claim.basis {
                if certain != .yes { isVague = true }
                ground = ["\(language.number(area)) km²\(certain == .yes ? "" : " ?")", language.number(claim.people)]
            }
            table.rows.append(
                [short(row.cite.name), row.label.phrase.text(language)] + ground + a.reaches.map { language.number(reached[id]?[$0.text] ?? 0) })
        }
        var text = table.text
        if order.count > Self.shownLabels { text += say(.more, ["count": "\(order.count - Self.shownLabels)"]) + "\n" }
        if isVague { text += say(.notCertain) + "\n" }
        section(.titleLabels, text: text)
    }

    private mutating func unreached() {
        let u = a.unreached
        let title = say(.titleUnreached, ["reach": u.beyond.text])
        guard u.people > 0 else { return section(title, text: say(.nobodyBeyond)) }
        var table = TextTable([.text(say(.locality)), .number(say(.people)), .number(say(.mean)), .text(say(.nearestPlatform))])
        for row in u.rows { table.rows.append([row.locality.name, language.number(row.people), quantity(row.mean), short(row.nearest?.name)]) }
        let summary = say(
            .unreachedPeople,
            [
                "people": language.number(u.people), "share": language.percent(u.people / u.population), "localities": language.number(Double(u.localities)),
            ])
        section(title, text: summary + "\n" + table.text)
    }

    private mutating func comparable() {
        guard !a.comparable.isEmpty else { return section(.titleComparable, text: say(.noComparable)) }
        var table = TextTable(
            [.text(say(.cite)), .number(say(.people)), .number("/km²"), .number(say(.inMainTown)), .number(say(.spread))] + reachColumns
                + [.number(say(.difference))])
        func line(_ name: String, _ p: Assessment.Profile, _ reaches: [CoverageRow.ReachShare], _ difference: String) {
            table.rows.append(
                [name, language.number(p.population), density(p.density), language.percent(p.primacy), language.kilometres(p.spread)]
                    + reaches.map { language.percent($0.share) } + [difference])
        }
        line(say(.thisTerritory), a.profile, a.coverage.total.reaches, "")
        for row in a.comparable.prefix(Self.shownComparable) {
            line(short(row.cite.zone ?? row.cite.name), row.profile, row.reaches, language.number(row.difference, decimals: 2))
        }
        section(.titleComparable, text: table.text + say(.comparableMethod, ["count": "\(a.comparable.count)"]) + "\n")
    }

    private mutating func form() {
        var table = TextTable([.text(say(.measure)), .number(say(.value)), .number(say(.threshold)), .text(say(.meaning))])
        for c in a.form.criteria {
            let phrases = c.phrases
            let meaning = c.isAtOrAbove.map { $0 ? phrases.above : phrases.below } ?? .notKnown
            table.rows.append([say(phrases.name), c.value.map { value($0, c.measure) } ?? language.dash, value(c.threshold, c.measure), say(meaning)])
        }
        section(say(.titleForm, ["form": say(a.form.form.phrase)]), text: table.text + say(.heuristic) + "\n")
    }

    private var notes: [String] {
        var notes = [say(.noteLayer, ["layer": a.layer.id, "year": a.layer.year, "source": a.layer.source])]
        if a.layer.isIndicative { notes.append(say(.noteIndicative)) }
        let oldest = a.coverage.oldestVerification.map(\.description) ?? language.dash
        notes.append(
            say(
                .notePlatforms,
                ["day": language.date(a.asOf), "count": "\(a.coverage.platforms)", "unknown": "\(a.coverage.leftOutAsUnknown)", "oldest": oldest]))
        if a.coverage.estimate { notes.append(say(.noteEstimate)) }
        return notes
    }

    // MARK: Words and quantities

    private func say(_ phrase: AssessmentPhrase, _ values: KeyValuePairs<String, String> = [:]) -> String { phrase.text(language, values) }

    private var impedanceName: String { say(a.kind == .duration ? .duration : .distance) }

    private var reachColumns: [TextTable.Column] { a.reaches.map { .number("≤ \($0.text)") } }

    /// Metres or seconds; a dash for none.
    private func quantity(_ impedance: Double?) -> String {
        guard let impedance, impedance.isFinite else { return language.dash }
        return a.kind == .duration ? time(impedance) : language.kilometres(impedance)
    }

    private func quantity(_ impedance: Double?, to platform: Platform?) -> String { mark(platform, impedance) + quantity(impedance) }

    private func quantity(metres: Double, to platform: Platform) -> String { mark(platform, metres) + language.kilometres(metres) }

    private func mark(_ platform: Platform?, _ value: Double?) -> String { value == nil || platform?.locationAccuracy.isTown ?? true ? "" : "≈ " }

    private func density(_ value: Double) -> String { language.number(value, decimals: value < 100 ? 1 : 0) }

    private func value(_ value: Double, _ measure: Assessment.FittingForm.Criterion.Measure) -> String {
        switch measure {
        case .density: say(.perSquareKilometre, ["value": density(value)])
        case .ruralShare, .primacy: language.percent(value)
        case .spread: language.kilometres(value)
        case .population, .townsFarApart: language.number(value)
        }
    }

    private func short(_ name: String?) -> String {
        guard let name else { return language.dash }
        return name.count > Self.longestName ? name.prefix(Self.longestName - 1) + "…" : name
    }

    // MARK: Layout

    private mutating func section(_ title: AssessmentPhrase, _ table: TextTable) { section(say(title), text: table.text) }
    private mutating func section(_ title: AssessmentPhrase, text: String) { section(say(title), text: text) }

    private mutating func section(_ title: String, text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).flatMap(Self.wrapped).map { $0.isEmpty ? "" : "  " + $0 }
        sections.append(([title] + lines).joined(separator: "\n") + (text.hasSuffix("\n") ? "" : "\n"))
    }

    /// Long values go on under themselves.
    private mutating func pairs(_ title: AssessmentPhrase, _ pairs: [(AssessmentPhrase, String)]) {
        let width = pairs.map { say($0.0).count }.max() ?? 0
        let lines = pairs.flatMap { name, value in
            Self.wrapped(value[...], at: Self.lineWidth - width - 2).enumerated().map { ($0 == 0 ? say(name) : "").padding(to: width) + "  " + $1 }
        }
        section(title, text: lines.joined(separator: "\n"))
    }

    /// Sentences are broken; rows of tables, which have several spaces between their cells, are left as they are.
    private static func wrapped(_ line: Substring) -> [String] {
        line.contains("   ") ? [String(line)] : wrapped(line, at: lineWidth)
    }

    private static func wrapped(_ line: Substring, at width: Int) -> [String] {
        guard line.count > width else { return [String(line)] }
        var lines: [String] = []
        var now = ""
        // A word is what no-break spaces hold together.
        for word in line.split(separator: " ") {
            if !now.isEmpty, now.count + word.count + 1 > width {
                lines.append(now)
                now = ""
            }
            now += (now.isEmpty ? "" : " ") + word
        }
        return lines + [now]
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
}

extension Assessment.FittingForm.Form {
    package var phrase: AssessmentPhrase {
        switch self {
        case .cite: .formCite
        case .citeWithSites: .formCiteWithSites
        case .citeWithAssociatedCentres: .formCiteWithAssociatedCentres
        case .reseau: .formReseau
        }
    }
}

extension Assessment.FittingForm.Criterion {
    /// What its measure is called, and what it says on either side of its threshold.
    package var phrases: (name: AssessmentPhrase, below: AssessmentPhrase, above: AssessmentPhrase) {
        switch measure {
        case .density: (.density, .densityBelow, .densityAbove)
        case .ruralShare: (.ruralShare, .ruralBelow, .ruralAbove)
        case .population: (.people, .populationBelow, .populationAbove)
        case .primacy where threshold >= Assessment.FittingForm.concentration: (.inMainTown, .concentrationBelow, .concentrationAbove)
        case .primacy: (.inMainTown, .primacyBelow, .primacyAbove)
        case .townsFarApart: (.largeTowns, .townsBelow, .townsAbove)
        case .spread: (.spread, .spreadBelow, .spreadAbove)
        }
    }
}
