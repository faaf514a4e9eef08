internal import CiteNetwork
internal import GRDB
internal import GeoFormats
package import GeoModel
internal import GeoPackage
internal import GeometryEngine

/// An area to add or replace, as a file gives it.
package struct AreaInput: Sendable {
    package var code: String
    package var name: String
    package var kind: String
    package var parent: String?
    package var country: String
    package var geometry: Geometry?
    /// Codes of areas, or `locality:ID`; the shape is then that of the areas joined.
    package var members: [String]?
    /// Where each member stands in the file.
    package var memberPlaces: [String] = []
    package var population: Double?
    /// Where it stands in the file.
    package var place: String

    package init(
        code: String, name: String, kind: String, parent: String?, country: String, geometry: Geometry?, members: [String]?, population: Double?, place: String
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.parent = parent
        self.country = country
        self.geometry = geometry
        self.members = members
        self.population = population
        self.place = place
    }
}

extension AreaInput {
    /// The kinds that an import may bring, beside those the store has.
    static let kinds: Set<String> = [
        "country", "region", "department", "province", "state", "canton", "district", "collectivity", "territory", "dependency", "municipality", "parish",
        "commune", "arrondissement", "epci", "county", "employmentZone", "basin", "pays",
    ]
}

/// What an import of areas did, or would do.
package struct AreaImportOutcome: Sendable, Equatable {
    package var added: [String] = []
    package var replaced: [String] = []
    /// How many stand in the store as the file has them.
    package var unchanged = 0
    /// The areas whose polygon was not valid and what was wrong with it; they were made valid.
    package var mended: [String] = []
    /// The number of the change in the log; nil where nothing differed.
    package var change: Int64?
}

extension NetworkStore {
    /// Adds areas, or replaces those of the same code, as one change: all or none. Territories that name a replaced area are drawn anew.
    ///
    /// - Parameter dryRun: does everything and then nothing.
    /// Throws `StoreError.badContent` with every bad area, up to fifty: a code that stands twice or belongs to an area of another kind
    /// or country, a parent or member that does not exist, a polygon that lies apart from the one it would replace.
    package func importAreas(
        _ inputs: [AreaInput], file name: String, source: String, who: String, why: String?, dryRun: Bool = false
    ) throws -> AreaImportOutcome {
        var (done, change) = try edit(who: who, why: why ?? "areas of \(plainLine(name))", dryRun: dryRun) { editor in
            let db = editor.db
            var outcome = AreaImportOutcome()
            var problems: [String] = []
            var present: [String: (kind: String, country: String)] = [:]
            var parents: [String: String] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT code, kind, country, parent FROM areas") {
                let code: String = try row.required(0, of: "areas")
                present[code] = (try row.required(1, of: "areas"), try row.required(2, of: "areas"))
                parents[code] = try row.checked(3, of: "areas")
            }
            for input in inputs { parents[input.code] = input.parent ?? parents[input.code] }
            var seen: [String: String] = [:]
            let codes = Set(present.keys).union(inputs.map(\.code))
            let countries = StatedCountries(db)
            let kinds = AreaInput.kinds.union(present.values.map(\.kind))
            for input in inputs where problems.count < 50 {
                let first = seen.updateValue(input.place, forKey: input.code)
                if let problem = problem(with: input, present[input.code], codes, kinds, parents, first: first) {
                    problems.append(problem)
                    continue
                }
                var shape = input.geometry?.asMultiPolygon
                if let given = shape, let fault = try given.invalidity() {
                    shape = try given.madeValid().asMultiPolygon
                    outcome.mended.append("\(input.place): \(input.code): \(fault)")
                }
                if let given = shape, present[input.code] != nil, try isApart(given, from: input.code, db) {
                    problems.append(
                        "\(input.place): the polygon of \(input.code) lies apart from the one it would replace; expected degrees, the longitude first, and the same area"
                    )
                    continue
                }
                if present[input.code] == nil, let at = shape?.polygons.first?.exterior.first, let problem = try misplaced(input, at, countries) {
                    problems.append(problem)
                    continue
                }
                let before = db.totalChangesCount
                try store(input, shape, source, db)
                if db.totalChangesCount == before {
                    outcome.unchanged += 1
                } else if present[input.code] == nil {
                    outcome.added.append(input.code)
                } else {
                    outcome.replaced.append(input.code)
                }
            }
            for input in inputs where problems.isEmpty && input.geometry == nil {
                guard let members = input.members else { continue }
                let shapes = try members.compactMap { code in
                    try StoredGeometry.fetchOne(db, sql: "SELECT geom FROM areas WHERE code = ? AND geom NOT NULL", arguments: [code])?.geometry
                }
                guard !shapes.isEmpty else { continue }
                let shape = StoredGeometry(try Geometry.union(of: shapes).asMultiPolygon)
                try db.execute(sql: "UPDATE areas SET geom = ?1 WHERE code = ?2 AND geom IS NOT ?1", arguments: [shape, input.code])
                if db.changesCount > 0, !outcome.added.contains(input.code), !outcome.replaced.contains(input.code) {
                    outcome.replaced.append(input.code)
                    outcome.unchanged -= 1
                }
            }
            guard problems.isEmpty else { throw StoreError.badContent(file: name, problems: problems) }
            for code in outcome.added + outcome.replaced { try writeKeys(ofArea: code, db) }
            try redrawTerritories(naming: Set(outcome.replaced), editor)
            try CoreTables.touch(["areas", "area_keys"], in: db)
            return outcome
        }
        done.change = change
        return done
    }

    private func problem(
        with input: AreaInput, _ present: (kind: String, country: String)?, _ codes: Set<String>, _ kinds: Set<String>, _ parents: [String: String],
        first: String?
    ) -> String? {
        if let first { return "\(input.place): the code '\(input.code)' stands twice, at \(first) too" }
        guard !input.code.isEmpty, input.code.utf8.count <= 80,
            !input.code.unicodeScalars.contains(where: { $0.properties.isWhitespace || isInvisibleControl($0) })
        else {
            return
                "\(input.place): the code is '\(plainLine(String(input.code.prefix(80))))'; expected up to 80 characters without spaces, such as epci:200071892"
        }
        guard kinds.contains(input.kind) else {
            return
                "\(input.place): \(input.code) is of the kind '\(plainLine(String(input.kind.prefix(60))))'; kinds: \(kinds.sorted().joined(separator: ", "))"
        }
        guard input.name.contains(where: { !$0.isWhitespace }), !input.name.unicodeScalars.contains(where: isInvisibleControl) else {
            return "\(input.place): the name of \(input.code) is '\(plainLine(String(input.name.prefix(80))))'; expected one line of text"
        }
        if let population = input.population, !(0...20_000_000_000).contains(population) {
            return "\(input.place): the population of \(input.code) is \(population); expected a number of people from 0, or nothing"
        }
        guard input.geometry != nil || !(input.members ?? []).isEmpty || present != nil else {
            return "\(input.place): \(input.code) has neither a polygon nor members; expected one of them for an area that the store does not have"
        }
        if let i = input.members?.firstIndex(of: input.code) {
            let place = input.memberPlaces.indices.contains(i) ? input.memberPlaces[i] : input.place
            return "\(place): \(input.code) is a member of itself; expected the codes of other areas"
        }
        if let present, present.kind != input.kind || present.country != input.country {
            return """
                \(input.place): \(input.code) is a \(present.kind) of \(present.country) in the store, not a \(input.kind) of \(input.country); \
                --kind \(present.kind) replaces it, --prefix gives these areas codes of their own
                """
        }
        if let parent = input.parent, !codes.contains(parent) {
            return "\(input.place): parent '\(parent)' of \(input.code) is no area; import it first, or leave the parent out"
        }
        if let circle = circle(above: input.code, parents) {
            return "\(input.place): parent '\(input.parent ?? "")' of \(input.code) would contain itself (\(circle)); expected an area that contains it"
        }
        if let i = input.members?.firstIndex(where: { !$0.hasPrefix("locality:") && !codes.contains($0) }) {
            let place = input.memberPlaces.indices.contains(i) ? input.memberPlaces[i] : input.place
            return "\(place): member '\(input.members![i])' of \(input.code) is no area; import the members first"
        }
        if let geometry = input.geometry, geometry.polygons.isEmpty {
            return "\(input.place): \(input.code) has no polygon; areas are polygons or member lists"
        }
        return nil
    }

    /// The way from an area up through its parents, where it comes back to the area.
    private func circle(above code: String, _ parents: [String: String]) -> String? {
        var way = [code]
        while let next = parents[way.last!], way.count <= 50 {
            if next == code { return (way + [next]).joined(separator: " in ") }
            if way.contains(next) { return nil }
            way.append(next)
        }
        return nil
    }

    /// Whether a polygon does not even meet the box of the one that stands, give or take the coarseness of borders.
    private func isApart(_ shape: Geometry, from code: String, _ db: Database) throws -> Bool {
        guard let present = try StoredGeometry.fetchOne(db, sql: "SELECT geom FROM areas WHERE code = ? AND geom NOT NULL", arguments: [code])
        else { return false }
        return !present.geometry.envelope.insetBy(dx: -0.1, dy: -0.1).intersects(shape.envelope)
    }

    /// What is wrong with where a new area lies; nil where it may lie in the country it states.
    private func misplaced(_ input: AreaInput, _ at: Coordinate, _ countries: StatedCountries) throws -> String? {
        switch try countries.verdict(at, in: input.country) {
        case .plausible: nil
        case .swapped:
            """
            \(input.place): \(input.code) begins at longitude \(at.x), latitude \(at.y), outside \(input.country), and inside it with the two exchanged; \
            expected the longitude first
            """
        case .far:
            """
            \(input.place): \(input.code) begins at longitude \(at.x), latitude \(at.y), more than 500 km from \(input.country); \
            expected degrees, the longitude first, in the country of --country
            """
        }
    }

    private func store(_ input: AreaInput, _ shape: Geometry?, _ source: String, _ db: Database) throws {
        try db.execute(
            sql: """
                INSERT INTO areas (geom, code, kind, parent, country, name, members, population, population_source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (code) DO UPDATE SET geom = coalesce(excluded.geom, geom), parent = coalesce(excluded.parent, parent),
                name = excluded.name, members = coalesce(excluded.members, members), population = coalesce(excluded.population, population),
                population_source = coalesce(excluded.population_source, population_source)
                WHERE (coalesce(excluded.geom, geom), coalesce(excluded.parent, parent), excluded.name, coalesce(excluded.members, members),
                coalesce(excluded.population, population)) IS NOT (geom, parent, name, members, population)
                """,
            arguments: [
                shape.map(StoredGeometry.init), input.code, input.kind, input.parent, input.country, input.name,
                input.members.map { $0.joined(separator: " ") }, input.population, input.population == nil ? nil : source,
            ])
    }

    /// Writes the folded code, names and aliases by which an area is found.
    func writeKeys(ofArea code: String, _ db: Database) throws {
        try db.execute(sql: "DELETE FROM area_keys WHERE code = ?", arguments: [code])
        guard let row = try Row.fetchOne(db, sql: "SELECT name, local_name, names, aliases FROM areas WHERE code = ?", arguments: [code]) else { return }
        let texts = (0..<4).map { String.fromDatabaseValue(row[$0]) }
        var keys = [code] + [texts[0], texts[1]].compactMap { $0 }
        keys += texts[2].flatMap { try? JSONReader.read(Array($0.utf8)).object }?.members.compactMap(\.value.string) ?? []
        keys += texts[3]?.split(separator: " ").map(String.init) ?? []
        for key in Set(keys.map(foldedKey)).sorted() {
            try db.execute(sql: "INSERT INTO area_keys (key, code) VALUES (?, ?)", arguments: [key, code])
        }
    }

    /// What the rest of the store has to know when an undo has changed areas: how they are found, and the territories that name them.
    func areasCameBack(_ codes: Set<String>, _ db: Database, refusal: (String) -> StoreError) throws {
        guard !codes.isEmpty else { return }
        for code in codes.sorted() { try writeKeys(ofArea: code, db) }
        let gone = try codes.filter { try Bool.fetchOne(db, sql: "SELECT count(*) FROM areas WHERE code = ?", arguments: [$0]) == false }
        if let (cite, code) = try territories(naming: gone, db).first {
            throw refusal("the territory of \(cite) names \(code), which it would delete; change the territory first")
        }
        try redrawTerritories(naming: codes, NetworkEditor(db: db))
        try CoreTables.touch(["areas", "area_keys"], in: db)
    }

    private func territories(naming codes: Set<String>, _ db: Database) throws -> [(cite: String, area: String)] {
        try Row.fetchAll(db, sql: "SELECT cite, definition FROM territories WHERE definition NOT NULL").compactMap { row in
            let terms = TerritoryDefinition(String.fromDatabaseValue(row[1]) ?? "")?.terms.map(\.area) ?? []
            return terms.first(where: codes.contains).map { (String.fromDatabaseValue(row[0]) ?? "", $0) }
        }
    }

    private func redrawTerritories(naming codes: Set<String>, _ editor: NetworkEditor) throws {
        for row in try Row.fetchAll(editor.db, sql: "SELECT fid, definition FROM territories WHERE definition NOT NULL") {
            guard let definition = TerritoryDefinition(String.fromDatabaseValue(row[1]) ?? ""), definition.terms.contains(where: { codes.contains($0.area) }),
                // A definition that a foreign hand broke draws nothing: 'doctor' tells of it.
                try definition.terms.allSatisfy({ try editor.areaExists($0.area) })
            else { continue }
            let value = try editor.shape(of: definition).map { StoredGeometry($0).databaseValue } ?? .null
            try editor.db.execute(sql: "UPDATE territories SET geom = ?1 WHERE fid = ?2 AND geom IS NOT ?1", arguments: [value, row[0] as DatabaseValue])
        }
    }
}
