internal import CiteNetwork
internal import GRDB
internal import GeoModel
internal import GeoPackage
internal import GeometryEngine

/// What is looked at before a record is written.
extension NetworkEditor {
    /// The values to store, by stored name, of the cells that differ from those of the existing row.
    func storedValues(_ kind: RecordKind, _ values: RecordValues, _ existing: Row?) throws -> [String: DatabaseValue] {
        var stored: [String: DatabaseValue] = [:]
        for (name, text) in values.cells where !(kind.hasPoint && (name == "lon" || name == "lat")) {
            guard let column = kind.column(named: name) else {
                throw problem(kind, values.place, "a \(kind.name) has no '\(name.prefix(60))'; it has \(kind.fieldNames.joined(separator: ", "))")
            }
            if let existing, (column.cell(of: existing[column.stored]) ?? "") == text { continue }
            let value: DatabaseValue
            do { value = try column.value(of: text) } catch let cell as CellProblem { throw problem(kind, values.place, cell.text) }
            if existing != nil, value.isNull, name == "visibility" {
                throw problem(kind, values.place, "visibility is ''; expected \(Visibility.allCases.map(\.rawValue).joined(separator: ", "))")
            }
            try checkReference(column, value, kind, values)
            try checkGazetteer(column, value, kind, values)
            if name == "verified", let day = PartialDate(text)?.earliest, try cache.latestDayAnywhere() < "\(day)" {
                throw problem(kind, values.place, "verified is '\(text)', which is yet to come; expected the day on which the source was seen")
            }
            stored[column.stored] = value
        }
        if let geometry = values.geometry, !kind.hasPoint, kind.table != "territories" {
            throw problem(kind, values.place, "it has a \(geometry.typeName) as its geometry; a \(kind.name) has none")
        }
        if kind.hasPoint, let point = try point(kind, values, existing) { stored["geom"] = point }
        if kind.table == "territories", let shape = try territoryShape(kind, values, existing) { stored["geom"] = shape }
        return stored
    }

    private func checkReference(_ column: RecordKind.Column, _ value: DatabaseValue, _ kind: RecordKind, _ values: RecordValues) throws {
        // A seat comes after the Cité it belongs to: the end of the transaction checks it.
        guard case .reference(let table) = column.content, !value.isNull, column.name != "seat_platform" else { return }
        guard try Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM \(table) WHERE id = ?"), arguments: [value]) == nil else { return }
        throw problem(
            kind, values.place, "\(column.name) is '\(column.cell(of: value) ?? "")', which does not exist; expected the id of a record of \(table)")
    }

    /// Refuses a country, area or locality that the store does not have. What it has may change under the network later: 'doctor' tells.
    private func checkGazetteer(_ column: RecordKind.Column, _ value: DatabaseValue, _ kind: RecordKind, _ values: RecordValues) throws {
        guard !value.isNull else { return }
        let (sql, accepted): (String, String)
        switch column.content {
        case .area(true): (sql, accepted) = ("SELECT 1 FROM areas WHERE code = ? AND kind = 'country'", "an ISO 3166-1 code such as FR")
        case .area(false): (sql, accepted) = ("SELECT 1 FROM areas WHERE code = ?", "the code of an area, such as FR-02")
        case .locality: (sql, accepted) = ("SELECT 1 FROM localities WHERE id = ?", "the GeoNames id of a locality of the gazetteer")
        default: return
        }
        guard try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [value]) == nil else { return }
        let shown = (column.cell(of: value) ?? "").prefix(80)
        throw problem(kind, values.place, "\(column.name) is '\(shown)', which the store does not have; expected \(accepted)")
    }

    /// What columns must hold together, of the row as it would be: an end after its start, a seat with both of its coordinates.
    func checkTogether(_ kind: RecordKind, _ label: String, _ existing: Row?, _ stored: [String: DatabaseValue], _ place: String) throws {
        func value(_ name: String) -> DatabaseValue { stored[name] ?? existing.map { $0[name] as DatabaseValue } ?? .null }
        if kind.columns.contains(where: { $0.stored == "end_date" }), existing == nil || stored["end_date"] != nil {
            let (start, end) = (String.fromDatabaseValue(value("start_date")) ?? "", String.fromDatabaseValue(value("end_date")) ?? "")
            if let earliest = PartialDate(start)?.earliest, let latest = PartialDate(end)?.latest, latest < earliest {
                throw problem(kind, place, "\(kind.name) \(label) ends (\(end)) before it starts (\(start)); expected an end on or after its start")
            }
        }
        if stored["seat_lon"] != nil || stored["seat_lat"] != nil {
            let (lon, lat) = (value("seat_lon"), value("seat_lat"))
            guard lon.isNull == lat.isNull else { throw problem(kind, place, "seat_lon and seat_lat go together: both or neither") }
            if Double.fromDatabaseValue(lon) == 0, Double.fromDatabaseValue(lat) == 0 { throw problem(kind, place, nullIsland("seat_lon and seat_lat")) }
        }
    }

    /// Refuses the id of a new record that people could not write or tell from another.
    func checkNewID(_ kind: RecordKind, _ stored: [String: DatabaseValue], _ place: String) throws {
        guard kind.key == ["id"], let id = stored["id"].flatMap(String.fromDatabaseValue) else { return }
        guard RecordID.isValid(id) else { throw problem(kind, place, "id is '\(id.prefix(80))'; expected \(RecordID.acceptedForm)") }
        for other in kind.table == "sources" || kind.table == "scenarios" ? [kind] : [.cite, .platform] {
            let isSame =
                try other.table != kind.table && Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM \(other.table) WHERE id = ?"), arguments: [id]) != nil
            guard !isSame, try !cache.oddIDs(of: other.table).contains(id) else {
                throw problem(
                    kind, place,
                    "there is a \(other.name) '\(id)'\(isSame ? "" : " in other letters, large and small") already; an id tells one record of the network")
            }
        }
    }

    private func nullIsland(_ what: String) -> String {
        "\(what) are 0 and 0, a point in the sea that stands for 'not known' in many programs; leave both empty where the place is not known"
    }

    private func point(_ kind: RecordKind, _ values: RecordValues, _ existing: Row?) throws -> DatabaseValue? {
        var given: Coordinate?
        switch values.geometry {
        case .point(let c)?: given = c.isEmpty ? nil : c
        case let other?:
            throw problem(kind, values.place, "its geometry is a \(other.typeName); a \(kind.name) is a Point, or has no geometry")
        case nil: break
        }
        var cells: Coordinate?
        switch (values.cells["lon"].map(trimmed), values.cells["lat"].map(trimmed)) {
        case (nil, nil): break
        case (let lon?, let lat?) where lon.isEmpty == lat.isEmpty:
            if lon.isEmpty { break }
            guard let x = decimal(lon), (-180...180).contains(x) else {
                throw problem(kind, values.place, "lon is '\(lon)'; expected a longitude from -180 to 180\(commaHint(lon))")
            }
            guard let y = decimal(lat), (-90...90).contains(y) else {
                throw problem(kind, values.place, "lat is '\(lat)'; expected a latitude from -90 to 90\(commaHint(lat))")
            }
            cells = Coordinate(x: x, y: y)
        default: throw problem(kind, values.place, "lon and lat go together: both or neither")
        }
        if let given, let cells, abs(given.x - cells.x) > 1e-6 || abs(given.y - cells.y) > 1e-6 {
            throw problem(
                kind, values.place,
                "lon \(cells.x) and lat \(cells.y) contradict its geometry, longitude \(given.x) and latitude \(given.y); "
                    + "expected the same point, or one of the two"
            )
        }
        // A file has the geometry with seven decimals, lon and lat with all they have.
        guard let c = cells ?? given else { return values.cells["lon"] == nil ? nil : .null }
        let value = StoredGeometry(.point(c)).databaseValue
        if let existing, existing["geom"] as DatabaseValue == value { return value }
        return try checked(c, kind, values, existing)
    }

    /// Refuses a point that would lie in the stated country if its longitude and latitude were swapped, and does not as it is.
    private func checked(_ c: Coordinate, _ kind: RecordKind, _ values: RecordValues, _ existing: Row?) throws -> DatabaseValue {
        guard c.isGeographic else { throw problem(kind, values.place, "\(c) is not a longitude and a latitude in degrees") }
        guard c.x != 0 || c.y != 0 else { throw problem(kind, values.place, nullIsland("lon and lat")) }
        let country = values.cells["country"].map(trimmed) ?? existing.flatMap { String.fromDatabaseValue($0["country"]) }
        if let country, try cache.countries.verdict(c, in: country) == .swapped {
            throw problem(
                kind, values.place,
                "longitude \(c.x) and latitude \(c.y) look swapped: the other way round the point lies in \(country), as stated; expected the longitude first")
        }
        return StoredGeometry(.point(c)).databaseValue
    }

    /// The shape of a territory: that of its definition, else the polygons given. Nil leaves the stored one, as a table does that cannot
    /// carry it.
    private func territoryShape(_ kind: RecordKind, _ values: RecordValues, _ existing: Row?) throws -> DatabaseValue? {
        let text = values.cells["definition"].map(trimmed) ?? ""
        guard text.isEmpty else {
            guard let definition = TerritoryDefinition(text) else { return nil }
            if let term = try definition.terms.first(where: { try !areaExists($0.area) }) {
                throw problem(kind, values.place, "definition is '\(text)'; expected codes of areas; there is no area '\(term.area)'")
            }
            return try shape(of: definition).map { StoredGeometry($0).databaseValue }
        }
        guard let geometry = values.geometry else { return values.isFeature && values.cells["definition"] != nil ? .null : nil }
        guard !geometry.polygons.isEmpty else { throw problem(kind, values.place, "its geometry is a \(geometry.typeName); a territory is made of polygons") }
        let sound = try geometry.sound()
        // As GeoJSON writes it, so that it comes back the same.
        let value = asWritten(sound)
        if let old = existing.flatMap({ StoredGeometry.fromDatabaseValue($0["geom"]) }), asWritten(old.geometry) == value { return nil }
        return value
    }

    private func asWritten(_ geometry: Geometry) -> DatabaseValue {
        StoredGeometry(geometry.asMultiPolygon.mapCoordinates { Coordinate(x: sevenDecimals($0.x), y: sevenDecimals($0.y)) }.wound).databaseValue
    }

    func areaExists(_ code: String) throws -> Bool {
        try Row.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM areas WHERE code = ?"), arguments: [code]) != nil
    }

    /// The areas of a definition joined and cut; nil where one has no polygon.
    func shape(of definition: TerritoryDefinition) throws -> Geometry? {
        var shape = Geometry.multiPolygon([])
        for term in definition.terms {
            guard let area = try StoredGeometry.fetchOne(db, sql: "SELECT geom FROM areas WHERE code = ? AND geom NOT NULL", arguments: [term.area])
            else { return nil }
            shape = try term.isIncluded ? shape.union(area.geometry) : shape.difference(area.geometry)
        }
        return shape.asMultiPolygon
    }
}

private func sevenDecimals(_ x: Double) -> Double { (x * 1e7).rounded() / 1e7 }

extension Geometry {
    /// Its type as GeoJSON names it.
    fileprivate var typeName: String {
        switch self {
        case .point: "Point"
        case .lineString: "LineString"
        case .polygon: "Polygon"
        case .multiPoint: "MultiPoint"
        case .multiLineString: "MultiLineString"
        case .multiPolygon: "MultiPolygon"
        case .geometryCollection: "GeometryCollection"
        }
    }
}
