package import GeoModel

/// A named set of changes to the network as it stands on a day: a plan to be measured, not a fact.
package struct Scenario: Hashable, Sendable {
    /// As `RecordID` wants it. By it the scenario is asked for.
    package var id: String
    package var name: String
    /// The day of the network that it changes.
    package var asOf: CalendarDate
    /// The territory it is about, as one would type it (`FR-02`); nil where none was named.
    package var area: String?
    package var note: String?
    /// In the order in which they are made.
    package var changes: [ScenarioChange]

    package init(id: String, name: String, asOf: CalendarDate, area: String? = nil, note: String? = nil, changes: [ScenarioChange] = []) {
        self.id = id
        self.name = name
        self.asOf = asOf
        self.area = area
        self.note = note
        self.changes = changes
    }
}

/// One change of a scenario.
package struct ScenarioChange: Hashable, Sendable {
    package enum Action: Hashable, Sendable {
        /// A platform that is not there yet, open from the day of the scenario on.
        case open(PlannedPlatform)
        /// Closed from the day of the scenario on.
        case close(platform: String)
        case move(platform: String, to: Coordinate, accuracy: LocationAccuracy)
        /// Nil leaves as it is.
        case change(platform: String, kind: PlatformKind?, services: [ServiceCode]?)
    }

    package var action: Action
    /// Where the change comes from: a person's reason, or the proposal it was taken from.
    package var origin: String?

    package init(_ action: Action, origin: String? = nil) {
        self.action = action
        self.origin = origin
    }

    /// The id of the platform it is about.
    package var platform: String {
        switch action {
        case .open(let planned): planned.id
        case .close(let id), .move(let id, _, _), .change(let id, _, _): id
        }
    }
}

/// A platform that a scenario opens.
package struct PlannedPlatform: Hashable, Sendable {
    package var id: String
    package var name: String
    /// The id of its Cité; nil where none is chosen yet.
    package var cite: String?
    package var kind: PlatformKind
    package var location: Coordinate
    package var locationAccuracy: LocationAccuracy
    /// The GeoNames id of its town.
    package var locality: String?
    /// The code of the area it stands in.
    package var area: String?
    package var country: String
    /// Nil where not chosen.
    package var services: [ServiceCode]?
    package var counsellors: Double?
    /// Square metres.
    package var floorArea: Double?
    /// OpenStreetMap opening_hours syntax.
    package var hours: String?

    package init(
        id: String, name: String, cite: String?, kind: PlatformKind, location: Coordinate, locationAccuracy: LocationAccuracy, locality: String? = nil,
        area: String? = nil, country: String, services: [ServiceCode]? = nil, counsellors: Double? = nil, floorArea: Double? = nil, hours: String? = nil
    ) {
        self.id = id
        self.name = name
        self.cite = cite
        self.kind = kind
        self.location = location
        self.locationAccuracy = locationAccuracy
        self.locality = locality
        self.area = area
        self.country = country
        self.services = services
        self.counsellors = counsellors
        self.floorArea = floorArea
        self.hours = hours
    }
}
