internal import GeoFormats
internal import GeoModel

/// Arrays as the sets that array predicates compare.
enum ArrayValues {
    /// 1 and 1.0 are one value, at every level.
    static func set(_ values: [PropertyValue]) -> Set<PropertyValue> { Set(values.map(canonical)) }

    private static func canonical(_ value: PropertyValue) -> PropertyValue {
        switch value {
        case .number(let d): if case .integer(let n) = Expression.Node.numeric(d) { .integer(n) } else { value }
        case .array(let all): .array(all.map(canonical))
        default: value
        }
    }

    /// A literal as an element: dates and moments are text, as in GeoJSON.
    static func literal(_ e: Expression) -> PropertyValue {
        switch e.node {
        case .instant(let instant): .string(instant.description)
        case .casei(let a): .string(TextFolding.withoutCase(literal(a).string ?? ""))
        case .accenti(let a): .string(TextFolding.withoutAccents(literal(a).string ?? ""))
        case .array(let all): .array(all.map(literal))
        default: e.json
        }
    }

    /// Reads a JSON array; nil for anything else.
    static func set(json: String) -> Set<PropertyValue>? {
        guard let all = (try? JSONReader.read(Array(json.utf8)))?.array else { return nil }
        return set(all)
    }
}
