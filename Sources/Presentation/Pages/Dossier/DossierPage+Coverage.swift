internal import CiteNetwork
internal import Coverage
internal import Impedance
internal import Planning
internal import Population

extension DossierPage {
    var coverage: HTML {
        let maps = DossierMaps(self)
        return HTML.paragraph(t(.coverageIntroduction)) + coverageTable.html + coverageChart.html
            + HTML("div", .class("pair")) {
                maps.coverage(dossier.cellsBefore, isAfter: false).html
                maps.coverage(dossier.cellsAfter, isAfter: true).html
            } + densityTable + distanceTable.html
    }

    private var coverageTable: PageTable {
        var table = PageTable(
            "coverage-table", caption: caption(w(.coverage), ref(.population, .network, planSource)),
            [
                .text(w(.reach)), .number(w(.peopleBefore)), .number(w(.shareBefore)), .number(w(.peopleAfter)), .number(w(.shareAfter)), .number(w(.gained)),
            ])
        for (old, new) in zip(dossier.before.total.reaches, dossier.after.total.reaches) {
            let gained = new.people - old.people
            table.rows.append([
                HTML(reach(old.within)), people("coverage.before.\(old.within).people", old.people, measured),
                share("coverage.before.\(old.within).share", old.share), people("coverage.after.\(new.within).people", new.people, measured),
                share("coverage.after.\(new.within).share", new.share),
                figure("coverage.gained.\(new.within).people", gained, .people, language.difference(gained), measured + [planSource]),
            ])
        }
        table.note = HTML(t(.coverageNote))
        return table
    }

    private var coverageChart: PageFigure {
        let (before, after) = (dossier.before.total.reaches, dossier.after.total.reaches)
        let title = t(.coverageChartTitle, ["area": areaName])
        let chart = BarChart(
            "coverage-chart", categories: before.map { reach($0.within) },
            series: [
                BarChart.Series(name: w(.before), values: before.map(\.share), texts: before.map { language.percent($0.share) }, isHatched: true),
                BarChart.Series(name: w(.after), values: after.map(\.share), texts: after.map { language.percent($0.share) }, isHatched: false),
            ], ticks: [0, 0.25, 0.5, 0.75, 1].map { ($0, language.wholePercent($0)) })
        return PageFigure(
            "figure-coverage", drawing: chart.svg(title: title, description: t(.sameAsTable, ["table": w(.coverage)])), legend: chart.legend,
            caption: caption(title, ref(.population, .network, planSource)), isMap: false)
    }

    private var densityTable: HTML {
        let (before, after) = (dossier.before.groups.first { $0.grouping == .density }, dossier.after.groups.first { $0.grouping == .density })
        guard let before, let after else {
            return HTML.paragraph(t(.noDensityClasses, ["layer": dossier.assessment.layer.id]), class: "missing")
        }
        var table = PageTable(
            "density-table", caption: caption(w(.coverageByDensity), ref(.population, .network, planSource)),
            [.text(w(.densityClass)), .number(w(.people))] + dossier.query.reaches.map { .number(reach($0.text)) })
        for row in before.rows {
            guard let later = after.rows.first(where: { $0.key == row.key }) else { continue }
            let name = DensityClass(key: row.key)?.phrase.text(language) ?? row.name
            let cells = zip(row.reaches, later.reaches).map { old, new in
                share("coverage.before.\(row.key).\(old.within).share", old.share) + HTML(" → ")
                    + share("coverage.after.\(row.key).\(new.within).share", new.share)
            }
            table.rows.append([HTML(name.capitalizedFirst), people("population.\(row.key)", row.population)] + cells)
        }
        table.note = HTML(t(.densityNote))
        return table.html
    }

    private var distanceTable: PageTable {
        var table = PageTable(
            "distance-table", caption: caption(w(.distanceToNearest), ref(.population, .network, planSource)),
            [.text(w(.measure)), .number(w(.before)), .number(w(.after)), .text(w(.meaning))])
        let (before, after) = (dossier.before.total.distribution, dossier.after.total.distribution)
        func row(_ word: DossierWord, _ name: String, _ meaning: DossierPhrase, _ value: (Distribution) -> Double?) -> [HTML] {
            [
                HTML(w(word)), metres("distance.before.\(name)", before.flatMap(value), measured),
                metres("distance.after.\(name)", after.flatMap(value), measured + [planSource]), HTML(t(meaning)),
            ]
        }
        table.rows = [
            row(.mean, "mean", .meanMeaning) { $0.mean }, row(.median, "median", .medianMeaning) { $0.median }, row(.p90, "p90", .p90Meaning) { $0.p90 },
            row(.farthest, "max", .farthestMeaning) { $0.max },
            [
                HTML(w(.gini)), index("distance.before.gini", before?.gini, measured), index("distance.after.gini", after?.gini, measured + [planSource]),
                HTML(t(.giniMeaning)),
            ],
        ]
        return table
    }

    // MARK: Left out

    var leftOut: HTML {
        let (before, after) = (dossier.leftOutBefore, dossier.leftOutAfter)
        let introduction = HTML("p") {
            h(
                .leftOutIntroduction,
                [
                    "reach": HTML(reach(after.beyond.text)), "before": people("leftOut.before.people", before.people, measured),
                    "after": people("leftOut.after.people", after.people, measured + [planSource]), "ref": ref(.population, .network, planSource),
                ])
        }
        guard !after.rows.isEmpty else { return introduction + HTML.paragraph(t(.nobodyLeftOut, ["reach": reach(after.beyond.text)])) }
        let known = Dictionary(before.rows.map { ($0.locality.id, $0.people) }, uniquingKeysWith: { a, _ in a })
        let shown = after.rows.prefix(dossier.query.rows)
        var table = PageTable(
            "left-out-table", caption: caption(w(.leftOut), ref(.population, .network, .gazetteer)),
            [
                .text(w(.locality)), .number(w(.peopleLeftOut)), .number(w(.before)), .number(w(.meanDistance)), .text(w(.nearestPlatform)),
            ])
        for row in shown {
            let key = "leftOut.\(row.locality.id)"
            table.rows.append([
                HTML(row.locality.name), people("\(key).after.people", row.people, measured),
                people("\(key).before.people", known[row.locality.id] ?? 0, measured),
                metres("\(key).mean", row.mean, measured), row.nearest.map { HTML($0.name) } ?? missing,
            ])
        }
        if after.localities > shown.count {
            table.note = h(
                .leftOutElsewhere,
                [
                    "people": people("leftOut.after.elsewhere", after.people - shown.reduce(0) { $0 + $1.people }, measured),
                    "localities": HTML(language.number(Double(after.localities - shown.count))),
                ])
        }
        let chart = RankingChart(
            "left-out-chart",
            rows: shown.prefix(8).map { RankingChart.Row(name: $0.locality.name, value: $0.people, text: language.number($0.people), isHatched: true) })
        let title = t(.leftOutChartTitle, ["reach": reach(after.beyond.text)])
        let figure = PageFigure(
            "figure-left-out", drawing: chart.svg(title: title, description: t(.sameAsTable, ["table": w(.leftOut)])), legend: [],
            caption: caption(title, ref(.population, .network, .gazetteer)), isMap: false)
        return introduction + table.html + figure.html
    }

    // MARK: Time

    var mobility: HTML {
        var table = PageTable(
            "mobility-table", caption: caption(w(.durations), ref(.travelEstimate, .population, .network)),
            [.text(w(.duration)), .number(w(.peopleBefore)), .number(w(.shareBefore)), .number(w(.peopleAfter)), .number(w(.shareAfter))])
        let basis: [DossierSource.Kind] = [.travelEstimate, .population, .network]
        for (old, new) in zip(dossier.durationsBefore.total.reaches, dossier.durationsAfter.total.reaches) {
            table.rows.append([
                HTML(reach(old.within)), people("duration.before.\(old.within).people", old.people, basis),
                share("duration.before.\(old.within).share", old.share, basis), people("duration.after.\(new.within).people", new.people, basis),
                share("duration.after.\(new.within).share", new.share, basis),
            ])
        }
        table.note = HTML(t(.durationsNote))
        return HTML("p") { h(.mobilityIntroduction, ["tag": tag(w(.estimate)), "ref": ref(.travelEstimate)]) } + table.html
            + HTML("dl", .class("pairs")) {
                HTML("dt") { w(.publicTransport) } + HTML("dd") { missing + HTML(". ") + HTML(t(.publicTransportMissing)) }
                HTML("dt") { w(.roads) } + HTML("dd") { missing + HTML(". ") + HTML(t(.roadsMissing)) }
            }
    }
}
