import CiteNetwork
import GeoModel
import Impedance
import Planning

/// Parameters that several routes share.
enum CommonParameters {
    static let lon = Parameter.number("lon", -180...180, description: "The longitude in degrees, WGS 84.")
    static let lat = Parameter.number("lat", -90...90, description: "The latitude in degrees, WGS 84.")
    static let service = Parameter<ServiceCode>.word("service", description: "Only platforms that are known to offer this service.")
    static let kind = Parameter<PlatformKind>.word("kind", description: "Only platforms of this kind.")

    static let within = Parameter<Reach>(
        ParameterInfo("within", description: "How far at most: \(Reach.acceptedForms).", schema: ["type": .string("string"), "example": .string("30km")])
    ) { text in
        guard text.utf8.count <= 40, let reach = Reach(text) else { throw ParameterRefused(detail: "'\(text.prefix(80))' is not \(Reach.acceptedForms)") }
        return reach
    }

    static let openAt = Parameter<OpeningMoment>(
        ParameterInfo(
            "openAt", description: "Only platforms that are known to be open at this moment: \(OpeningMoment.acceptedForms).",
            schema: ["type": .string("string"), "example": .string("2026-11-23T10:00")])
    ) { text in
        // A plus sign of the query stands for a space.
        guard text.utf8.count <= 40, let moment = OpeningMoment(text.replacing(" ", with: "+")) else {
            throw ParameterRefused(detail: "'\(text.prefix(80))' is not \(OpeningMoment.acceptedForms)")
        }
        return moment
    }

    /// A day, or an instant of which the day counts.
    static let day = Parameter<CalendarDate>(
        ParameterInfo(
            "datetime", component: "day", description: "The day of which the state of the network is asked, or an instant of it; today without it.",
            schema: ["type": .string("string"), "example": .string("2009-12-31")])
    ) { text in
        guard let day = calendarDay(text) else {
            throw ParameterRefused(detail: "'\(text.prefix(80))' is not a day YYYY-MM-DD or an instant YYYY-MM-DDThh:mm:ssZ")
        }
        return day
    }
}

/// The day of `YYYY-MM-DD` or of an RFC 3339 instant in UTC.
func calendarDay(_ text: some StringProtocol) -> CalendarDate? {
    guard let day = CalendarDate(text.prefix(10)) else { return nil }
    if text.utf8.count == 10 { return day }
    return String(text.dropFirst(10)).wholeMatch(of: /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z/) != nil ? day : nil
}
