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
        case .locality(let locality, _): return .box(box(around: locality))
        case .several(_, let parts): return try selection(for: parts)
        }
    }

    /// Of many areas few conditions are made: the codes as one, boxes as one where there are many.
    private func selection(for parts: [AreaChoice]) throws -> PopulationLayer.Selection {
        var (leaves, boxes): (Set<String>, [Envelope]) = ([], [])
        for part in parts.flatMap(\.parts) {
            if case .coded(let area, _) = part {
                let own = areas.leaves(of: area.code)
                leaves.formUnion(own)
                if !own.isEmpty { continue }
            }
            guard case .box(let box) = try selection(for: part) else { return .all }
            boxes.append(box)
        }
        if boxes.count > 64 { boxes = [boxes.reduce(into: Envelope.empty) { $0.expand(toInclude: $1) }] }
        let tree = areas
        return .any(boxes.map { .box($0) } + (leaves.isEmpty ? [] : [.areas(leaves) { tree[$0] != nil }]))
    }

    /// Who lives in an area.
    ///
    /// A point belongs to the finest area that its layer states; where the layer states none, to the one whose polygon covers it,
    /// else to the nearest within `borderTolerance`. A shape, or an area that is not made of whole subdivisions, holds the points its
    /// polygon covers. A country also holds the points that lie in no subdivision but within its border. Several hold each point once.
    func people(of choice: AreaChoice, in demand: DemandPoints) throws -> PeopleOfArea {
        let finest = try finestAreas(of: demand)
        let members = try members(of: choice, in: demand, finest)
        return PeopleOfArea(code: choice.code, members: members, leaf: members.map { finest.leaf[$0] }, leafCodes: finest.codes)
    }

    private typealias Finest = (leaf: [Int32], codes: [String])

    /// In ascending order, each once.
    private func members(of choice: AreaChoice, in demand: DemandPoints, _ finest: Finest) throws -> [Int] {
        switch choice {
        case .everywhere: return Array(0..<demand.count)
        case .shape(_, let geometry): return try positions(coveredBy: geometry, demand)
        case .locality(let locality, _): return try residents(of: [locality], in: demand)
        case .several:
            var isIn = [Bool](repeating: false, count: demand.count)
            var localities: [Locality] = []
            for part in choice.parts {
                // All at once: who counts for a locality depends on the others around it.
                if case .locality(let locality, _) = part {
                    localities.append(locality)
                } else {
                    for i in try members(of: part, in: demand, finest) { isIn[i] = true }
                }
            }
            for i in try residents(of: localities, in: demand) { isIn[i] = true }
            return isIn.indices.filter { isIn[$0] }
        case .coded(let area, _):
            let wanted = Set(areas.leaves(of: area.code))
            guard !wanted.isEmpty else {
                guard let geometry = try store.geometries(ofAreas: [area.code])[0] else {
                    throw PlanningError.notFound("\(area.name) (\(area.code)) has no polygon")
                }
                return try positions(coveredBy: geometry, demand)
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
            return members
        }
    }

    /// The points that count for some localities: their own, and cells of which one of them is the nearest locality, up to
    /// `localityMargin` away.
    private func residents(of localities: [Locality], in demand: DemandPoints) throws -> [Int] {
        guard !localities.isEmpty else { return [] }
        let boxes = localities.map(box(around:))
        let near = demand.coordinates.indices.filter { i in boxes.contains { $0.contains(demand.coordinates[i]) } }
        let wanted = Set(localities.map(\.id))
        let owners = try owners(of: near, in: demand)
        return zip(near, owners.ids).filter { wanted.contains($1) }.map(\.0)
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
    private func finestAreas(of demand: DemandPoints) throws -> Finest {
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
