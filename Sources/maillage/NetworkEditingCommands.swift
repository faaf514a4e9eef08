import ArgumentParser
import CiteNetwork
import Foundation
import NetworkStore
import Planning
import Presentation

struct AuthorOptions: ParsableArguments {
    @Option(help: "Who makes the change; $MAILLAGE_USER or the login name without it.")
    var who: String?

    @Option(help: "Why, for the history.")
    var why: String?

    var name: String {
        let environment = ProcessInfo.processInfo.environment
        return who ?? environment["MAILLAGE_USER"].flatMap { $0.isEmpty ? nil : $0 } ?? environment["USER"] ?? environment["LOGNAME"] ?? "cli"
    }

    func validate() throws {
        for (option, text) in [("--who", name), ("--why", why ?? "")] where text.unicodeScalars.contains(where: isInvisibleControl) {
            throw ValidationError("\(option) '\(plainLine(text))' has control characters; expected one line of text")
        }
    }

    func editing(_ store: NetworkStore) -> NetworkEditing { NetworkEditing(store, who: name, why: why) }
}

/// `FIELD=VALUE` arguments.
struct FieldArguments: ParsableArguments {
    @Argument(help: "FIELD=VALUE …; an empty value clears the field. Fields are the columns of the files in GeoData/network.")
    var fields: [String] = []

    func cells() throws -> [String: String] {
        var cells: [String: String] = [:]
        for field in fields {
            guard let equals = field.firstIndex(of: "="), equals > field.startIndex else {
                throw PlanningError.badArgument("'\(field)' is not FIELD=VALUE, such as town=Amiens")
            }
            let name = String(field[..<equals])
            guard cells.updateValue(String(field[field.index(after: equals)...]), forKey: name) == nil else {
                throw PlanningError.badArgument("\(name) is given twice")
            }
        }
        return cells
    }
}

extension RecordKind {
    static func asked(_ name: String) throws -> RecordKind {
        guard let kind = named(name) else {
            throw PlanningError.badArgument("'\(name)' is no kind of record; kinds: \(all.map(\.name).joined(separator: ", "))")
        }
        return kind
    }
}

private func report(_ outcome: NetworkEditing.Outcome) {
    Console.output(ChangeRendering.lines(outcome.changes).map { $0 + "\n" }.joined())
    Console.error(outcome.number.map { "change \($0); 'maillage network undo \($0)' reverses it" } ?? "nothing differs: nothing was changed")
}

extension NetworkCommand {
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a record: a source, Cité, platform, period, decision, territory or pole.",
            discussion: """
                EXAMPLES
                  maillage network add source id=visit-2026 title="Visit of the network" date=2026-11
                  maillage network add platform id=nimes-ales cite=nimes kind=associatedCentre name="Alès" country=FR lat=44.125 lon=4.081 \\
                      location_accuracy=town source=visit-2026
                  maillage network add period platform=nimes-ales status=open start=2026-09 source=visit-2026
                """)

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var author: AuthorOptions
        @Argument(help: "source, cite, platform, period, decision, territory or pole.")
        var kind: String
        @OptionGroup var fields: FieldArguments

        func run() throws {
            report(try author.editing(options.open().openStore()).add(RecordKind.asked(kind), fields.cells()))
        }
    }

    struct SetFields: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change fields of a Cité or platform.",
            discussion: "EXAMPLE\n  maillage network set pays-gardois-le-vigan hours=\"Tu,Th 09:00-12:00\" verified=2026-11-22 --why \"by telephone\"")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var author: AuthorOptions
        @Argument(help: "The id of a Cité or platform.")
        var id: String
        @OptionGroup var fields: FieldArguments

        func run() throws {
            let cells = try fields.cells()
            guard !cells.isEmpty else { throw PlanningError.badArgument("nothing to set: expected FIELD=VALUE, such as town=Amiens") }
            report(try author.editing(options.open().openStore()).set(id, cells))
        }
    }

    struct Decide: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record a decision of the labelling committee.",
            discussion: "EXAMPLE\n  maillage network decide mayotte confirmed --date 2017-01-12 --source comite-2017 --document pv-2017-01.pdf")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var author: AuthorOptions
        @Argument(help: "The id of a Cité.")
        var cite: String
        @Argument(help: "\(LabelDecisionKind.allCases.map(\.rawValue).joined(separator: ", ")).")
        var decision: LabelDecisionKind
        @Option(help: "The day: \(PartialDate.acceptedForms).")
        var date: String
        @Option(help: "The id of the source that tells it.")
        var source: String
        @Option(help: "Who decided.")
        var body: String?
        @Option(help: "The document that holds the decision.")
        var document: String?
        @Option(help: "A note.")
        var note: String?

        func run() throws {
            let atlas = try options.atlas()
            var cells = ["decision": decision.rawValue, "date": date, "source": source]
            for (name, value) in [("body", body), ("document", document), ("note", note)] { cells[name] = value }
            report(try author.editing(atlas.store).decide(cite, cells, in: atlas))
        }
    }

    struct Close: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Record that a platform, or every platform of a Cité, has closed or gone to sleep.",
            discussion:
                "Its history stays: the state it was in ends on that day.\n\nEXAMPLE\n  maillage network close rome-main --on 2015-06 --source romatoday-later")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var author: AuthorOptions
        @Argument(help: "The id of a platform or Cité.")
        var id: String
        @Option(help: "The first day on which it was no longer open: \(PartialDate.acceptedForms).")
        var on: String
        @Flag(help: "It is asleep, not closed.")
        var asleep = false
        @Option(help: "The id of the source that tells it; without it, that of the platform.")
        var source: String?
        @Option(help: "A note.")
        var note: String?

        func run() throws {
            let atlas = try options.atlas()
            report(
                try author.editing(atlas.store).close(id, as: asleep ? .asleep : .closed, on: on, today: .today, source: source, note: note, in: atlas))
        }
    }

    struct History: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every change of a Cité, platform or scenario and of what hangs on it, whoever made it.",
            discussion: "Edits made in QGIS or with ogr2ogr are there too. 'network undo' reverses a change.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var output: FormatOption
        @Argument(help: "The id of a Cité, platform or scenario; everything without it.")
        var id: String?

        func run() throws {
            let store = try options.open().openStore()
            let log = try store.history(of: id)
            if let id, log.isEmpty { _ = try Atlas(store: store, for: .officer).record(id) }
            Console.print(ChangeRendering.history(log, output.format))
        }
    }

    struct Undo: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reverse a change by its number, as 'network history' shows it.",
            discussion: "The undo is a change of its own and can be undone. A change on which a later one builds is refused: the later one first.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var author: AuthorOptions
        @Argument(help: "The number of the change.")
        var change: Int64

        func run() throws {
            let number = try author.editing(options.open().openStore()).undo(change)
            Console.error(number.map { "change \(change) is undone by change \($0)" } ?? "nothing differs: nothing was changed")
        }
    }

    struct Import: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import records from a CSV or GeoJSON file.",
            discussion: """
                Records are added, or changed where one of the same id (or key) exists; one bad row refuses the file and nothing is
                changed. Columns are those of GeoData/network, or usual names in French and English, or mapped.

                EXAMPLES
                  maillage network import platforms.csv --dry-run
                  maillage network import lieux.csv --table platform --map "Nom du lieu=name" --map "Cité=cite"
                  maillage network import network.geojson --replace
                """)

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var author: AuthorOptions
        @Argument(help: "A .csv, .json or .geojson file.")
        var file: String
        @Option(help: "The kind of its records, where its columns do not tell.")
        var table: String?
        @Option(help: ArgumentHelp("A column of the file and the field it means; repeat for several.", valueName: "column=field"))
        var map: [String] = []
        @Flag(help: "Delete the records, of the kinds in the file, that the file does not have.")
        var replace = false
        @Flag(help: "Show what would change, and change nothing.")
        var dryRun = false

        func run() throws {
            var mapping: [String: String] = [:]
            for pair in map {
                guard let equals = pair.lastIndex(of: "=") else { throw PlanningError.badArgument("--map '\(pair)': expected COLUMN=FIELD") }
                mapping[String(pair[..<equals])] = String(pair[pair.index(after: equals)...])
            }
            let store = try options.open().openStore()
            let result = try author.editing(store).importFile(
                file, kind: table.map(RecordKind.asked), mapping: mapping, replace: replace, dryRun: dryRun)
            result.notes.forEach { Console.error("note: \($0)") }
            Console.output(ChangeRendering.lines(result.changes, showsAdded: dryRun).map { $0 + "\n" }.joined())
            for finding in dryRun ? try NetworkEditing.newlyBroken(by: result, in: Atlas(store: store, for: .officer), asOf: .today) : [] {
                Console.output("would break \(finding.code.rawValue) (\(finding.severity.rawValue)): \(finding.detail.text(.english))\n")
            }
            let tally = "\(counted(result.changes.count, "change")), \(counted(result.unchanged, "record")) unchanged"
            Console.error(dryRun ? "\(tally); nothing was changed (--dry-run)" : result.change.map { "\(tally); change \($0)" } ?? "\(tally); nothing differs")
        }
    }

    struct Export: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the records to a file from which 'network import' restores them.",
            discussion: "All of them, restricted ones included: for what everyone may see, 'maillage export'. A file that exists is overwritten.")

        @OptionGroup var options: WorkspaceOptions
        @Argument(help: "A .geojson file for everything, or a .csv file for one kind (--table).")
        var file: String
        @Option(help: "Only this kind of records.")
        var table: String?

        func run() throws {
            let bytes = try NetworkEditing.exportBytes(options.open().openStore(), path: file, kind: table.map(RecordKind.asked))
            try Data(bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
            Console.error("wrote \(file)")
        }
    }
}

extension LabelDecisionKind: ExpressibleByArgument {}
