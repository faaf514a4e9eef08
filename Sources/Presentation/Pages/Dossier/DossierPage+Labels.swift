internal import CiteNetwork
internal import Coverage
internal import Impedance
internal import Planning
internal import Population

extension DossierPage {
    var labels: HTML {
        let maps = DossierMaps(self)
        return HTML.paragraph(t(.labelsIntroduction)) + maps.labels.html + labelTable + overlapTable
    }

    private var labelTable: HTML {
        let rows = dossier.assessment.labels
        guard !rows.isEmpty else { return HTML.paragraph(t(.noLabels), class: "missing") }
        var table = PageTable(
            "labels-table", caption: caption(w(.labelsHere), ref(.network, .population)),
            [.text(w(.cite)), .text(w(.label)), .text(w(.why)), .number(w(.people)), .number(w(.share))])
        for row in rows {
            let (key, why) = basis(row)
            let name = "label.\(row.cite.id).\(key)"
            table.rows.append([
                HTML(row.cite.name), HTML(row.label.phrase.text(language)) + (row.confirmed == true ? HTML(", \(w(.confirmed))") : HTML()), HTML(why),
                people("\(name).people", row.people, measured), share("\(name).share", row.share),
            ])
        }
        table.note = HTML(t(.labelsNote))
        return table.html
    }

    private func basis(_ row: Assessment.LabelRow) -> (String, String) {
        switch row.basis {
        case .territory(let certain, let basis, let square):
            var words = "\(t(.sharedGround)), \(language.number(square))\u{A0}km²"
            if certain != .yes || basis == .inferred { words += ", \(w(.notCertain))" }
            return ("territory", words)
        case .reach(let within): return (within.text, t(.reachesWithin, ["reach": reach(within.text)]))
        }
    }

    private var overlapTable: HTML {
        struct Pair {
            var names: String
            var basis: String
            var key: String
            var before: LabelOverlap?
            var after: LabelOverlap?
            var most: Double { max(before?.people ?? 0, after?.people ?? 0) }
        }
        var pairs: [String: Pair] = [:]
        func enter(_ overlaps: [LabelOverlap], isAfter: Bool) {
            for one in overlaps where one.people > 0 || one.squareKilometres >= 1 {
                let basis: (key: String, text: String)
                switch one.basis {
                case .territory: basis = ("territory", t(.sharedGround))
                case .reach(let within, _, _, _): basis = (within.text, t(.reachesWithin, ["reach": reach(within.text)]))
                }
                let key = "\(one.first.id).\(one.second.id).\(basis.key)"
                var pair = pairs[key] ?? Pair(names: "\(shown(one.first)) – \(shown(one.second))", basis: basis.text, key: key)
                if isAfter { pair.after = one } else { pair.before = one }
                pairs[key] = pair
            }
        }
        enter(dossier.overlapsBefore.overlaps, isAfter: false)
        enter(dossier.overlapsAfter.overlaps, isAfter: true)
        let ranked = pairs.values.sorted { ($1.most, $0.key) < ($0.most, $1.key) }
        guard !ranked.isEmpty else { return HTML.paragraph(t(.noOverlaps, ["reach": reach(dossier.query.within.text)])) }
        var table = PageTable(
            "overlaps-table", caption: caption(w(.overlaps), ref(.network, .population, planSource)),
            [.text(w(.labelPair)), .text(w(.why)), .number(w(.peopleBefore)), .number(w(.peopleAfter)), .number(w(.surface))])
        for pair in ranked.prefix(dossier.query.rows) {
            let square = pair.after?.squareKilometres ?? pair.before?.squareKilometres ?? 0
            table.rows.append([
                HTML(pair.names), HTML(pair.basis), people("overlap.\(pair.key).before.people", pair.before?.people ?? 0, measured),
                people("overlap.\(pair.key).after.people", pair.after?.people ?? 0, measured + [planSource]),
                figure("overlap.\(pair.key).surface", square, .squareKilometres, "\(language.number(square))\u{A0}km²", [.network]),
            ])
        }
        table.note = HTML(t(.overlapsNote))
        return table.html
    }

    private func shown(_ cite: Cite) -> String { cite.id == dossier.projectID ? t(.theProject) : cite.name }

    // MARK: Territories like this one

    var comparable: HTML {
        let rows = dossier.assessment.comparable
        guard !rows.isEmpty else { return HTML.paragraph(t(.noComparable), class: "missing") }
        let within = dossier.query.within.text
        let hasRuralShare = dossier.assessment.profile.ruralShare != nil
        var table = PageTable(
            "comparable-table", caption: caption(w(.comparableTerritories), ref(.network, .population, .heuristic)),
            [.text(w(.territory)), .number(w(.people)), .number(w(.density))] + (hasRuralShare ? [.number(w(.ruralShare))] : [])
                + [.number(w(.primacy)), .number(w(.spread)), .number(w(.platforms)), .number(t(.withinReach, ["reach": reach(within)]))])
        func row(_ name: HTML, _ key: String, _ profile: Assessment.Profile, _ platforms: Int, _ near: CoverageRow.ReachShare?) -> [HTML] {
            [
                name, people("\(key).population", profile.population),
                figure(
                    "\(key).density", profile.density, .perSquareKilometre, language.number(profile.density, decimals: profile.density < 10 ? 1 : 0),
                    [.population, .areas]),
            ] + (hasRuralShare ? [share("\(key).ruralShare", profile.ruralShare, [.population])] : []) + [
                share("\(key).primacy", profile.primacy, [.population, .gazetteer]), metres("\(key).spread", profile.spread, [.population]),
                count("\(key).platforms", platforms, [.network]), near.map { share("\(key).\($0.within).share", $0.share) } ?? missing,
            ]
        }
        let here = dossier.assessment.platforms.count { $0.isInside && $0.status == .open }
        table.rows.append(
            row(HTML("strong") { areaName }, "comparable.here", dossier.assessment.profile, here, mainReach(dossier.before)))
        for one in rows.prefix(8) {
            let near = one.reaches.first { $0.within == within } ?? one.reaches.last
            table.rows.append(
                row(
                    HTML(one.cite.zone ?? one.cite.name) + (one.basis == .inferred ? HTML(" ") + tag(w(.inferred)) : HTML()), "comparable.\(one.cite.id)",
                    one.profile, one.platforms.values.reduce(0, +), near))
        }
        table.note = HTML(t(.comparableNote))
        return HTML.paragraph(t(.comparableIntroduction)) + table.html
    }

    // MARK: The fitting form

    var form: HTML {
        let form = dossier.assessment.form
        var table = PageTable(
            "form-table", caption: caption(w(.criteria), ref(.heuristic, .population)),
            [.text(w(.measure)), .number(w(.value)), .number(w(.threshold)), .text(w(.outcome))])
        // A measure may be held against several thresholds.
        for (i, criterion) in form.criteria.enumerated() {
            let key = "form.\(i + 1).\(criterion.measure.rawValue)"
            let outcome = criterion.isAtOrAbove.map { $0 ? w(.atOrAbove) : w(.below) } ?? t(.notAvailable)
            table.rows.append([
                HTML(word(criterion.measure)), measure("\(key).value", criterion.measure, criterion.value, [.population]),
                measure("\(key).threshold", criterion.measure, criterion.threshold, [.heuristic]), HTML(outcome),
            ])
        }
        return HTML("p") { h(.formIntroduction, ["form": HTML("strong") { formWord(form.form) }, "ref": ref(.heuristic)]) } + table.html
    }

    private func word(_ measure: Assessment.FittingForm.Criterion.Measure) -> String {
        switch measure {
        case .density: w(.density)
        case .ruralShare: w(.ruralShare)
        case .primacy: w(.primacy)
        case .spread: w(.spread)
        case .townsFarApart: w(.townsFarApart)
        case .population: w(.population)
        }
    }

    private func measure(
        _ name: String, _ measure: Assessment.FittingForm.Criterion.Measure, _ value: Double?, _ sources: [DossierSource.Kind]
    ) -> HTML {
        guard let value else { return missing }
        return switch measure {
        case .density: figure(name, value, .perSquareKilometre, language.number(value, decimals: value < 10 ? 1 : 0), sources)
        case .ruralShare, .primacy: share(name, value, sources)
        case .spread: metres(name, value, sources)
        case .townsFarApart: figure(name, value, .count, language.number(value, decimals: value == value.rounded() ? 0 : 1), sources)
        case .population: people(name, value, sources)
        }
    }
}
