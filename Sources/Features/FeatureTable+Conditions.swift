internal import CQL2

extension FeatureTable {
    /// The properties of these names, in the table's order; all for nil. Throws for one that the table does not have.
    func selected(_ names: [String]?) throws(FeaturesError) -> [FeatureProperty] {
        guard let names else { return properties }
        for name in names where property(name) == nil {
            throw .parameter("properties", problem: "no property '\(name.prefix(60))'; properties: \(listed(properties.map(\.name)))")
        }
        let chosen = Set(names)
        return properties.filter { chosen.contains($0.name) }
    }

    /// What features may be sorted by.
    package var sortables: [String] { properties.filter(\.type.isSortable).map(\.name) + (idName.map { [$0] } ?? []) }

    /// The SQL of a sort key.
    func sortable(_ name: String) throws(FeaturesError) -> String {
        if let p = property(name), p.type.isSortable { return p.sql }
        if name == idName { return idSQL }
        throw .parameter("sortby", problem: "cannot sort by '\(name.prefix(60))'; properties to sort by: \(listed(sortables))")
    }

    /// The SQL of an id that a URL names; nil where no feature can have it.
    func id(_ text: String) -> SQLValue? {
        switch idType {
        case .text: return .text(text)
        case .integer:
            guard let n = Int64(text), String(n) == text else { return nil }
            return .integer(n)
        }
    }

    /// `NAME=VALUE` as a condition. Throws for a property that is not there to be asked, and for a value that it can never have.
    func condition(_ equality: FeatureQuery.Equality) throws(FeaturesError) -> SQLFragment {
        let (name, value) = (equality.name, equality.value)
        let shown = "'\(value.prefix(60))'"
        if name == idName {
            guard let id = id(value) else { throw .parameter(name, problem: "\(shown) is no whole number") }
            return SQLFragment("\(idSQL) = ?", [id])
        }
        guard let p = property(name), p.isQueryable else {
            let names = properties.filter(\.isQueryable).map(\.name) + (idName.map { [$0] } ?? [])
            throw .parameter(name, problem: "no such property to ask for; properties: \(listed(names))")
        }
        switch p.type {
        case .string: return SQLFragment("\(p.sql) = ?", [.text(value)])
        case .integer, .number:
            if let n = Int64(value) { return SQLFragment("\(p.sql) = ?", [.integer(n)]) }
            guard let d = Double(value), d.isFinite, value.utf8.allSatisfy({ "0123456789.eE+-".utf8.contains($0) }) else {
                throw .parameter(name, problem: "\(shown) is no number; a number such as 12 or 0.5 would be accepted")
            }
            return SQLFragment("\(p.sql) = ?", [.real(d)])
        case .boolean:
            guard value == "true" || value == "false" else { throw .parameter(name, problem: "\(shown) given; accepted are true and false") }
            return SQLFragment("\(p.sql) = ?", [.integer(value == "true" ? 1 : 0)])
        case .date:
            guard let day = Instant(value), day.isDate else { throw .parameter(name, problem: "\(shown) is no day; one such as 2026-01-31 would be accepted") }
            return SQLFragment("\(p.sql) = ?", [.text(value)])
        case .instant:
            guard let instant = Instant(value) else {
                throw .parameter(name, problem: "\(shown) is no moment; one such as 2026-01-31T09:30:00Z, or a day, would be accepted")
            }
            return SQLFragment("cql2_instant(\(p.sql)) BETWEEN ? AND ?", [.integer(instant.start), .integer(instant.end)])
        case .array:
            let others: [SQLValue] = [.text(value)] + (Int64(value).map { [.integer($0)] } ?? [])
            return SQLFragment(
                "EXISTS (SELECT 1 FROM json_each(\(p.sql)) AS e WHERE e.atom IN (\(others.map { _ in "?" }.joined(separator: ", "))))", others)
        case .json: throw .parameter(name, problem: "it cannot be asked for")
        }
    }
}
