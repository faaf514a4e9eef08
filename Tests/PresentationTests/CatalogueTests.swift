import CiteNetwork
import Presentation
import Testing

/// Texts in the five languages.
struct CatalogueTests {
    /// Every catalogue of the program. One that is added is added here.
    private static let catalogues: [[any Phrase]] = [
        AssessmentPhrase.allCases,
        DossierPhrase.allCases,
        DossierWord.allCases,
        TimetablePhrase.allCases,
        NetworkWord.allCases,
        ReportPhrase.allCases,
        ReviewPhrase.allCases,
        RulePhrase.allCases,
        ScenarioPhrase.allCases,
    ]
    static let all = catalogues.flatMap { $0 }

    @Test func `every text exists in every language`() {
        for phrase in Self.all {
            for language in Language.allCases {
                #expect(!phrase.text(language).trimmingSpaces.isEmpty, "\(phrase) in \(language.rawValue)")
            }
        }
    }

    @Test func `every language puts the same values into a text`() {
        for phrase in Self.all {
            let names = Self.names(phrase.text(.english))
            for language in Language.allCases { #expect(Self.names(phrase.text(language)) == names, "\(phrase) in \(language.rawValue)") }
        }
    }

    @Test func `a sentence is not the same in two languages`() {
        for phrase in Self.all where phrase.text(.english).split(separator: " ").count > 5 {
            let texts = Set(Language.allCases.map { phrase.text($0) })
            #expect(texts.count == Language.allCases.count, "\(phrase)")
        }
    }

    private static func names(_ text: String) -> [String] { text.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) }.sorted() }
}

extension String {
    fileprivate var trimmingSpaces: String { String(drop { $0.isWhitespace }) }
}
