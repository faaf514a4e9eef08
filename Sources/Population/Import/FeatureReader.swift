internal import Foundation
internal import GeoFormats
package import GeoModel
internal import GeoPackage
internal import Geodesy
internal import GeometryEngine

/// Reads people from a GeoPackage or from GeoJSON: points, and polygons, whose people are placed by the settlements inside.
///
/// A GeoPackage is read feature by feature; GeoJSON is read whole, O(n) in memory.
package final class FeatureReader {
    /// The largest GeoJSON file, in bytes.
    package static let largestGeoJSON = 1 << 29

    private enum Content {
        case features([Feature])
        case package(GeoPackageFile, GeoPackageFile.FeatureTable, CoordinateTransform?)
    }

    private let file: String
    private let content: Content
    private let count: Int
    private let people: String
    private let area: String?
    private let options: ImportOptions
    private let settlements: (Envelope) throws -> [PolygonPlacement.Settlement]
    package private(set) var source: DemandSource

    /// - Parameters:
    ///   - name: what errors call the file.
    ///   - isPackage: true for a GeoPackage, false for GeoJSON.
    ///   - settlements: the localities in a box.
    /// Throws `PopulationError` for options that do not go with the file, `GeoPackageError` or `FormatError` for a file that cannot be read.
    package init(
        path: String, name: String, isPackage: Bool, options: ImportOptions,
        settlements: @escaping (Envelope) throws -> [PolygonPlacement.Settlement]
    ) throws {
        file = name
        self.options = options
        self.settlements = settlements
        let given = [("--x and --y", options.x ?? options.y), ("--cell-id", options.cellID)].first { $0.1 != nil }
        if let given { throw PopulationError.badOption("\(given.0) does not go with features, which have their own geometry") }
        guard options.band == nil, !options.isDensity, options.cell == nil, !options.isCorner else {
            throw PopulationError.badOption("--band, --density, --cell and --corner do not go with features")
        }
        if let spread = options.spread, !(spread > 0 && spread <= 1000) {
            throw PopulationError.badOption("--spread \(spread): expected kilometres, more than 0 and up to 1000")
        }
        var names: [String] = []
        func collect(_ feature: Feature) {
            for member in feature.properties.members where !names.contains(member.name) { names.append(member.name) }
        }
        if isPackage {
            let package = try GeoPackageFile.openForReading(at: path)
            let tables = try package.featureTables()
            let listed = tables.map(\.name).joined(separator: ", ")
            guard let table = options.layer.map({ wanted in tables.first { $0.name == wanted } }) ?? tables.first else {
                throw PopulationError.badOption("--layer \(options.layer ?? ""): \(file) has no such layer; layers: \(listed.isEmpty ? "none" : listed)")
            }
            guard options.layer != nil || tables.count == 1 else {
                throw PopulationError.badOption("\(file) has several layers; name one with --layer: \(listed)")
            }
            guard options.crs != nil || table.srsID > 0 else {
                throw PopulationError.badFile(file: file, place: "layer \(table.name)", problem: "it does not say its reference system; name it with --crs")
            }
            let crs = options.crs ?? "EPSG:\(table.srsID)"
            content = .package(package, table, crs == "EPSG:4326" ? nil : try CoordinateTransform(from: crs))
            var seen = 0
            try package.forEachFeature(in: table) { feature in
                if seen < 50 { collect(feature) }
                seen += 1
            }
            count = seen
            source = DemandSource(format: "GeoPackage, layer '\(table.name)', \(seen) features")
            source.taken.append("position: the geometry in \(crs)")
            if let given = options.crs, table.srsID > 0, let note = ImportOptions.note(given: given, instead: Int(table.srsID)) { source.notes.append(note) }
        } else {
            guard options.crs == nil else { throw PopulationError.badOption("--crs does not go with GeoJSON, which is always WGS 84 (RFC 7946)") }
            guard options.layer == nil else { throw PopulationError.badOption("--layer goes with a GeoPackage") }
            let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
            guard size <= Self.largestGeoJSON else {
                throw PopulationError.badFile(
                    file: file, place: "",
                    problem: "it has \(size >> 20) MB; GeoJSON of up to \(Self.largestGeoJSON >> 20) MB is read, a GeoPackage of any size")
            }
            let bytes = try FileBytes(path)
            var text: [UInt8] = []
            while case let piece = try bytes.next(), !piece.isEmpty {
                text += piece
                guard text.count <= Self.largestGeoJSON else {
                    throw PopulationError.badFile(file: file, place: "", problem: "it holds more than \(Self.largestGeoJSON >> 20) MB")
                }
            }
            let features = try GeoJSONReader.features(text)
            features.prefix(50).forEach(collect)
            content = .features(features)
            count = features.count
            source = DemandSource(format: "GeoJSON, \(count) features")
            source.taken.append("position: the geometry, longitude and latitude")
        }
        let listed = names.prefix(40).joined(separator: ", ")
        func named(_ wanted: String, _ option: String) throws -> String {
            guard let found = names.first(where: { $0 == wanted }) ?? names.first(where: { $0.lowercased() == wanted.lowercased() }) else {
                throw PopulationError.badOption("--\(option): the features of \(name) have no '\(wanted)'; properties: \(listed)")
            }
            return found
        }
        let usual = ["people", "population", "pop", "pop_total", "total_population", "t", "tot_p", "tot_p_2021", "pmun", "ptot", "ind", "obs_value"]
        guard
            let people = try options.people.map({ try named($0, "people") })
                ?? usual.lazy.compactMap({ word in names.first { $0.lowercased() == word } }).first
        else {
            throw PopulationError.badFile(
                file: name, place: "", problem: "no property is known as that of the people; name it with --people; properties: \(listed)")
        }
        self.people = people
        for attribute in options.attributes { _ = try named(attribute.column, "attribute") }
        if let column = options.densityClass { _ = try named(column, "density-class") }
        let area =
            try options.area.map { try named($0, "area") }
            ?? ["code_insee", "insee_com", "codgeo", "depcom"].lazy.compactMap { word in names.first { $0.lowercased() == word } }.first
        self.area = area
        source.taken.append("people: property '\(people)'")
        source.taken.append(
            options.spread.map { "polygons: people spread evenly, \($0) km apart" }
                ?? "polygons: people at the localities inside, in proportion to theirs, else at an interior point")
        if let area { source.taken.append("area: property '\(area)', where the atlas knows its codes") }
    }

    /// Hands every feature with people to `sink`; those of a polygon in as many records as it has points.
    package func read(into sink: some DemandSink) throws {
        switch content {
        case .features(let features):
            for (i, feature) in features.enumerated() {
                if i & 0xFF == 0 { sink.progress(Double(i) / Double(max(1, count))) }
                try read(feature, at: .feature("features[\(i)]"), sink)
            }
        case .package(let package, let table, let transform):
            var i = 0
            try package.forEachFeature(in: table) { feature in
                var feature = feature
                var place = RecordPlace.feature("feature \(i + 1)")
                if case .integer(let fid)? = feature.id { place = .feature("feature \(fid)") }
                if i & 0xFF == 0 { sink.progress(Double(i) / Double(max(1, count))) }
                i += 1
                if let transform, let geometry = feature.geometry {
                    do { feature.geometry = try transform(geometry) } catch let error as GeodesyError {
                        try sink.refuse(place, error.description)
                        return
                    }
                }
                try read(feature, at: place, sink)
            }
        }
        sink.progress(1)
    }

    private func read(_ feature: Feature, at place: RecordPlace, _ sink: some DemandSink) throws {
        guard let n = feature.properties[people]?.number, n.isFinite, n >= 0 else {
            try sink.refuse(place, "'\(people)' is \(Self.text(feature.properties[people])); expected a number of people, 0 or more")
            return
        }
        guard n <= DemandRecord.mostPeople else {
            try sink.refuse(place, "'\(people)' is \(Self.text(feature.properties[people])); expected at most 10,000,000,000 people")
            return
        }
        var record = DemandRecord(location: .empty, people: n)
        for attribute in options.attributes {
            let value = feature.properties[attribute.column]
            guard value == nil || value == .null || value?.number != nil else {
                try sink.refuse(place, "'\(attribute.column)' is \(Self.text(value)); expected a number, or nothing")
                return
            }
            record.attributes.append(value?.number)
        }
        if let column = options.densityClass, case let text = Self.text(feature.properties[column]), text != "null" {
            guard let known = DensityClass(code: text, of: options.densityCodes) else {
                try sink.refuse(place, "the density class \(text); expected \(options.densityCodes == .insee ? "1 to 7 (INSEE)" : "1 to 3 (Eurostat)")")
                return
            }
            record.density = known
        }
        if let area, case let text = Self.text(feature.properties[area]), text != "null" { record.area = text }
        guard var geometry = feature.geometry, !geometry.isEmpty else {
            try sink.refuse(place, "it has no geometry; expected a point or a polygon")
            return
        }
        if !Self.isInBounds(geometry.envelope, excess: 0), Self.isInBounds(geometry.envelope, excess: Self.acceptedExcess) {
            geometry = geometry.mapCoordinates { Coordinate(x: max(-180, min(180, $0.x)), y: max(-90, min(90, $0.y))) }
        }
        guard n > 0 else {
            sink.takeEmpty()
            return
        }
        switch geometry {
        case .point(let c): try take(record, c, sink, place)
        case .multiPoint(let cs) where cs.count == 1: try take(record, cs[0], sink, place)
        case .polygon, .multiPolygon:
            let box = geometry.envelope
            guard Self.isInBounds(box, excess: 0) else {
                try sink.refuse(place, "the polygon reaches beyond longitudes and latitudes in degrees; --crs names another system")
                return
            }
            let shares: [PolygonPlacement.Share]
            do {
                shares =
                    try options.spread.map { try PolygonPlacement.byGrid(geometry, spacing: $0 * 1000) }
                    ?? PolygonPlacement.bySettlements(geometry, settlements(box))
            } catch let error as GeometryError {
                try sink.refuse(place, "the polygon cannot be used: \(error)")
                return
            }
            guard !shares.isEmpty else {
                try sink.refuse(place, "the polygon encloses nothing")
                return
            }
            for share in shares {
                var part = record
                part.people = n * share.share
                part.attributes = record.attributes.map { $0.map { $0 * share.share } }
                part.locality = share.locality
                try take(part, share.location, sink, place)
            }
        default: try sink.refuse(place, "it is neither a point nor a polygon")
        }
    }

    private func take(_ record: DemandRecord, _ c: Coordinate, _ sink: some DemandSink, _ place: RecordPlace) throws {
        guard c.isGeographic else {
            try sink.refuse(place, "\(c.x), \(c.y) is no longitude and latitude in degrees; --crs names another system")
            return
        }
        var record = record
        record.location = c
        try sink.take(record, at: place)
    }

    /// Degrees by which rounded coordinates may go beyond 180 or 90: Natural Earth's reach 180.0000153.
    private static let acceptedExcess = 0.001

    private static func isInBounds(_ box: Envelope, excess: Double) -> Bool {
        max(abs(box.minX), abs(box.maxX)) <= 180 + excess && max(abs(box.minY), abs(box.maxY)) <= 90 + excess
    }

    private static func text(_ value: PropertyValue?) -> String {
        switch value {
        case nil, .null?: "null"
        case .string(let s)?: s
        case .integer(let i)?: String(i)
        case .number(let d)?: d == d.rounded() && abs(d) < 1e9 ? String(Int(d)) : String(d)
        default: "no single value"
        }
    }
}
