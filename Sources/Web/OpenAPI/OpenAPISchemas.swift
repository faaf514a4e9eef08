import GeoModel

/// The schemas of what the routes give, as far as clients rely on it.
enum OpenAPISchemas {
    static let all: Properties = [
        "object": .object(["type": .string("object")]),
        "problem": object(
            ["type": text, "title": text, "status": .object(["type": .string("integer")]), "detail": text, "parameter": text, "requestId": text],
            required: ["title", "status", "detail"]),
        "link": object(
            ["rel": text, "href": text, "type": text, "title": text, "templated": .object(["type": .string("boolean")])], required: ["rel", "href"]),
        "links": object(["links": list(of: "link")], required: ["links"]),
        "conformance": object(["conformsTo": .object(["type": .string("array"), "items": text])], required: ["conformsTo"]),
        "collections": object(["links": list(of: "link"), "collections": list(of: "collection")], required: ["links", "collections"]),
        "collection": object(
            ["id": text, "title": text, "description": text, "links": list(of: "link"), "extent": .object(["type": .string("object")]), "itemType": text],
            required: ["id", "links"]),
        "featureCollection": object(
            [
                "type": .object(["type": .string("string"), "enum": .array([.string("FeatureCollection")])]), "features": list(of: "feature"),
                "links": list(of: "link"), "timeStamp": text, "numberReturned": count, "numberMatched": count,
            ], required: ["type", "features"]),
        "feature": object(
            [
                "type": .object(["type": .string("string"), "enum": .array([.string("Feature")])]),
                "geometry": .object(["type": .string("object"), "nullable": .bool(true)]),
                "properties": .object(["type": .string("object"), "nullable": .bool(true)]), "links": list(of: "link"),
            ], required: ["type", "geometry", "properties"]),
    ]

    private static let text = PropertyValue.object(["type": .string("string")])
    private static let count = PropertyValue.object(["type": .string("integer"), "minimum": .integer(0)])

    private static func list(of name: String) -> PropertyValue {
        .object(["type": .string("array"), "items": .object(["$ref": .string("#/components/schemas/\(name)")])])
    }

    private static func object(_ properties: Properties, required: [String]) -> PropertyValue {
        .object(["type": .string("object"), "properties": .object(properties), "required": .array(required.map(PropertyValue.string))])
    }
}
