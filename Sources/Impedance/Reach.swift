/// What a cost of going from one place to another measures.
package enum ImpedanceKind: String, Sendable, CaseIterable {
    /// The geodesic, in metres.
    case distance
    /// Along roads, in metres.
    case roadDistance
    /// In seconds.
    case duration

    package var unit: String { self == .duration ? "s" : "m" }
}

/// A cutoff on an impedance: `30km`, `500m`, `45min`.
package struct Reach: Hashable, Sendable {
    package var kind: ImpedanceKind
    /// Metres or seconds.
    package var value: Double
    /// As it was written.
    package var text: String

    package static let acceptedForms = "a distance such as 30km or 500m, or a duration such as 45min or 1h"

    /// Nil for anything but a positive number with one of the units m, km, s, min, h.
    package init?(_ text: String) {
        let units: [(String, ImpedanceKind, Double)] = [
            ("km", .distance, 1000), ("min", .duration, 60), ("m", .distance, 1), ("s", .duration, 1), ("h", .duration, 3600),
        ]
        let trimmed = text.filter { !$0.isWhitespace }
        guard let (suffix, kind, factor) = units.first(where: { trimmed.hasSuffix($0.0) }),
            let number = Double(trimmed.dropLast(suffix.count)), number > 0, number.isFinite
        else { return nil }
        self.kind = kind
        value = number * factor
        self.text = trimmed
    }
}
