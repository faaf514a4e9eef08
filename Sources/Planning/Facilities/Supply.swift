internal import CiteNetwork

/// The counsellor-hours that a place offers in an ordinary week, or why they are not known. They are never made up.
package enum Supply: Sendable, Equatable {
    /// Counsellors times the hours of an ordinary week.
    case counsellorHours(Double)
    case notAvailable(reason: String)

    /// Nil where it is not known.
    package var hours: Double? { if case .counsellorHours(let hours) = self { hours } else { nil } }

    package var reason: String? { if case .notAvailable(let reason) = self { reason } else { nil } }

    /// - Parameter hours: in OpenStreetMap opening_hours syntax. Those by appointment count; public and school holidays do not change an ordinary week.
    package init(counsellors: Double?, hours: String?) {
        switch (counsellors, hours) {
        case (nil, nil): self = .notAvailable(reason: "its counsellors and opening hours are not known")
        case (nil, _): self = .notAvailable(reason: "its counsellors are not known")
        case (_, nil): self = .notAvailable(reason: "its opening hours are not known")
        case (let counsellors?, let text?):
            do {
                switch try OpeningHours(parsing: text).weeklyHours {
                case .hours(let weekly): self = .counsellorHours(counsellors * weekly)
                case .notTheSameEveryWeek: self = .notAvailable(reason: "its opening hours are not the same every week")
                case .partlyUnknown: self = .notAvailable(reason: "its opening hours are partly unknown")
                }
            } catch {
                self = .notAvailable(reason: "its opening hours cannot be read: \(error)")
            }
        }
    }
}

extension Supply {
    /// That of each place. Hours that are written alike are read once.
    static func each(of places: [Facility]) -> [Supply] {
        var read: [String: Supply] = [:]
        return places.map { place in
            guard let counsellors = place.counsellors, let hours = place.hours else { return Supply(counsellors: place.counsellors, hours: place.hours) }
            let one = read[hours] ?? Supply(counsellors: 1, hours: hours)
            read[hours] = one
            guard case .counsellorHours(let weekly) = one else { return one }
            return .counsellorHours(counsellors * weekly)
        }
    }
}
