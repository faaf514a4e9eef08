internal import CQL2

/// The SQL of a page: its columns, what it selects, in what order, from where on.
struct PageStatement {
    let table: FeatureTable
    let query: FeatureQuery
    /// What each row must meet.
    private let condition: SQLFragment?
    /// The same where all of them are wanted.
    private let countCondition: SQLFragment?
    private let sortKeys: [(sql: String, isDescending: Bool)]
    private let columns: [String]
    /// True where the second column holds ready GeoJSON instead of a geometry and properties.
    let isReady: Bool
    let properties: [FeatureProperty]
    private let cursor: FeatureCursor?
    /// What a cursor of this question belongs to.
    let context: String
    /// True where the box lies outside of everything.
    let isEmpty: Bool

    init(_ table: FeatureTable, _ query: FeatureQuery, _ connection: Connection) throws {
        guard query.limit >= 1 else { throw FeaturesError.parameter("limit", problem: "\(query.limit) given; at least 1 is accepted") }
        if case .offset(let n) = query.position, n < 0 { throw FeaturesError.parameter("offset", problem: "\(n) given; 0 or more is accepted") }
        self.table = table
        self.query = query
        properties = try table.selected(query.properties)
        isReady = table.readyColumn != nil && query.properties == nil && query.crs == .crs84
        sortKeys = try query.order.map { (try table.sortable($0.name), $0.isDescending) }
        context = table.id + "\u{0}" + query.order.map { "\($0.isDescending ? "-" : "+")\($0.name)" }.joined(separator: "\u{0}")
        if case .after(let text) = query.position {
            cursor = try FeatureCursor(text: text, context: context, keys: sortKeys.count)
        } else {
            cursor = nil
        }
        columns =
            [table.idSQL]
            + (isReady ? ["f." + quoted(table.readyColumn!)] : [table.geometry.map { "f." + quoted($0.column) } ?? "NULL"] + properties.map(\.sql))
            + sortKeys.map(\.sql)
        var terms: [SQLFragment] = []
        var boxes: (scanned: SQLFragment?, found: SQLFragment?) = (nil, nil)
        var isEmpty = false
        if let box = query.box, let geometry = table.geometry {
            let region = try box.region(in: geometry.crs)
            let condition = BoxCondition(table: table, geometry: geometry, facts: try GeometryFacts(table, connection))
            boxes = (condition.sql(region, mayScan: query.order.isEmpty), condition.sql(region, mayScan: false))
            isEmpty = region == .nothing && condition.facts.isComplete
        }
        if let filter = query.filter {
            try FilterLimits.check(filter)
            terms.append(
                filter.sql { queryable, boxes in
                    guard let geometry = table.geometry, queryable.name == geometry.name else { return nil }
                    return BoxCondition.look(up: boxes, table, geometry)
                })
        }
        for equality in query.equalities { terms.append(try table.condition(equality)) }
        condition = .all(terms + [boxes.scanned].compactMap { $0 })
        countCondition = .all(terms + [boxes.found].compactMap { $0 })
        self.isEmpty = isEmpty
    }

    /// Column after which the values of the sort keys stand.
    var firstSortColumn: Int { columns.count - sortKeys.count }
    var sortKeyCount: Int { sortKeys.count }

    var count: SQLFragment { SQLFragment("SELECT count(*) FROM \(table.from)" + (countCondition.map { " WHERE \($0.sql)" } ?? ""), countCondition?.arguments ?? []) }

    /// The statements whose rows, one after the other, are the page; `room` rows are wanted of them in all.
    ///
    /// Two, where a cursor stands at a value and the missing ones follow, or the other way round: each of them is one range of an index.
    func statements(room: Int) -> [SQLFragment] {
        guard let cursor else {
            let offset: Int = if case .offset(let n) = query.position { n } else { 0 }
            return [select([], from: 0, room: room, offset: offset)]
        }
        guard let first = sortKeys.first else { return [select([after(cursor, from: 0)], from: 0, room: room)] }
        let isNull = SQLFragment("\(first.sql) IS NULL")
        let isValue = SQLFragment("\(first.sql) IS NOT NULL")
        switch (cursor.keys[0], first.isDescending) {
        case (.null, false):
            return [select([isNull, after(cursor, from: 1)], from: 1, room: room), select([isValue], from: 0, room: room)]
        case (.null, true): return [select([isNull, after(cursor, from: 1)], from: 1, room: room)]
        case (let value, false):
            return [select([SQLFragment("\(first.sql) >= ?", [value]), after(cursor, from: 0)], from: 0, room: room)]
        case (let value, true):
            return [
                select([SQLFragment("\(first.sql) <= ?", [value]), after(cursor, from: 0)], from: 0, room: room),
                select([isNull], from: 1, room: room),
            ]
        }
    }

    /// Rows after the cursor in the order of the sort keys from the `k`-th on, and the id.
    private func after(_ cursor: FeatureCursor, from k: Int) -> SQLFragment {
        guard k < sortKeys.count else { return SQLFragment("\(table.idSQL) > ?", [cursor.id]) }
        let (sql, isDescending) = sortKeys[k]
        let rest = after(cursor, from: k + 1)
        switch (cursor.keys[k], isDescending) {
        case (.null, false): return SQLFragment("(\(sql) IS NOT NULL OR (\(sql) IS NULL AND \(rest.sql)))", rest.arguments)
        case (.null, true): return SQLFragment("(\(sql) IS NULL AND \(rest.sql))", rest.arguments)
        case (let value, false): return SQLFragment("(\(sql) > ? OR (\(sql) = ? AND \(rest.sql)))", [value, value] + rest.arguments)
        case (let value, true):
            return SQLFragment("(\(sql) < ? OR \(sql) IS NULL OR (\(sql) = ? AND \(rest.sql)))", [value, value] + rest.arguments)
        }
    }

    private func select(_ range: [SQLFragment], from k: Int, room: Int, offset: Int = 0) -> SQLFragment {
        let terms = range + (condition.map { [$0] } ?? [])
        let order = (sortKeys[k...].map { "\($0.sql)\($0.isDescending ? " DESC" : "")" } + [table.idSQL]).joined(separator: ", ")
        let selection =
            "FROM \(table.from)" + (terms.isEmpty ? "" : " WHERE " + terms.map(\.sql).joined(separator: " AND "))
            + " ORDER BY \(order) LIMIT ?" + (offset > 0 ? " OFFSET ?" : "")
        var arguments = terms.flatMap(\.arguments)
        arguments.append(.integer(Int64(room)))
        if offset > 0 { arguments.append(.integer(Int64(offset))) }
        let list = columns.joined(separator: ", ")
        // What must be sorted is sorted by key, without the features' bytes.
        guard !sortKeys.isEmpty || condition != nil || offset > 0 else { return SQLFragment("SELECT \(list) \(selection)", arguments) }
        return SQLFragment("SELECT \(list) FROM \(table.from) WHERE \(table.keySQL) IN (SELECT \(table.keySQL) \(selection)) ORDER BY \(order)", arguments)
    }

    /// The statement that reads one feature.
    func one(id: SQLValue) -> SQLFragment {
        SQLFragment("SELECT \(columns.joined(separator: ", ")) FROM \(table.from) WHERE \(table.idSQL) = ?", [id])
    }
}

extension SQLFragment {
    /// All of them; nil for none.
    fileprivate static func all(_ terms: [SQLFragment]) -> SQLFragment? {
        terms.isEmpty ? nil : SQLFragment(terms.map(\.sql).joined(separator: " AND "), terms.flatMap(\.arguments))
    }
}
