package import CiteNetwork
package import Coverage
package import GeoModel
package import Impedance
package import Population

/// What a territory is and has: the first page of a project. Every figure is of one layer, one day and one set of platforms, all named here.
package struct Assessment: Sendable {
    /// A town or village of the territory, and who is near it.
    package struct LocalityRow: Sendable {
        package var locality: Locality
        /// People of the layer who live in it, cells of a grid counting for the nearest locality.
        package var people: Double
        /// From the locality to its nearest platform, in metres or seconds; nil where none is reached.
        package var impedance: Double?
        package var nearest: Facility?
    }

    /// A platform within the territory or near it.
    package struct PlatformRow: Sendable {
        package var platform: Platform
        package var status: PlatformStatus
        package var location: Coordinate
        package var isInside: Bool
        /// Metres to the nearest inhabited point of the territory.
        package var distance: Double
        /// For each reach, people of the territory within it.
        package var people: [CoverageRow.ReachShare]
        /// Whether it is one of those that count in the coverage.
        package var counts: Bool
    }

    /// A town as people use it, which does not end at the limits of a commune: a locality and all who live within `radius` of it.
    package struct Town: Sendable, Equatable {
        /// Metres.
        package static let radius = 10_000.0

        package var locality: Locality
        /// People of the territory, those of towns before it left out.
        package var people: Double
        /// Metres to the main town.
        package var distance: Double
    }

    /// A further count of the layer, such as people of an age band, by the name the layer has for it.
    package struct AttributeRow: Sendable, Equatable {
        package var name: String
        package var count: Double
        /// People who live where the layer does not have it.
        package var notKnownFor: Double
    }

    /// A label that has to do with the territory.
    package struct LabelRow: Sendable {
        package enum Basis: Sendable, Equatable {
            /// Its own territory meets this one. `certain` is unknown where coarse borders alone could make it, or a territory is inferred.
            case territory(certain: Truth, TerritoryBasis, squareKilometres: Double)
            /// Its platforms reach people of this territory.
            case reach(Reach)
        }

        package var cite: Cite
        package var label: LabelLevel
        package var confirmed: Bool?
        package var basis: Basis
        /// People of this territory on the shared ground, or within reach.
        package var people: Double
        /// Of the people of this territory, 0 to 1.
        package var share: Double
    }

    /// What a territory is like, by which it is compared with others.
    package struct Profile: Sendable, Equatable {
        package var population: Double
        package var squareKilometres: Double
        /// People per square kilometre.
        package var density: Double
        /// The share of the people in the density class `rural`; nil where the layer has no classes.
        package var ruralShare: Double?
        /// The share of the people who live in the main town and within 10 km of it (`Town`): 1 is a single town.
        package var primacy: Double
        /// The people-weighted mean distance in metres of two people drawn at random: how far apart its people live (`MeanDistance`).
        package var spread: Double
    }

    /// A labelled territory of the network that is like this one.
    package struct ComparableRow: Sendable {
        package var cite: Cite
        package var basis: TerritoryBasis
        package var profile: Profile
        /// The distance between the two profiles, as `ProfileMeasure` has it: 0 is the same.
        package var difference: Double
        /// Its platforms that are open on the day, by kind.
        package var platforms: [PlatformKind: Int]
        /// Its people within each reach of its own platforms and others.
        package var reaches: [CoverageRow.ReachShare]
        /// The form that the heuristic would give it.
        package var form: FittingForm.Form
    }

    /// The form of label that fits, as a heuristic of ours: the founding document has no threshold.
    package struct FittingForm: Sendable, Equatable {
        package enum Form: String, Sendable, CaseIterable {
            case cite, citeWithSites = "cite-with-sites", citeWithAssociatedCentres = "cite-with-associated-centres", reseau = "reseau-des-metiers"
        }

        /// A test of the heuristic: a measure, the threshold it is held against, and the form it speaks for.
        package struct Criterion: Sendable, Equatable {
            package enum Measure: String, Sendable, CaseIterable {
                case density, ruralShare = "rural-share", primacy, spread, townsFarApart = "towns-far-apart", population
            }

            package var measure: Measure
            /// Nil where it is not known.
            package var value: Double?
            package var threshold: Double
            /// Whether the value is at or above the threshold; nil where it is not known.
            package var isAtOrAbove: Bool?
        }

        package var form: Form
        package var criteria: [Criterion]
    }

    package var areaName: String
    /// Of each area, in the order given, `locality:ID` for a locality; a shape that was handed in has none.
    package var areaCodes: [String]
    /// ISO 3166-1 alpha-2 of the countries its people live in, most people first.
    package var countries: [String]
    package var asOf: CalendarDate
    package var layer: PopulationLayerInfo
    package var kind: ImpedanceKind
    package var reaches: [Reach]
    package var profile: Profile
    /// The whole, and the density classes where the layer has them.
    package var coverage: CoverageAnswer
    /// The localities with most people.
    package var localities: [LocalityRow]
    /// How many localities of the gazetteer lie in the territory.
    package var localityCount: Int
    /// Inside first, then from the nearest.
    package var platforms: [PlatformRow]
    /// How far around the territory platforms were looked for, in metres.
    package var surroundings: Double
    /// Localities beyond the widest reach, ranked by people.
    package var unreached: UnreachedAnswer
    package var labels: [LabelRow]
    package var comparable: [ComparableRow]
    package var form: FittingForm
    /// The ground of the territory.
    package var geometry: Geometry
    /// True where a locality is part of it, whose outline nobody knows: its ground is what is nearer to it than to any other locality.
    package var groundIsDrawn: Bool
    /// The main town, and others of at least a tenth of its people.
    package var towns: [Town]
    /// What gathering people in cells can have changed of the spread, in metres: 0 where it is exact.
    package var spreadError: Double
    /// What the layer counts besides people; empty where it has nothing.
    package var attributes: [AttributeRow]
}
