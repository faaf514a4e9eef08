package import CiteNetwork

/// A distance to a platform as a table shows it: never more certain than the platform's place is.
package struct ShownDistance: Sendable, Equatable {
    package var text: String
    /// False where the platform may as well be here as some way off: what rests on the distance is then not shown.
    package var isKnown: Bool

    /// - Parameter metres: to the point that stands for the platform.
    package init(_ metres: Double, accuracy: LocationAccuracy) {
        // Nearer than this the platform may as well be here: about the radius of a canton, and of a small département.
        let doubt =
            switch accuracy {
            case .venue: 0.0
            case .town: 1_000.0
            case .assumed: 5_000.0
            case .territory: 20_000.0
            }
        isKnown = metres >= doubt
        text =
            switch accuracy {
            case .venue where metres < 50: "< 0.1 km"
            case .town where !isKnown: "in the same town"
            case .venue, .town: kilometres(metres)
            case .assumed, .territory: isKnown ? "about \(decimal(metres / 1000, 0)) km" : "unknown, near here"
            }
    }
}

extension LocationAccuracy {
    /// Whether the town is known at least.
    var isTown: Bool { self == .venue || self == .town }
}
