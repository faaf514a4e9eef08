/// What is known of days: whether they are public holidays, and in school holidays.
package protocol DayKnowledge: Sendable {
    func isPublicHoliday(_ day: CalendarDate) -> Truth
    func isSchoolHoliday(_ day: CalendarDate) -> Truth
}

extension DayKnowledge {
    /// No calendar of school holidays is kept.
    package func isSchoolHoliday(_ day: CalendarDate) -> Truth { .unknown }
}
