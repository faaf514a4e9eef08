internal import CiteNetwork
internal import Coverage
internal import Impedance
internal import Planning
internal import Population
internal import Siting

extension DossierPage {
    var proposal: HTML {
        let maps = DossierMaps(self)
        var out = HTML("p") { introduction } + maps.proposed.html + (dossier.proposed.isEmpty ? HTML() : proposedTable.html)
        if case .proposal(let proposal) = dossier.plan { out += proof(proposal) }
        if !dossier.closed.isEmpty { out += HTML.paragraph(t(.closes, ["names": dossier.closed.map(\.name).joined(separator: ", ")])) }
        if !dossier.moved.isEmpty { out += HTML.paragraph(t(.moves, ["names": dossier.moved.map(\.name).joined(separator: ", ")])) }
        guard !dossier.proposed.isEmpty else { return out }
        out += HTML.heading(3, t(.eachPlatformTitle))
        out += HTML.paragraph(t(.eachPlatformIntroduction))
        for (i, one) in dossier.proposed.enumerated() { out += card(one, i + 1) }
        return out
    }

    private var introduction: HTML {
        switch dossier.plan {
        case .proposal(let proposal):
            h(
                .proposalIntroduction,
                [
                    "count": count("proposed.count", dossier.proposed.count, [.siting]), "reach": HTML(reach(dossier.query.within.text)),
                    "candidates": count("proposal.candidates", proposal.candidates, [.gazetteer]), "ref": ref(.siting, .population, .gazetteer, .network),
                ])
        case .nothing: h(.nothingProposed, ["reach": HTML(reach(dossier.query.within.text)), "ref": ref(.population, .network)])
        case .scenario(let scenario):
            h(
                .scenarioIntroduction,
                ["scenario": HTML(scenario.name), "count": count("proposed.count", dossier.proposed.count, [.scenario]), "ref": ref(.scenario)])
        }
    }

    private var proposedTable: PageTable {
        let within = dossier.query.within.text
        let isProposal = planSource == .siting
        var table = PageTable(
            "proposed", caption: caption(w(.proposedPlatforms), ref(planSource, .population, .network)),
            [
                .text(w(.platform)), .text(w(.kind)), .number(isProposal ? t(.addsWithin, ["reach": reach(within)]) : w(.localityPeople)),
                .number(t(.peopleWithin, ["reach": reach(within)])), .text(w(.nearestPlatform)), .number(w(.distance)),
            ])
        for (i, one) in dossier.proposed.enumerated() {
            let key = "proposed.\(i + 1)"
            let near = one.reaches.first { $0.within == within } ?? one.reaches.last
            let third =
                isProposal
                ? one.adds.map { people("\(key).adds", $0, [.siting, .population]) } ?? missing
                : one.localityPeople.map { people("\(key).localityPeople", $0, [.gazetteer]) } ?? missing
            table.rows.append([
                HTML("\(i + 1). \(one.platform.name)"), HTML(one.platform.kind.phrase.text(language)), third,
                near.map { people("\(key).\($0.within).people", $0.people, [.population, planSource]) } ?? missing,
                one.nearestExisting.map { HTML($0.name) } ?? missing, metres("\(key).nearestExisting", one.nearestExisting?.distance, [.network, planSource]),
            ])
        }
        return table
    }

    // MARK: What the proposal is worth

    private func proof(_ proposal: SitingProposal) -> HTML {
        let value = proposal.value
        let verdict =
            proposal.proof == nil
            ? h(
                .notProved,
                [
                    "people": people("proposal.objective", value.objective, [.siting, .population]),
                    "bound": people("proposal.bound", value.bound, [.siting, .population]), "gap": share("proposal.gap", value.gap, [.siting]),
                    "ref": ref(.siting),
                ])
            : h(
                .proved,
                [
                    "people": people("proposal.objective", value.objective, [.siting, .population]),
                    "bound": people("proposal.bound", value.bound, [.siting, .population]), "ref": ref(.siting),
                ])
        var out = HTML.heading(3, t(.proofTitle)) + HTML("p") { verdict }
        if proposal.curve.count > 1 {
            let (chart, table) = curve(proposal)
            out += chart.html + table.html
        }
        let alternatives = proposal.alternatives.filter { $0.change == .without && $0.value != nil }
        if !alternatives.isEmpty { out += self.alternatives(alternatives, value).html }
        return out
    }

    private func curve(_ proposal: SitingProposal) -> (PageFigure, PageTable) {
        let reachText = reach(dossier.query.within.text)
        let title = t(.curveTitle, ["reach": reachText])
        let most = proposal.curve.map { max($0.value.objective, $0.value.bound) }.max() ?? 1
        let chart = CurveChart(
            "curve",
            points: proposal.curve.map {
                CurveChart.Point(count: $0.count, value: $0.value.objective, text: language.number($0.value.objective), bound: $0.value.bound)
            }, ticks: AxisTicks.upTo(most).map { ($0, language.number($0)) }, axis: t(.curveAxis))
        let figure = PageFigure(
            "figure-curve", drawing: chart.svg(title: title, description: t(.sameAsTable, ["table": w(.curve)])),
            legend: chart.legend(value: w(.peopleInReach), bound: w(.bound)), caption: caption(title, ref(.siting, .population)), isMap: false)
        var table = PageTable(
            "curve-table", caption: caption(w(.curve), ref(.siting, .population)),
            [.text(w(.platforms)), .number(t(.peopleWithin, ["reach": reachText])), .number(w(.bound)), .text(w(.proof))])
        for point in proposal.curve {
            let key = "curve.\(point.count)"
            table.rows.append([
                HTML("\(point.count)"), people("\(key).objective", point.value.objective, [.siting, .population]),
                people("\(key).bound", point.value.bound, [.siting, .population]),
                point.isProved ? HTML(w(.provedBest)) : HTML(w(.gap) + " ") + share("\(key).gap", point.value.gap, [.siting]),
            ])
        }
        return (figure, table)
    }

    private func alternatives(_ alternatives: [SitingProposal.Alternative], _ value: SitingValue) -> PageTable {
        var table = PageTable(
            "alternatives", caption: caption(w(.alternatives), ref(.siting, .population)), [.text(w(.without)), .number(w(.costs)), .text(w(.instead))])
        for other in alternatives {
            let instead = other.added.map(\.name).joined(separator: ", ")
            table.rows.append([
                HTML(other.candidate.name),
                people("alternative.\(other.candidate.id).costs", value.objective - (other.value?.objective ?? value.objective), [.siting, .population]),
                instead.isEmpty ? HTML(w(.nothing)) : HTML(instead),
            ])
        }
        return table
    }

    // MARK: Each platform

    private func card(_ one: Dossier.Proposed, _ number: Int) -> HTML {
        let key = "proposed.\(number)"
        return HTML("article", .class("card"), Attribute("aria-labelledby", "platform-\(number)")) {
            HTML.heading(4, id: "platform-\(number)", "\(number). \(one.platform.name)")
            HTML("dl", .class("pairs")) {
                pair(w(.kind), HTML(one.platform.kind.phrase.text(language)) + HTML(" ") + (dossier.query.kind == nil ? tag(w(.suggested)) : HTML()))
                one.localityPeople.map { pair(w(.localityPeople), people("\(key).localityPeople", $0, [.gazetteer]) + ref(.gazetteer)) }
                one.reaches.map { reached in
                    pair(
                        t(.peopleWithin, ["reach": reach(reached.within)]),
                        h(
                            .reachedAndAlone,
                            [
                                "people": people("\(key).\(reached.within).people", reached.people, [.population, planSource]),
                                "alone": people("\(key).\(reached.within).exclusive", reached.exclusive, [.population, .network, planSource]),
                            ]))
                }
                pair(w(.toSeat), seat(one, key))
                pair(
                    w(.nearestPlatform),
                    one.nearestExisting.map { HTML("\($0.name), ") + metres("\(key).nearestExisting", $0.distance, [.network, planSource]) } ?? missing)
                one.nearestProposed.map { pair(w(.nearestProposed), HTML("\($0.name), ") + metres("\(key).nearestProposed", $0.distance, [planSource])) }
                pair(w(.services), one.platform.services.map { HTML($0.map { $0.phrase.text(language) }.joined(separator: ", ")) } ?? toBeStated)
                if let criteria = one.ruralCriteria { criteria.map { pair(criterionWord($0.subject), criterion($0, key)) } } else { ordinary(one, key) }
            }
        }
    }

    private func pair(_ term: String, _ value: HTML) -> HTML { HTML("dt") { term } + HTML("dd") { value } }
    func tag(_ text: String) -> HTML { HTML("span", .class("tag")) { text } }

    private func seat(_ one: Dossier.Proposed, _ key: String) -> HTML {
        switch one.toSeat {
        case .isSeat: HTML(w(.isSeat))
        case .distance(let distance, _): metres("\(key).toSeat", distance, [.network, planSource])
        case .unknown: dossier.projectID == one.platform.cite ? HTML("span", .class("missing")) { t(.seatToBeChosen) } : missing
        }
    }

    private func ordinary(_ one: Dossier.Proposed, _ key: String) -> [HTML] {
        [
            pair(
                w(.floorArea),
                one.platform.floorArea.map { figure("\(key).floorArea", $0, .index, "\(language.number($0))\u{A0}m²", [planSource]) } ?? toBeStated),
            pair(w(.counsellors), one.platform.counsellors.map { figure("\(key).counsellors", $0, .count, language.number($0), [planSource]) } ?? toBeStated),
            pair(w(.hours), one.platform.hours.map { HTML($0) } ?? toBeStated),
        ]
    }

    private func criterionWord(_ subject: Dossier.RuralCriterion.Subject) -> String {
        switch subject {
        case .floorArea: w(.ruralFloorArea)
        case .counsellors: w(.ruralCounsellors)
        case .hours: w(.ruralHours)
        }
    }

    private func criterion(_ criterion: Dossier.RuralCriterion, _ key: String) -> HTML {
        let verdict: HTML
        switch criterion.isMet {
        case .yes: verdict = HTML(" ") + tag(w(.criterionMet))
        case .no: verdict = HTML(" ") + HTML("span", .class("tag warn")) { w(.criterionNotMet) }
        case .unknown: verdict = HTML()
        }
        switch criterion.subject {
        case .floorArea:
            return (criterion.value.map { figure("\(key).floorArea", $0, .index, "\(language.number($0))\u{A0}m²", [planSource]) } ?? toBeStated) + verdict
        case .counsellors:
            return (criterion.value.map { figure("\(key).counsellors", $0, .count, language.number($0), [planSource]) } ?? toBeStated) + verdict
        case .hours: return (criterion.text.map { HTML($0) } ?? toBeStated) + verdict
        }
    }
}
