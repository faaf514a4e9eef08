package import GeoModel
package import Impedance
package import Siting

/// Where the next platforms of an area should go.
package struct SitingQuery: Sendable {
    package enum Objective: String, Sendable, CaseIterable {
        /// Most people within reach.
        case coverage
        /// Least mean impedance to the nearest platform.
        case median
        /// Most people within reach, and of all such choices the one of the least mean impedance.
        case coverageThenMedian = "coverage-then-median"
        /// The fewest platforms that bring everyone within reach whom any candidate can.
        case coverAll = "cover-all"
        /// Least of the largest impedance that anyone has.
        case center
        /// The fewest platforms that bring a share of the people within reach.
        case fewest

        /// Whether the number of platforms is given, rather than found.
        package var takesCount: Bool { self != .coverAll && self != .fewest }
    }

    /// The fewest people of a locality that may be proposed, unless another number is asked for. The founding document has réseaux des métiers
    /// in "petits centres urbains" (line 177): 2,000, from which French statistics speak of an urban unit, keeps to those.
    package static let smallestLocality = 500.0

    /// Where platforms may go.
    package enum Candidates: Sendable {
        /// The towns and villages of the area with so many people at least.
        case localities(minimumPeople: Double)
        /// The places of a file, wherever they are.
        case places(PlacesFile)
    }

    package var area: AreaChoice
    package var objective: Objective
    /// How many platforms at most; nil for objectives that find it.
    package var count: Int?
    package var within: Reach
    /// 0 to 1; for `fewest`.
    package var share: Double?
    package var candidates: [Candidates]
    /// Candidates by id or name.
    package var required: [String] = []
    package var forbidden: [String] = []
    /// The platforms that are there. They serve, and are not counted among the proposed.
    package var facilities: FacilityChoice
    package var without: Set<String> = []
    /// Metres between any two of the proposed platforms, and between them and those that are there.
    package var spacing: Double?
    /// People that one proposed platform can serve.
    package var capacity: Double?
    /// For how many of the proposed platforms, in roll-out order, the best choice without it is looked for.
    package var alternatives = 5
    /// Whether the best choice is looked for at each smaller count too.
    package var includesCurve = true
    package var seed: UInt64 = 1
    /// Seconds for each search; nil for as long as its schedule takes.
    package var timeLimit: Double?
    package var stop: StopFlag?
    /// Closes what our own search leaves open, where it is there.
    package var library: IntegerProgramSolver?

    package init(
        area: AreaChoice, objective: Objective, count: Int?, within: Reach, candidates: [Candidates], facilities: FacilityChoice
    ) {
        self.area = area
        self.objective = objective
        self.count = count
        self.within = within
        self.candidates = candidates
        self.facilities = facilities
    }
}

/// A place where a platform may go.
package struct SitingCandidate: Sendable, Equatable {
    /// The GeoNames id of a locality, or the id in a file.
    package var id: String
    package var name: String
    package var location: Coordinate
    /// The code of the area it lies in, where known.
    package var area: String?
    /// Of the locality.
    package var population: Double?
}
