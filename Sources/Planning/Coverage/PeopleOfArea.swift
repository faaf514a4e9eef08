internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore
internal import Population

/// The demand points of an area.
struct PeopleOfArea {
    /// Nil for a shape that was handed in, and for everything.
    var code: String?
    /// Positions of the demand points.
    var members: [Int]
    /// For each member the position in `leafCodes` of the finest area it lies in; -1 where it lies in none.
    var leaf: [Int32]
    var leafCodes: [String]
}

extension Atlas {
    /// How far from a coarse border a point still belongs to the area: 5 km.
    static let borderTolerance = 5_000.0

    /// What has to be read of a layer to answer a question about an area.
    func selection(for choice: AreaChoice) throws -> PopulationLayer.Selection {
        switch choice {
        case .everywhere: return .all
        case .shape(_, let geometry): return .box(geometry.envelope)
        case .coded(let area, _):
            let leaves = Set(areas.leaves(of: area.code))
            if leaves.isEmpty { return try store.geometries(ofAreas: [area.code])[0].map { .box($0.envelope) } ?? .all }
            let tree = areas
            return .areas(leaves) { tree[$0] != nil }
        }
    }

    /// Who lives in an area.
    ///
    /// A point belongs to the finest area that its layer states; where the layer states none, to the one whose polygon covers it,
    /// else to the nearest within `borderTolerance`. A shape, or an area that is not made of whole subdivisions, holds the points its
    /// polygon covers. A country also holds the points that lie in no subdivision but within its border.
    func people(of choice: AreaChoice, in demand: DemandPoints) throws -> PeopleOfArea {
        let finest = try finestAreas(of: demand)
        func chosen(_ code: String?, _ members: [Int]) -> PeopleOfArea {
            PeopleOfArea(code: code, members: members, leaf: members.map { finest.leaf[$0] }, leafCodes: finest.codes)
        }
        switch choice {
        case .everywhere: return chosen(nil, Array(0..<demand.count))
        case .shape(_, let geometry): return chosen(nil, try positions(coveredBy: geometry, demand))
        case .coded(let area, _):
            let wanted = Set(areas.leaves(of: area.code))
            guard !wanted.isEmpty else {
                guard let geometry = try store.geometries(ofAreas: [area.code])[0] else {
                    throw PlanningError.notFound("\(area.name) (\(area.code)) has no polygon")
                }
                return chosen(area.code, try positions(coveredBy: geometry, demand))
            }
            let isWanted = finest.codes.map(wanted.contains)
            var members: [Int] = []
            var homeless: [Int] = []
            for i in 0..<demand.count {
                let leaf = Int(finest.leaf[i])
                if leaf < 0 { homeless.append(i) } else if isWanted[leaf] { members.append(i) }
            }
            if area.kind == "country", !homeless.isEmpty, let geometry = try store.geometries(ofAreas: [area.code])[0] {
                let locator = try AreaLocator([geometry], tolerance: Self.borderTolerance)
                members += homeless.filter { locator.locate(demand.coordinates[$0]) != nil }
                members.sort()
            }
            return chosen(area.code, members)
        }
    }

    /// The points that a polygon covers, borders included.
    func positions(coveredBy geometry: Geometry, _ demand: DemandPoints) throws -> [Int] {
        let prepared = try PreparedGeometry(geometry)
        let box = geometry.envelope
        var found: [Int] = []
        for (i, c) in demand.coordinates.enumerated() where c.x >= box.minX && c.x <= box.maxX && c.y >= box.minY && c.y <= box.maxY {
            if prepared.covers(c) { found.append(i) }
        }
        return found
    }

    /// For each point the position in `codes` of the finest area it lies in; -1 where it lies in none.
    private func finestAreas(of demand: DemandPoints) throws -> (leaf: [Int32], codes: [String]) {
        var codes = demand.areaCodes
        let isKnown = codes.map { areas[$0] != nil }
        var leaf = demand.area
        var located: [Int] = []
        var box = Envelope.empty
        for i in leaf.indices where leaf[i] < 0 || !isKnown[Int(leaf[i])] {
            leaf[i] = -1
            located.append(i)
            box.expand(toInclude: demand.coordinates[i])
        }
        guard !located.isEmpty else { return (leaf, codes) }
        let leafCodes = Set(areas.areas.filter { $0.kind == "country" }.flatMap { areas.leaves(of: $0.code) })
        // Areas far from all these points need no polygon; near the poles every one may be near.
        let margin = Self.borderTolerance / 100_000
        let wide = max(abs(box.minY), abs(box.maxY)) > 80 ? 360 : margin * 6
        let candidates = try store.areaCodes(meeting: box.insetBy(dx: -wide, dy: -margin)).filter(leafCodes.contains)
        let shapes = try store.geometries(ofAreas: candidates)
        let present = candidates.indices.filter { shapes[$0] != nil }
        let locator = try AreaLocator(present.map { shapes[$0]! }, tolerance: Self.borderTolerance)
        let first = codes.count
        codes += present.map { candidates[$0] }
        for i in located { if let found = locator.locate(demand.coordinates[i]) { leaf[i] = Int32(first + found) } }
        return (leaf, codes)
    }
}
