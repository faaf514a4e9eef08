internal import CiteNetwork
internal import GeoFormats
internal import GeoModel
internal import Planning

/// The files of an export, by name.
package enum NetworkFiles {
    /// `cites`, `platforms` and `territories` as GeoJSON.
    package static func geoJSON(_ features: NetworkFeatures) -> [(name: String, bytes: [UInt8])] {
        [("cites", features.cites), ("platforms", features.platforms), ("territories", features.territories)].map { name, features in
            ("\(name).geojson", GeoJSONWriter.featureCollection(features))
        }
    }

    /// `cites`, `platforms` and `territories` as CSV: a column for each property, points as lon and lat; shapes stay in GeoJSON.
    package static func csv(_ features: NetworkFeatures) -> [(name: String, bytes: [UInt8])] {
        [("cites", features.cites), ("platforms", features.platforms), ("territories", features.territories)].map { name, features in
            ("\(name).csv", Array(table(features, points: name == "platforms").utf8))
        }
    }

    private static func table(_ features: [Feature], points: Bool) -> String {
        let names = features.first?.properties.members.map(\.name) ?? []
        var csv = CSVWriter(columns: ["id"] + (points ? ["lon", "lat"] : []) + names)
        for feature in features {
            var cells = [feature.id?.string ?? ""]
            if points {
                if case .point(let c)? = feature.geometry { cells += ["\(c.x)", "\(c.y)"] } else { cells += ["", ""] }
            }
            csv.row(
                cells
                    + names.map { name in
                        switch feature.properties[name] {
                        case nil, .null?: ""
                        case .string(let s)?: s
                        case .array(let elements)?: elements.compactMap(\.string).joined(separator: " ")
                        case let other?: String(decoding: other.json, as: UTF8.self)
                        }
                    })
        }
        return csv.text
    }
}
