package import CiteNetwork
package import GeoModel

/// What stands at a point of a map. Shape tells the kind, filling the state; colour repeats it.
package enum MapSymbol: Sendable, Hashable {
    /// A platform of the network.
    case platform(PlatformKind, isOpen: Bool)
    /// A proposed one, by its number.
    case proposed(Int)
    /// A town.
    case town

    /// Half its width in units of the drawing.
    var radius: Double {
        switch self {
        case .platform: 6
        case .proposed: 8.5
        case .town: 2
        }
    }

    func html(_ x: Double, _ y: Double) -> HTML {
        switch self {
        case .platform(let kind, let isOpen):
            let fill = isOpen ? PageColour.existing : "#fff"
            var path = PathWriter()
            for (i, corner) in Self.corners(kind).enumerated() {
                if i == 0 { path.move(x + corner.x, y + corner.y) } else { path.line(x + corner.x, y + corner.y) }
            }
            path.close()
            // A white rim keeps it apart from what lies below.
            let d = Attribute("d", path.text)
            return HTML("path", d, Attribute("stroke", "#fff"), Attribute("stroke-width", "4"), Attribute("stroke-linejoin", "round"))
                + HTML("path", d, Attribute("fill", fill), Attribute("stroke", PageColour.existing), Attribute("stroke-width", "1.6"))
        case .proposed(let number):
            return HTML(
                "circle", Attribute("cx", SVGNumber.text(x)), Attribute("cy", SVGNumber.text(y)), Attribute("r", "8.5"),
                Attribute("fill", PageColour.proposed), Attribute("stroke", "#fff"), Attribute("stroke-width", "1.6"))
                + HTML(
                    "text", Attribute("x", SVGNumber.text(x)), Attribute("y", SVGNumber.text(y + 4)), Attribute("text-anchor", "middle"),
                    Attribute("font-size", number > 9 ? "10" : "11.5"), Attribute("font-weight", "700"), Attribute("fill", "#fff")
                ) { "\(number)" }
        case .town:
            return HTML(
                "circle", Attribute("cx", SVGNumber.text(x)), Attribute("cy", SVGNumber.text(y)), Attribute("r", "2"), Attribute("fill", PageColour.ink))
        }
    }

    private static func corners(_ kind: PlatformKind) -> [(x: Double, y: Double)] {
        switch kind {
        case .main: [(-5, -5), (5, -5), (5, 5), (-5, 5)]
        case .site: [(-4, -6), (4, -6), (6, 0), (4, 6), (-4, 6), (-6, 0)]
        case .associatedCentre: [(0, -6.5), (6.5, 0), (0, 6.5), (-6.5, 0)]
        case .ruralPlatform: [(0, -6.5), (6, 5), (-6, 5)]
        }
    }
}

/// A symbol at its point, and the name beside it.
package struct MapMark: Sendable {
    package var symbol: MapSymbol
    package var location: Coordinate
    /// Nil for one without a name on the map.
    package var name: String?
    package var isBold: Bool

    package init(_ symbol: MapSymbol, at location: Coordinate, name: String? = nil, isBold: Bool = false) {
        self.symbol = symbol
        self.location = location
        self.name = name
        self.isBold = isBold
    }
}
