import GeoFormats
import GeoModel
import HTTPTypes

/// The OpenAPI 3.0 document of the routes that have a name, made from them.
struct OpenAPIDocument: Sendable {
    /// Paths in the document are relative to this one, which is the address of its server.
    static let root = "/api"

    private var operations: [(path: String, members: [(method: String, value: PropertyValue)])] = []
    private var parameters: [(name: String, info: ParameterInfo)] = []
    private var tags: [String] = []
    private var schemas: Properties

    /// - Parameter schemas: further schemas, by name, that routes refer to.
    init(_ routes: [Route], schemas more: Properties = [:]) {
        schemas = OpenAPISchemas.all
        for schema in more.members { schemas.append(schema.name, schema.value) }
        for route in routes where route.id != nil {
            precondition(route.path == Self.root || route.path.hasPrefix(Self.root + "/"), "\(route.path) lies outside \(Self.root)")
            let path = route.path == Self.root ? "/" : String(route.path.dropFirst(Self.root.utf8.count))
            for info in route.parameters {
                if let known = parameters.first(where: { $0.name == info.component }) {
                    precondition(known.info == info, "two parameters are called \(info.component); one needs a component name of its own")
                } else {
                    parameters.append((info.component, info))
                }
            }
            if !tags.contains(route.tag) { tags.append(route.tag) }
            let member = (route.method.rawValue.lowercased(), Self.operation(route))
            if let at = operations.firstIndex(where: { $0.path == path }) {
                operations[at].members.append(member)
            } else {
                operations.append((path, [member]))
            }
        }
    }

    private static func operation(_ route: Route) -> PropertyValue {
        var members: Properties = ["tags": .array([.string(route.tag)]), "summary": .string(route.summary)]
        if let description = route.description { members.append("description", .string(description)) }
        members.append("operationId", .string(route.id ?? ""))
        if !route.parameters.isEmpty { members.append("parameters", .array(route.parameters.map { reference("parameters", $0.component) })) }
        var content: Properties = [:]
        for one in route.representations {
            content.append(
                one.type,
                .object([
                    "schema": one.word == "html" || one.word == "text" ? .object(["type": .string("string")]) : reference("schemas", route.schema ?? "object")
                ]))
        }
        var responses: [(Int, PropertyValue)] = [
            (200, .object(["description": .string("The answer."), "headers": .object(["ETag": reference("headers", "ETag")]), "content": .object(content)])),
            (304, .object(["description": .string("It has not changed since the tag or the date that the request names.")])),
        ]
        var failures = [(400, "A parameter is not known, is given twice, or has a value that is not accepted."), (406, "None of the forms is accepted.")]
        failures += [
            (413, "The body is too large."), (414, "The address is too long."), (500, "Something that was not foreseen."),
            (503, "Too much is asked at once, or of one question."),
        ]
        if route.parameters.contains(where: { $0.place == .path }) { failures.append((404, "There is none of that name.")) }
        for outcome in route.outcomes {
            failures.removeAll { $0.0 == outcome.status }
            failures.append((outcome.status, outcome.description))
        }
        responses += failures.map { status, words in
            (
                status,
                .object([
                    "description": .string(words),
                    "content": .object([
                        "application/problem+json": .object(["schema": reference("schemas", "problem")]),
                        "text/html; charset=utf-8": .object(["schema": .object(["type": .string("string")])]),
                    ]),
                ])
            )
        }
        members.append("responses", .object(Properties(responses.sorted { $0.0 < $1.0 }.map { ("\($0.0)", $0.1) })))
        return .object(members)
    }

    private static func reference(_ kind: String, _ name: String) -> PropertyValue { .object(["$ref": .string("#/components/\(kind)/\(name)")]) }

    private static func parameter(_ info: ParameterInfo) -> PropertyValue {
        var members: Properties = ["name": .string(info.name), "in": .string(info.place.rawValue), "description": .string(info.description)]
        if info.isRequired { members.append("required", .bool(true)) }
        if info.place == .query {
            members.append("style", .string("form"))
            members.append("explode", .bool(false))
        }
        members.append("schema", .object(info.schema))
        return .object(members)
    }

    /// - Parameter base: where the service is reached.
    func json(base: String) -> [UInt8] {
        PropertyValue.object([
            "openapi": .string("3.0.3"),
            "info": .object([
                "title": .string("Maillage"), "version": .string("1.0.0"),
                "description": .string(
                    "The atlas of the Cités des métiers network: places, territories, areas and localities by OGC API - Features, "
                        + "the nearest platforms, and search."
                ),
            ]),
            "servers": .array([.object(["url": .string(base + Self.root), "description": .string("This service.")])]),
            "tags": .array(tags.map { .object(["name": .string($0)]) }),
            "paths": .object(Properties(operations.map { path, members in (path, .object(Properties(members.map { ($0.method, $0.value) }))) })),
            "components": .object([
                "parameters": .object(Properties(parameters.map { ($0.name, Self.parameter($0.info)) })), "schemas": .object(schemas),
                "headers": .object([
                    "ETag": .object([
                        "description": .string("A strong validator: the same tag, the same bytes."), "schema": .object(["type": .string("string")]),
                    ])
                ]),
            ]),
        ]).json
    }

    /// The document for people: each operation with its parameters.
    func operationsForPeople() -> [(path: String, method: String, summary: String, description: String?, parameters: [ParameterInfo])] {
        operations.flatMap { path, members in
            members.map { method, value in
                let object = value.object ?? [:]
                let names = object["parameters"]?.array?.compactMap { $0.object?["$ref"]?.string?.split(separator: "/").last.map(String.init) } ?? []
                return (
                    path, method.uppercased(), object["summary"]?.string ?? "", object["description"]?.string,
                    names.compactMap { name in parameters.first { $0.name == name }?.info }
                )
            }
        }
    }
}
