internal import CiteNetwork
internal import Coverage
internal import GeoFormats
internal import GeoModel
internal import Impedance
internal import Planning
internal import Population

// The files beside the page: localities as a table, places as GeoJSON.
extension DossierPage {
    /// The main localities of the territory, and those left out by the end or now.
    var localitiesCSV: String {
        struct Row {
            var locality: Locality
            var people: Double?
            var nearest: Facility?
            var distance: Double?
            var leftOutBefore: Double?
            var leftOutAfter: Double?
        }
        var rows: [Int64: Row] = [:]
        for one in dossier.assessment.localities {
            rows[one.locality.id] = Row(locality: one.locality, people: one.people, nearest: one.nearest, distance: one.impedance)
        }
        for one in dossier.leftOutBefore.rows { rows[one.locality.id, default: Row(locality: one.locality)].leftOutBefore = one.people }
        for one in dossier.leftOutAfter.rows { rows[one.locality.id, default: Row(locality: one.locality)].leftOutAfter = one.people }
        var csv = CSVWriter(columns: [
            "id", "name", "area", "lat", "lon", "people", "nearest_platform", "distance_m", "left_out_before", "left_out_after",
        ])
        func cell(_ value: Double?) -> String { value.map(machineNumber) ?? "" }
        for row in rows.values.sorted(by: { ($1.people ?? -1, $0.locality.id) < ($0.people ?? -1, $1.locality.id) }) {
            let c = row.locality.location
            csv.row(
                ["\(row.locality.id)", row.locality.name, row.locality.area ?? row.locality.country, "\(c.y)", "\(c.x)", cell(row.people)]
                    + [row.nearest?.id ?? "", cell(row.distance), cell(row.leftOutBefore), cell(row.leftOutAfter)])
        }
        return csv.text
    }

    /// The territory, the platforms there are and those proposed, and the localities left out, each with its `role`.
    var geoJSON: [UInt8] {
        var features = [
            Feature(
                geometry: dossier.assessment.geometry,
                properties: [
                    "role": .string("territory"), "name": .string(areaName), "codes": .array(dossier.assessment.areaCodes.map(PropertyValue.string)),
                    "population": .number(dossier.assessment.profile.population),
                ])
        ]
        features += dossier.assessment.platforms.map { row in
            Feature(
                id: .string(row.platform.id), geometry: .point(row.location),
                properties: [
                    "role": .string("existing"), "name": .string(row.platform.name), "kind": .string(row.platform.kind.rawValue),
                    "status": .string(row.status.rawValue),
                    "cite": .string(row.platform.cite), "inside": .bool(row.isInside), "verified": .string(row.platform.provenance.verified.text),
                ])
        }
        features += dossier.proposed.enumerated().map { i, one in
            Feature(
                id: .string(one.platform.id), geometry: .point(one.location),
                properties: (["role": .string("proposed"), "order": .integer(Int64(i + 1)), "name": .string(one.platform.name)] as Properties).adding([
                    "kind": .string(one.platform.kind.rawValue), "adds": PropertyValue(one.adds),
                    "reaches": .array(
                        one.reaches.map {
                            .object(["within": .string($0.within), "people": .number($0.people), "exclusive": .number($0.exclusive)])
                        }),
                ]))
        }
        features += dossier.leftOutAfter.rows.map { row in
            Feature(
                id: .integer(row.locality.id), geometry: .point(row.locality.location),
                properties: [
                    "role": .string("leftOut"), "name": .string(row.locality.name), "people": .number(row.people), "mean": PropertyValue(row.mean),
                    "nearest": PropertyValue(row.nearest?.id),
                ])
        }
        let members: Properties = [
            "asOf": .string(day.description), "layer": .string(dossier.assessment.layer.id), "within": .string(dossier.query.within.text),
            "indicative": .bool(dossier.assessment.layer.isIndicative),
        ]
        return GeoJSONWriter.featureCollection(features, members: members)
    }
}
