internal import CiteNetwork
internal import GeoModel
internal import Impedance
package import Planning
internal import Population

extension CoverageReport {
    /// The report as a page complete in itself: HTML without scripts, maps as SVG. The same report gives the same bytes.
    package func page(_ language: Language, _ atlas: Atlas) -> [UInt8] { CoverageReportPage(report: self, language: language, atlas: atlas).bytes }
}

/// The parts of the report. Every figure stands in an element that carries its value (`data-figure`).
struct CoverageReportPage {
    let report: CoverageReport
    let language: Language
    let atlas: Atlas

    var within: String { report.review.query.within.words }
    var total: CoverageReport.AreaRow { report.total }

    func say(_ phrase: ReportPhrase, _ values: KeyValuePairs<String, String> = [:]) -> String { phrase.text(language, values) }

    func name(_ row: CoverageReport.AreaRow) -> String { atlas.areas[row.code]?.names[language.rawValue] ?? row.name }

    private var sections: [(id: String, title: String, content: HTML)] {
        [
            ("shares", say(.sectionShares), shares), ("without", say(.sectionWithout), without), ("overlaps", say(.sectionOverlaps), overlaps),
            ("change", say(.sectionChange, ["day": language.date(report.comparedWith)]), change), ("counts", say(.sectionCounts), counts),
            ("freshness", say(.sectionFreshness), freshness), ("method", say(.sectionMethod), method),
        ]
    }

    var bytes: [UInt8] {
        let title = say(.title)
        let scope = report.review.scopeName ?? ReviewPhrase.wholeNetwork.text(language)
        let day = language.date(report.asOf)
        return PageDocument(
            language: language, title: "\(title) – \(say(.scope, ["scope": scope, "day": day]))",
            description: say(.description, ["within": within, "day": day, "before": language.date(report.comparedWith)]), skip: say(.skip),
            header: HTML("p") { "maillage" } + HTML("p") { day },
            content: cover(title, say(.scope, ["scope": scope, "day": day]))
                + sections.reduce(HTML()) { page, section in page + HTML.section(section.id, title: section.title) { section.content } },
            footer: HTML.paragraph(say(.footer, ["day": day]))
        ).bytes
    }

    // MARK: Cover

    private func cover(_ title: String, _ scope: String) -> HTML {
        let pairs = pairsOfReach
        return HTML("div", .class("cover")) {
            HTML.paragraph(say(.eyebrow), class: "eyebrow")
            HTML.heading(1, title)
            HTML.paragraph(scope, class: "lead")
        }
            + HTML("ul", .class("facts")) {
                fact("total-share", total.share ?? .nan, language.percent(total.share), say(.factReached, ["within": within]))
                fact("total-reached", total.reached, language.number(total.reached), say(.factPeople))
                fact("total-out", total.outOfReach, language.number(total.outOfReach), say(.factOut))
                fact("platforms", Double(total.platforms), language.number(Double(total.platforms)), say(.factPlatforms))
                fact(
                    "areas-without", Double(empty.count), language.number(Double(empty.count)),
                    say(.factWithout, ["count": language.number(Double(report.rows.count))]))
                fact("overlaps", Double(pairs), language.number(Double(pairs)), say(.factOverlaps))
            }
            + (report.review.layer.isIndicative ? HTML("div", .class("notice")) { HTML.paragraph(say(.indicative)) } : HTML())
            + HTML("nav", Attribute("aria-label", say(.contents))) {
                HTML("ol", .class("toc")) { sections.map { section in HTML("li") { HTML("a", .href("#\(section.id)")) { section.title } } } }
            }
    }

    /// Pairs of labels whose platforms reach the same people; those whose territories alone meet are another matter.
    private var pairsOfReach: Int {
        let pairs = report.review.lines.compactMap { line -> [String]? in
            guard case .overlap(let overlap) = line.fact, case .reach = overlap.basis, overlap.people > 0, line.verdict == .broken else { return nil }
            return [overlap.first.id, overlap.second.id]
        }
        return Set(pairs).count
    }

    private func fact(_ figure: String, _ value: Double, _ text: String, _ label: String) -> HTML {
        HTML("li") {
            HTML("strong") { value.isFinite ? HTML.figure(figure, value, text) : HTML(text) }
            HTML("span") { label }
        }
    }

    func people(_ figure: String, _ value: Double) -> HTML { HTML.figure(figure, value, language.number(value)) }

    func share(_ figure: String, _ value: Double?) -> HTML {
        value.map { HTML.figure(figure, $0, language.percent($0)) } ?? HTML(say(.notAvailable))
    }

    // MARK: Areas without a platform

    /// Those with most people first.
    var empty: [CoverageReport.AreaRow] {
        report.rows.filter { $0.platforms == 0 }.sorted { ($1.population, $0.code) < ($0.population, $1.code) }
    }

    private var without: HTML {
        guard let first = empty.first else { return HTML.paragraph(say(.noneWithout)) }
        let top = empty.prefix(12)
        let chart = RankingChart(
            "chart-without", rows: top.map { RankingChart.Row(name: name($0), value: $0.population, text: language.number($0.population)) })
        var table = PageTable(
            "table-without", caption: say(.tableWithout),
            [
                .text(say(.columnArea)), .number(say(.columnPopulation)), .number(say(.columnReached)), .number(say(.columnShare)),
                .number(say(.columnOut)),
            ])
        table.rows = empty.map { row in
            [
                HTML(label(row)), people("without-people/\(row.code)", row.population), HTML(language.number(row.reached)),
                HTML(language.percent(row.share)), people("without-out/\(row.code)", row.outOfReach),
            ]
        }
        return HTML.paragraph(say(.reachedFromOutside))
            + PageFigure(
                "figure-without",
                drawing: chart.svg(
                    title: say(.chartWithout),
                    description: say(.chartWithoutDescription, ["first": name(first), "last": name(top.last ?? first)])),
                legend: [], caption: HTML(say(.chartWithout)), isMap: false
            ).html + table.html
    }

    func label(_ row: CoverageReport.AreaRow) -> String { row.code.isEmpty ? name(row) : "\(name(row)) (\(row.code))" }

    // MARK: Overlaps

    private var overlaps: HTML {
        var table = PageTable(
            "table-overlaps", caption: say(.tableOverlaps, ["within": within]),
            [
                .text(say(.columnLabel)), .text(say(.columnOther)), .text(say(.columnBasis)), .number(say(.columnPeopleShared)),
                .number(say(.columnGround)), .number(say(.columnApart)),
            ])
        for line in report.review.lines {
            guard case .overlap(let overlap) = line.fact else { continue }
            var (basis, apart) = ("", language.dash)
            switch overlap.basis {
            case .territory(let certain, _, _): basis = say(certain == .yes ? .basisTerritory : .basisTerritoryUnsure)
            case .reach(let reach, let distance, _, _): (basis, apart) = ("≤ \(reach.words)", language.kilometres(distance))
            }
            let key = "\(overlap.first.id)/\(overlap.second.id)"
            table.rows.append(
                [
                    HTML(overlap.first.name), HTML(overlap.second.name), HTML(basis), people("overlap-people/\(key)", overlap.people),
                    HTML(language.number(overlap.squareKilometres)), HTML(apart),
                ])
        }
        let unknown = report.review.lines.count { if case .territoryNotKnown = $0.fact { true } else { false } }
        return (table.rows.isEmpty ? HTML.paragraph(say(.noneOverlaps)) : table.html)
            + (unknown > 0 ? HTML.paragraph(say(.territoriesNotKnown, ["count": language.number(Double(unknown))]), class: "note") : HTML())
    }

    // MARK: Method

    private var method: HTML {
        let (query, layer) = (report.review.query, report.review.layer)
        var command = "maillage coverage --by area --within \(query.within.text) --as-of \(query.asOf) --layer \(layer.id)"
        switch query.scope {
        case .everything: command += " --area all"
        case .country(let code): command += " --area \(code)"
        case .area(let choice): command += " --area \(choice.code ?? "FILE")"
        case .cite: command = "maillage coverage --by territory --within \(query.within.text) --as-of \(query.asOf) --layer \(layer.id)"
        }
        let values: KeyValuePairs = [
            "layer": layer.id, "title": layer.title, "year": layer.year, "source": layer.source, "licence": layer.licence, "method": layer.method,
        ]
        let oldest = atlas.records.oldestVerification(of: report.platforms.map(\.id))
        return HTML("ul") {
            HTML("li") { say(.methodReach) }
            if query.within.kind == .duration { HTML("li") { say(.methodDuration) } }
            HTML("li") { say(.methodLayer, values) }
            HTML("li") { say(.methodBorders) }
            if let oldest { HTML("li") { say(.notConfirmed, ["date": oldest.text]) } }
            if report.leftOutAsUnknown > 0 { HTML("li") { say(.leftOut, ["count": language.number(Double(report.leftOutAsUnknown))]) } }
            HTML("li") { report.review.thresholds(language) }
        }
            + HTML.paragraph(say(.methodCommand)) + HTML("p", .class("hash")) { command }
    }
}
