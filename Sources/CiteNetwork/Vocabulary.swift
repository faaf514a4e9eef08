// The codes of the network, as stored and as served. Each is a closed list; what a source does not say is nil, not a code.

/// The form of a Cité: a Cité des métiers, or the rural form.
package enum CiteForm: String, Sendable, CaseIterable { case citeDesMetiers, reseauDesMetiers }

package enum PlatformKind: String, Sendable, CaseIterable {
    /// The place of a Cité that has one.
    case main
    /// Offers every service of its Cité, under the same governance.
    case site
    /// Offers a strict part of the services of its mother Cité, often inside a host structure.
    case associatedCentre
    /// A place of a réseau des métiers: under 100 m², one or two multi-skilled counsellors, adapted hours.
    case ruralPlatform
}

/// The state of a platform, from the most open to the least; `unknown` where sources contradict one another or only bound a date.
package enum PlatformStatus: String, Sendable, CaseIterable, Comparable {
    case open, prefiguration, planned, asleep, closed, unknown

    /// Most open first. A Cité has the status of its most open platform; what is known to be open counts before what is not known,
    /// and that before what is known to be shut.
    private var rank: Int {
        switch self {
        case .open: 0
        case .prefiguration: 1
        case .unknown: 2
        case .planned: 3
        case .asleep: 4
        case .closed: 5
        }
    }

    package static func < (a: PlatformStatus, b: PlatformStatus) -> Bool { a.rank < b.rank }
}

package enum LabelDecisionKind: String, Sendable, CaseIterable { case projet, prefiguration, fonctionnement, confirmed, renewed, withdrawn }

/// The level of label a Cité holds.
package enum LabelLevel: String, Sendable, CaseIterable { case none, projet, fonctionnement, withdrawn, unknown }

/// How far a point can be trusted: the venue itself, its town, a point that stands for a territory, or a guess.
package enum LocationAccuracy: String, Sendable, CaseIterable { case venue, town, territory, assumed }

package enum Visibility: String, Sendable, CaseIterable { case `public`, restricted }

/// The five common codes to which the poles of every Cité map.
package enum ServiceCode: String, Sendable, CaseIterable { case employment, professions, training, change, creation }

package enum Modality: String, Sendable, CaseIterable { case interview, documentation, workshop }

/// Whether a source states a territory, or it was inferred (from a name, a policy), or nothing is known of it.
package enum TerritoryBasis: String, Sendable, CaseIterable { case stated, inferred, none }
