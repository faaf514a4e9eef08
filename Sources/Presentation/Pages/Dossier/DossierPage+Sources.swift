internal import CiteNetwork
internal import Planning
internal import Population

extension DossierPage {
    // MARK: What the bearer adds

    var labelFile: HTML {
        func item(_ title: DossierPhrase, _ text: DossierPhrase) -> HTML {
            HTML("div", .class("whole")) {
                HTML.heading(3, t(title))
                HTML.paragraph(t(text))
                HTML("div", .class("todo")) { HTML("p") { HTML("em") { t(.toBeCompleted) } } }
            }
        }
        return HTML("p") { h(.labelFileIntroduction, ["ref": ref(.rules)]) } + item(.partnersTitle, .partnersText) + item(.mainSiteTitle, .mainSiteText)
            + item(.diagnosisTitle, .diagnosisText) + HTML.heading(3, t(.timetableTitle))
            + HTML.paragraph(
                dossier.query.opening.map { t(.timetableFrom, ["date": language.date($0)]) } ?? t(.timetableWithout)) + timetable.html
    }

    private var timetable: PageTable {
        var table = PageTable(
            "timetable", caption: caption(w(.timetable), ref(.rules)), [.text(w(.step)), .number(w(.when)), .text(w(.date)), .text(w(.restsOn))])
        table.isProse = true
        for step in dossier.timetable {
            let months = step.months == 0 ? w(.opening) : t(.months, ["months": language.difference(Double(step.months))])
            table.rows.append([
                HTML(step.kind.phrase.text(language)), HTML(months),
                step.date.map { $0 < day ? time($0) + HTML(" (\(t(.pastStep)))") : time($0) } ?? HTML("span", .class("missing")) { t(.toBeCompleted) },
                HTML(step.lines.map { t(.ruleOfDocument, ["lines": $0]) } ?? t(.ourConvention)),
            ])
        }
        return table
    }

    private func time(_ day: CalendarDate) -> HTML { HTML("time", Attribute("datetime", day.description)) { language.date(day) } }

    // MARK: What figures rest on

    var sources: HTML {
        let entries = dossier.sources.enumerated().map { i, source in entry(source, i + 1) }
        let methods = [DossierPhrase.methodReach, .methodMaps, .methodLeftOut, .methodUnknown, .methodAppendix].map { phrase in HTML("li") { t(phrase) } }
        return HTML.paragraph(t(.sourcesIntroduction)) + HTML("ol", .class("sources")) { entries } + parameterTable.html
            + HTML.heading(3, t(.methodsTitle)) + HTML("ul") { methods }
    }

    private func entry(_ source: DossierSource, _ number: Int) -> HTML {
        HTML("li", .id("source-\(number)"), .class("whole")) {
            HTML("strong") { heading(source) }
            HTML("dl", .class("pairs")) {
                source.title.map { pair(w(.titleWord), HTML($0)) }
                source.year.map { pair(source.kind == .network || source.kind == .scenario ? w(.asOfDay) : w(.year), HTML(dated($0))) }
                source.publisher.map { pair(w(.publisher), HTML($0)) }
                if source.kind == .population || source.licence != nil { pair(w(.licence), source.licence.map { HTML($0) } ?? missing) }
                source.isIndicative.map { pair(w(.nature), HTML($0 ? w(.indicative) : w(.official))) }
                source.oldestVerification.map { pair(w(.oldestVerification), HTML(PartialDate($0).map(date) ?? $0)) }
                pair(w(.method), HTML(method(source)))
                if let hashed = source.hashed {
                    pair(
                        t(.hashOf, ["what": word(hashed)]),
                        source.hash.map(code) ?? missing)
                }
            }
        }
    }

    private func pair(_ term: String, _ value: HTML) -> HTML { HTML("dt") { term } + HTML("dd") { value } }

    private func dated(_ text: String) -> String { CalendarDate(text).map(language.date) ?? text }

    private func heading(_ source: DossierSource) -> String {
        switch source.kind {
        case .population: t(.sourcePopulation)
        case .network: t(.sourceNetwork)
        case .areas: t(.sourceAreas)
        case .gazetteer: t(.sourceGazetteer)
        case .siting: t(.sourceSiting)
        case .scenario: t(.sourceScenario)
        case .travelEstimate: t(.sourceTravel)
        case .heuristic: t(.sourceHeuristic)
        case .rules: t(.sourceRules)
        }
    }

    private func method(_ source: DossierSource) -> String {
        // The layer that the program ships with: its method in the words of the language.
        if source.kind == .population, dossier.assessment.layer.id == "indicative" { return "\(t(.populationMethod)) \(t(.indicativeMethod))" }
        let own: String =
            switch source.kind {
            case .population: t(.populationMethod)
            case .network: t(.networkMethod)
            case .areas: t(.areasMethod)
            case .gazetteer: t(.gazetteerMethod)
            case .siting: t(.sitingMethod, ["people": language.number(dossier.query.leastPeople)])
            case .scenario: t(.scenarioMethod)
            case .travelEstimate: t(.travelMethod)
            case .heuristic: t(.heuristicMethod)
            case .rules: t(.rulesMethod)
            }
        return source.method.map { "\(own) \($0)" } ?? own
    }

    private func word(_ hashed: DossierSource.Hashed) -> String {
        switch hashed {
        case .layerPoints: w(.hashLayerPoints)
        case .importedFile: w(.hashImportedFile)
        case .networkRows: w(.hashNetworkRows)
        case .outline: w(.hashOutline)
        case .changes: w(.hashChanges)
        }
    }

    private func code(_ text: String) -> HTML { HTML("span", .class("hash")) { text } }

    private var parameterTable: PageTable {
        let inputs = dossier.inputs
        var table = PageTable("parameters", caption: w(.parameters), [.text(w(.parameter)), .text(w(.value))])
        table.rows = [
            [HTML(w(.programVersion)), HTML("\(Program.name) \(inputs.programVersion)")],
            [HTML(w(.lastChange)), inputs.lastChange.map { code("\($0) (\(inputs.lastChangeAt ?? ""))") } ?? missing],
        ]
        if let seed = inputs.seed { table.rows.append([HTML(w(.seed)), code(String(seed))]) }
        for parameter in inputs.parameters { table.rows.append([code(parameter.name), code(parameter.value)]) }
        return table
    }
}
