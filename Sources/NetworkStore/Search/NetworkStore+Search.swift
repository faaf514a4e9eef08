internal import GRDB
package import CiteNetwork
internal import GeoModel
internal import GeoPackage

extension NetworkStore {
    /// Localities, places of postal codes and platforms by a name or code as people type it: any case, without accents, hyphens and
    /// apostrophes, St for Saint, not yet finished, or with one typing error.
    ///
    /// - Parameter records: the records of a viewer; only platforms among them are found.
    /// About 1 ms.
    package func search(_ query: SearchQuery, in records: NetworkRecords) throws -> [SearchHit] {
        try file.read { db in try NameSearch(db: db, query: query, records: records).hits() }
    }

    /// The same for who has no records at hand; it reads them first.
    package func search(_ query: SearchQuery, for viewer: Viewer) throws -> [SearchHit] { try search(query, in: records(for: viewer)) }

    /// Takes into the search index what was written since it was last done, by anyone. About 20 µs where there is nothing.
    ///
    /// While another program writes it is left for later: until then searches fold the names that are pending themselves.
    package func refreshSearch() throws {
        guard try file.read({ try SearchIndex.isStale($0) }) else { return }
        _ = try file.writeIfFree { try SearchIndex.refresh(in: $0) }
    }
}

/// One search on one snapshot of the store.
private struct NameSearch {
    let db: Database
    let query: SearchQuery
    let records: NetworkRecords
    let ranking: SearchRanking

    init(db: Database, query: SearchQuery, records: NetworkRecords) {
        self.db = db
        self.query = query
        self.records = records
        ranking = SearchRanking(near: query.near, countries: Set(records.cites.map(\.country)))
    }

    /// The best hit of each subject.
    private struct Found {
        var localities: [Int64: SearchHit] = [:]
        var platforms: [String: SearchHit] = [:]
        var postal: [SearchHit] = []

        mutating func add(_ hit: SearchHit) {
            switch hit.subject {
            case .locality(let l): if localities[l.id].map({ $0.score < hit.score }) ?? true { localities[l.id] = hit }
            case .platform(let p): if platforms[p.id].map({ $0.score < hit.score }) ?? true { platforms[p.id] = hit }
            case .postalPlace: postal.append(hit)
            }
        }
    }

    /// Texts over this length are no names; the longest of the gazetteer has 70 letters.
    private static let longestText = 100

    func hits() throws -> [SearchHit] {
        guard query.text.utf8.count <= 4 * Self.longestText else { return [] }
        let keys = foldedKeysBeingTyped(query.text)
        guard let key = keys.first, !key.isEmpty, key.count <= Self.longestText else { return [] }
        var found = Found()
        try findPostalCodes(key, &found)
        try findWords(keys, &found)
        for key in keys { try findWhole(key, .whole, &found) }
        try findPending(keys, &found)
        if query.mendsErrors {
            try findCorrected(key, &found)
            if query.includesPlatforms, found.platforms.isEmpty { try findCorrectedPlatforms(key, &found) }
        }
        return chosen(of: Array(found.localities.values) + Array(found.platforms.values) + found.postal)
    }

    /// The hits that are shown, so that a town which is shown while its name is typed stays at every further letter.
    ///
    /// Names that begin as the text does, or are it, compete for most of the places by what the next letter does not change; with
    /// each letter there are fewer of them. What a letter may bring newly, a name that is now whole or mended names, has places of
    /// its own, which stay empty without it.
    private func chosen(of hits: [SearchHit]) -> [SearchHit] {
        func ordered(_ hits: [SearchHit], by score: (SearchHit) -> Double) -> [SearchHit] {
            hits.sorted { (score($0), $1.subject.order) > (score($1), $0.subject.order) }
        }
        let size = max(query.limit, 5)
        let lasting = ordered(hits.filter { !$0.isCorrected }) { $0.match == .whole ? $0.score - SearchRanking.worthOfWholeName : $0.score }
        let kept = lasting.prefix(size - (size + 1) / 3)
        var rest = Array(ordered(lasting.dropFirst(kept.count).filter { $0.match == .whole }, by: \.score).prefix(1))
        rest += ordered(hits.filter(\.isCorrected), by: \.score)
        let shown = Array(kept) + Array(rest.prefix(size - kept.count))
        return Array(ordered(shown, by: \.score).prefix(query.limit))
    }

    // MARK: Names as they are

    private func findWhole(_ key: String, _ match: SearchHit.Match, isFirstLetter: Bool = false, limit: Int = 50, _ found: inout Found) throws {
        let statement = try db.cachedStatement(sql: "SELECT fid FROM locality_names WHERE key = ? ORDER BY rank LIMIT ?")
        for fid in try Int64.fetchAll(statement, arguments: [key, limit]) {
            try addLocality(name: fid, match, isFirstLetter: isFirstLetter, &found)
        }
    }

    /// Names that were written since the index was refreshed, as they begin.
    private func findPending(_ keys: [String], _ found: inout Found) throws {
        guard try SearchIndex.isStale(db) else { return }
        for (locality, name) in try SearchIndex.pendingLocalities(in: db) where keys.contains(where: { foldedKey(name).hasPrefix($0) }) {
            guard let locality = try NetworkStore.locality(id: locality, db), isWithin(locality.country, locality.area) else { continue }
            let match = agreement(of: foldedKey(name), with: keys)
            found.add(
                SearchHit(
                    subject: .locality(locality), name: name, match: match,
                    score: ranking.score(locality, match: match, isMainName: name == locality.name)))
        }
        guard query.includesPlatforms else { return }
        for id in try SearchIndex.pendingPlatforms(in: db) {
            guard let platform = records.platform(id) else { continue }
            for name in [platform.name, platform.localName, platform.contact.town].compactMap({ $0 })
            where keys.contains(where: { foldedKey(name).hasPrefix($0) }) {
                _ = addPlatform(id, name: name, match: agreement(of: foldedKey(name), with: keys), &found)
            }
        }
    }

    /// The towns first, as FTS5 finds them; more of them where nearness may change the order.
    private func findWords(_ keys: [String], _ found: inout Found) throws {
        let wanted = max(query.near == nil ? 60 : 300, 3 * query.limit)
        var kept = 0
        var looked = 0
        let numbers = try Int64.fetchCursor(
            db.cachedStatement(sql: "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid"), arguments: [match(keys)])
        while kept < wanted, looked < 20_000, let number = try numbers.next() {
            looked += 1
            let (isPlatform, fid) = SearchIndex.parts(ofNumber: number)
            if try isPlatform ? addPlatform(name: fid, keys, &found) : addLocality(name: fid, as: keys, &found) { kept += 1 }
        }
    }

    /// All words of a key, the last one as a beginning: `"saint" AND "quen"*`.
    private func match(_ keys: [String]) -> String {
        let words = keys[0].split(separator: " ")
        let lasts = keys.compactMap { $0.split(separator: " ").last }.map { "\"\($0)\" *" }
        return (words.dropLast().map { "\"\($0)\"" } + ["(\(lasts.joined(separator: " OR ")))"]).joined(separator: " AND ")
    }

    private func agreement(of name: String, with keys: [String]) -> SearchHit.Match {
        if keys.contains(name) { return .whole }
        return keys.contains { name.utf8.starts(with: $0.utf8) } ? .beginning : .words
    }

    @discardableResult
    private func addLocality(
        name fid: Int64, _ given: SearchHit.Match? = nil, as keys: [String] = [], isFirstLetter: Bool = false, _ found: inout Found
    ) throws -> Bool {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(NetworkStore.localityColumns), n.name, n.key FROM locality_names n JOIN localities l ON l.id = n.locality WHERE n.fid = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [fid]) else { return false }
        let locality = try NetworkStore.locality(row)
        guard isWithin(locality.country, locality.area)
        else { return false }
        let name: String = try row.required(8, of: "locality_names")
        let key: String = try row.required(9, of: "locality_names")
        let match = given ?? agreement(of: key, with: keys)
        let isMain = name == locality.name || key == foldedKey(locality.name)
        found.add(
            SearchHit(
                subject: .locality(locality), name: name, match: match,
                score: ranking.score(locality, match: match, isMainName: isMain, isFirstLetter: isFirstLetter)))
        return true
    }

    private func addPlatform(name fid: Int64, _ keys: [String], _ found: inout Found) throws -> Bool {
        guard query.includesPlatforms else { return false }
        let statement = try db.cachedStatement(sql: "SELECT platform, name, key FROM platform_names WHERE fid = ?")
        guard let row = try Row.fetchOne(statement, arguments: [fid]) else { return false }
        return addPlatform(
            try row.required(0, of: "platform_names"), name: try row.required(1, of: "platform_names"),
            match: agreement(of: try row.required(2, of: "platform_names"), with: keys), &found)
    }

    private func addPlatform(_ id: String, name: String, match: SearchHit.Match, _ found: inout Found) -> Bool {
        guard let platform = records.platform(id), isWithin(platform.country, platform.area) else { return false }
        found.add(SearchHit(subject: .platform(platform), name: name, match: match, score: ranking.score(platform, match: match)))
        return true
    }

    private func isWithin(_ country: String, _ area: String?) -> Bool {
        guard let areas = query.areas else { return true }
        return areas.contains(country) || area.map { areas.contains($0) } ?? false
    }

    // MARK: Typing errors

    /// Keys of fewer letters have too many neighbours for a beginning to mean something, and for a whole name below three.
    private static let shortestCorrected = (whole: 3, beginning: 5)

    private func findCorrected(_ key: String, _ found: inout Found) throws {
        guard key.count >= Self.shortestCorrected.whole else { return }
        let variants = try OneErrorWalk(first: firstKeys, followers: lettersFollowing).variants(of: key)
        for variant in variants where variant.isWhole {
            try findWhole(variant.text, .wholeCorrected, isFirstLetter: variant.isFirstLetter, limit: 5, &found)
        }
        guard key.count >= Self.shortestCorrected.beginning else { return }
        // A short beginning has thousands of names, which FTS5 has in order; a long one has few.
        let words = try db.cachedStatement(sql: "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid LIMIT 5")
        let names = try db.cachedStatement(
            sql: "SELECT rank << 32 | fid FROM locality_names WHERE key >= ? AND key < ? || '\u{10FFFF}' ORDER BY rank LIMIT 5")
        var numbers: [(number: Int64, isFirstLetter: Bool)] = []
        for variant in variants {
            let isShort = variant.text.count <= 6 && !variant.text.contains(" ")
            let some =
                try isShort
                ? Int64.fetchAll(words, arguments: [match([variant.text])]) : Int64.fetchAll(names, arguments: [variant.text, variant.text])
            numbers += some.map { ($0, variant.isFirstLetter) }
        }
        for (number, isFirstLetter) in numbers.sorted(by: { $0.number < $1.number }).prefix(max(20, 2 * query.limit)) {
            let (isPlatform, fid) = SearchIndex.parts(ofNumber: number)
            if !isPlatform { try addLocality(name: fid, .beginningCorrected, isFirstLetter: isFirstLetter, &found) }
        }
    }

    /// For each text the first key from it on, in one statement: a look takes 1 µs so, and 4 as a statement of its own.
    private func firstKeys(_ texts: [String]) throws -> [String?] {
        try Optional<String>.fetchAll(
            db.cachedStatement(
                sql: "SELECT (SELECT key FROM locality_names WHERE key >= j.value ORDER BY key LIMIT 1) FROM json_each(?) j ORDER BY j.key"),
            arguments: [json(texts)])
    }

    /// For each prefix the letters that follow it in keys: from each letter found, the search jumps over all keys that have it.
    private func lettersFollowing(_ prefixes: [String]) throws -> [[Unicode.Scalar]] {
        var out = Array(repeating: [Unicode.Scalar](), count: prefixes.count)
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    WITH RECURSIVE found(i, prefix, key) AS (
                      SELECT j.key, j.value, (SELECT key FROM locality_names WHERE key >= j.value ORDER BY key LIMIT 1) FROM json_each(?) j
                      UNION ALL
                      SELECT i, prefix, (SELECT n.key FROM locality_names n
                        WHERE n.key >= prefix || char(ifnull(unicode(substr(found.key, length(prefix) + 1, 1)), 0) + 1) ORDER BY n.key LIMIT 1)
                      FROM found WHERE substr(found.key, 1, length(prefix)) = prefix)
                    SELECT i, unicode(substr(key, length(prefix) + 1, 1)) FROM found WHERE substr(key, 1, length(prefix)) = prefix
                    """), arguments: [json(prefixes)])
        while let row = try rows.next() {
            if let code = row[1] as UInt32?, let letter = Unicode.Scalar(code) { out[row[0]].append(letter) }
        }
        return out
    }

    /// An array of keys, which have letters, digits and spaces only.
    private func json(_ keys: [String]) -> String { "[\"" + keys.joined(separator: "\",\"") + "\"]" }

    /// Platforms are few: the words of their names are compared one by one.
    private func findCorrectedPlatforms(_ key: String, _ found: inout Found) throws {
        let words = key.split(separator: " ").map { Array($0.unicodeScalars) }
        guard words.contains(where: { $0.count >= 4 }) else { return }
        let rows = try Row.fetchCursor(db.cachedStatement(sql: "SELECT platform, name, key FROM platform_names"))
        while let row = try rows.next() {
            let names = (try row.required(2, of: "platform_names") as String).split(separator: " ").map { Array($0.unicodeScalars) }
            let agrees = words.allSatisfy { word in names.contains { $0 == word || (word.count >= 4 && isOneErrorApart(word, $0)) } }
            if agrees {
                _ = addPlatform(try row.required(0, of: "platform_names"), name: try row.required(1, of: "platform_names"), match: .wholeCorrected, &found)
            }
        }
    }

    // MARK: Postal codes

    /// A code, whole or begun, alone, after the sign of its country, or before or after a name: `30120`, `F-30120`, `H3B 1A1`,
    /// `30120 Le Vigan`.
    private func findPostalCodes(_ key: String, _ found: inout Found) throws {
        guard key.unicodeScalars.contains(where: { $0.properties.numericType != nil }) else { return }
        let prefixed = PostalPrefix.split(query.text)
        var readings = [(code: postalKey(prefixed?.code ?? query.text), name: "")]
        let words = key.split(separator: " ")
        if prefixed == nil, words.count > 1 {
            readings += [(String(words[0]), words.dropFirst().joined(separator: " ")), (String(words.last!), words.dropLast().joined(separator: " "))]
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.code, p.place, p.country, p.area, p.geom, p.locality, p.key, p.is_chief FROM postal_codes p
                WHERE p.key >= ?1 AND p.key < ?1 || '\u{10FFFF}' ORDER BY p.key LIMIT 400
                """)
        var seen: Set<PostalPlace> = []
        for (code, name) in readings where code.count >= 2 {
            for row in try Row.fetchAll(statement, arguments: [code]) {
                guard case .point(let location)? = (try row.checked(4, of: "postal_codes") as StoredGeometry?)?.geometry else { continue }
                let place: String = try row.required(1, of: "postal_codes")
                let isWholeCode = (try row.checked(6, of: "postal_codes") as String?) == code
                if !name.isEmpty { guard isWholeCode, foldedKey(place).utf8.starts(with: name.utf8) else { continue } }
                var locality: Locality?
                if let id = try row.checked(5, of: "postal_codes") as Int64? { locality = try NetworkStore.locality(id: id, db) }
                let postal = PostalPlace(
                    code: try row.required(0, of: "postal_codes"), name: place, country: try row.required(2, of: "postal_codes"),
                    area: try row.checked(3, of: "postal_codes"), location: location,
                    locality: locality, isChief: try row.checked(7, of: "postal_codes") ?? false)
                guard isWithin(postal.country, postal.area), prefixed == nil || prefixed?.country == postal.country, seen.insert(postal).inserted
                else { continue }
                let match = isWholeCode ? SearchHit.Match.whole : .beginning
                found.add(SearchHit(subject: .postalPlace(postal), name: postal.code, match: match, score: ranking.score(postal, match: match)))
            }
        }
    }
}

extension SearchHit.Subject {
    /// An order for equal scores, the same at each run.
    fileprivate var order: String {
        switch self {
        case .locality(let locality): "l\(locality.id)"
        case .platform(let platform): "p\(platform.id)"
        case .postalPlace(let place): "c\(place.code) \(place.name) \(place.location.x)"
        }
    }
}
