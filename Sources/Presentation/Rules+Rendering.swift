package import CiteNetwork
internal import GeoFormats
internal import GeoModel
package import Planning

extension RuleReport {
    /// - Parameters:
    ///   - verdict: only these findings are shown; all of them without it.
    ///   - listsAll: whether a table has a line for each finding, or one for each rule where nothing is wrong: notices, and what is not known.
    package func rendered(_ format: OutputFormat, _ atlas: Atlas, verdict: RuleVerdict? = nil, listsAll: Bool = true) -> Rendering {
        let shown = findings.filter { verdict == nil || $0.verdict == verdict }
        switch format {
        case .json:
            let report: Properties = [
                "asOf": .string(asOf.description), "counts": .object(["broken": counts(.broken), "unknown": counts(.unknown)]),
                "rules": .array(
                    tallies.map { code, tally in
                        .object([
                            "code": .string(code.rawValue), "severity": .string(code.severity.rawValue), "checked": PropertyValue(tally.checked),
                            "kept": PropertyValue(tally.kept), "broken": PropertyValue(tally.broken), "unknown": PropertyValue(tally.unknown),
                        ])
                    }),
                "findings": .array(shown.map { .object($0.json) }),
            ]
            return Rendering(text: String(decoding: PropertyValue.object(report).json, as: UTF8.self) + "\n", notes: [summary])
        case .geojson:
            let features = shown.map { Feature(geometry: atlas.place(of: $0.record).map(Geometry.point), properties: $0.json) }
            let members: Properties = ["asOf": .string(asOf.description)]
            return Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: members), as: UTF8.self), notes: [summary])
        case .csv:
            var csv = CSVWriter(columns: ["severity", "verdict", "code", "kind", "id", "detail", "command"])
            for f in shown {
                csv.row([f.severity.rawValue, f.verdict.rawValue, f.code.rawValue, f.record.kind.rawValue, f.record.id, f.detail.text(.english), f.command])
            }
            return Rendering(text: csv.text, notes: [summary])
        case .table:
            var notes = [summary]
            if !listsAll, shown.contains(where: { !$0.isWrong }) {
                notes.append("What is not known is not wrong: --verdict unknown lists it record by record, --verdict broken the notices.")
            }
            return Rendering(text: table(shown, listsAll: listsAll), notes: notes)
        }
    }

    private func counts(_ verdict: RuleVerdict) -> PropertyValue {
        .object(Properties(RuleSeverity.allCases.map { ($0.rawValue, PropertyValue(count(verdict, $0))) }))
    }

    /// How many of each, in a sentence.
    package var summary: String {
        let checked = tallies.reduce(0) { $0 + $1.tally.checked }
        let kept = tallies.reduce(0) { $0 + $1.tally.kept }
        return "As of \(asOf): \(checked) checks by \(tallies.count) rules. Broken: \(number(count(.broken, .error), "error")), "
            + "\(number(count(.broken, .warning), "warning")), \(number(count(.broken, .notice), "notice")). "
            + "Unknown: \(count(.unknown)). Kept: \(kept)."
    }

    private func number(_ n: Int, _ word: String) -> String { "\(n) \(word)\(n == 1 ? "" : "s")" }

    private func table(_ shown: [RuleFinding], listsAll: Bool) -> String {
        var parts: [String] = []
        for severity in RuleSeverity.allCases {
            for verdict in RuleVerdict.allCases {
                let group = shown.filter { $0.severity == severity && $0.verdict == verdict }
                guard !group.isEmpty else { continue }
                let title = "\(severity.rawValue.uppercased()), \(verdict == .broken ? "broken" : "not known") (\(group.count))\n"
                parts.append(title + (listsAll || group[0].isWrong ? list(group) : tally(group)))
            }
        }
        return parts.joined(separator: "\n")
    }

    private func list(_ group: [RuleFinding]) -> String {
        var table = TextTable([.text("rule"), .text("record"), .text("found"), .text("settled by")])
        table.rows = group.map { [$0.code.rawValue, $0.record.description, $0.detail.text(.english), $0.command] }
        return table.text
    }

    private func tally(_ group: [RuleFinding]) -> String {
        var table = TextTable([.text("rule"), .number("records"), .text("such as")])
        for code in RuleCode.allCases {
            let found = group.filter { $0.code == code }
            guard let first = found.first else { continue }
            table.rows.append([code.rawValue, "\(found.count)", "\(first.record): \(first.detail.text(.english))"])
        }
        return table.text
    }
}

extension RuleFinding {
    var json: Properties {
        [
            "code": .string(code.rawValue), "severity": .string(severity.rawValue), "verdict": .string(verdict.rawValue),
            "record": .object(["kind": .string(record.kind.rawValue), "id": .string(record.id)]), "fact": .string(detail.fact.rawValue),
            "detail": .string(detail.text(.english)),
            "command": .string(command), "rule": .string(code.text(.english)), "lines": PropertyValue(code.lines),
        ]
    }
}

extension Atlas {
    /// Where a record is: the point of its platform, or the seat of its Cité.
    fileprivate func place(of record: RuleSubject) -> Coordinate? {
        switch record.kind {
        case .platform, .period: return records.platform(record.id)?.location.flatMap { $0.isGeographic ? $0 : nil }
        case .cite, .decision, .territory:
            guard let cite = records.cite(record.id), case .at(let c, _) = records.seatLocation(of: cite), c.isGeographic else { return nil }
            return c
        }
    }
}

/// The rules themselves, for whoever wants to know what is held against the network.
package enum RuleList {
    package static func rendered(_ format: OutputFormat, codes: [RuleCode] = RuleCode.allCases) -> Rendering {
        switch format {
        case .json, .geojson:
            let rules = codes.map { code -> PropertyValue in
                .object([
                    "code": .string(code.rawValue), "severity": .string(code.severity.rawValue), "rule": .string(code.text(.english)),
                    "lines": PropertyValue(code.lines),
                ])
            }
            return Rendering(text: String(decoding: PropertyValue.array(rules).json, as: UTF8.self) + "\n")
        case .csv:
            var csv = CSVWriter(columns: ["code", "severity", "lines", "rule"])
            for code in codes { csv.row([code.rawValue, code.severity.rawValue, code.lines ?? "", code.text(.english)]) }
            return Rendering(text: csv.text)
        case .table:
            var table = TextTable([.text("code"), .text("severity"), .text("lines"), .text("rule")])
            table.rows = codes.map { [$0.rawValue, $0.severity.rawValue, $0.lines ?? "-", $0.text(.english)] }
            return Rendering(text: table.text, notes: ["Lines are those of the founding document, the welcome booklet of the network of 2009."])
        }
    }
}
