package import CiteNetwork
internal import Foundation
internal import GeoFormats
package import GeoModel
internal import GeometryEngine
internal import NetworkStore

/// The ground a question is about.
package indirect enum AreaChoice: Sendable {
    /// An area of the atlas, and others that the same name could mean.
    case coded(Area, alternatives: [Area])
    /// A shape handed in.
    case shape(name: String, Geometry)
    /// A town or village of the gazetteer, of which no outline is known, and others of its name: the people of a layer who live in it,
    /// cells of a grid counting for the nearest locality.
    case locality(Locality, alternatives: [Locality])
    /// Several of them as one: who is in two of them counts once.
    case several(name: String, [AreaChoice])
    /// All that a population layer covers.
    case everywhere

    package var name: String {
        switch self {
        case .coded(let area, _): area.name
        case .shape(let name, _), .several(let name, _): name
        case .locality(let locality, _): locality.name
        case .everywhere: "the whole layer"
        }
    }

    /// The code of an area, `locality:ID`; nil for anything else.
    package var code: String? {
        switch self {
        case .coded(let area, _): area.code
        case .locality(let locality, _): "locality:\(locality.id)"
        case .shape, .several, .everywhere: nil
        }
    }

    /// What it is made of: itself where it is not several.
    package var parts: [AreaChoice] {
        guard case .several(_, let choices) = self else { return [self] }
        return choices.flatMap(\.parts)
    }
}

extension Atlas {
    /// The area that a text means: a code, a name, a GeoJSON file, a list of areas in a file, several of these separated by commas; `all` is
    /// everything. A text with a comma in it that is known as a whole goes first.
    ///
    /// Of several areas of one name, the one that exists on `day` and holds most people. A name that is no area but a locality of the
    /// network's countries stands for that: of several, one in the area or the country in which most of the other names are.
    package func area(_ text: String, asOf day: CalendarDate) throws -> AreaChoice { try area([text], asOf: day) }

    /// Several of them as one. Throws `PlanningError` that says what would be accepted.
    package func area(_ texts: [String], asOf day: CalendarDate) throws -> AreaChoice {
        var resolver = AreaResolver(self, asOf: day)
        for text in texts { try resolver.add(text) }
        return try resolver.choice()
    }

    func isValid(_ area: Area, on day: CalendarDate) -> Bool {
        (area.validFrom.map { $0 <= day } ?? true) && (area.validTo.map { day <= $0 } ?? true)
    }

    func people(of area: Area) -> Double {
        area.population ?? areas.leaves(of: area.code).reduce(0) { $0 + (areas[$1]?.population ?? 0) }
    }

    /// The polygons of a GeoJSON file as one.
    func shape(ofFile path: String, _ bytes: [UInt8]) throws -> AreaChoice {
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
