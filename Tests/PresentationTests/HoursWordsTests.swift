import CiteNetwork
import Foundation
import Planning
import Presentation
import TestSupport
import Testing

@Suite struct HoursWordsTests {
    private func words(_ hours: String, _ language: Language) throws -> String {
        try OpeningHours(parsing: hours).words(in: language).replacing("\u{A0}", with: " ")
    }

    @Test(arguments: [
        (
            "Mo-Fr 09:00-12:30,14:00-17:00; PH off",
            [
                "lundi à vendredi 9 h – 12 h 30 et 14 h – 17 h; fermé les jours fériés",
                "Monday to Friday 9:00–12:30 and 14:00–17:00; closed on public holidays",
                "dal lunedì al venerdì 9:00–12:30 e 14:00–17:00; chiuso nei giorni festivi",
                "lunes a viernes 9:00–12:30 y 14:00–17:00; cerrado los festivos",
                "segunda-feira a sexta-feira 9h–12h30 e 14h–17h; fechado nos feriados",
            ]
        ),
        (
            "Mo-Fr 09:00-12:00; Tu 14:00-17:00; Th off",
            [
                "lundi, mercredi et vendredi 9 h – 12 h; mardi 14 h – 17 h", "Monday, Wednesday and Friday 9:00–12:00; Tuesday 14:00–17:00",
                "lunedì, mercoledì e venerdì 9:00–12:00; martedì 14:00–17:00", "lunes, miércoles y viernes 9:00–12:00; martes 14:00–17:00",
                "segunda-feira, quarta-feira e sexta-feira 9h–12h; terça-feira 14h–17h",
            ]
        ),
        (
            "Mo 09:00-12:00, Mo 14:00-17:00 \"sur rendez-vous\"; Aug off; Dec 24-Jan 2 off",
            [
                "lundi 9 h – 12 h, 14 h – 17 h sur rendez-vous; fermé en août; fermé du 24 décembre au 2 janvier",
                "Monday 9:00–12:00, 14:00–17:00 by appointment; closed in August; closed from 24 December to 2 January",
                "lunedì 9:00–12:00, 14:00–17:00 su appuntamento; chiuso in agosto; chiuso dal 24 dicembre al 2 gennaio",
                "lunes 9:00–12:00, 14:00–17:00 con cita previa; cerrado en agosto; cerrado del 24 de diciembre al 2 de enero",
                "segunda-feira 9h–12h, 14h–17h por marcação; fechado em agosto; fechado de 24 de dezembro a 2 de janeiro",
            ]
        ),
        (
            "We[1] 14:00-17:00; SH Mo-Fr 10:00-12:00; 2026 Dec 8 off",
            [
                "premier mercredi du mois 14 h – 17 h; lundi à vendredi pendant les vacances scolaires 10 h – 12 h; fermé le 8 décembre 2026",
                "first Wednesday of the month 14:00–17:00; Monday to Friday in school holidays 10:00–12:00; closed on 8 December 2026",
                "primo mercoledì del mese 14:00–17:00; dal lunedì al venerdì durante le vacanze scolastiche 10:00–12:00; chiuso l'8 dicembre 2026",
                "primer miércoles de mes 14:00–17:00; lunes a viernes durante las vacaciones escolares 10:00–12:00; cerrado el 8 de diciembre de 2026",
                "primeira quarta-feira do mês 14h–17h; segunda-feira a sexta-feira nas férias escolares 10h–12h; fechado em 8 de dezembro de 2026",
            ]
        ),
        (
            "week 1-53/2 Mo 09:00-12:00; Jul-Aug 10:00-12:00; Su[-1] off || \"sur rdv\"",
            [
                "les semaines impaires, lundi 9 h – 12 h; de juillet à août 10 h – 12 h; fermé le dernier dimanche du mois; sinon sur rendez-vous",
                "in odd weeks, Monday 9:00–12:00; from July to August 10:00–12:00; closed on the last Sunday of the month; otherwise by appointment",
                "nelle settimane dispari, lunedì 9:00–12:00; da luglio ad agosto 10:00–12:00; chiuso l'ultima domenica del mese; altrimenti su appuntamento",
                "las semanas impares, lunes 9:00–12:00; de julio a agosto 10:00–12:00; cerrado el último domingo de mes; si no, con cita previa",
                "nas semanas ímpares, segunda-feira 9h–12h; de julho a agosto 10h–12h; fechado no último domingo do mês; senão, por marcação",
            ]
        ),
        (
            "24/7",
            [
                "24 h sur 24, 7 jours sur 7", "24 hours a day, 7 days a week", "24 ore su 24, 7 giorni su 7", "24 horas al día, 7 días a la semana",
                "24 horas por dia, 7 dias por semana",
            ]
        ),
        (
            "Sa 22:00-02:00; Su 17:00+; Mo 09:00-12:00+ \"1er étage\"",
            [
                "lundi 9 h – 12 h ou plus tard (1er étage); samedi 22 h – 2 h; dimanche à partir de 17 h",
                "Monday 9:00–12:00 or later (1er étage); Saturday 22:00–2:00; Sunday from 17:00",
                "lunedì 9:00–12:00 o più tardi (1er étage); sabato 22:00–2:00; domenica dalle 17:00",
                "lunes 9:00–12:00 o más tarde (1er étage); sábado 22:00–2:00; domingo a partir de las 17:00",
                "segunda-feira 9h–12h ou mais tarde (1er étage); sábado 22h–2h; domingo a partir das 17h",
            ]
        ),
        ("off", ["fermé", "closed", "chiuso", "cerrado", "fechado"]),
    ])
    func `hours are told in five languages`(hours: String, expected: [String]) throws {
        for (language, text) in zip([Language.french, .english, .italian, .spanish, .portuguese], expected) {
            #expect(try words(hours, language) == text)
        }
    }

    @Test func `all of the syntax can be told in every language`() throws {
        let texts = [
            "2026 off", "2026-2028 Mo off", "2026+ Tu 10:00-12:00", "2026 Dec 24-2027 Jan 2 off", "2026 Nov-Feb off", "2026-2028 Dec 24-Jan 2 off",
            "week 10 off",
            "week 1-10 off", "week 1-10/3 Mo", "Mo-Su 00:00-24:00", "PH,SH Sa 10:00-12:00", "Mo,PH off", "Fr[-2,-3,5] off", "Su[2],Sa[-4] off", "unknown",
            "open",
            "\"voir le site\"", "Mo unknown \"voir\"", "Mo-We off", "Sa-Mo off", "Su 01:00-02:00", "Apr-Aug Mo", "Jan 1 off", "Jan 11-Mar 8 off",
            "Mo 10:00-12:00 off",
            "Mo || Tu 10:00-12:00", "PH \"sur rendez-vous\"", "Mo-Fr 01:00+; PH 01:00+",
        ]
        for text in texts {
            let told = try Language.allCases.map { try words(text, $0) }
            #expect(told.allSatisfy { !$0.isEmpty && !$0.contains("  ") && $0.first != " " && $0.last != " " }, "\(text): \(told)")
            #expect(Set(told).count >= 4 || told.allSatisfy { $0.hasPrefix("(") }, "\(text): \(told)")
        }
        var mutator = HoursMutator(seed: 5)
        for i in 0..<4_000 {
            guard let hours = try? OpeningHours(parsing: mutator.mutate(texts[i % texts.count], with: texts)) else { continue }
            for language in Language.allCases { #expect(!hours.words(in: language).isEmpty, "\(hours)") }
        }
    }

    @Test func `whether a place is open is told with the time until which it is`() {
        func told(_ hours: String, _ time: String, _ language: Language) -> String {
            let local = LocalTime(time)!
            let now = try! OpeningHours(parsing: hours)
            let change = now.nextChange(after: local, HolidayCalendar(country: "FR", area: "FR-02"))
            return Opening(
                state: now.state(at: local, HolidayCalendar(country: "FR", area: "FR-02")), reason: nil, comment: nil, local: local,
                nextChange: change.map { Opening.NextChange(local: $0.time, instant: nil, state: $0.state) }
            ).words(in: language).replacing("\u{A0}", with: " ")
        }
        let hours = "Mo-Fr 09:00-12:00,14:00-17:30"
        #expect(told(hours, "2026-11-23T10:00", .french) == "ouvert jusqu'à 12 h" && told(hours, "2026-11-23T10:00", .english) == "open until 12:00")
        #expect(told(hours, "2026-11-23T18:00", .italian) == "chiuso fino a domani alle 9:00")
        #expect(told(hours, "2026-11-27T18:00", .spanish) == "cerrado hasta el lunes a las 9:00")
        #expect(told(hours, "2026-11-28T18:00", .portuguese) == "fechado até segunda-feira às 9h")
        #expect(told("2027 Jan 4 10:00-12:00", "2026-11-28T18:00", .french) == "fermé jusqu'au 4 janvier 2027, 10 h")
        #expect(told("24/7", "2026-11-28T18:00", .english) == "open")
        let unknown = Opening(state: .unknown, reason: .hoursNotKnown)
        let expected = [
            "fr": "horaires non connus", "en": "hours not known", "it": "orari non noti", "es": "horario desconocido", "pt": "horário desconhecido",
        ]
        for language in Language.allCases { #expect(unknown.words(in: language) == expected[language.rawValue]) }
    }
}
