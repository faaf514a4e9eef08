package import CiteNetwork
internal import Foundation
internal import GeoFormats
package import GeoModel
internal import GeometryEngine
internal import NetworkStore

/// The ground a question is about.
package enum AreaChoice: Sendable {
    /// An area of the atlas, and others that the same name could mean.
    case coded(Area, alternatives: [Area])
    /// A shape handed in.
    case shape(name: String, Geometry)
    /// All that a population layer covers.
    case everywhere

    package var name: String {
        switch self {
        case .coded(let area, _): area.name
        case .shape(let name, _): name
        case .everywhere: "the whole layer"
        }
    }
}

extension Atlas {
    /// The area that a code, a name or a GeoJSON file means; `all` is everything.
    ///
    /// Of several areas of one name, the one that exists on `day` and holds most people.
    package func area(_ text: String, asOf day: CalendarDate) throws -> AreaChoice {
        guard !text.isEmpty else {
            throw PlanningError.badArgument("the area is empty; a code such as FR-02, a name such as Aisne or a GeoJSON file would be accepted")
        }
        if text == "all" { return .everywhere }
        let looksLikeFile = text.hasSuffix(".geojson") || text.hasSuffix(".json") || text.contains("/")
        if looksLikeFile { return try shape(ofFile: text) }
        let found = try store.areaCodes(matching: text).compactMap { areas[$0] }
        let ranked = found.sorted { a, b in
            let (validA, validB) = (isValid(a, on: day), isValid(b, on: day))
            if validA != validB { return validA }
            return (people(of: a), b.code) > (people(of: b), a.code)
        }
        guard let best = ranked.first else { throw PlanningError.notFound(try unknownArea(text)) }
        return .coded(best, alternatives: Array(ranked.dropFirst()))
    }

    func isValid(_ area: Area, on day: CalendarDate) -> Bool {
        (area.validFrom.map { $0 <= day } ?? true) && (area.validTo.map { day <= $0 } ?? true)
    }

    func people(of area: Area) -> Double {
        area.population ?? areas.leaves(of: area.code).reduce(0) { $0 + (areas[$1]?.population ?? 0) }
    }

    private func shape(ofFile path: String) throws -> AreaChoice {
        let bytes = try InputFile.read(path, atMost: 64 << 20)
        let features: [Feature]
        do { features = try GeoJSONReader.features(bytes) } catch { throw PlanningError.badContent("\(path): \(error)") }
        let polygons = try features.compactMap(\.geometry).filter { !$0.polygons.isEmpty }.map { geometry in
            let shape = geometry.asMultiPolygon
            // What a crossed outline encloses is a guess, and a figure from it would look like any other.
            if let fault = try shape.invalidity() { throw PlanningError.badContent("\(path): the polygon is not valid: \(fault)") }
            return shape
        }
        guard !polygons.isEmpty else { throw PlanningError.badContent("\(path): it holds no polygon; an area is one or more polygons") }
        let name = features.count == 1 ? features[0].properties["name"]?.string : nil
        let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        return .shape(name: name ?? file, try Geometry.union(of: polygons).asMultiPolygon)
    }
}
