internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import Impedance
internal import Population

/// Platforms within a territory and around it, and those farther away that reach someone of it; measured together.
struct NearbyPlatforms {
    /// Within it, then from the nearest.
    let rows: [Assessment.PlatformRow]
    /// For each reach, the people of the territory within it of a platform of each Cité that counts, by its id.
    let reached: [[String: Double]]

    /// Platforms that surely are closed, or were not there yet, are left out; those that do not count are told apart by their status.
    init(_ query: AssessmentQuery, _ measure: CoverageMeasure, _ shape: Geometry, in atlas: Atlas) throws {
        let records = atlas.records
        let there = records.platforms.compactMap { platform -> (platform: Platform, status: PlatformStatus, location: Coordinate)? in
            guard let status = records.status(of: platform.id, asOf: query.eligibility.asOf), status != .closed, let location = platform.location else {
                return nil
            }
            return (platform, status, location)
        }
        let people = measure.ground.demand
        let ground = try ChoiceGround(query.area, shape: shape, in: atlas)
        let inhabited = people.coordinates.indices.filter { people.people[$0] > 0 }.map { people.coordinates[$0] }
        let toPeople = NearestFacility(of: there.map(\.location), among: inhabited, cutoffs: [query.surroundings]).distance
        let counting = Set(measure.facilities.members.map(\.id))
        let pairs = ReachedPairs(people, there.map(\.location), reaches: query.reaches)
        let cutoffs = query.reaches.map(\.value)
        let around = pairs.catchments(people.people, within: cutoffs).people
        rows = there.indices.compactMap { j -> Assessment.PlatformRow? in
            let (platform, status, location) = there[j]
            let isInside = ground.holds(platform, at: location)
            guard isInside || toPeople[j] <= query.surroundings else { return nil }
            return Assessment.PlatformRow(
                platform: platform, status: status, location: location, isInside: isInside, distance: toPeople[j],
                people: query.reaches.indices.map { k in
                    CoverageRow.ReachShare(within: query.reaches[k].text, people: around[j][k], share: around[j][k] / measure.total.population)
                }, counts: counting.contains(platform.id))
        }
        .sorted { a, b in
            if a.isInside != b.isInside { return a.isInside }
            return (a.isInside ? 0 : a.distance, b.people.last?.people ?? 0, a.platform.id) < (
                b.isInside ? 0 : b.distance, a.people.last?.people ?? 0, b.platform.id
            )
        }

        let cites = Set(there.map(\.platform.cite)).sorted()
        let position = Dictionary(uniqueKeysWithValues: cites.enumerated().map { ($1, $0) })
        let citeOf = there.map { counting.contains($0.platform.id) ? position[$0.platform.cite]! : -1 }
        reached = cutoffs.map { cutoff in
            var sums = [Double](repeating: 0, count: cites.count)
            // The last point that each Cité was found to reach.
            var last = [Int](repeating: -1, count: cites.count)
            for i in people.people.indices {
                var p = pairs.starts[i]
                while p < pairs.starts[i + 1], pairs.impedance[p] <= cutoff {
                    let cite = citeOf[Int(pairs.facility[p])]
                    if cite >= 0, last[cite] != i {
                        last[cite] = i
                        sums[cite] += people.people[i]
                    }
                    p += 1
                }
            }
            return Dictionary(uniqueKeysWithValues: zip(cites, sums).filter { $1 > 0 })
        }
    }
}
