internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import Geodesy
internal import Population

/// How people live on some ground: how many, how densely, in which towns.
struct LivingProfile {
    var profile: Assessment.Profile
    /// Those of at least a tenth of the main one's people, which comes first; at most `mostTowns`.
    var towns: [Assessment.Town]
    /// What gathering points in cells can have changed of the spread, in metres.
    var spreadError: Double

    static let mostTowns = 12

    /// - Parameters:
    ///   - owners: of each demand point.
    ///   - shape: the ground.
    /// O(n²) for up to `MeanDistance.exactLimit` points.
    init(_ demand: DemandPoints, _ owners: LocalityOwners, _ shape: Geometry) {
        let people = demand.people.reduce(0, +)
        let squareKilometres = Geodesic.area(shape) / 1e6
        let distance = MeanDistance(demand.coordinates, people: demand.people)
        towns = Self.towns(demand, owners)
        spreadError = distance.error
        var classed = 0.0
        var rural = 0.0
        for i in demand.people.indices where demand.density[i] != .unknown {
            classed += demand.people[i]
            if demand.density[i] == .rural { rural += demand.people[i] }
        }
        profile = Assessment.Profile(
            population: people, squareKilometres: squareKilometres, density: squareKilometres > 0 ? people / squareKilometres : 0,
            ruralShare: classed > 0 ? rural / classed : nil, primacy: people > 0 ? (towns.first?.people ?? 0) / people : 0, spread: distance.metres)
    }

    /// Towns as people use them, which do not end at the limits of a commune: the locality with most people and all within `Assessment.Town.radius`
    /// of it; then, of those who are left, the same again. The main town is the one with most people so counted. O(towns × n).
    private static func towns(_ demand: DemandPoints, _ owners: LocalityOwners) -> [Assessment.Town] {
        let positions = demand.coordinates.map(EarthCentredPosition.init)
        var left = demand.people.indices.filter { demand.people[$0] > 0 }
        var towns: [Assessment.Town] = []
        while towns.count < mostTowns, !left.isEmpty {
            var people: [Int64: Double] = [:]
            for i in left { people[owners.ids[i], default: 0] += demand.people[i] }
            guard let most = people.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), let centre = owners.localities[most.key] else { break }
            let middle = EarthCentredPosition(centre.location)
            let beyond = Assessment.Town.radius + 1_000
            var rest: [Int] = []
            var sum = 0.0
            for i in left {
                let chord = positions[i].squaredChord(to: middle)
                // A point of the town's own, however far, is the town's: else it would be the centre again.
                let isNear =
                    owners.ids[i] == centre.id
                    || (chord < beyond * beyond && ShortGeodesic.distance(positions[i], middle, squaredChord: chord) <= Assessment.Town.radius)
                if isNear { sum += demand.people[i] } else { rest.append(i) }
            }
            towns.append(Assessment.Town(locality: centre, people: sum, distance: 0))
            left = rest
        }
        towns.sort { ($1.people, $0.locality.id) < ($0.people, $1.locality.id) }
        guard let main = towns.first else { return [] }
        return towns.filter { $0.people >= main.people / 10 }.map { town in
            Assessment.Town(
                locality: town.locality, people: town.people,
                distance: town.locality.id == main.locality.id ? 0 : Geodesic.distance(main.locality.location, town.locality.location))
        }
    }
}
