internal import CiteNetwork
internal import Coverage
internal import Impedance
internal import Planning
internal import Population

extension DossierPage {
    /// The dossier in a few sentences.
    var summary: HTML {
        let assessment = dossier.assessment
        return HTML("ul") {
            HTML("li") {
                h(
                    .summaryTerritory,
                    [
                        "area": HTML(areaName), "people": population,
                        "surface": figure(
                            "surface", assessment.profile.squareKilometres, .squareKilometres,
                            "\(language.number(assessment.profile.squareKilometres))\u{A0}km²",
                            [.areas]), "ref": ref(.population, .areas),
                    ])
            }
            HTML("li") {
                h(
                    .summaryOffer,
                    [
                        "inside": count("platforms.inside", assessment.platforms.count { $0.isInside && $0.status == .open }, [.network]),
                        "around": count("platforms.around", assessment.platforms.count { !$0.isInside && $0.status == .open }, [.network]),
                        "distance": HTML(round(assessment.surroundings)), "ref": ref(.network),
                    ])
            }
            if let before = mainReach(dossier.before), let after = mainReach(dossier.after) {
                HTML("li") {
                    h(
                        .summaryCoverage,
                        [
                            "reach": HTML(reach(before.within)), "before": people("coverage.before.\(before.within).people", before.people, measured),
                            "shareBefore": share("coverage.before.\(before.within).share", before.share),
                            "after": people("coverage.after.\(after.within).people", after.people, measured),
                            "shareAfter": share("coverage.after.\(after.within).share", after.share), "ref": ref(.population, .network, planSource),
                        ])
                }
            }
            HTML("li") {
                h(
                    .summaryLeftOut,
                    [
                        "people": people("leftOut.after.people", dossier.leftOutAfter.people, measured),
                        "localities": count("leftOut.after.localities", dossier.leftOutAfter.localities, [.gazetteer]),
                        "reach": HTML(reach(dossier.query.within.text)), "ref": ref(.population, .network, .gazetteer),
                    ])
            }
            HTML("li") { h(.summaryForm, ["form": HTML(formWord(assessment.form.form)), "ref": ref(.heuristic)]) }
        }
    }

    /// What figures of coverage rest on.
    var measured: [DossierSource.Kind] { [.population, .network] }

    // MARK: The territory

    var territory: HTML {
        let maps = DossierMaps(self)
        return HTML.paragraph(territoryIntroduction) + (maps.location.map(\.html) ?? HTML()) + profileTable.html + maps.population.html + localityTable.html
            + localityChart.html + attributes
    }

    private var territoryIntroduction: String {
        let assessment = dossier.assessment
        let codes = assessment.areaCodes.joined(separator: ", ")
        return codes.isEmpty ? t(.territoryShape, ["area": areaName]) : t(.territoryCoded, ["area": areaName, "codes": codes])
    }

    private var profileTable: PageTable {
        let profile = dossier.assessment.profile
        var table = PageTable("profile", caption: caption(w(.profile), ref(.population, .areas)), [.text(w(.measure)), .number(w(.value)), .text(w(.meaning))])
        table.isProse = true
        table.rows = [
            [HTML(w(.population)), people("population", profile.population), HTML(t(.populationMeaning, ["layer": dossier.assessment.layer.title]))],
            [
                HTML(w(.surface)),
                figure("surface", profile.squareKilometres, .squareKilometres, "\(language.number(profile.squareKilometres))\u{A0}km²", [.areas]),
                HTML(t(.surfaceMeaning)),
            ],
            [
                HTML(w(.density)),
                figure(
                    "density", profile.density, .perSquareKilometre, language.number(profile.density, decimals: profile.density < 10 ? 1 : 0),
                    [.population, .areas]), HTML(t(.densityMeaning)),
            ],
            [HTML(w(.ruralShare)), share("ruralShare", profile.ruralShare, [.population]), HTML(t(.ruralShareMeaning))],
            [HTML(w(.primacy)), share("primacy", profile.primacy, [.population, .gazetteer]), HTML(t(.primacyMeaning))],
            [HTML(w(.spread)), metres("spread", profile.spread, [.population]), HTML(t(.spreadMeaning))],
        ]
        return table
    }

    private var localityTable: PageTable {
        let assessment = dossier.assessment
        var table = PageTable(
            "localities", caption: caption(w(.mainLocalities), ref(.population, .gazetteer, .network)),
            [.text(w(.locality)), .number(w(.people)), .number(w(.share)), .text(w(.nearestPlatform)), .number(w(.distance))])
        for row in assessment.localities.prefix(dossier.query.rows) {
            let key = "locality.\(row.locality.id)"
            table.rows.append([
                HTML(row.locality.name), people("\(key).people", row.people, [.population, .gazetteer]),
                share("\(key).share", assessment.profile.population > 0 ? row.people / assessment.profile.population : nil, [.population, .gazetteer]),
                row.nearest.map { HTML($0.name) } ?? missing, metres("\(key).distance", row.impedance),
            ])
        }
        table.note = h(
            .localitiesNote,
            [
                "shown": HTML(language.number(Double(table.rows.count))), "all": count("localities.count", assessment.localityCount, [.gazetteer]),
            ])
        return table
    }

    /// Age bands and whatever else the layer counts.
    private var attributes: HTML {
        let assessment = dossier.assessment
        guard !assessment.attributes.isEmpty else { return HTML.paragraph(t(.ageBandsMissing, ["layer": assessment.layer.id]), class: "missing") }
        var table = PageTable(
            "attributes", caption: caption(w(.ageBands).capitalizedFirst, ref(.population)),
            [.text(w(.layerName)), .number(w(.value)), .number(w(.share)), .number(w(.notKnownFor))])
        for row in assessment.attributes {
            let key = "attribute.\(row.name)"
            table.rows.append([
                HTML(row.name), people("\(key).count", row.count),
                share("\(key).share", assessment.profile.population > 0 ? row.count / assessment.profile.population : nil, [.population]),
                people("\(key).notKnownFor", row.notKnownFor),
            ])
        }
        table.note = HTML(t(.attributesNote))
        return table.html
    }

    private var localityChart: PageFigure {
        let rows = dossier.assessment.localities.prefix(8).map { row in
            RankingChart.Row(name: row.locality.name, value: row.people, text: language.number(row.people))
        }
        let title = t(.localityChartTitle, ["area": areaName])
        return PageFigure(
            "figure-localities",
            drawing: RankingChart("localities-chart", rows: rows).svg(title: title, description: t(.sameAsTable, ["table": w(.mainLocalities)])),
            legend: [], caption: caption(title, ref(.population, .gazetteer)), isMap: false)
    }

    // MARK: What is there

    var offer: HTML {
        let maps = DossierMaps(self)
        return HTML.paragraph(t(.offerIntroduction, ["distance": round(dossier.assessment.surroundings)])) + maps.existing.html
            + platformTable + poleTable.html
    }

    private var platformTable: HTML {
        let assessment = dossier.assessment
        guard !assessment.platforms.isEmpty else { return HTML.paragraph(t(.noPlatforms), class: "missing") }
        var table = PageTable(
            "platforms", caption: caption(w(.platformsAround), ref(.network, .population)),
            [
                .text(w(.platform)), .text(w(.kind)), .text(w(.status)), .text(w(.place)), .number(w(.distance)),
                .number(t(.peopleWithin, ["reach": reach(dossier.query.within.text)])), .text(w(.verified)),
            ])
        for row in assessment.platforms {
            let near = row.people.first { $0.within == dossier.query.within.text } ?? row.people.last
            table.rows.append([
                HTML(row.platform.name), HTML(row.platform.kind.phrase.text(language)), HTML(row.status.phrase.text(language)),
                HTML(row.isInside ? w(.inside) : w(.outside)), metres("existing.\(row.platform.id).distance", row.distance),
                near.map { people("existing.\(row.platform.id).\($0.within).people", $0.people, measured) } ?? missing,
                row.platform.provenance.verified.text.isEmpty ? missing : HTML(date(row.platform.provenance.verified)),
            ])
        }
        table.note = HTML(t(.platformsNote))
        return table.html
    }

    private var poleTable: PageTable {
        var table = PageTable(
            "poles", caption: caption(w(.offerByPole), ref(.network)),
            [.text(w(.pole)), .text(w(.platformsOffering)), .number(w(.notOffering)), .number(w(.notKnown))])
        for row in dossier.poles {
            let key = "pole.\(row.service.rawValue)"
            let names = row.offering.map(\.platform.name).joined(separator: ", ")
            table.rows.append([
                HTML(row.service.phrase.text(language).capitalizedFirst), names.isEmpty ? HTML("span", .class("missing")) { t(.noneKnown) } : HTML(names),
                count("\(key).without", row.without, [.network]), count("\(key).notKnown", row.notKnown, [.network]),
            ])
        }
        table.note = HTML(t(.polesNote))
        return table
    }
}

extension String {
    /// With its first letter as a capital.
    var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
