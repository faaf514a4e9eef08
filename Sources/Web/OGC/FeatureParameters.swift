import CiteNetwork
import CQL2
import Features
import GeoModel

/// The parameters of OGC API - Features, parts 1 to 3.
enum FeatureParameters {
    static let mostFeatures = 10_000
    static let usualFeatures = 100

    static let limit = Parameter.integer(
        "limit", 1...mostFeatures, default: usualFeatures, description: "How many features at most; more than the maximum is taken as the maximum.")
    static let offset = Parameter.integer(
        "offset", 0...1_000_000_000, description: "How many features are passed over, for clients that cannot follow the link 'next'.")
    static let cursor = Parameter.text(
        "cursor", longest: 4_000, description: "Where the page begins: taken from the link 'next' of the page before, with the same question.")

    static let bbox = Parameter<[Double]>(
        listed(
            "bbox",
            "Features whose geometry meets this box, and those without geometry: the lower corner and the upper one, in the axes of bbox-crs. "
                + "A west greater than the east crosses the antimeridian.",
            items: ["type": .string("number")], bounds: (4, 6))
    ) { text in
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { decimal($0) }
        guard numbers.count == parts.count, [4, 6].contains(numbers.count) else {
            throw ParameterRefused(detail: "'\(text.prefix(80))' is not four or six numbers with commas between")
        }
        return numbers
    }

    static let crs = system("crs", "The reference system in which geometries are given, by its URI; CRS84 (longitude, latitude) without it.")
    static let boxCRS = system("bbox-crs", "The reference system of bbox, by its URI; CRS84 (longitude, latitude) without it.")
    static let filterCRS = system("filter-crs", "The reference system of geometries in filter, by its URI; CRS84 (longitude, latitude) without it.")

    private static func system(_ name: String, _ words: String) -> Parameter<CRS> {
        let schema: Properties = ["type": .string("string"), "format": .string("uri"), "default": .string(CRS.crs84.uri)]
        return Parameter<CRS>(ParameterInfo(name, description: words, schema: schema)) { text in
            guard text.utf8.count <= 200 else { throw ParameterRefused(detail: "it is longer than 200 bytes") }
            do { return try CRS(text, parameter: name) } catch FeaturesError.parameter(_, let problem) { throw ParameterRefused(detail: problem) }
        }
    }

    /// The day of which the state is asked: of an instant its day, of an interval the day it ends.
    static let time = Parameter<CalendarDate?>(
        ParameterInfo(
            "datetime",
            description:
                "The state of the network at an instant or at the end of an interval: an RFC 3339 instant or a day; a/b, ../b or a/.. ; today without it. "
                + "Areas and localities match any time.", schema: ["type": .string("string"), "example": .string("2009-12-31")])
    ) { text in
        let accepted = "a day YYYY-MM-DD, an instant YYYY-MM-DDThh:mm:ssZ, or two of them with / between, where .. or nothing leaves a side open"
        let sides = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isOpen = sides.map { $0.isEmpty || $0 == ".." }
        let instants = sides.map { DayOrInstant($0) }
        for i in sides.indices where !isOpen[i] && instants[i] == nil { throw ParameterRefused(detail: "'\(text.prefix(80))' is not \(accepted)") }
        switch sides.count {
        case 1 where !isOpen[0]: return instants[0]!.day
        case 2 where isOpen != [true, true]:
            if let a = instants[0], let b = instants[1], b < a { throw ParameterRefused(detail: "the interval ends before it begins") }
            return instants[1]?.day
        default: throw ParameterRefused(detail: "'\(text.prefix(80))' is not \(accepted)")
        }
    }

    static let filter = Parameter.text("filter", longest: 6_000, description: "A filter in CQL2: population > 10000 AND country = 'FR'.")
    static let filterLanguage = Parameter<FilterLanguage>.word("filter-lang", description: "How filter is written; cql2-text without it.")

    enum FilterLanguage: String, CaseIterable, Sendable {
        case text = "cql2-text"
        case json = "cql2-json"
    }

    static func sort(_ source: FeatureCollectionSource) -> Parameter<[FeatureQuery.SortKey]> {
        let names = source.shape.sortables
        return Parameter<[FeatureQuery.SortKey]>(
            listed(
                "sortby", "The order: names of properties, - before one that descends. Accepted: \(names.joined(separator: ", ")).",
                items: ["type": .string("string"), "pattern": .string("^[+-]?.+$")], bounds: (1, 8), component: "sortby-\(source.id)")
        ) { text in
            try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                let key = FeatureQuery.SortKey(text: part)
                guard names.contains(key.name) else {
                    throw ParameterRefused(detail: "'\(part.prefix(80))' is not one of \(names.joined(separator: ", "))")
                }
                return key
            }
        }
    }

    static func properties(_ source: FeatureCollectionSource) -> Parameter<[String]> {
        let names = source.shape.properties.map(\.name)
        return Parameter<[String]>(
            listed(
                "properties", "The properties that are given; all without it.",
                items: ["type": .string("string"), "enum": .array(names.map(PropertyValue.string))], bounds: (1, max(1, names.count)),
                component: "properties-\(source.id)")
        ) { text in
            try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
                guard names.contains(String(part)) else {
                    throw ParameterRefused(detail: "'\(part.prefix(80))' is not one of \(names.joined(separator: ", "))")
                }
                return String(part)
            }
        }
    }

    /// A property as a parameter of its own: `country=FR`.
    static func equality(_ property: FeatureProperty, of source: FeatureCollectionSource) -> ParameterInfo {
        ParameterInfo(
            property.name, component: "\(source.id)-\(property.name)", description: property.description ?? "Features of which \(property.name) is this.",
            schema: property.type.schema(isParameter: true))
    }

    private static func listed(_ name: String, _ words: String, items: Properties, bounds: (Int, Int), component: String? = nil) -> ParameterInfo {
        var info = ParameterInfo(
            name, component: component, description: words,
            schema: ["type": .string("array"), "minItems": .integer(Int64(bounds.0)), "maxItems": .integer(Int64(bounds.1)), "items": .object(items)])
        info.isList = true
        return info
    }
}

/// An RFC 3339 instant or a day, compared as time goes.
private struct DayOrInstant: Comparable {
    var day: CalendarDate
    private var seconds: Double

    init?(_ text: String) {
        guard let date = CalendarDate(text.prefix(10)) else { return nil }
        guard text.utf8.count > 10 else {
            (day, seconds) = (date, Double(date.dayNumber) * 86_400)
            return
        }
        guard let match = text.dropFirst(10).wholeMatch(of: /[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d{1,9})?([Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))/)
        else {
            return nil
        }
        let (hours, minutes, second) = (Double(match.1)!, Double(match.2)!, Double(match.3)!)
        var offset = 0.0
        if let sign = match.6, let h = match.7.flatMap({ Double($0) }), let m = match.8.flatMap({ Double($0) }) {
            offset = (sign == "-" ? -1 : 1) * (h * 60 + m)
        }
        seconds = Double(date.dayNumber) * 86_400 + hours * 3600 + (minutes - offset) * 60 + second
        guard let utc = CalendarDate(dayNumber: Int((seconds / 86_400).rounded(.down))) else { return nil }
        day = utc
    }

    static func < (a: DayOrInstant, b: DayOrInstant) -> Bool { a.seconds < b.seconds }
}

extension PropertyType {
    /// A JSON schema of a value of this type.
    func schema(isParameter: Bool = false) -> Properties {
        switch self {
        case .string: ["type": .string("string")]
        case .integer: ["type": .string("integer")]
        case .number: ["type": .string("number")]
        case .boolean: ["type": .string("boolean")]
        case .date: ["type": .string("string"), "format": .string("date")]
        case .instant: ["type": .string("string"), "format": .string("date-time")]
        case .array: isParameter ? ["type": .string("string")] : ["type": .string("array"), "items": .object(["type": .string("string")])]
        case .json: ["type": .string("object")]
        }
    }
}
