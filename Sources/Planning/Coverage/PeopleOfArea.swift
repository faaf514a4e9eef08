internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore
internal import Population

/// The demand points of an area.
struct PeopleOfArea {
    /// Nil for a shape that was handed in.
    var code: String?
    /// Positions of the demand points.
    var members: [Int]
    /// For each member, the finest area it lies in; nil where it lies in none.
    var leaves: [String?]
}

extension Atlas {
    /// How far from a coarse border a point still belongs to the area: 5 km.
    static let borderTolerance = 5_000.0

    /// Who lives in an area.
    ///
    /// A point belongs to the finest area that its layer states; where the layer states none, to the one whose polygon covers it,
    /// else to the nearest within `borderTolerance`. A shape, or an area that is not made of whole subdivisions, holds the points its
    /// polygon covers. A country also holds the points that lie in no subdivision but within its border.
    func people(of choice: AreaChoice, in demand: DemandPoints) throws -> PeopleOfArea {
        let leafOf = try finestAreas(of: demand)
        func leaf(_ i: Int) -> String? { leafOf.codes[Int(leafOf.index[i])] }
        switch choice {
        case .shape(_, let geometry):
            return try covered(by: geometry, code: nil, demand, leaf)
        case .coded(let area, _):
            let wanted = Set(areas.leaves(of: area.code))
            guard !wanted.isEmpty else {
                guard let geometry = try store.geometries(ofAreas: [area.code])[0] else {
                    throw PlanningError.notFound("\(area.name) (\(area.code)) has no polygon")
                }
                return try covered(by: geometry, code: area.code, demand, leaf)
            }
            let isWanted = leafOf.codes.map { $0.map(wanted.contains) ?? false }
            var members = demand.people.indices.filter { isWanted[Int(leafOf.index[$0])] }
            let homeless = demand.people.indices.filter { leaf($0) == nil }
            if area.kind == "country", !homeless.isEmpty, let geometry = try store.geometries(ofAreas: [area.code])[0] {
                let locator = try AreaLocator([geometry], tolerance: Self.borderTolerance)
                members += homeless.filter { locator.locate(demand.coordinates[$0]) != nil }
                members.sort()
            }
            return PeopleOfArea(code: area.code, members: members, leaves: members.map(leaf))
        }
    }

    /// The points that the polygon of an area covers.
    func members(of area: Area, among demand: DemandPoints) throws -> [Int] {
        guard let geometry = try store.geometries(ofAreas: [area.code])[0] else { return [] }
        return try covered(by: geometry, code: area.code, demand) { _ in nil }.members
    }

    private func covered(
        by geometry: Geometry, code: String?, _ demand: DemandPoints, _ leaf: (Int) -> String?
    ) throws -> PeopleOfArea {
        let prepared = try PreparedGeometry(geometry)
        let members = demand.people.indices.filter { prepared.covers(demand.coordinates[$0]) }
        return PeopleOfArea(code: code, members: members, leaves: members.map(leaf))
    }

    /// For each point a position in `codes`, whose last element is nil: in no area.
    private func finestAreas(of demand: DemandPoints) throws -> (index: [Int32], codes: [String?]) {
        var codes: [String?] = demand.areaCodes.map { areas[$0] == nil ? nil : $0 }
        let located = demand.people.indices.filter { demand.area[$0] < 0 || codes[Int(demand.area[$0])] == nil }
        codes.append(nil)
        let none = Int32(codes.count - 1)
        var index = demand.area.map { $0 < 0 ? none : $0 }
        guard !located.isEmpty else { return (index, codes) }
        let leafCodes = Set(areas.areas.filter { $0.kind == "country" }.flatMap { areas.leaves(of: $0.code) }).sorted()
        let shapes = try store.geometries(ofAreas: leafCodes)
        let present = leafCodes.indices.filter { shapes[$0] != nil }
        let locator = try AreaLocator(present.map { shapes[$0]! }, tolerance: Self.borderTolerance)
        let first = codes.count
        codes += present.map { leafCodes[$0] }
        for i in located { index[i] = locator.locate(demand.coordinates[i]).map { Int32(first + $0) } ?? none }
        return (index, codes)
    }
}
