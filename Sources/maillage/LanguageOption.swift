import ArgumentParser
import Presentation

struct LanguageOption: ParsableArguments {
    @Option(help: "The language of the table: \(Language.allCases.map(\.rawValue).joined(separator: ", ")).")
    var language: Language = .english
}

extension Language: ExpressibleByArgument {}
