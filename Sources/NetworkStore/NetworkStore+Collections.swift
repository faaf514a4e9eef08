package import Features

extension NetworkStore {
    /// The tables of the gazetteer as collections of features: `areas` and `localities`, which everyone may see whole.
    ///
    /// What belongs to the network is no such table: its states are told as of a day, and visibility is decided in `records(for:)`.
    package static let collections = [areaCollection, localityCollection]

    /// Administrative units by their codes, with their polygons.
    package static let areaCollection = FeatureTable(
        id: "areas", title: "Areas", description: "Administrative units: countries, régions, départements, provinces, cantons, EPCI, communes",
        idColumn: "code", idType: .text, geometry: .init(type: "MULTIPOLYGON", index: "rtree_areas_geom"),
        properties: [
            FeatureProperty("code", .string, description: "ISO 3166 or national code"),
            FeatureProperty("kind", .string, description: "country, region, department, province, canton, epci, commune…"),
            FeatureProperty("parent", .string, description: "Code of the area it belongs to"),
            FeatureProperty("country", .string, description: "ISO 3166-1 code of two letters"),
            FeatureProperty("name", .string),
            FeatureProperty("localName", .string, column: "local_name", description: "Name in the language of the place, where it is another"),
            // Others may edit the table: what is no JSON would spoil a whole answer.
            FeatureProperty("names", .json, sql: "CASE WHEN json_valid(f.\"names\") THEN f.\"names\" END", description: "Names by language"),
            FeatureProperty("validFrom", .string, column: "valid_from", description: "YYYY, YYYY-MM or YYYY-MM-DD"),
            FeatureProperty("validTo", .string, column: "valid_to", description: "YYYY, YYYY-MM or YYYY-MM-DD"),
            FeatureProperty("basis", .string),
            FeatureProperty("population", .number),
            FeatureProperty("populationYear", .string, column: "population_year"),
            FeatureProperty("populationSource", .string, column: "population_source"),
        ])

    /// Towns and villages of the gazetteer, sections of towns among them.
    package static let localityCollection = FeatureTable(
        id: "localities", title: "Localities", description: "Towns, villages and sections of towns of the gazetteer (GeoNames, CC BY 4.0)",
        idColumn: "id", idType: .integer, geometry: .init(type: "POINT", index: "rtree_localities_geom"),
        properties: [
            FeatureProperty("name", .string),
            FeatureProperty("country", .string, description: "ISO 3166-1 code of two letters"),
            FeatureProperty("area", .string, description: "Code of the area it lies in"),
            FeatureProperty("population", .number, description: "0 where it is not known"),
            FeatureProperty("timeZone", .string, column: "timezone", description: "IANA name"),
            FeatureProperty("sectionOf", .integer, column: "section_of", description: "Id of the town of which it is a section"),
        ])
}
