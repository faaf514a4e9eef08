import ArgumentParser
import CiteNetwork
import Foundation
import Planning
import Presentation

struct NetworkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "network", abstract: "The Cités and their platforms, as of any day.",
        subcommands: [
            List.self, Show.self, Validate.self, Add.self, SetFields.self, Decide.self, Close.self, History.self, Undo.self, Import.self, Export.self,
        ])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the Cités that existed on a day, with their state and platforms.",
            discussion: """
                A state that no source ends goes on, and shows when it was last verified. 'unknown' is for a date that sources only
                bound ("open by 2009") and for contradictory evidence; it is not 'closed'.
                """)

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var date: DateOption
        @OptionGroup var recorded: RecordedAtOption
        @OptionGroup var output: FormatOption

        @Option(help: "Only Cités of this country (ISO 3166-1 code, such as IT).")
        var country: String?

        func run() throws {
            let atlas = try recorded.atlas(options)
            if let country, atlas.areas[country.uppercased()]?.kind != "country" {
                let known = Set(atlas.records.cites.map(\.country)).sorted().joined(separator: ", ")
                throw PlanningError.notFound("no country '\(country)'; countries of the network: \(known)")
            }
            let listing = atlas.network(asOf: date.day, country: country?.uppercased())
            Console.print(listing.rendered(output.format, atlas))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show everything recorded of one Cité or platform, with its sources.",
            discussion: "Of a platform whose hours are known, they are told in words, and whether it is open now by its own clock and holidays.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var date: DateOption
        @OptionGroup var recorded: RecordedAtOption
        @OptionGroup var output: FormatOption

        @Argument(help: "The id of a Cité or platform, as 'network list' shows it.")
        var id: String

        func run() throws {
            let atlas = try recorded.atlas(options)
            Console.print(try atlas.record(id).rendered(output.format, atlas, asOf: date.day, now: Date()))
        }
    }
}
