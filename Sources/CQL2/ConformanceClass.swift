/// The conformance classes of CQL2 (OGC 21-065r2, annex A) that a filter may need.
package enum ConformanceClass: String, Sendable, Hashable, CaseIterable {
    case text = "cql2-text"
    case json = "cql2-json"
    case basic = "basic-cql2"
    case advancedComparison = "advanced-comparison-operators"
    case caseInsensitive = "case-insensitive-comparison"
    case accentInsensitive = "accent-insensitive-comparison"
    case basicSpatial = "basic-spatial-functions"
    case basicSpatialPlus = "basic-spatial-functions-plus"
    case spatial = "spatial-functions"
    case temporal = "temporal-functions"
    case array = "array-functions"
    case propertyProperty = "property-property"
    case functions
    case arithmetic

    /// As `/conformance` lists it.
    package var uri: String { "http://www.opengis.net/spec/cql2/1.0/conf/\(rawValue)" }

    /// What this module reads, evaluates and translates: every class but `functions`, since it has no functions of its own.
    package static let declared = Set(allCases).subtracting([.functions])
}
