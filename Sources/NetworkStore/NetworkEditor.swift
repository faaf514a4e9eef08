internal import CiteNetwork
package import GRDB
internal import GeoModel
internal import GeoPackage
internal import GeometryEngine

/// What one record became.
package struct RecordChange: Sendable, Equatable {
    package enum Action: String, Sendable { case added, changed, deleted }
    package struct Difference: Sendable, Equatable {
        package var column: String
        package var before: String?
        package var after: String?

        package init(column: String, before: String?, after: String?) {
            self.column = column
            self.before = before
            self.after = after
        }
    }

    package var action: Action
    package var kind: String
    package var id: String
    package var differences: [Difference]
}

/// Writes records inside one transaction, each checked as it comes. Made by `NetworkStore.edit`.
package struct NetworkEditor {
    let db: Database

    /// Runs SQL of the caller's own as part of the change.
    package func run<T>(_ body: (Database) throws -> T) throws -> T { try body(db) }

    /// Adds a record or changes the one of the same key; nil where nothing differs.
    ///
    /// Throws `StoreError.badContent` that names the column and what would be accepted, a reference to a record that does not exist included.
    package func upsert(_ kind: RecordKind, _ values: RecordValues) throws -> RecordChange? {
        let stored = try storedValues(kind, values)
        let keys = kind.key.map { stored[$0] ?? .null }
        let condition = kind.key.map { "\"\($0)\" IS ?" }.joined(separator: " AND ")
        let existing = try Row.fetchOne(db, sql: "SELECT * FROM \(kind.table) WHERE \(condition) ORDER BY fid LIMIT 1", arguments: StatementArguments(keys))
        let label = kind.label { stored[$0] ?? .null }
        try checkDates(kind, label, { name in stored[name] ?? existing.map { $0[name] as DatabaseValue } ?? .null }, values.place)
        if let existing { return try change(kind, label, existing, stored, values.place) }
        for column in kind.columns where column.isRequired && (stored[column.stored] ?? .null).isNull {
            throw problem(kind, values.place, "\(kind.name) \(label) has no \(column.name)")
        }
        var row = stored
        if kind.columns.contains(where: { $0.name == "visibility" }), (row["visibility"] ?? .null).isNull { row["visibility"] = "public".databaseValue }
        let names = row.keys.sorted()
        try run(kind, values.place) {
            try db.execute(
                sql:
                    "INSERT INTO \(kind.table) (\(names.map { "\"\($0)\"" }.joined(separator: ", "))) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))",
                arguments: StatementArguments(names.map { row[$0]! }))
        }
        let differences = kind.columns.compactMap { column in
            (row[column.stored].flatMap(column.cell)).map { RecordChange.Difference(column: column.name, before: nil, after: $0) }
        }
        return RecordChange(action: .added, kind: kind.name, id: label, differences: differences)
    }

    private func change(
        _ kind: RecordKind, _ label: String, _ existing: Row, _ stored: [String: DatabaseValue], _ place: String
    ) throws -> RecordChange? {
        let changed = stored.filter { (existing[$0.key] as DatabaseValue) != $0.value }.keys.sorted()
        guard !changed.isEmpty else { return nil }
        for column in kind.columns where column.isRequired && changed.contains(column.stored) && stored[column.stored]!.isNull {
            throw problem(kind, place, "\(column.name) of \(label) cannot be empty")
        }
        try run(kind, place) {
            try db.execute(
                sql: "UPDATE \(kind.table) SET \(changed.map { "\"\($0)\" = ?" }.joined(separator: ", ")) WHERE fid = ?",
                arguments: StatementArguments(changed.map { stored[$0]! } + [(existing["fid"] as Int64).databaseValue]))
        }
        let differences = changed.map { name in
            let column = kind.columns.first { $0.stored == name }
            let (old, new): (DatabaseValue, DatabaseValue) = (existing[name], stored[name]!)
            return RecordChange.Difference(
                column: column?.name ?? "place", before: column.map { $0.cell(of: old) } ?? position(old),
                after: column.map { $0.cell(of: new) } ?? position(new))
        }
        return RecordChange(action: .changed, kind: kind.name, id: label, differences: differences)
    }

    /// Deletes the records of a kind whose fid is not among `kept`.
    package func deleteAll(_ kind: RecordKind, except kept: Set<Int64>) throws -> [RecordChange] {
        var changes: [RecordChange] = []
        for row in try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table)") where !kept.contains(row["fid"]) {
            do {
                try db.execute(sql: "DELETE FROM \(kind.table) WHERE fid = ?", arguments: [row["fid"] as Int64])
            } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
                throw problem(
                    kind, "",
                    "\(kind.name) \(label(kind, row)) is not in the file and cannot be deleted: \(try referrers(to: row["id"], of: kind.table)); "
                        + "keep it in the file, or replace what refers to it as well")
            }
            changes.append(RecordChange(action: .deleted, kind: kind.name, id: label(kind, row), differences: []))
        }
        return changes
    }

    /// The records that refer to one, in words.
    private func referrers(to id: DatabaseValue, of table: String) throws -> String {
        var found: [String] = []
        for kind in RecordKind.all {
            for column in kind.columns {
                guard case .reference(table) = column.content else { continue }
                found += try Row.fetchAll(db, sql: "SELECT * FROM \(kind.table) WHERE \(column.stored) = ?", arguments: [id]).map {
                    "\(kind.name) \(label(kind, $0))"
                }
            }
        }
        let rest = found.count > 5 ? " and \(found.count - 5) more" : ""
        return "\(found.prefix(5).joined(separator: ", "))\(rest) \(found.count == 1 ? "refers" : "refer") to it"
    }

    /// The fid of the record with the key of these values.
    package func fid(_ kind: RecordKind, _ values: RecordValues) throws -> Int64? {
        let stored = try storedValues(kind, values)
        let condition = kind.key.map { "\"\($0)\" IS ?" }.joined(separator: " AND ")
        return try Int64.fetchOne(
            db, sql: "SELECT fid FROM \(kind.table) WHERE \(condition) ORDER BY fid LIMIT 1",
            arguments: StatementArguments(kind.key.map { stored[$0] ?? .null }))
    }

    private func label(_ kind: RecordKind, _ row: Row) -> String {
        kind.label { row[$0] }
    }

    private func position(_ value: DatabaseValue) -> String? {
        guard let stored = StoredGeometry.fromDatabaseValue(value) else { return nil }
        if case .point(let c) = stored.geometry { return "\(c.y),\(c.x)" }
        return "a shape of \(stored.geometry.polygons.count) polygons"
    }

    private func storedValues(_ kind: RecordKind, _ values: RecordValues) throws -> [String: DatabaseValue] {
        var stored: [String: DatabaseValue] = [:]
        for (name, text) in values.cells where !(kind.hasPoint && (name == "lon" || name == "lat")) {
            guard let column = kind.column(named: name) else {
                throw problem(kind, values.place, "a \(kind.name) has no '\(name.prefix(60))'; it has \(kind.fieldNames.joined(separator: ", "))")
            }
            do { stored[column.stored] = try column.value(of: text) } catch let cell as CellProblem { throw problem(kind, values.place, cell.text) }
            if case .reference(let table) = column.content, !text.isEmpty, column.name != "seat_platform" {
                // A seat comes after the Cité it belongs to: the end of the transaction checks it.
                let exists = try Bool.fetchOne(db, sql: "SELECT count(*) FROM \(table) WHERE id = ?", arguments: [text]) ?? false
                guard exists else {
                    throw problem(kind, values.place, "\(column.name) is '\(text)', which does not exist; expected the id of a record of \(table)")
                }
            }
        }
        for column in kind.columns { if let value = stored[column.stored], !value.isNull { try checkGazetteer(column, value, kind, values) } }
        if kind.hasPoint, let point = try point(kind, values) { stored["geom"] = point }
        if kind.table == "territories", let shape = try territoryShape(kind, values) { stored["geom"] = shape }
        return stored
    }

    /// Refuses a country, area or locality that the store does not have. What it has may change under the network later: 'doctor' tells.
    private func checkGazetteer(_ column: RecordKind.Column, _ value: DatabaseValue, _ kind: RecordKind, _ values: RecordValues) throws {
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

    /// Refuses an end before its start.
    private func checkDates(_ kind: RecordKind, _ label: String, _ row: (String) -> DatabaseValue, _ place: String) throws {
        guard kind.columns.contains(where: { $0.stored == "end_date" }) else { return }
        let (start, end) = (String.fromDatabaseValue(row("start_date")) ?? "", String.fromDatabaseValue(row("end_date")) ?? "")
        if let earliest = PartialDate(start)?.earliest, let latest = PartialDate(end)?.latest, latest < earliest {
            throw problem(kind, place, "\(kind.name) \(label) ends (\(end)) before it starts (\(start)); expected an end on or after its start")
        }
    }

    private func point(_ kind: RecordKind, _ values: RecordValues) throws -> DatabaseValue? {
        if case .point(let c)? = values.geometry, !c.isEmpty { return try checked(c, kind, values) }
        guard let lon = values.cells["lon"], let lat = values.cells["lat"] else {
            guard values.cells["lon"] == nil, values.cells["lat"] == nil else { throw problem(kind, values.place, "lon and lat go together: both or neither") }
            return nil
        }
        if lon.isEmpty, lat.isEmpty { return .null }
        guard let x = Double(lon), (-180...180).contains(x) else { throw problem(kind, values.place, "lon is '\(lon)'; expected a longitude from -180 to 180") }
        guard let y = Double(lat), (-90...90).contains(y) else { throw problem(kind, values.place, "lat is '\(lat)'; expected a latitude from -90 to 90") }
        return try checked(Coordinate(x: x, y: y), kind, values)
    }

    /// Refuses a point that would lie in the stated country if its longitude and latitude were swapped, and does not as it is.
    private func checked(_ c: Coordinate, _ kind: RecordKind, _ values: RecordValues) throws -> DatabaseValue {
        guard c.isGeographic else { throw problem(kind, values.place, "\(c) is not a longitude and a latitude in degrees") }
        if let country = values.cells["country"], abs(c.x) <= 90,
            let shape = try StoredGeometry.fetchOne(db, sql: "SELECT geom FROM areas WHERE code = ? AND geom NOT NULL", arguments: [country])
        {
            let box = shape.geometry.envelope.insetBy(dx: -0.5, dy: -0.5)
            let prepared = try PreparedGeometry(shape.geometry)
            if !box.contains(c) || !prepared.covers(c), prepared.covers(Coordinate(x: c.y, y: c.x)) {
                throw problem(
                    kind, values.place,
                    "longitude \(c.x) and latitude \(c.y) look swapped: the other way round the point lies in \(country), as stated; expected the longitude first"
                )
            }
        }
        return StoredGeometry(.point(c)).databaseValue
    }

    private func territoryShape(_ kind: RecordKind, _ values: RecordValues) throws -> DatabaseValue? {
        guard let text = values.cells["definition"], !text.isEmpty else {
            guard let geometry = values.geometry else { return values.cells["definition"] == nil ? nil : .null }
            guard !geometry.polygons.isEmpty else { throw problem(kind, values.place, "a territory is made of polygons") }
            let sound = try geometry.invalidity() == nil ? geometry : geometry.madeValid()
            // As GeoJSON writes it, so that it comes back the same.
            return StoredGeometry(sound.asMultiPolygon.mapCoordinates { Coordinate(x: sevenDecimals($0.x), y: sevenDecimals($0.y)) }.wound).databaseValue
        }
        guard let definition = TerritoryDefinition(text) else { return .null }
        var shape = Geometry.multiPolygon([])
        for term in definition.terms {
            let rows = try Row.fetchAll(db, sql: "SELECT geom FROM areas WHERE code = ?", arguments: [term.area])
            guard let row = rows.first else {
                throw problem(kind, values.place, "definition is '\(text)'; expected codes of areas; there is no area '\(term.area)'")
            }
            guard let area = StoredGeometry.fromDatabaseValue(row[0]) else { return .null }
            shape = try term.isIncluded ? shape.union(area.geometry) : shape.difference(area.geometry)
        }
        return StoredGeometry(shape.asMultiPolygon).databaseValue
    }

    /// Turns a violated constraint into a sentence.
    private func run(_ kind: RecordKind, _ place: String, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
            throw problem(kind, place, "a reference to a record that does not exist, or that others still refer to (\(error.message ?? "constraint"))")
        }
    }

    private func problem(_ kind: RecordKind, _ place: String, _ text: String) -> StoreError {
        .badContent(file: kind.name, problems: [place.isEmpty ? text : "\(place): \(text)"])
    }
}

private func sevenDecimals(_ x: Double) -> Double { (x * 1e7).rounded() / 1e7 }

extension RecordKind {
    /// The key of a record as people read it: `rome-main open 2009-06-03`.
    func label(_ value: (String) -> DatabaseValue) -> String {
        key.map { name in
            let stored = value(name)
            return stored.isNull ? "-" : String.fromDatabaseValue(stored) ?? stored.description
        }.joined(separator: " ")
    }
}
