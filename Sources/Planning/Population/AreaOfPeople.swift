internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore

/// Tells in which finest area of the atlas people live: by the code that a file states, else by their point.
///
/// It holds GEOS handles: one task at a time.
final class AreaOfPeople {
    /// The finest areas that have a polygon.
    let areas: [Area]
    private let locator: AreaLocator
    private let tree: AreaTree
    private let positions: [String: Int]
    private var byName: [String: String] = [:]
    private var stated: [String: Int?] = [:]
    private var border: CountryBorder?
    private let store: NetworkStore

    init(_ atlas: Atlas) throws {
        tree = atlas.areas
        store = atlas.store
        let codes = Set(tree.areas.filter { $0.kind == "country" }.flatMap { atlas.areas.leaves(of: $0.code) }).sorted()
        let shapes = try atlas.store.geometries(ofAreas: codes)
        let present = codes.indices.filter { shapes[$0] != nil }
        let found = present.compactMap { atlas.areas[codes[$0]] }
        areas = found
        locator = try AreaLocator(present.map { shapes[$0]! }, tolerance: Atlas.borderTolerance)
        positions = Dictionary(uniqueKeysWithValues: found.indices.map { (found[$0].code, $0) })
        for area in tree.areas {
            for alias in area.aliases where byName[alias.uppercased()] == nil { byName[alias.uppercased()] = area.code }
        }
        for area in tree.areas { byName[area.code.uppercased()] = area.code }
    }

    /// The position in `areas` of the polygon that covers a point, else of the nearest within the tolerance of coarse borders.
    func locate(_ c: Coordinate) -> Int? { locator.locate(c) }

    /// The position of the finest area that a stated code means: its own, an alias, that of an area inside it such as a commune, or the
    /// département of an INSEE code where the point lies in it or within the tolerance of coarse borders. Nil where the atlas does not know it.
    func position(stated code: String, at c: Coordinate) -> Int? {
        let key = code.uppercased()
        if let known = stated[key] { return known }
        let found = resolve(key, c)
        stated[key] = found
        return found
    }

    private func resolve(_ key: String, _ c: Coordinate) -> Int? {
        if let code = byName[key], let leaf = tree.ancestors(of: code).lazy.compactMap({ self.positions[$0] }).first { return leaf }
        let digits = Array(key.utf8)
        guard [2, 3, 5].contains(digits.count), digits.dropFirst().allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x41 || $0 == 0x42 }) else { return nil }
        let department = String(key.prefix(key.hasPrefix("97") || key.hasPrefix("98") ? 3 : 2))
        guard let code = byName["FR-\(department)"], let leaf = positions[code] else { return nil }
        // Other countries have codes of five digits too: the point is to lie in the département, borders being coarse.
        let here = locate(c)
        let isNear = here == leaf || locator.areas(near: c).contains(leaf)
        return here == nil || isNear ? leaf : nil
    }

    /// Whether a square meets two countries, as the atlas's coarse polygons draw them.
    func crossesBorder(_ square: Envelope) throws -> Bool {
        if border == nil { border = try CountryBorder(tree, store) }
        return border!.crosses(square)
    }
}

/// The borders of all countries.
private final class CountryBorder {
    private let borders: BorderIndex
    private let shapes: [PreparedGeometry]

    init(_ tree: AreaTree, _ store: NetworkStore) throws {
        let geometries = try store.geometries(ofAreas: tree.areas.filter { $0.kind == "country" }.map(\.code)).compactMap { $0 }
        borders = BorderIndex(geometries)
        shapes = try geometries.map { try PreparedGeometry($0) }
    }

    func crosses(_ square: Envelope) -> Bool {
        let near = borders.owners(near: square)
        guard near.count > 1 else { return false }
        let corners = [(square.minX, square.minY), (square.maxX, square.minY), (square.minX, square.maxY), (square.maxX, square.maxY)]
        let inside = near.filter { owner in corners.contains { shapes[Int(owner)].covers(Coordinate(x: $0.0, y: $0.1)) } }
        return inside.count > 1
    }
}
