package import CiteNetwork
internal import GeoModel
package import Impedance
package import Population
internal import Coverage
internal import NetworkStore

/// Where the people live who are beyond the widest reach.
package struct UnreachedAnswer: Sendable {
    package struct Row: Sendable {
        package var locality: Locality
        /// Of the locality and of the cells that are nearest to it, those beyond the reach.
        package var people: Double
        /// People-weighted mean impedance to their nearest platform, and the largest; nil where nothing reaches them.
        package var mean: Double?
        package var farthest: Double?
        /// The platform that is nearest to most of them.
        package var nearest: Facility?
    }

    package var layer: PopulationLayerInfo
    package var kind: ImpedanceKind
    package var areaName: String
    package var areaCode: String?
    package var beyond: Reach
    package var population: Double
    /// All who are beyond the reach.
    package var people: Double
    /// The first of them by people.
    package var rows: [Row]
    /// How many localities have someone beyond the reach.
    package var localities: Int
    /// Those who live in localities that are not among the rows.
    package var peopleElsewhere: Double
    package var facilities: FacilitySet
    package var estimate: Bool
}

/// For each of some demand points the locality it counts for: that which the layer states, else the nearest of the gazetteer.
struct LocalityOwners {
    /// GeoNames ids.
    var ids: [Int64]
    var localities: [Int64: Locality]
}

extension Atlas {
    /// The people beyond the widest reach by locality, most first. A cell of a grid belongs to the nearest locality of the gazetteer.
    ///
    /// Throws as `coverage` does.
    package func unreached(_ query: CoverageQuery, count: Int, layer: PopulationLayer) throws -> UnreachedAnswer {
        _ = try query.kind()
        return try unreached(query, count: count, layer: layer.info, demand: layer.load(selection(for: query.area)))
    }

    package func unreached(_ query: CoverageQuery, count: Int, layer: PopulationLayerInfo, demand: DemandPoints) throws -> UnreachedAnswer {
        try unreached(CoverageMeasure(query, on: CoverageGround(query.area, layer: layer, demand: demand, in: self), in: self), count: count, layer: layer)
    }

    /// - Parameter known: of each demand point of the area the locality it counts for, where that has been told already.
    func unreached(_ measure: CoverageMeasure, count: Int, layer: PopulationLayerInfo, owners known: LocalityOwners? = nil) throws -> UnreachedAnswer {
        let beyond = measure.query.reaches.max { $0.value < $1.value }!
        let people = measure.ground.demand
        let far = (0..<people.count).filter { measure.impedance[$0] > beyond.value && people.people[$0] > 0 }
        let owners = try known.map { all in LocalityOwners(ids: far.map { all.ids[$0] }, localities: all.localities) } ?? owners(of: far, in: people)
        var sums: [Int64: (people: Double, reached: Double, spent: Double, farthest: Double, by: [Int32: Double])] = [:]
        for (i, owner) in zip(far, owners.ids) {
            var sum = sums[owner] ?? (0, 0, 0, 0, [:])
            let n = people.people[i]
            sum.people += n
            if measure.impedance[i].isFinite {
                sum.reached += n
                sum.spent += n * measure.impedance[i]
                sum.farthest = max(sum.farthest, measure.impedance[i])
            }
            if measure.nearest.facility[i] >= 0 { sum.by[measure.nearest.facility[i], default: 0] += n }
            sums[owner] = sum
        }
        let ranked = sums.sorted { ($0.value.people, $1.key) > ($1.value.people, $0.key) }
        let rows = ranked.prefix(count).compactMap { id, sum -> UnreachedAnswer.Row? in
            guard let locality = owners.localities[id] else { return nil }
            let most = sum.by.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
            return UnreachedAnswer.Row(
                locality: locality, people: sum.people, mean: sum.reached > 0 ? sum.spent / sum.reached : nil,
                farthest: sum.reached > 0 ? sum.farthest : nil, nearest: most.map { measure.facilities.members[Int($0)] })
        }
        let all = far.reduce(0) { $0 + people.people[$1] }
        return UnreachedAnswer(
            layer: layer, kind: measure.kind, areaName: measure.ground.name, areaCode: measure.ground.code, beyond: beyond,
            population: measure.total.population, people: all, rows: rows, localities: sums.count,
            peopleElsewhere: ranked.dropFirst(count).reduce(0) { $0 + $1.value.people }, facilities: measure.facilities,
            estimate: measure.kind != .distance)
    }

    /// For each of some demand points the locality it counts for.
    func owners(of points: [Int], in demand: DemandPoints) throws -> LocalityOwners {
        guard !points.isEmpty else { return LocalityOwners(ids: [], localities: [:]) }
        // A country and what it has overseas are not one box: tiles of ten degrees are.
        var boxes: [Int: Envelope] = [:]
        for i in points {
            let c = demand.coordinates[i]
            boxes[Int((c.x + 180) / 10) * 100 + Int((c.y + 90) / 10), default: .empty].expand(toInclude: c)
        }
        let world = Envelope(minX: -180, minY: -90, maxX: 180, maxY: 90)
        // Half a degree of latitude is 55 km: a nearest locality farther away than that, or a box near a pole or the antimeridian, wants them all.
        let isPlain = boxes.values.allSatisfy { max(abs($0.minY), abs($0.maxY)) < 60 && $0.minX > -178 && $0.maxX < 178 }
        var found = try isPlain ? localities(in: boxes.values.map { $0.insetBy(dx: -1.1, dy: -0.5) }) : store.localities(in: world)
        func nearest(_ localities: [Locality]) -> (ids: [Int64], farthest: Double) {
            let listed = Set(localities.map(\.id))
            var ids = points.map { listed.contains(demand.locality[$0]) ? demand.locality[$0] : 0 }
            let cells = ids.indices.filter { ids[$0] == 0 }
            let hits = NearestFacility(of: cells.map { demand.coordinates[points[$0]] }, among: localities.map(\.location))
            for (cell, hit) in zip(cells, hits.facility) where hit >= 0 { ids[cell] = localities[Int(hit)].id }
            return (ids, hits.distance.max() ?? 0)
        }
        var answer = nearest(found)
        if answer.farthest > 55_000, isPlain {
            found = try store.localities(in: world)
            answer = nearest(found)
        }
        guard !found.isEmpty else { throw PlanningError.unavailable("the gazetteer is empty: the unreached cannot be told by locality") }
        return LocalityOwners(ids: answer.ids, localities: Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { a, _ in a }))
    }

    /// Those in any of some boxes, each once, in order of id.
    private func localities(in boxes: [Envelope]) throws -> [Locality] {
        var seen: Set<Int64> = []
        return try boxes.flatMap { try store.localities(in: $0) }.filter { seen.insert($0.id).inserted }.sorted { $0.id < $1.id }
    }
}
