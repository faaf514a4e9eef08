internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import Impedance
package import Planning
internal import Population

/// A dossier as a page without scripts, complete in itself, and the files that stand beside it.
package struct DossierPage {
    let dossier: Dossier
    let language: Language
    let ledger = FigureLedger()

    package init(_ dossier: Dossier, in language: Language) {
        self.dossier = dossier
        self.language = language
    }

    /// The files by the ending of their names, the page first. The same dossier gives the same bytes.
    package var files: [(ending: String, bytes: [UInt8])] {
        let page = bytes
        return [
            (".html", page), ("-figures.csv", Array(ledger.csv.utf8)), ("-localities.csv", Array(localitiesCSV.utf8)), ("-places.geojson", geoJSON),
        ]
    }

    private var bytes: [UInt8] {
        let sections = parts
        let document = PageDocument(
            language: language, title: "\(title) – \(t(.documentKind))", description: t(.documentDescription, ["area": areaName]), skip: t(.skip),
            header: HTML("p") { Program.name } + HTML("p") { t(.asOf, ["date": language.date(day)]) },
            content: cover + contents(sections) + sections.reduce(HTML()) { $0 + $1.html },
            footer: HTML.paragraph(
                t(.colophon, ["program": Program.name, "version": dossier.inputs.programVersion, "date": language.date(day)])))
        return document.bytes
    }

    // MARK: Parts

    struct Part {
        var id: String
        var title: String
        var html: HTML
    }

    /// In the order of the page. Sections are written once: the ledger takes their figures in this order.
    private var parts: [Part] {
        let writers: [(String, DossierPhrase, () -> HTML)] = [
            ("summary", .summaryTitle, { summary }), ("territory", .territoryTitle, { territory }), ("offer", .offerTitle, { offer }),
            ("proposal", .proposalTitle, { proposal }), ("coverage", .coverageTitle, { coverage }), ("left-out", .leftOutTitle, { leftOut }),
            ("labels", .labelsTitle, { labels }), ("mobility", .mobilityTitle, { mobility }), ("comparable", .comparableTitle, { comparable }),
            ("form", .formTitle, { form }), ("label-file", .labelFileTitle, { labelFile }), ("sources", .sourcesTitle, { sources }),
        ]
        return writers.enumerated().map { i, writer in
            let (id, phrase, write) = writer
            ledger.section = id
            let title = "\(i + 1). \(t(phrase))"
            return Part(id: id, title: title, html: HTML.section(id, title: title) { write() })
        }
    }

    private func contents(_ parts: [Part]) -> HTML {
        HTML("nav", Attribute("aria-labelledby", "contents-title"), .class("whole")) {
            HTML.heading(2, id: "contents-title", t(.contentsTitle))
            HTML("ul", .class("toc")) {
                parts.map { part in HTML("li") { HTML("a", .href("#\(part.id)")) { part.title } } }
            }
        }
    }

    // MARK: The first page

    private var cover: HTML {
        ledger.section = "cover"
        let layer = dossier.assessment.layer
        return HTML("div", .class("cover")) {
            HTML("p", .class("eyebrow")) { t(.documentKind) }
            HTML.heading(1, title)
            HTML.paragraph(lead, class: "lead")
            HTML("ul", .class("facts")) { facts }
            if layer.isIndicative {
                HTML("p", .class("notice")) { h(.indicativeNotice, ["layer": HTML(layer.title), "ref": ref(.population)]) }
            }
            if let oldest = dossier.before.oldestVerification {
                HTML("p", .class("notice")) {
                    h(.networkNotice, ["date": HTML(language.date(day)), "oldest": HTML(date(oldest)), "ref": ref(.network)])
                }
            }
        }
    }

    private var lead: String {
        switch dossier.plan {
        case .proposal, .nothing: t(.leadProposal, ["count": language.number(Double(dossier.proposed.count)), "form": formWord(dossier.assessment.form.form)])
        case .scenario(let scenario): t(.leadScenario, ["scenario": scenario.name])
        }
    }

    private var facts: [HTML] {
        func fact(_ value: HTML, _ words: String) -> HTML { HTML("li") { HTML("strong") { value } + HTML("span") { words } } }
        let (before, after) = (mainReach(dossier.before), mainReach(dossier.after))
        var out = [fact(population, t(.factPeople))]
        if let before {
            out.append(fact(share("coverage.before.\(before.within).share", before.share), t(.factBefore, ["reach": reach(before.within)])))
        }
        if let after { out.append(fact(share("coverage.after.\(after.within).share", after.share), t(.factAfter, ["reach": reach(after.within)]))) }
        out.append(fact(count("proposed.count", dossier.proposed.count, [planSource]), t(.factProposed)))
        return out
    }

    // MARK: Words and figures

    var day: CalendarDate { dossier.query.eligibility.asOf }

    /// In the language of the page, or as the place itself says it, where the atlas knows that.
    var areaName: String {
        guard case .coded(let area, _) = dossier.query.area else { return dossier.assessment.areaName }
        let own = Language.usual(in: area.country, areas: [area.code]) == language ? area.localName : nil
        return area.names[language.rawValue] ?? own ?? area.name
    }

    var title: String { dossier.query.title ?? areaName }
    /// What the proposed platforms rest on.
    var planSource: DossierSource.Kind {
        switch dossier.plan {
        case .proposal: .siting
        case .scenario: .scenario
        case .nothing: .network
        }
    }

    func t(_ phrase: DossierPhrase, _ values: KeyValuePairs<String, String> = [:]) -> String { phrase.text(language, values) }
    func h(_ phrase: DossierPhrase, _ values: KeyValuePairs<String, HTML> = [:]) -> HTML { phrase.html(language, values) }
    func w(_ word: DossierWord) -> String { word.text(language) }

    /// The row of the reach of the dossier, or of the widest one below it.
    func mainReach(_ answer: CoverageAnswer) -> CoverageRow.ReachShare? {
        answer.total.reaches.first { $0.within == dossier.query.within.text } ?? answer.total.reaches.last
    }

    /// A reach as people write it.
    func reach(_ text: String) -> String {
        guard let reach = Reach(text) else { return text }
        if reach.kind == .duration { return "\(language.number(reach.value / 60))\u{A0}min" }
        let kilometres = reach.value / 1000
        return "\(language.number(kilometres, decimals: kilometres == kilometres.rounded() ? 0 : 1))\u{A0}km"
    }

    /// Metres as kilometres, without decimals where they are whole.
    func round(_ metres: Double) -> String { reach("\(metres / 1000)km") }

    /// A date as far as it is known, as people write it.
    func date(_ date: PartialDate) -> String {
        if let day = CalendarDate(date.text) { return language.date(day) }
        if date.text.count == 7, let first = CalendarDate("\(date.text)-01") { return language.month(first) }
        return date.text
    }

    var population: HTML { people("population", dossier.assessment.profile.population) }

    func people(_ name: String, _ value: Double, _ sources: [DossierSource.Kind] = [.population]) -> HTML {
        figure(name, value, .people, language.number(value), sources)
    }

    func share(_ name: String, _ value: Double?, _ sources: [DossierSource.Kind] = [.population, .network]) -> HTML {
        guard let value, value.isFinite else { return missing }
        return figure(name, value, .share, language.percent(value), sources)
    }

    func metres(_ name: String, _ value: Double?, _ sources: [DossierSource.Kind] = [.network]) -> HTML {
        guard let value, value.isFinite else { return missing }
        return figure(name, value, .metres, language.kilometres(value), sources)
    }

    func count(_ name: String, _ value: Int, _ sources: [DossierSource.Kind]) -> HTML {
        figure(name, Double(value), .count, language.number(Double(value)), sources)
    }

    func index(_ name: String, _ value: Double?, decimals: Int = 2, _ sources: [DossierSource.Kind]) -> HTML {
        guard let value, value.isFinite else { return missing }
        return figure(name, value, .index, language.number(value, decimals: decimals), sources)
    }

    func figure(_ name: String, _ value: Double, _ unit: FigureLedger.Unit, _ text: String, _ sources: [DossierSource.Kind]) -> HTML {
        HTML.figure(ledger.enter(name, value, unit, sources.map(dossier.source)), value, text)
    }

    var missing: HTML { HTML("span", .class("missing")) { t(.notAvailable) } }
    var toBeStated: HTML { HTML("span", .class("missing")) { t(.toBeStated) } }

    /// Numbers of sources as links into their table.
    func ref(_ kinds: DossierSource.Kind...) -> HTML {
        HTML("sup", .class("ref")) {
            kinds.enumerated().filter { dossier.has($0.element) && !kinds.prefix($0.offset).contains($0.element) }.map(\.element).enumerated().map { i, kind in
                let number = dossier.source(kind)
                return HTML(i > 0 ? "\u{202F}" : "")
                    + HTML("a", .href("#source-\(number)"), Attribute("aria-label", t(.sourceNumber, ["number": "\(number)"]))) { "[\(number)]" }
            }
        }
    }

    func caption(_ text: String, _ refs: HTML) -> HTML { HTML("strong") { text } + HTML("\u{A0}") + refs }

    func formWord(_ form: Assessment.FittingForm.Form) -> String {
        switch form {
        case .cite: w(.formCite)
        case .citeWithSites: w(.formCiteWithSites)
        case .citeWithAssociatedCentres: w(.formCiteWithCentres)
        case .reseau: w(.formReseau)
        }
    }
}
