internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore
internal import Population

/// The people of an area with the groups they belong to, whatever the platforms are: made once, measured against any set of them.
struct CoverageGround {
    /// A division of the people: -1 is in no part.
    struct Parts {
        var group: [Int32]
        var names: [(key: String, name: String)]
        /// What those in no part are called.
        var restName = "in no part"
    }

    struct Territory {
        var cite: Cite
        var version: TerritoryVersion
        var holds: Truth
        var members: [Int]
    }

    var code: String?
    var name: String
    /// The people of the area.
    var demand: DemandPoints
    /// Those of the whole layer as far as it was read, and which of them live in the area.
    let all: DemandPoints
    let members: [Int]
    private let leaf: [Int32]
    private let leafCodes: [String]
    private let choice: AreaChoice

    /// Throws `PlanningError.notFound` where the layer has nobody in the area.
    init(_ choice: AreaChoice, layer: PopulationLayerInfo, demand: DemandPoints, in atlas: Atlas) throws {
        let people = try atlas.people(of: choice, in: demand)
        guard !people.members.isEmpty else {
            throw PlanningError.notFound("layer '\(layer.id)' has nobody in \(choice.name); it covers \(layer.countries.joined(separator: ", "))")
        }
        self.choice = choice
        (all, members) = (demand, people.members)
        (code, name, leaf, leafCodes) = (people.code, choice.name, people.leaf, people.leafCodes)
        self.demand = people.members.count == demand.count ? demand : demand.subset(people.members)
    }

    /// The countries they live in, most people first; where the finest area of a point is not known, it counts for none.
    func countries(in atlas: Atlas) -> [String] {
        let country = leafCodes.map { atlas.areas[$0]?.country }
        var people: [String: Double] = [:]
        for i in leaf.indices where leaf[i] >= 0 { if let code = country[Int(leaf[i])] { people[code, default: 0] += demand.people[i] } }
        return people.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    }

    /// Those of the classes that anyone lives in, the densest first, `unknown` last.
    func densityClasses() -> Parts {
        var count = [Int](repeating: 0, count: DensityClass.allCases.count)
        for density in demand.density { count[Int(density.rawValue)] += 1 }
        let present = DensityClass.allCases.filter { count[Int($0.rawValue)] > 0 }.sorted { $0.rawValue > $1.rawValue }
        var position = [Int32](repeating: -1, count: count.count)
        for (i, density) in present.enumerated() { position[Int(density.rawValue)] = Int32(i) }
        return Parts(group: demand.density.map { position[Int($0.rawValue)] }, names: present.map { ($0.key, $0.key) })
    }

    /// The parts of the area of one kind, the finest without a kind. A point is in the first that holds it.
    ///
    /// Throws `PlanningError.badArgument` where there are none.
    func areas(kind: String?, asOf day: CalendarDate, in atlas: Atlas) throws -> Parts {
        let parts = try parts(kind: kind, asOf: day, in: atlas)
        var group = [Int32](repeating: -1, count: demand.count)
        var partOfLeaf = [Int32](repeating: -1, count: leafCodes.count)
        // Two positions may have one code: that which the layer states, and that of the polygon.
        var positions: [String: [Int]] = [:]
        for (i, code) in leafCodes.enumerated() { positions[code, default: []].append(i) }
        var drawn: [Int] = []
        for (i, area) in parts.enumerated() {
            let leaves = atlas.areas.leaves(of: area.code)
            // Parts that are not made of whole subdivisions, such as EPCI, have the points their polygon covers.
            if leaves.isEmpty { drawn.append(i) }
            for leaf in leaves { for at in positions[leaf] ?? [] where partOfLeaf[at] < 0 { partOfLeaf[at] = Int32(i) } }
        }
        for i in group.indices where leaf[i] >= 0 { group[i] = partOfLeaf[Int(leaf[i])] }
        let shapes = try atlas.store.geometries(ofAreas: drawn.map { parts[$0].code })
        for (i, shape) in zip(drawn, shapes) {
            guard let shape else { continue }
            for at in try atlas.positions(coveredBy: shape, demand) where group[at] < 0 || group[at] > Int32(i) { group[at] = Int32(i) }
        }
        return Parts(group: group, names: parts.map { ($0.code, $0.name) })
    }

    private func parts(kind: String?, asOf day: CalendarDate, in atlas: Atlas) throws -> [Area] {
        try parts(of: choice, kind: kind, asOf: day, in: atlas)
    }

    private func parts(of choice: AreaChoice, kind: String?, asOf day: CalendarDate, in atlas: Atlas) throws -> [Area] {
        let areas = atlas.areas
        switch choice {
        case .shape, .locality:
            throw PlanningError.badArgument(
                "\(choice.code == nil ? "a shape" : "a locality") has no parts: leave out --by area, or name an area that has some")
        case .several(_, let choices):
            var seen: Set<String> = []
            return try choices.flatMap { try parts(of: $0, kind: kind, asOf: day, in: atlas) }.filter { seen.insert($0.code).inserted }
        case .everywhere:
            var present = Set(leafCodes)
            guard let kind else { return present.sorted().compactMap { areas[$0] } }
            present = Set(present.flatMap { areas.ancestors(of: $0) })
            let parts = areas.areas.filter { $0.kind == kind && present.contains($0.code) && atlas.isValid($0, on: day) }
            guard !parts.isEmpty else {
                let kinds = Set(present.compactMap { areas[$0]?.kind }).sorted()
                throw PlanningError.badArgument("the layer has no areas of kind '\(kind)'; kinds: \(kinds.joined(separator: ", "))")
            }
            return parts
        case .coded(let area, _):
            guard let kind else {
                let leaves = areas.leaves(of: area.code).compactMap { areas[$0] }
                return leaves.isEmpty ? [area] : leaves
            }
            let parts = areas.descendants(of: area.code, kind: kind).filter { atlas.isValid($0, on: day) }
            guard !parts.isEmpty else {
                let kinds = Set(areas.areas.filter { areas.ancestors(of: $0.code).contains(area.code) }.map(\.kind))
                throw PlanningError.badArgument("\(area.name) has no parts of kind '\(kind)'; kinds: \(kinds.sorted().joined(separator: ", "))")
            }
            return parts
        }
    }

    /// The territories in force on a day in which people of the area live.
    ///
    /// A territory that is defined as a list of areas has their people, in the order of its terms; another one those whom its shape covers.
    func territories(asOf day: CalendarDate, in atlas: Atlas) throws -> [Territory] {
        try atlas.records.cites.compactMap { cite in
            guard let (version, holds) = atlas.records.territory(of: cite.id, asOf: day) else { return nil }
            guard let members = try members(of: version, in: atlas), !members.isEmpty else { return nil }
            return Territory(cite: cite, version: version, holds: holds, members: members)
        }
    }

    /// Nil where nothing tells the bounds of the territory.
    private func members(of version: TerritoryVersion, in atlas: Atlas) throws -> [Int]? {
        if let definition = version.definition.flatMap(TerritoryDefinition.init), definition.terms.allSatisfy({ atlas.areas[$0.area] != nil }) {
            var isIn = [Bool](repeating: false, count: demand.count)
            for term in definition.terms {
                let leaves = Set(atlas.areas.leaves(of: term.area))
                if leaves.isEmpty {
                    guard let shape = try atlas.store.geometries(ofAreas: [term.area])[0] else { return nil }
                    for i in try atlas.positions(coveredBy: shape, demand) { isIn[i] = term.isIncluded }
                } else {
                    let isMeant = leafCodes.map(leaves.contains)
                    for i in isIn.indices where leaf[i] >= 0 && isMeant[Int(leaf[i])] { isIn[i] = term.isIncluded }
                }
            }
            return isIn.indices.filter { isIn[$0] }
        }
        return try version.geometry.map { try atlas.positions(coveredBy: $0, demand) }
    }
}
