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
        RuleCode.allCases,
        RuleFact.allCases,
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

    @Test func `no sentence gives a day two prepositions`() {
        let (day, later) = (CalendarDate(year: 2019, month: 3, day: 1)!, CalendarDate(year: 2020, month: 4, day: 2)!)
        let all = [
            DateBounds(earliest: day, latest: day), DateBounds(earliest: day, latest: later), DateBounds(earliest: nil, latest: day),
            DateBounds(earliest: day, latest: nil), DateBounds(earliest: nil, latest: nil),
        ]
        let facts: [(RuleFact, [String])] = [
            (.noConfirmation, ["due"]), (.noDecisionDue, ["due"]), (.confirmationNotToldDue, ["due"]), (.projetUnfollowed, ["granted"]),
            (.confirmedNeverRenewed, ["last"]), (.renewedLast, ["last"]), (.prefigurationSince, ["since", "due"]), (.prefigurationPerhaps, ["since"]),
        ]
        let before = "since|from|by|on|depuis|de|dès|le|da|dal|dall'|di|il|entro|desde|a|el|em|até"
        let after = "on|by|between|le|au|à|entre|il|in|tra|entro|el|a|en|o|numa"
        for language in Language.allCases {
            for bounds in all {
                for (fact, names) in facts {
                    let value = RuleValue.bounds(bounds)
                    let detail = RuleDetail(fact, names.count == 1 ? [names[0]: value] : [names[0]: value, names[1]: value])
                    let phrase = bounds.text(language)
                    let sentence = detail.text(language)
                    for part in sentence.ranges(of: phrase).map({ sentence[..<$0.lowerBound] }) {
                        let word = part.split(separator: " ").last.map(String.init) ?? ""
                        #expect(!before.split(separator: "|").contains(Substring(word)), "\(sentence)")
                    }
                    let first = phrase.split(separator: " ")[0]
                    #expect(after.split(separator: "|").contains(first), "\(phrase)")
                }
            }
        }
    }

    private static func names(_ text: String) -> [String] { text.matches(of: /\{([a-zA-Z]+)\}/).map { String($0.1) }.sorted() }
}

extension String {
    fileprivate var trimmingSpaces: String { String(drop { $0.isWhitespace }) }
}
