import CQL2

/// The requirement classes that `/conformance` declares.
enum FeatureConformance {
    static let classes: [String] =
        ["core", "collections"].map { "http://www.opengis.net/spec/ogcapi-common-\($0 == "core" ? 1 : 2)/1.0/conf/\($0)" }
        + ["core", "oas30", "html", "geojson"].map { "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/\($0)" }
        + ["http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs"]
        + ["queryables", "queryables-query-parameters", "filter", "features-filter"].map { "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/\($0)" }
        + ConformanceClass.allCases.filter(ConformanceClass.declared.contains).map(\.uri)
}
