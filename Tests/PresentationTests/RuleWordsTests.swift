import CiteNetwork
import Presentation
import Testing

/// The sentences of rules and of what they find.
@Suite struct RuleWordsTests {
    @Test func `a rule is a sentence in every language`() {
        for code in RuleCode.allCases {
            for language in Language.allCases {
                #expect(code.text(language).hasSuffix(".") && code.text(language).first!.isUppercase, "\(code) in \(language)")
            }
        }
    }

    @Test func `the thresholds that sentences name are those of the rules`() {
        for language in Language.allCases {
            #expect(RuleCode.projetNeverConfirmed.text(language).contains("\(RuleTimes.projetMonths / 12) "))
            #expect(RuleCode.confirmationDue.text(language).contains("\(RuleTimes.confirmationNoticeMonths) "))
            #expect(RuleCode.prefigurationRunningLong.text(language).contains("\(RuleTimes.prefigurationMonths) "))
        }
    }

    @Test func `what is found is told with its values, in the reader's language`() {
        let due = DateBounds(earliest: CalendarDate("2014-04-01"), latest: CalendarDate("2016-12-10"))
        let overdue = RuleDetail(.noConfirmation, ["due": .bounds(due)])
        #expect(overdue.text(.english) == "No confirmation is recorded; due between 2014-04-01 and 2016-12-10.")
        #expect(overdue.text(.french) == "Aucune confirmation n'est enregistrée ; échéance entre le 2014-04-01 et le 2016-12-10.")
        let centre = RuleDetail(.servicesOfMother, ["own": .services([.training], isComplete: false), "mother": .services([], isComplete: false)])
        #expect(centre.text(.english) == "Its services: find training at least; those of its mother Cité: not known.")
        let area = RuleDetail(.areasWithoutShape, ["definition": .text("+FR-30 -epci:1"), "terms": .facts([RuleDetail(.excluded, ["area": .text("epci:1")])])])
        #expect(area.text(.english) == "'+FR-30 -epci:1': excluded epci:1 has neither polygon nor members.")
        #expect(
            RuleDetail(.territoriesShare, ["other": .text("b"), "area": .squareMetres(12_000_000)]).text(.english)
                == "Its territory and that of b share 12 km².")
        #expect(DateBounds(earliest: nil, latest: nil).text(.italian) == "in una data non nota")
    }
}
