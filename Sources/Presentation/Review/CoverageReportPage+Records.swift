internal import CiteNetwork
internal import Planning

// What changed, how many there are, and how fresh what is known of them is.
extension CoverageReportPage {
    var change: HTML {
        let (now, then) = (language.date(report.asOf), language.date(report.comparedWith))
        let sentence = say(
            .changeTotal,
            [
                "before": then, "shareBefore": language.percent(total.shareBefore), "platformsBefore": language.number(Double(total.platformsBefore)),
                "day": now,
                "share": language.percent(total.share), "platforms": language.number(Double(total.platforms)),
                "difference": language.difference(total.reached - total.reachedBefore),
            ])
        var table = PageTable(
            "table-change", caption: say(.tableChange),
            [
                .text(say(.columnArea)), .number(say(.columnShareBefore, ["day": then])), .number(say(.columnShareBefore, ["day": now])),
                .number(say(.columnDifference)), .number(say(.columnPopulation)),
            ])
        let changed = report.rows.filter { abs($0.reached - $0.reachedBefore) >= 0.5 }
            .sorted { (abs($1.reached - $1.reachedBefore), $0.code) < (abs($0.reached - $0.reachedBefore), $1.code) }
        table.rows = changed.map { row in
            let points = ((row.share ?? 0) - (row.shareBefore ?? 0)) * 100
            return [
                HTML(label(row)), share("share-before/\(row.code)", row.shareBefore), HTML(language.percent(row.share)),
                HTML(language.difference(points, decimals: 1)), HTML(language.difference(row.reached - row.reachedBefore)),
            ]
        }
        return HTML.paragraph(sentence) + HTML.paragraph(say(.samePeople), class: "note")
            + (changed.isEmpty ? HTML.paragraph(say(.noneChange)) : table.html) + events
    }

    private var events: HTML {
        let known = report.review.lines(.changes, .broken)
        let unknown = report.review.lines(.changes, .unknown).count
        var table = PageTable("table-events", caption: say(.tableEvents), [.text(say(.columnRecord)), .text(say(.columnWhat))])
        table.isProse = true
        table.rows = known.map { [HTML($0.name), HTML($0.found(language))] }
        return (known.isEmpty ? HTML.paragraph(say(.noneEvents)) : table.html)
            + (unknown > 0 ? HTML.paragraph(say(.eventsNotKnown, ["count": language.number(Double(unknown))]), class: "note") : HTML())
    }

    var counts: HTML {
        func column(_ phrase: ReviewPhrase) -> String { phrase.text(language) }
        var labels = PageTable(
            "table-labels", caption: say(.tableLabels),
            [.text(column(.columnLabel)), .text(column(.columnConfirmed)), .text(column(.columnStatus)), .number(column(.columnCites))])
        labels.rows = report.review.labelCounts.map { count in
            let confirmed =
                count.label == .fonctionnement ? count.confirmed.map { column($0 ? .yes : .no) } ?? column(.notKnown) : language.dash
            let key = "\(count.label.rawValue)/\(count.confirmed.map { "\($0)" } ?? "-")/\(count.status.rawValue)"
            return [
                HTML(count.label.phrase.text(language)), HTML(confirmed), HTML(count.status.phrase.text(language)),
                HTML.figure("cites/\(key)", Double(count.cites), "\(count.cites)"),
            ]
        }
        var platforms = PageTable(
            "table-platforms", caption: say(.tablePlatforms),
            [.text(column(.columnKind)), .text(column(.columnStatus)), .number(column(.columnPlatforms))])
        platforms.rows = report.review.platformCounts.map { count in
            [
                HTML(count.kind.phrase.text(language)), HTML(count.status.phrase.text(language)),
                HTML.figure("platforms/\(count.kind.rawValue)/\(count.status.rawValue)", Double(count.platforms), "\(count.platforms)"),
            ]
        }
        return labels.html + platforms.html + agenda
    }

    private var agenda: HTML {
        let lines = report.review.lines(.agenda, .broken)
        guard !lines.isEmpty else { return HTML() }
        var table = PageTable("table-agenda", caption: say(.tableAgenda), [.text(say(.columnRecord)), .text(say(.columnWhat)), .text(say(.columnDue))])
        table.rows = lines.map { [HTML($0.name), HTML($0.found(language)), HTML($0.dueWords(language) ?? language.dash)] }
        return table.html
    }

    var freshness: HTML {
        let fresh = report.review.lines.compactMap { line -> RecordFreshness? in if case .stale(let fresh) = line.fact { fresh } else { nil } }
        let none = fresh.count { $0.isStale == .yes && ($0.share?.upperBound ?? 0) == 0 }
        let some = fresh.count { $0.isStale == .yes } - none
        let unknown = fresh.count { $0.isStale == .unknown }
        var table = PageTable("table-freshness", caption: say(.tableFreshness), [.text(say(.columnFreshness)), .number(say(.columnRecords))])
        table.rows = [("none", say(.freshNone), none), ("some", say(.freshSome), some), ("unknown", say(.freshUnknown), unknown)].map { key, text, count in
            [HTML(text), HTML.figure("fresh/\(key)", Double(count), "\(count)")]
        }
        return HTML.paragraph(say(.freshnessSentence, ["full": "\(Freshness.fullMonths)", "end": "\(Freshness.endMonths)"])) + table.html
    }
}
