internal import CiteNetwork
internal import Coverage
internal import GeoFormats
package import GeoModel
internal import Impedance
package import Planning
internal import Population

extension Assessment {
    /// `table` is for people and speaks their language; the other forms have English keys and codes.
    ///
    /// GeoJSON has the territory, its platforms and its localities, told apart by `role`; CSV is one list of rows, each with its `role`.
    package func rendered(_ format: OutputFormat, in language: Language = .english) -> Rendering {
        switch format {
        case .json: Rendering(text: String(decoding: PropertyValue.object(json).json, as: UTF8.self) + "\n")
        case .geojson: Rendering(text: String(decoding: GeoJSONWriter.featureCollection(features, members: head.adding(summary)), as: UTF8.self))
        case .csv: Rendering(text: csv)
        case .table: AssessmentTable(self, language).rendering
        }
    }

    // MARK: JSON

    package var json: Properties {
        head.adding(summary).adding([
            "coverage": .object(coverage.json),
            "localities": .object(["count": .integer(Int64(localityCount)), "rows": .array(localities.map { .object($0.json) })]),
            "platforms": .object(["around": .number(surroundings), "rows": .array(platforms.map { .object($0.json) })]),
            "unreached": .object(unreached.json), "labels": .array(labels.map { .object($0.json) }),
            "comparable": .object(["measure": .string(Self.comparableMeasure), "rows": .array(comparable.map { .object($0.json) })]),
        ])
    }

    private static let comparableMeasure =
        "Euclidean distance of ln population, ln density, ln spread and primacy, each divided by its standard deviation over these territories"

    private var head: Properties {
        [
            "asOf": .string(asOf.description), "layer": .string(layer.id), "layerYear": .string(layer.year), "layerSource": .string(layer.source),
            "unit": .string(kind.unit), "areas": .array(areaCodes.map(PropertyValue.string)), "areaName": .string(areaName),
            "countries": .array(countries.map(PropertyValue.string)), "indicative": .bool(layer.isIndicative), "estimate": .bool(coverage.estimate),
        ]
    }

    /// What the territory is like, and the form that fits.
    private var summary: Properties {
        [
            "profile": .object(
                profile.json.adding(["spreadError": .number(spreadError), "groundIsDrawn": .bool(groundIsDrawn)])),
            "towns": .array(
                towns.map {
                    .object([
                        "key": .string(String($0.locality.id)), "name": .string($0.locality.name), "people": .number($0.people),
                        "share": .number($0.people / profile.population), "distance": .number($0.distance),
                    ])
                }),
            "counts": .array(
                attributes.map { .object(["name": .string($0.name), "count": .number($0.count), "notKnownFor": .number($0.notKnownFor)]) }),
            "form": .object([
                "form": .string(form.form.rawValue), "heuristic": .bool(true),
                "criteria": .array(
                    form.criteria.map {
                        .object([
                            "measure": .string($0.measure.rawValue), "value": PropertyValue($0.value), "threshold": .number($0.threshold),
                            "atOrAbove": PropertyValue($0.isAtOrAbove),
                        ])
                    }),
            ]),
        ]
    }

    // MARK: GeoJSON

    private var features: [Feature] {
        let territory = Feature(
            id: .string("territory"), geometry: geometry,
            properties: (["role": .string("territory"), "name": .string(areaName)] as Properties).adding(profile.json).adding(coverage.total.flatReaches))
        let places = platforms.map { row in
            Feature(
                id: .string("platform/\(row.platform.id)"), geometry: .point(row.location),
                properties: (["role": .string("platform")] as Properties).adding(row.json))
        }
        let main = localities.map { row in
            Feature(
                id: .string("locality/\(row.locality.id)"), geometry: .point(row.locality.location),
                properties: (["role": .string("locality")] as Properties).adding(row.json))
        }
        let out = unreached.rows.map { row in
            Feature(
                id: .string("unreached/\(row.locality.id)"), geometry: .point(row.locality.location),
                properties: (["role": .string("unreached")] as Properties).adding(unreached.json(row)))
        }
        return [territory] + places + main + out
    }

    // MARK: CSV

    /// Rows of one width: `detail` is a status, a label or a basis, `value` a distance, a difference or a measure.
    private var csv: String {
        let texts = reaches.map(\.text)
        var csv = CSVWriter(
            columns: ["role", "key", "name", "detail", "lon", "lat", "people", "share", "value", "threshold", "nearest"]
                + texts.flatMap { ["people_\($0)", "share_\($0)"] })
        func row(
            _ role: String, _ key: String, _ name: String, detail: String = "", at: Coordinate? = nil, people: Double? = nil, share: Double? = nil,
            value: String = "", threshold: String = "", nearest: String = "", _ within: [CoverageRow.ReachShare]? = nil
        ) {
            let place = [at.map { decimal($0.x, 5) } ?? "", at.map { decimal($0.y, 5) } ?? ""]
            let measures = [people.map { decimal($0, 0) } ?? "", share.map { decimal($0, 6) } ?? "", value, threshold, nearest]
            let near = within.map { $0.flatMap { [decimal($0.people, 0), $0.share.map { decimal($0, 6) } ?? ""] } } ?? texts.flatMap { _ in ["", ""] }
            csv.row([role, key, name, detail] + place + measures + near)
        }
        row("territory", areaCodes.joined(separator: " "), areaName, people: profile.population, coverage.total.reaches)
        for (name, value) in profile.measures { row("profile", name, name, value: value.map { decimal($0, 4) } ?? "") }
        for one in attributes { row("count", one.name, one.name, value: decimal(one.count, 0)) }
        for group in coverage.groups where group.grouping == .density {
            for one in group.rows { row("density", one.key, one.name, people: one.population, one.reaches) }
        }
        for town in towns {
            row(
                "town", String(town.locality.id), town.locality.name, at: town.locality.location, people: town.people,
                share: town.people / profile.population, value: decimal(town.distance, 1))
        }
        for one in localities {
            row(
                "locality", String(one.locality.id), one.locality.name, at: one.locality.location, people: one.people,
                share: one.people / profile.population, value: one.impedance.map { decimal($0, 1) } ?? "", nearest: one.nearest?.id ?? "")
        }
        for one in platforms {
            row(
                "platform", one.platform.id, one.platform.name, detail: one.status.rawValue, at: one.location, value: decimal(one.distance, 1), one.people)
        }
        for one in unreached.rows {
            row(
                "unreached", String(one.locality.id), one.locality.name, at: one.locality.location, people: one.people,
                share: one.people / profile.population, value: one.mean.map { decimal($0, 1) } ?? "", nearest: one.nearest?.id ?? "")
        }
        for one in labels {
            switch one.basis {
            case .territory(let certain, let basis, let area):
                row(
                    "territory-label", one.cite.id, one.cite.name, detail: "\(basis.rawValue) \(certain.rawValue)", people: one.people, share: one.share,
                    value: decimal(area, 3))
            case .reach(let reach): row("reach-label", one.cite.id, one.cite.name, detail: reach.text, people: one.people, share: one.share)
            }
        }
        for one in comparable {
            row(
                "comparable", one.cite.id, one.cite.zone ?? one.cite.name, detail: one.form.rawValue, people: one.profile.population,
                value: decimal(one.difference, 4), one.reaches)
        }
        row("form", form.form.rawValue, form.form.rawValue)
        for one in form.criteria {
            row(
                "criterion", one.measure.rawValue, one.measure.rawValue,
                detail: one.isAtOrAbove.map { $0 ? "at or above" : "below" } ?? "not known", value: one.value.map { decimal($0, 4) } ?? "",
                threshold: decimal(one.threshold, 4))
        }
        return csv.text
    }
}

extension Assessment.Profile {
    var measures: [(name: String, value: Double?)] {
        [
            ("population", population), ("squareKilometres", squareKilometres), ("density", density), ("ruralShare", ruralShare), ("primacy", primacy),
            ("spread", spread),
        ]
    }

    var json: Properties { Properties(measures.map { ($0.name, PropertyValue($0.value)) }) }
}

extension Assessment.LocalityRow {
    fileprivate var json: Properties {
        [
            "key": .string(String(locality.id)), "name": .string(locality.name), "area": PropertyValue(locality.area), "country": .string(locality.country),
            "people": .number(people), "impedance": PropertyValue(impedance), "nearest": PropertyValue(nearest?.id),
        ]
    }
}

extension Assessment.PlatformRow {
    fileprivate var json: Properties {
        [
            "id": .string(platform.id), "name": .string(platform.name), "kind": .string(platform.kind.rawValue), "cite": .string(platform.cite),
            "status": .string(status.rawValue), "counts": .bool(counts), "inside": .bool(isInside), "distance": .number(distance),
            "locationAccuracy": .string(platform.locationAccuracy.rawValue), "reaches": CoverageRow.json(people), "services": codes(platform.services),
            "verified": date(platform.provenance.verified),
        ]
    }
}

extension Assessment.LabelRow {
    fileprivate var json: Properties {
        var p: Properties = ["cite": .string(cite.id), "name": .string(cite.name), "label": .string(label.rawValue), "confirmed": PropertyValue(confirmed)]
        switch basis {
        case .territory(let certain, let basis, let area):
            p.append("by", .string("territory"))
            p.append("certain", .string(certain.rawValue))
            p.append("basis", .string(basis.rawValue))
            p.append("squareKilometres", .number(area))
        case .reach(let reach):
            p.append("by", .string("reach"))
            p.append("within", .string(reach.text))
        }
        p.append("people", .number(people))
        p.append("share", .number(share))
        return p
    }
}

extension Assessment.ComparableRow {
    fileprivate var json: Properties {
        [
            "cite": .string(cite.id), "name": .string(cite.zone ?? cite.name), "basis": .string(basis.rawValue), "difference": .number(difference),
            "profile": .object(profile.json),
            "platforms": .object(Properties(PlatformKind.allCases.map { ($0.rawValue, .integer(Int64(platforms[$0] ?? 0))) })),
            "reaches": CoverageRow.json(reaches), "form": .string(form.rawValue),
        ]
    }
}
