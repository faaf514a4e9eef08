package import GeoModel

/// A map as SVG, drawn from the ground up in the order in which things are put on it; names last, where they find room.
///
/// Equal-area around its own centre (`MapProjection`), north up, with a bar of length. Outlines have no more corners than half a unit shows.
package struct MapDrawing: Sendable {
    package enum AreaStyle: Sendable, Hashable {
        /// The land around.
        case land
        /// The ground that the map is about.
        case territory
        /// Its outline alone, over what was drawn on it.
        case outline
        /// The ground of another label.
        case label
        /// Ground that two labels share.
        case shared
        /// A class of a choropleth: 0 is the least of `of` classes.
        case shade(Int, of: Int)
        /// A part of one without a figure.
        case noFigure
    }

    /// People at points: dots whose area goes with the people.
    package enum DotStyle: Sendable, Hashable {
        case people
        /// Within the reach of this place in the order of reaches, 0 being the nearest.
        case within(Int)
        /// Beyond every reach: squares.
        case beyond
    }

    /// The people whom one unit of area stands for, which all maps that are to be compared share.
    package struct DotScale: Sendable, Equatable {
        /// Units of radius for the square root of a person.
        package var radius: Double

        /// So that the most populous dot has `largest` units of radius.
        package init(most people: Double, largest: Double = 15) { radius = people > 0 ? largest / people.squareRoot() : 0 }

        func diameter(_ people: Double) -> Double { max(1.2, 2 * radius * people.squareRoot()) }
    }

    package struct Dot: Sendable {
        package var location: Coordinate
        package var people: Double

        package init(_ location: Coordinate, people: Double) {
            self.location = location
            self.people = people
        }
    }

    package let frame: MapFrame
    package private(set) var legend: [PageFigure.LegendEntry] = []
    private let id: String
    private var layers = HTML()
    private var marks: [MapMark] = []
    private var usesHatch = false
    private var usesSharedHatch = false

    /// - Parameter id: unique in the page; the ids of its parts begin with it.
    package init(_ id: String, frame: MapFrame) {
        self.id = id
        self.frame = frame
    }

    // MARK: What is drawn

    /// - Parameter legend: what the style means; nil where another says so.
    package mutating func areas(_ shapes: [Geometry], _ style: AreaStyle, legend text: String? = nil) {
        var path = PathWriter()
        for polygon in shapes.flatMap(\.polygons) { for ring in polygon.rings { write(ring, into: &path) } }
        if style == .label { usesHatch = true }
        if style == .shared { usesSharedHatch = true }
        if !path.isEmpty { layers += HTML("path", [Attribute("d", path.text)] + look(style, id), nil) }
        if let text {
            if style == .label || style == .shared { legendHatch(style, text) } else { add(symbol: HTML.symbol { swatch(look(style, id)) }, text) }
        }
    }

    /// The ground within so many metres of points.
    package mutating func circles(around points: [Coordinate], metres: Double, isProposed: Bool, legend text: String? = nil) {
        let colour = isProposed ? PageColour.proposed : PageColour.existing
        let look = [
            Attribute("fill", "none"), Attribute("stroke", colour), Attribute("stroke-width", "1.3"),
            isProposed ? Attribute("stroke-dasharray", "6 3") : Attribute("stroke-dasharray", "1.5 2.5"),
        ]
        var path = PathWriter()
        for point in points {
            let ring = (0..<72).map { MapProjection.point(from: point, metres: metres, towards: Double($0) * .pi / 36) }
            write(ring + [ring[0]], into: &path)
        }
        if !path.isEmpty { layers += HTML("path", [Attribute("d", path.text)] + look, nil) }
        if let text {
            add(symbol: HTML.symbol { HTML("path", [Attribute("d", "M1 8h20")] + look, nil) }, text)
        }
    }

    /// Dots, those of most people below. Points that fall upon one another are one dot. O(n log n).
    package mutating func dots(_ dots: [Dot], _ style: DotStyle, scale: DotScale, legend text: String? = nil) {
        var sums: [Int: (people: Double, x: Double, y: Double)] = [:]
        for dot in dots where dot.people > 0 {
            let p = frame.position(dot.location)
            guard frame.holds(p) else { continue }
            // Two units are the least that can be told apart; wherever there are few, each is where it is.
            let key = Int(p.y / 2) * 100_000 + Int(p.x / 2)
            var sum = sums[key] ?? (0, 0, 0)
            sum = (sum.people + dot.people, sum.x + p.x * dot.people, sum.y + p.y * dot.people)
            sums[key] = sum
        }
        var bySize: [Int: [(key: Int, x: Double, y: Double)]] = [:]
        for (key, sum) in sums {
            // Half a unit is the least difference of size that is drawn.
            let size = Int((scale.diameter(sum.people) * 2).rounded())
            bySize[size, default: []].append((key, sum.x / sum.people, sum.y / sum.people))
        }
        var group = HTML()
        for (size, points) in bySize.sorted(by: { $0.key > $1.key }) {
            var path = PathWriter()
            for point in points.sorted(by: { $0.key < $1.key }) { path.dot(point.x, point.y) }
            group += HTML("path", Attribute("d", path.text), Attribute("stroke-width", SVGNumber.text(Double(size) / 2)))
        }
        let look = dotLook(style)
        if !group.isEmpty { layers += HTML("g", look, group) }
        if let text {
            add(symbol: HTML.symbol { HTML("g", look, HTML("path", Attribute("d", "M11 8h0"), Attribute("stroke-width", "10"))) }, text)
        }
    }

    /// Legend entries of how many people a dot stands for.
    package mutating func dotSizes(_ scale: DotScale, _ sizes: [(people: Double, text: String)]) {
        for size in sizes {
            let diameter = scale.diameter(size.people)
            let box = max(22, (diameter + 2).rounded(.up))
            let symbol = HTML(
                "svg", .class("symbol"), Attribute("viewBox", "0 0 \(SVGNumber.text(box)) \(SVGNumber.text(max(16, diameter + 2)))"),
                Attribute("width", SVGNumber.text(box)), Attribute("height", SVGNumber.text(max(16, diameter + 2))), Attribute("aria-hidden", "true"),
                Attribute("focusable", "false")
            ) {
                HTML(
                    "circle", Attribute("cx", SVGNumber.text(box / 2)), Attribute("cy", SVGNumber.text(max(16, diameter + 2) / 2)),
                    Attribute("r", SVGNumber.text(diameter / 2)), Attribute("fill", PageColour.reach[1]))
            }
            add(symbol: symbol, size.text)
        }
    }

    /// Marks that come first have the choice where their names stand; they are drawn above later ones.
    package mutating func mark(_ more: [MapMark]) { marks += more }

    package mutating func legend(_ symbol: MapSymbol, _ text: String) { add(symbol: HTML.symbol { symbol.html(11, 8) }, text) }

    // MARK: The drawing

    /// - Parameters:
    ///   - title: what the map is, and `description` what it shows, for those who do not see it.
    ///   - kilometres: a length in kilometres as people of the page's language write it.
    package func svg(title: String, description: String, kilometres: (Double) -> String) -> HTML {
        HTML.svg(id, width: frame.width, height: frame.height, title: title, description: description) {
            if usesHatch || usesSharedHatch { HTML("defs") { hatches } }
            HTML("rect", Attribute("width", SVGNumber.text(frame.width)), Attribute("height", SVGNumber.text(frame.height)), Attribute("fill", "#fff"))
            layers
            symbols
            labels(size: 13, class: "wide", kilometres)
            labels(size: 23, class: "narrow", kilometres)
        }
    }

    package func figure(title: String, description: String, caption: HTML, kilometres: (Double) -> String) -> PageFigure {
        PageFigure(
            "figure-\(id)", drawing: svg(title: title, description: description, kilometres: kilometres), legend: legend, caption: caption, isMap: true)
    }

    private var symbols: HTML {
        var out = HTML()
        for mark in marks.reversed() {
            let p = frame.position(mark.location)
            if frame.holds(p, margin: 2) { out += mark.symbol.html(p.x, p.y) }
        }
        return out
    }

    /// Names and the bar of length, in letters of one size: pages show the large ones where the map is small.
    private func labels(size: Double, class name: String, _ kilometres: (Double) -> String) -> HTML {
        var room = LabelPlacement(width: frame.width, height: frame.height)
        let bar = scaleBar(size: size, kilometres)
        room.take(bar.box)
        for mark in marks where mark.symbol != .town {
            let (p, r) = (frame.position(mark.location), mark.symbol.radius)
            room.take(LabelPlacement.Box(minX: p.x - r, minY: p.y - r, maxX: p.x + r, maxY: p.y + r))
        }
        var texts = HTML()
        var seen: Set<String> = []
        for mark in marks {
            guard let text = mark.name, case let p = frame.position(mark.location), frame.holds(p, margin: 2),
                seen.insert("\(text) \(Int(p.x)) \(Int(p.y))").inserted,
                let at = room.place(text, x: p.x, y: p.y, radius: mark.symbol.radius, size: size)
            else { continue }
            texts += HTML(
                "text", Attribute("x", SVGNumber.text(at.x)), Attribute("y", SVGNumber.text(at.y)),
                at.anchor == "start" ? nil : Attribute("text-anchor", at.anchor), mark.isBold ? Attribute("font-weight", "700") : nil
            ) { text }
        }
        return HTML(
            "g", .class(name), Attribute("font-size", SVGNumber.text(size)), Attribute("fill", PageColour.ink), Attribute("stroke", "#fff"),
            Attribute("stroke-width", SVGNumber.text(size / 4)), Attribute("stroke-linejoin", "round"), Attribute("paint-order", "stroke")
        ) {
            texts
            bar.html
        }
    }

    private func scaleBar(size: Double, _ kilometres: (Double) -> String) -> (html: HTML, box: LabelPlacement.Box) {
        let metres = AxisTicks.round(below: frame.width / 4 / frame.scale)
        let (length, y, x) = (metres * frame.scale, frame.height - 12, 12.0)
        let text = kilometres(metres / 1000)
        let line = Attribute("d", "M\(SVGNumber.text(x)) \(SVGNumber.text(y - 5))v5h\(SVGNumber.text(length))v-5")
        let north = x + max(length, TextWidth.of(text, size: size)) + size * 1.4
        let html =
            HTML("path", line, Attribute("fill", "none"), Attribute("stroke", "#fff"), Attribute("stroke-width", "5"))
            + HTML("path", line, Attribute("fill", "none"), Attribute("stroke", PageColour.ink), Attribute("stroke-width", "1.6"))
            + HTML("text", Attribute("x", SVGNumber.text(x)), Attribute("y", SVGNumber.text(y - 9))) { text }
            + HTML(
                "path", Attribute("d", "M\(SVGNumber.text(north)) \(SVGNumber.text(y - 20))l5 14l-5-4l-5 4z"), Attribute("fill", PageColour.ink),
                Attribute("stroke-width", "2"))
            + HTML("text", Attribute("x", SVGNumber.text(north)), Attribute("y", SVGNumber.text(y - 23)), Attribute("text-anchor", "middle")) { "N" }
        return (html, LabelPlacement.Box(minX: 0, minY: y - 24 - size, maxX: north + size, maxY: frame.height))
    }

    // MARK: Looks

    private mutating func add(symbol: HTML, _ text: String) { legend.append(PageFigure.LegendEntry(symbol: symbol, text: HTML(text))) }

    /// Patterns are drawn anew in the legend: a symbol may stand where the map's own definitions are not read.
    private mutating func legendHatch(_ style: AreaStyle, _ text: String) {
        let lines = style == .label ? "M1 14L11 2M7 14L17 2M13 14L21 4" : "M1 14L11 2M7 14L17 2M13 14L21 4M1 4L9 14M5 2L15 14M11 2L21 14"
        let colour = style == .label ? PageColour.muted : PageColour.beyond
        add(
            symbol: HTML.symbol {
                HTML("path", Attribute("d", lines), Attribute("stroke", colour), Attribute("stroke-width", "1.2"), Attribute("fill", "none"))
                swatch([Attribute("fill", "none"), Attribute("stroke", colour), Attribute("stroke-width", "1.2")])
            }, text)
    }

    private func swatch(_ look: [Attribute?]) -> HTML {
        HTML("rect", [Attribute("x", "1"), Attribute("y", "2"), Attribute("width", "20"), Attribute("height", "12")] + look, nil)
    }

    private var hatches: HTML {
        func hatch(_ suffix: String, _ d: String, _ colour: String) -> HTML {
            HTML(
                "pattern", .id("\(id)-\(suffix)"), Attribute("width", "8"), Attribute("height", "8"), Attribute("patternUnits", "userSpaceOnUse")
            ) { HTML("path", Attribute("d", d), Attribute("stroke", colour), Attribute("stroke-width", "1.1"), Attribute("fill", "none")) }
        }
        var out = HTML()
        if usesHatch { out += hatch("label", "M-2 2L2-2M0 8L8 0M6 10L10 6", PageColour.muted) }
        if usesSharedHatch { out += hatch("shared", "M-2 2L2-2M0 8L8 0M6 10L10 6M-2 6L2 10M0 0L8 8M6-2L10 2", PageColour.beyond) }
        return out
    }

    private func look(_ style: AreaStyle, _ id: String) -> [Attribute?] {
        func area(_ fill: String, _ stroke: String, _ width: String) -> [Attribute?] {
            [
                Attribute("fill", fill), Attribute("stroke", stroke), Attribute("stroke-width", width), Attribute("stroke-linejoin", "round"),
                Attribute("fill-rule", "evenodd"),
            ]
        }
        switch style {
        case .land: return area(PageColour.land, PageColour.border, "0.8")
        case .territory: return area(PageColour.territory, PageColour.accent, "2")
        case .outline: return area("none", PageColour.accent, "2")
        case .label: return area("url(#\(id)-label)", PageColour.muted, "1.2")
        case .shared: return area("url(#\(id)-shared)", PageColour.beyond, "1.2")
        case .noFigure: return area("#fff", PageColour.border, "0.8")
        case .shade(let i, let count): return area(PageColour.shade(i, of: count), "#5f6b78", "0.7")
        }
    }

    private func dotLook(_ style: DotStyle) -> [Attribute?] {
        let colour: String
        switch style {
        case .people: colour = PageColour.reach[1]
        case .within(let i): colour = PageColour.reach[min(i, PageColour.reach.count - 1)]
        case .beyond: colour = PageColour.beyond
        }
        return [
            Attribute("fill", "none"), Attribute("stroke", colour), Attribute("stroke-linecap", style == .beyond ? "square" : "round"),
            Attribute("stroke-opacity", "0.85"),
        ]
    }

    private func write(_ ring: [Coordinate], into path: inout PathWriter) {
        let drawn = ring.map(frame.position)
        let cut = DrawnRing.clipped(drawn, minX: -12, minY: -12, maxX: frame.width + 12, maxY: frame.height + 12)
        guard cut.count > 2, DrawnRing.doubleArea(cut) > 1 else { return }
        let line = DrawnRing.simplified(cut + [cut[0]], tolerance: 0.5)
        guard line.count > 3 else { return }
        path.move(line[0].x, line[0].y)
        for point in line.dropFirst().dropLast() { path.line(point.x, point.y) }
        path.close()
    }
}

extension PageColour {
    /// A class of a sequence from light to dark.
    package static func shade(_ i: Int, of count: Int) -> String {
        let ramp = ["#f1e3d3", "#e8bd92", "#d9904f", "#b5622a", "#7a3a12"]
        guard count > 1 else { return ramp[2] }
        return ramp[max(0, min(4, Int((Double(i) * 4 / Double(count - 1)).rounded())))]
    }
}
