import ArgumentParser
import CiteNetwork
import Foundation
import Impedance
import Planning
import Population
import Presentation

/// In what form a review is printed.
private enum ReviewFormat: String, CaseIterable, ExpressibleByArgument { case table, csv, geojson, json, ics }

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "What the label officer needs to see before a committee sits: due, missing, overlapping, out of reach, against the rules.",
        discussion: """
            As of any day, past or to come, for the whole network, a country, an area or a Cité. Each line names its record, what was
            found, the day it fell due where it has one, and the command that settles it. What no source tells is counted apart and is
            never wrong: --section lists it.

            SECTIONS
              confirmations         of the label, due within six months or overdue
              reports               yearly reports that did not come
              counts                Cités by label and state, platforms by kind and state
              labels                projets without a next step, open places without a label, labels without an open place
              prefigurations        those that run longer than a year
              associated-centres    without an active mother Cité
              platforms             against the rules of their kind
              overlaps              where different labels claim the same ground, or reach the same people
              reach                 people out of reach, area by area
              records               dates, places and decisions that cannot be right
              freshness             what nobody verified for six months
              agenda                the next decision of the committee on each Cité
              changes               what happened since --since

            EXAMPLES
              maillage review                                           today, the most urgent of each section
              maillage review --as-of 2016-12-10 --cite mayotte         one Cité on the day its confirmation was due
              maillage review --country FR --section confirmations --section agenda
              maillage review --area Île-de-France --section overlaps --within 10km
              maillage review --since 2026-05-01 --section changes      what happened since the last committee
              maillage review --format geojson > review.geojson         each line that has a place, to look at in QGIS
              maillage review --format ics --language fr > echeances.ics    what falls due, for a calendar; the overdue is on the day of review
              maillage review --country FR --report coverage.html --since-year 2020     the yearly coverage report, as one page that prints
              maillage review --as-of 2027-06-01                        what will be due then, if nothing is decided until then
            """)

    @OptionGroup var workspace: WorkspaceOptions
    @OptionGroup var date: DateOption
    @OptionGroup var layer: LayerOption

    @Option(help: "Only Cités of this country, and platforms that stand in it: its ISO code, such as FR.")
    var country: String?

    @Option(help: "Only Cités with a place or a territory in this area: a code (FR-02), a name (Aisne) or a GeoJSON file of polygons.")
    var area: String?

    @Option(help: "Only this Cité, by its id.")
    var cite: String?

    @Option(
        name: .customLong("section"),
        help: ArgumentHelp("Only this section, all of its lines; repeat for several.", valueName: "section"))
    var sections: [ReviewSection] = []

    @Option(
        help: ArgumentHelp("The last review or committee: adds what was decided, opened, closed or redrawn after it.", valueName: "YYYY-MM-DD"),
        transform: CalendarDate.parse)
    var since: CalendarDate?

    @Option(
        parsing: .unconditional, help: ArgumentHelp("How far a platform reaches: \(Reach.acceptedForms). Without it 30km.", valueName: "reach"),
        transform: Reach.parse)
    var within = Reach("30km")!

    @Option(help: "How the result is printed: \(ReviewFormat.allCases.map(\.rawValue).joined(separator: ", ")).")
    private var format: ReviewFormat = .table

    @OptionGroup var language: LanguageOption

    @Option(
        help: ArgumentHelp(
            "Write the yearly coverage report to this file: one HTML page without scripts. A file that exists is overwritten.", valueName: "file.html"))
    var report: String?

    @Option(
        help: ArgumentHelp("With --report: compare with the end of this year; without it, the day a year before.", valueName: "YYYY"))
    var sinceYear: Int?

    func validate() throws {
        guard [country, area, cite].count(where: { $0 != nil }) <= 1 else {
            throw ValidationError("--country, --area and --cite each say what the review is about: give one of them")
        }
        guard !sections.contains(.changes) || since != nil else { throw ValidationError("--section changes needs --since YYYY-MM-DD: changes since when") }
        guard sinceYear == nil || report != nil else { throw ValidationError("--since-year goes with --report; --since names a day for the section changes") }
        guard report == nil || (sections.isEmpty && since == nil && format == .table) else {
            throw ValidationError("--report writes a page of its own: leave out --section, --since and --format")
        }
        guard format != .ics || sections.isEmpty else {
            throw ValidationError(
                "--format ics has all that falls due, whatever the section: leave out --section, or give it with --format table, csv, geojson or json")
        }
        if let sinceYear, !(1...9999).contains(sinceYear) || sinceYear >= date.day.year {
            throw ValidationError("--since-year is \(sinceYear); expected a year before that of the report, \(date.day.year)")
        }
        if let since, since >= date.day { throw ValidationError("--since \(since) is not before the day of the review, \(date.day)") }
    }

    func run() throws {
        let place = try workspace.open()
        let atlas = try Atlas(store: place.openStore(), for: .officer)
        let layer = try place.openLayer(layer.layer)
        let isCalendar = format == .ics
        let chosen = isCalendar ? [.confirmations] : sections.isEmpty ? Set(ReviewSection.allCases) : Set(sections)
        let query = ReviewQuery(asOf: date.day, scope: try scope(in: atlas), sections: chosen, within: within, since: since)
        Console.progress("reading the layer and measuring …")
        if let report { return try write(query, to: report, atlas, layer) }
        let review = try atlas.review(query, layer: layer)
        Console.endProgress()
        if isCalendar { return Console.print(review.calendar(language.language, atlas)) }
        let output = OutputFormat(rawValue: format.rawValue) ?? .table
        Console.print(review.rendered(output, language.language, limit: sections.isEmpty ? 8 : nil, listsUnknown: !sections.isEmpty))
    }

    private func write(_ query: ReviewQuery, to file: String, _ atlas: Atlas, _ layer: PopulationLayer) throws {
        let before = sinceYear.flatMap { CalendarDate(year: $0, month: 12, day: 31) } ?? date.day.adding(months: -12)
        let page = try atlas.coverageReport(query, comparedWith: before, layer: layer).page(language.language, atlas)
        Console.endProgress()
        try Data(page).write(to: URL(fileURLWithPath: file), options: .atomic)
        Console.error("wrote \(file)")
    }

    private func scope(in atlas: Atlas) throws -> ReviewQuery.Scope {
        if let country { return .country(country.uppercased()) }
        if let cite { return .cite(cite) }
        return try area.map { .area(try atlas.chosenArea($0, asOf: date.day)) } ?? .everything
    }
}

extension ReviewSection: ExpressibleByArgument {}
