package import GeoModel

// The records of the network as they are kept. Every one has the source it rests on and the day that source last saw it.

/// Where a record comes from.
package struct Provenance: Hashable, Sendable {
    /// The id of a `Source`.
    package var source: String
    /// When the source saw it; unknown for an undated page.
    package var verified: PartialDate
    package var note: String?

    package init(source: String, verified: PartialDate, note: String?) {
        self.source = source
        self.verified = verified
        self.note = note
    }
}

package struct Source: Hashable, Sendable {
    package var id: String
    package var title: String
    package var date: PartialDate
    package var reference: String?
    package var note: String?

    package init(id: String, title: String, date: PartialDate, reference: String?, note: String?) {
        self.id = id
        self.title = title
        self.date = date
        self.reference = reference
        self.note = note
    }
}

/// The point of a Cité to which distances are measured.
package enum Seat: Hashable, Sendable {
    case platform(id: String, note: String?)
    case point(Coordinate, note: String?)
    /// With the reason why it is not known.
    case unknown(reason: String)
}

/// A labelled entity, or one that wants to be.
package struct Cite: Hashable, Sendable {
    package var id: String
    /// The French name.
    package var name: String
    /// The name in the language of the country, where a source gives it.
    package var localName: String?
    /// ISO 3166-1 alpha-2.
    package var country: String
    package var form: CiteForm
    /// The words in the lower square of the logo.
    package var zone: String?
    package var bearer: String?
    package var bearerType: String?
    package var seat: Seat
    /// Whether it belongs to the association of the network.
    package var member: Bool?
    package var website: String?
    package var visibility: Visibility
    package var provenance: Provenance

    package init(
        id: String, name: String, localName: String?, country: String, form: CiteForm, zone: String?, bearer: String?,
        bearerType: String?, seat: Seat, member: Bool?, website: String?, visibility: Visibility, provenance: Provenance
    ) {
        self.id = id
        self.name = name
        self.localName = localName
        self.country = country
        self.form = form
        self.zone = zone
        self.bearer = bearer
        self.bearerType = bearerType
        self.seat = seat
        self.member = member
        self.website = website
        self.visibility = visibility
        self.provenance = provenance
    }
}

package struct Contact: Hashable, Sendable {
    package var address: String?
    package var postalCode: String?
    package var town: String?
    package var telephone: String?
    package var email: String?
    package var website: String?

    package init(address: String?, postalCode: String?, town: String?, telephone: String?, email: String?, website: String?) {
        self.address = address
        self.postalCode = postalCode
        self.town = town
        self.telephone = telephone
        self.email = email
        self.website = website
    }
}

/// A place people go to.
package struct Platform: Hashable, Sendable {
    package var id: String
    /// The id of its Cité.
    package var cite: String
    package var kind: PlatformKind
    package var name: String
    package var localName: String?
    /// WGS 84; nil where not even a territory is known.
    package var location: Coordinate?
    package var locationAccuracy: LocationAccuracy
    /// The GeoNames id of its town.
    package var locality: String?
    /// The code of the area it stands in.
    package var area: String?
    package var country: String
    /// IANA.
    package var timeZone: String?
    package var contact: Contact
    package var host: String?
    package var hostType: String?
    /// Square metres.
    package var floorArea: Double?
    package var counsellors: Double?
    /// OpenStreetMap opening_hours syntax.
    package var hours: String?
    /// Nil where not known.
    package var services: [ServiceCode]?
    package var modalities: [Modality]?
    /// The distance to the seat that the Cité declares, in metres.
    package var declaredDistance: Double?
    package var visibility: Visibility
    package var provenance: Provenance

    package init(
        id: String, cite: String, kind: PlatformKind, name: String, localName: String?, location: Coordinate?,
        locationAccuracy: LocationAccuracy, locality: String?, area: String?, country: String, timeZone: String?, contact: Contact,
        host: String?, hostType: String?, floorArea: Double?, counsellors: Double?, hours: String?, services: [ServiceCode]?,
        modalities: [Modality]?, declaredDistance: Double?, visibility: Visibility, provenance: Provenance
    ) {
        self.id = id
        self.cite = cite
        self.kind = kind
        self.name = name
        self.localName = localName
        self.location = location
        self.locationAccuracy = locationAccuracy
        self.locality = locality
        self.area = area
        self.country = country
        self.timeZone = timeZone
        self.contact = contact
        self.host = host
        self.hostType = hostType
        self.floorArea = floorArea
        self.counsellors = counsellors
        self.hours = hours
        self.services = services
        self.modalities = modalities
        self.declaredDistance = declaredDistance
        self.visibility = visibility
        self.provenance = provenance
    }
}

/// A time during which a platform was in one state, `end` being the first day on which it no longer was; nil goes on.
package struct PlatformPeriod: Hashable, Sendable {
    package var platform: String
    package var status: PlatformStatus
    package var start: PartialDate
    package var end: PartialDate?
    package var provenance: Provenance

    package init(platform: String, status: PlatformStatus, start: PartialDate, end: PartialDate?, provenance: Provenance) {
        self.platform = platform
        self.status = status
        self.start = start
        self.end = end
        self.provenance = provenance
    }
}

package struct LabelDecision: Hashable, Sendable {
    package var cite: String
    package var date: PartialDate
    package var decision: LabelDecisionKind
    package var body: String?
    package var document: String?
    package var provenance: Provenance

    package init(cite: String, date: PartialDate, decision: LabelDecisionKind, body: String?, document: String?, provenance: Provenance) {
        self.cite = cite
        self.date = date
        self.decision = decision
        self.body = body
        self.document = document
        self.provenance = provenance
    }
}

/// The zone that a label covered during a time.
package struct TerritoryVersion: Hashable, Sendable {
    package var cite: String
    package var start: PartialDate
    package var end: PartialDate?
    /// Areas to include and exclude (`+FR-30 -epci:243000643`); nil where given as a shape only, or not known.
    package var definition: String?
    package var basis: TerritoryBasis
    package var geometry: Geometry?
    package var provenance: Provenance

    package init(
        cite: String, start: PartialDate, end: PartialDate?, definition: String?, basis: TerritoryBasis, geometry: Geometry?,
        provenance: Provenance
    ) {
        self.cite = cite
        self.start = start
        self.end = end
        self.definition = definition
        self.basis = basis
        self.geometry = geometry
        self.provenance = provenance
    }
}

/// A pole of a Cité, in its own words, and the common code it maps to.
package struct Pole: Hashable, Sendable {
    package var cite: String
    package var position: Int
    package var name: String
    package var language: String
    package var service: ServiceCode?
    package var provenance: Provenance

    package init(cite: String, position: Int, name: String, language: String, service: ServiceCode?, provenance: Provenance) {
        self.cite = cite
        self.position = position
        self.name = name
        self.language = language
        self.service = service
        self.provenance = provenance
    }
}
