/// The opening hours of a place: a declared subset of OpenStreetMap's `opening_hours` (specification 0.7).
///
/// What is accepted, in the order of writing (letters in any case, spaces where one likes between words):
///
/// ```
/// hours      rule { separator rule }             a `;` may end it
/// separator  ;                                   the rule replaces what earlier ones say of the days that it matches
///            ,                                   the rule adds to them
///            ||                                  the rule holds at the moments of which the earlier ones say nothing
/// rule       ( 24/7 | [dates] [weeks] [:] [days] [:] [times] ) [modifier] [comment]         not empty
/// dates      date { , date }
/// date       years                               2026   2026-2028   2026+
///            [years] month [- month]             Jul    Jul-Aug   Nov-Feb   2026 Jul-Aug
///            [years] month day [- [month] day]   Dec 25   Dec 24-26   Dec 24-Jan 2   2026 Dec 24   Dec 25,26
///            year month day - year month day     2026 Dec 24-2027 Jan 2
/// weeks      week from [- to] [/ step] {,…}      week 1-10   week 1-53/2 (ISO weeks)
/// days       day { , day }                       any of them
///            holiday { , holiday } weekdays      on these weekdays, if it is such a holiday: SH Mo-Fr
/// day        weekday [- weekday]                 Mo   Mo-Fr   Sa-Mo
///            weekday[n {, n}]                    We[1]   We[-1]   We[1,3]   We[1-3]: which of the month
///            PH | SH                             public holidays, school holidays
/// times      span { , span }
/// span       from - to [+]                       09:00-12:30   22:00-02:00   20:00-26:00 (past midnight)
///            from +                              17:00+: when it closes is not known
/// modifier   open | off | closed | unknown
/// comment    "in double quotes"
/// ```
///
/// Outside the subset: times of the sun, points in time, steps of times, Easter, days after a holiday, every n days, a quoted comment as
/// a selector.
///
/// What it means:
/// - A rule without times holds all day. `off` with times takes these times away, without times the whole day.
/// - A span past midnight belongs to the day on which it begins, whatever later rules say of the next day.
/// - A comment that asks for an appointment ("sur rendez-vous", "by appointment") makes the rule `byAppointment`. Any other comment does not
///   change the state, but alone, without times and modifier, it means `unknown`.
/// - The calendar of school holidays is not known: a moment at which a rule with `SH` would change the answer is `unknown`. So it is with
///   `PH` on days of which it is not known whether they are public holidays.
///
/// Equal values are those that print alike: weekdays and times are kept as sets, in order.
package struct OpeningHours: Sendable, Hashable {
    /// How a rule meets the earlier ones.
    package enum Joiner: Sendable, Hashable { case override, addition, fallback }

    package enum Modifier: Sendable, Hashable { case open, closed, unknown }

    package struct Rule: Sendable, Hashable {
        package var joiner: Joiner
        /// 24/7.
        package var isAlways = false
        /// Any of them; every date where empty.
        package var dates: [DateSelector] = []
        /// Any of them; every week where empty.
        package var weeks: [WeekSelector] = []
        /// Nil for every day.
        package var days: DaySelector?
        /// In order; all day where empty.
        package var times: [TimeSpan] = []
        package var modifier: Modifier?
        package var comment: String?
    }

    /// At least one; the first is an `override`.
    package let rules: [Rule]
}

/// What a place is at a moment.
package enum OpeningState: String, Sendable, Hashable, CaseIterable {
    case open, closed
    /// Open to those who have an appointment.
    case byAppointment
    case unknown
}

/// Why a state is not known.
package enum HoursUncertainty: String, Sendable, Hashable, CaseIterable {
    /// The hours say so.
    case stated
    /// After a start or an end with `+`.
    case closingTime
    /// It depends on whether the day is a public holiday, which is not known.
    case publicHolidays
    /// It depends on whether the day is in school holidays, which is not known.
    case schoolHolidays
}

extension OpeningHours.Rule {
    /// Whether its comment asks for an appointment, in one of the languages of the network. "Without appointment" does not.
    package var isByAppointment: Bool {
        guard let comment = comment?.lowercased() else { return false }
        let asks = [
            "rendez-vous", "rendez vous", "rdv", "appointment", "appuntamento", "cita previa", "con cita", "cita prèvia", "marcação", "marcacao",
            "hora marcada", "agendamento",
        ]
        let spares = [
            "sans rendez", "sans rdv", "without appointment", "without an appointment", "no appointment", "senza appuntamento", "sin cita",
            "sense cita", "sem marca", "sem hora marcada", "sem agendamento",
        ]
        return asks.contains { comment.contains($0) } && !spares.contains { comment.contains($0) }
    }

    /// What it says of the moments at which it holds.
    package var state: OpeningState {
        switch modifier {
        case .closed: .closed
        case _ where isByAppointment: .byAppointment
        case .unknown: .unknown
        case .open: .open
        case nil: comment != nil && times.isEmpty && !isAlways ? .unknown : .open
        }
    }
}
