package import CiteNetwork
package import Coverage
package import GeoModel
package import Impedance
package import Population

/// How much of an area's people is within reach of a platform, whole or in groups.
package struct CoverageQuery: Sendable {
    package enum Grouping: Sendable, Equatable {
        case whole
        /// By the finest subdivisions, or by those of one kind (`region`).
        case area(kind: String?)
        /// By the Cité whose platform is nearest.
        case cite
        /// By degree of urbanisation, where the layer has it.
        case density
        /// By the platform that is nearest; each with all the people within its reach too.
        case platform
        /// By the declared territory of each Cité; territories may overlap, and leave people out.
        case territory

        /// The word for it in answers.
        package var word: String {
            switch self {
            case .whole: "whole"
            case .area(let kind): kind ?? "area"
            case .cite: "cite"
            case .density: "density"
            case .platform: "platform"
            case .territory: "territory"
            }
        }

        /// Whether its rows and those who are in none make up the whole.
        package var isPartition: Bool { self != .territory }
    }

    package var area: AreaChoice
    package var reaches: [Reach]
    /// Each makes its own list of rows.
    package var groupings: [Grouping]
    package var facilities: FacilityChoice
    /// The ids of places that do not count.
    package var without: Set<String> = []
    /// Whether the counsellor-hours within reach are asked for.
    package var includesAccess = false
    /// The day whose areas are the parts; that of the facilities where nil.
    package var areasAsOf: CalendarDate?

    package init(area: AreaChoice, reaches: [Reach], groupings: [Grouping], facilities: FacilityChoice) {
        self.area = area
        self.reaches = reaches
        self.groupings = groupings
        self.facilities = facilities
    }

    package init(area: AreaChoice, reaches: [Reach], grouping: Grouping, eligibility: Eligibility) {
        self.init(area: area, reaches: reaches, groupings: [grouping], facilities: .network(eligibility))
    }

    /// The kind of the reaches. Throws `PlanningError.badArgument` where they mix distances and durations.
    func kind() throws -> ImpedanceKind {
        guard let kind = reaches.first?.kind, reaches.allSatisfy({ $0.kind == kind }) else {
            throw PlanningError.badArgument("reaches must all be distances (10km,30km) or all durations (15min,45min)")
        }
        return kind
    }
}

/// The rows of one grouping.
package struct CoverageGroup: Sendable {
    /// What a row tells besides, in the order of the rows; nil where nothing.
    package struct Extra: Sendable, Equatable {
        /// Of a platform: for each reach, all the people within it and those of them within reach of no other.
        package var catchments: [PlatformCatchment]?
        /// Of a platform: what it offers in a week.
        package var supply: Supply?
        /// Of a territory: how far the platforms of its own Cité reach.
        package var own: [CoverageRow.ReachShare]?
        package var basis: TerritoryBasis?
        /// Whether the territory surely holds on the day.
        package var inForce: Truth?
        /// For each reach, the counsellor-hours a week for one thousand people, as they share them; where asked for.
        package var access: [PeopleAccess]?

        package init() {}
    }

    package var grouping: CoverageQuery.Grouping
    package var rows: [CoverageRow]
    package var extras: [Extra]
    /// People of the area who are in no row (at coarse borders, at sea; whom no platform serves); nil where there are none.
    package var unplaced: CoverageRow?
}

/// The people around a platform.
package struct PlatformCatchment: Sendable, Equatable {
    package var within: String
    /// Whoever else is near them.
    package var people: Double
    /// Of them, those to whom no other is nearer.
    package var assigned: Double
    /// Of them, those within reach of no other.
    package var exclusive: Double
}

/// The mean of what E2SFCA gives the people of a row.
package struct PeopleAccess: Sendable, Equatable {
    package var within: String
    /// Counsellor-hours a week for one thousand people; nil where some platform in reach has a supply that is not known, or nobody lives there.
    package var hoursPerThousand: Double?
    /// People within reach of such a platform.
    package var notKnownFor: Double
}

package struct CoverageAnswer: Sendable {
    package var layer: PopulationLayerInfo
    package var kind: ImpedanceKind
    package var reaches: [Reach]
    package var areaName: String
    package var areaCode: String?
    package var groups: [CoverageGroup]
    /// The whole area. It is the sum of the rows of each group that is no list of territories, and of its `unplaced`.
    package var total: CoverageRow
    package var totalExtra: CoverageGroup.Extra
    package var facilities: FacilitySet
    /// The places whose counsellors or hours are not known, with the reason; asked for with `includesAccess`.
    package var supplyNotKnown: [(id: String, reason: String)]
    /// True where the impedance was not computed on a road network.
    package var estimate: Bool
}

extension CoverageAnswer {
    package var asOf: CalendarDate { facilities.asOf }
    package var platforms: Int { facilities.members.count }
    package var leftOutAsUnknown: Int { facilities.leftOutAsUnknown }
    package var oldestVerification: PartialDate? { facilities.oldestVerification }
    package var rows: [CoverageRow] { groups.flatMap(\.rows) }
    /// Those in none of the parts of the first grouping.
    package var unplaced: CoverageRow? { groups.first?.unplaced }

    /// What rows are drawn as, by grouping and key: the polygons of areas, Cités' territories, the points of platforms, the shape that was
    /// asked about. A density class, and a Cité's nearest people, have none.
    package func geometries(_ query: CoverageQuery, in atlas: Atlas) throws -> [String: [String: Geometry]] {
        var out: [String: [String: Geometry]] = [:]
        for group in groups {
            let keys = group.rows.map(\.key)
            switch group.grouping {
            case .whole, .area:
                if case .coded = query.area {
                    out[group.grouping.word] = try atlas.geometries(ofAreas: keys)
                } else if group.grouping == .whole, let shape = try atlas.shape(of: query.area) {
                    out[group.grouping.word] = [total.key: shape]
                } else {
                    out[group.grouping.word] = try atlas.geometries(ofAreas: keys)
                }
            case .platform:
                out["platform"] = Dictionary(facilities.members.map { ($0.id, .point($0.location)) }, uniquingKeysWith: { a, _ in a })
            case .territory:
                for key in keys { out["territory", default: [:]][key] = atlas.records.territory(of: key, asOf: asOf)?.version.geometry }
            case .cite, .density: break
            }
        }
        return out
    }
}
