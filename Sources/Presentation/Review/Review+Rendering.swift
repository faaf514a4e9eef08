internal import CiteNetwork
internal import Coverage
internal import GeoFormats
internal import GeoModel
internal import Impedance
package import Planning
internal import Population

extension Review {
    /// - Parameters:
    ///   - limit: how many lines of a section a table has; nil for all of them. Other forms have all.
    ///   - listsUnknown: whether a table lists what is not known, or tells how much of it there is.
    package func rendered(_ format: OutputFormat, _ language: Language, limit: Int? = 8, listsUnknown: Bool = false) -> Rendering {
        switch format {
        case .json: Rendering(text: String(decoding: PropertyValue.object(json(language)).json, as: UTF8.self) + "\n", notes: notes(language))
        case .geojson: Rendering(text: geoJSON(language), notes: notes(language))
        case .csv: Rendering(text: csv(language), notes: notes(language))
        case .table: Rendering(text: table(language, limit, listsUnknown), notes: notes(language))
        }
    }

    // MARK: Machines

    private func head(_ language: Language) -> Properties {
        [
            "asOf": .string(asOf.description), "since": PropertyValue(query.since?.description), "scope": PropertyValue(scopeName),
            "layer": .string(layer.id), "indicative": .bool(layer.isIndicative), "within": .string(query.within.text),
            "language": .string(language.rawValue),
            "labels": .array(
                labelCounts.map {
                    .object([
                        "label": .string($0.label.rawValue), "confirmed": PropertyValue($0.confirmed), "status": .string($0.status.rawValue),
                        "cites": PropertyValue($0.cites),
                    ])
                }),
            "platforms": .array(
                platformCounts.map {
                    .object(["kind": .string($0.kind.rawValue), "status": .string($0.status.rawValue), "platforms": PropertyValue($0.platforms)])
                }),
            "sections": .array(
                shownSections.map { section in
                    .object([
                        "section": .string(section.rawValue), "title": .string(section.phrase.text(language)),
                        "found": PropertyValue(lines(section, .broken).count), "unknown": PropertyValue(lines(section, .unknown).count),
                    ])
                }),
        ]
    }

    private func json(_ language: Language) -> Properties {
        func listed(_ verdict: RuleVerdict) -> PropertyValue { .array(lines.filter { $0.verdict == verdict }.map { .object($0.json(language)) }) }
        return head(language).adding(["lines": listed(.broken), "unknown": listed(.unknown)])
    }

    private func geoJSON(_ language: Language) -> String {
        let features = lines.compactMap { line in
            line.location.map { Feature(geometry: .point($0), properties: line.json(language)) }
        }
        let unplaced = lines.count - features.count
        return String(
            decoding: GeoJSONWriter.featureCollection(features, members: head(language).adding(["withoutPlace": PropertyValue(unplaced)])), as: UTF8.self)
    }

    private func csv(_ language: Language) -> String {
        var csv = CSVWriter(
            columns: ["section", "severity", "verdict", "code", "kind", "id", "name", "due", "due_latest", "days_over", "found", "command"])
        for count in query.sections.contains(.counts) ? labelCounts : [] {
            let level = count.confirmed.map { $0 ? "confirmed" : "unconfirmed" } ?? ""
            csv.row(["counts", "", "", "\(count.label.rawValue) \(level)".trimmed, "cite", "", "", "", "", "", "\(count.status.rawValue): \(count.cites)", ""])
        }
        for count in query.sections.contains(.counts) ? platformCounts : [] {
            csv.row(["counts", "", "", count.kind.rawValue, "platform", "", "", "", "", "", "\(count.status.rawValue): \(count.platforms)", ""])
        }
        for line in lines {
            csv.row(
                [line.section.rawValue, line.severity.rawValue, line.verdict.rawValue, line.code ?? "", line.subject.kind, line.subject.id, line.name]
                    + [line.due?.earliest?.description ?? "", line.due?.latest?.description ?? "", line.daysOver.map(String.init) ?? ""]
                    + [line.found(language), line.command])
        }
        return csv.text
    }

    // MARK: People

    private var shownSections: [ReviewSection] {
        ReviewSection.allCases.filter { query.sections.contains($0) && ($0 != .changes || query.since != nil) }
    }

    private func table(_ language: Language, _ limit: Int?, _ listsUnknown: Bool) -> String {
        let title = ReviewPhrase.title.text(
            language, ["scope": scopeName ?? ReviewPhrase.wholeNetwork.text(language), "day": language.date(asOf)])
        return ([title + "\n"] + shownSections.map { part($0, language, limit, listsUnknown) }).joined(separator: "\n")
    }

    private func part(_ section: ReviewSection, _ language: Language, _ limit: Int?, _ listsUnknown: Bool) -> String {
        let title = section.phrase.text(language)
        if section == .counts { return title.uppercased() + "\n" + counts(language) }
        let (found, unknown) = (lines(section, .broken), lines(section, .unknown))
        let words: (Int) -> String = { $0 == 0 ? ReviewPhrase.nothing.text(language) : language.number(Double($0)) }
        let values: KeyValuePairs = ["title": title.uppercased(), "found": words(found.count), "unknown": words(unknown.count)]
        var text = (unknown.isEmpty ? ReviewPhrase.counted : .countedWithUnknown).text(language, values) + "\n"
        func list(_ lines: [ReviewLine], _ option: String) {
            let shown = lines.prefix(limit ?? lines.count)
            text += section == .reach ? reachTable(Array(shown), language) : shown.map { entry($0, language) }.joined()
            if lines.count > shown.count {
                let more: KeyValuePairs = ["count": language.number(Double(lines.count - shown.count)), "option": option]
                text += "  … " + ReviewPhrase.andMore.text(language, more) + "\n"
            }
        }
        list(found, "--section \(section.rawValue)")
        if listsUnknown, !unknown.isEmpty {
            text += "  \(ReviewPhrase.notKnown.text(language)):\n"
            list(unknown, "--section \(section.rawValue)")
        }
        return text
    }

    private func entry(_ line: ReviewLine, _ language: Language) -> String {
        // What is not known is neither wrong nor late.
        let isKnown = line.verdict == .broken
        let severity = isKnown && line.severity != .notice ? line.severity.phrase.text(language).uppercased() + "  " : ""
        let due = isKnown ? line.dueBesideFinding(language).map { " · \($0)" } ?? "" : ""
        return "  \(severity)\(line.subject.id) (\(line.name))\(due)\n      \(line.found(language))\n      \(line.command)\n"
    }

    private func reachTable(_ lines: [ReviewLine], _ language: Language) -> String {
        guard !lines.isEmpty else { return "" }
        var table = TextTable(
            [
                .text("  " + ReviewPhrase.columnArea.text(language)), .number(ReviewPhrase.columnPeople.text(language)),
                .number(ReviewPhrase.columnShare.text(language)), .number(ReviewPhrase.columnPlatforms.text(language)),
                .text(ReviewPhrase.columnSettledBy.text(language)),
            ])
        for line in lines {
            guard case .outOfReach(let people, let population, _, let platforms) = line.fact else { continue }
            table.rows.append(
                [
                    "  \(line.subject.id) \(line.name)", language.number(people), language.percent(population > 0 ? people / population : nil), "\(platforms)",
                    line.command,
                ])
        }
        return table.text
    }

    private func counts(_ language: Language) -> String {
        func word(_ count: LabelCount) -> String {
            guard count.label == .fonctionnement else { return language.dash }
            return count.confirmed.map { ($0 ? ReviewPhrase.yes : .no).text(language) } ?? ReviewPhrase.notKnown.text(language)
        }
        var labels = TextTable(
            [
                .text("  " + ReviewPhrase.columnLabel.text(language)), .text(ReviewPhrase.columnConfirmed.text(language)),
                .text(ReviewPhrase.columnStatus.text(language)), .number(ReviewPhrase.columnCites.text(language)),
            ])
        labels.rows = labelCounts.map { ["  " + $0.label.phrase.text(language), word($0), $0.status.phrase.text(language), "\($0.cites)"] }
        var platforms = TextTable(
            [
                .text("  " + ReviewPhrase.columnKind.text(language)), .text(ReviewPhrase.columnStatus.text(language)),
                .number(ReviewPhrase.columnPlatforms.text(language)),
            ])
        platforms.rows = platformCounts.map { ["  " + $0.kind.phrase.text(language), $0.status.phrase.text(language), "\($0.platforms)"] }
        return labels.text + "\n" + platforms.text
    }

    private func notes(_ language: Language) -> [String] {
        var notes: [String] = []
        if lines.contains(where: { $0.verdict == .unknown }) { notes.append(ReviewPhrase.noteUnknown.text(language)) }
        notes.append(thresholds(language))
        if let coverage {
            let values: KeyValuePairs = [
                "layer": layer.id, "year": layer.year, "source": layer.source, "platforms": "\(coverage.facilities.members.count)",
            ]
            notes.append(ReviewPhrase.noteLayer.text(language, values))
            var (out, all) = (0.0, 0.0)
            for line in lines {
                guard case .outOfReach(let people, let population, _, _) = line.fact else { continue }
                (out, all) = (out + people, all + population)
            }
            if out > 0 {
                notes.append(
                    ReviewPhrase.noteOutOfReach.text(
                        language, ["people": language.number(out), "population": language.number(all), "within": query.within.words]))
            }
        } else if query.sections.contains(.reach) {
            notes.append(ReviewPhrase.noteReachNotMeasured.text(language))
        }
        return notes
    }

    package func thresholds(_ language: Language) -> String {
        ReviewPhrase.noteThresholds.text(
            language,
            [
                "confirmation": "\(RuleTimes.confirmationMonths)", "prefiguration": "\(RuleTimes.prefigurationMonths)",
                "notice": "\(RuleTimes.confirmationNoticeMonths)", "projet": "\(RuleTimes.projetMonths)", "full": "\(Freshness.fullMonths)",
                "end": "\(Freshness.endMonths)",
            ])
    }
}

extension ReviewLine {
    func json(_ language: Language) -> Properties {
        var p: Properties = [
            "section": .string(section.rawValue), "severity": .string(severity.rawValue), "verdict": .string(verdict.rawValue),
            "code": PropertyValue(code), "kind": .string(subject.kind), "id": .string(subject.id), "name": .string(name),
            "due": due.map { .object(["earliest": PropertyValue($0.earliest?.description), "latest": PropertyValue($0.latest?.description)]) } ?? .null,
            "daysOver": PropertyValue(daysOver), "found": .string(found(language)), "command": .string(command),
        ]
        switch fact {
        case .outOfReach(let people, let population, _, let platforms):
            p.append("people", .number(people))
            p.append("population", .number(population))
            p.append("platforms", PropertyValue(platforms))
        case .overlap(let overlap):
            p.append("other", .string(overlap.second.id))
            p.append("people", .number(overlap.people))
            p.append("squareKilometres", .number(overlap.squareKilometres))
        case .stale(let fresh):
            p.append("verified", date(fresh.verified))
            p.append("freshness", PropertyValue(fresh.share?.lowerBound))
            p.append("freshnessAtMost", PropertyValue(fresh.share?.upperBound))
        default: break
        }
        return p
    }
}

extension String {
    fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
