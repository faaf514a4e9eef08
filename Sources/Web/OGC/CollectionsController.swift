import CQL2
import Features
import GeoFormats
import GeoModel
import HTTPTypes
import Presentation

/// `/api/collections`, each collection, and what its filters may name.
struct CollectionsController: Sendable {
    let sources: [FeatureCollectionSource]

    private static let collectionID = Parameter.text("collectionId", place: .path, description: "The id of a collection.")

    var routes: [Route] {
        [
            Route(
                "/api/collections", id: "collections", tag: "Collections", summary: "The collections of features",
                representations: CollectionDescription.representations, schema: "collections", answer: list)
        ] + sources.flatMap(routes)
    }

    private func routes(_ source: FeatureCollectionSource) -> [Route] {
        [
            Route(
                "/api/collections/\(source.id)", id: "\(source.id)Collection", tag: "Collections", summary: "\(source.title): \(source.description)",
                representations: CollectionDescription.representations, schema: "collection"
            ) { try await one(source, $0) },
            Route(
                "/api/collections/\(source.id)/queryables", id: "\(source.id)Queryables", tag: "Collections", summary: "\(source.title): what filters may name",
                representations: [.schema, .html]
            ) { queryables(source, $0) },
        ]
    }

    /// A name that no collection has, wherever below it something is asked for.
    var unknown: [Route] {
        let names = sources.map(\.id).joined(separator: ", ")
        return ["", "/items", "/items/{featureId}", "/queryables"].map { rest in
            var route = Route("/api/collections/{collectionId}\(rest)", id: nil, summary: "No collection", representations: [.json, .html]) { exchange in
                throw Problem.notFound("no collection '\(exchange.path["collectionId", default: ""].prefix(80))'; collections: \(names)")
            }
            route.takesAnything = true
            return route
        }
    }

    @Sendable private func list(_ exchange: Exchange) async throws -> Answer {
        let links = [Link].forms(of: exchange, CollectionDescription.representations, path: "/api/collections")
        let readings = try await exchange.work.run { _ in try sources.map { try $0.read(nil, exchange.viewer) } }
        let descriptions = zip(sources, readings).map { source, reading in
            CollectionDescription(
                source, extent: reading.extent, exchange,
                own: [
                    Link("self", exchange.link("/api/collections/\(percentEncoded(source.id))"), type: "application/json", title: source.title),
                    Link(
                        "alternate", exchange.link("/api/collections/\(percentEncoded(source.id))?f=html"), type: "text/html",
                        title: "\(source.title) as a page"),
                ])
        }
        var answer: Answer
        if exchange.representation == .html {
            answer = Answer(
                APIPage.document(title: "Collections", path: [("API", exchange.link("/api?f=html"))]) {
                    HTML("h1") { "Collections" }
                    descriptions.map { $0.html(2) }
                    APIPage.list(links.filter { $0.rel == "alternate" })
                }, type: Representation.html.type)
        } else {
            answer = Answer(
                PropertyValue.object([
                    "links": links.json, "collections": .array(descriptions.map(\.json)),
                    "crs": .array(CollectionDescription.systems.map { .string($0.uri) }),
                ]).json, type: exchange.representation.type)
        }
        answer.lastModified = readings.map(\.taken).max()
        return answer
    }

    private func one(_ source: FeatureCollectionSource, _ exchange: Exchange) async throws -> Answer {
        let reading = try await exchange.work.run { _ in try source.read(nil, exchange.viewer) }
        let path = "/api/collections/\(percentEncoded(source.id))"
        let links = [Link].forms(of: exchange, CollectionDescription.representations, path: path)
        let description = CollectionDescription(source, extent: reading.extent, exchange, own: links)
        var answer: Answer
        if exchange.representation == .html {
            answer = Answer(
                APIPage.document(title: source.title, path: Self.above(exchange)) {
                    description.html(1)
                    HTML("h2") { "Properties" }
                    table(source)
                }, type: Representation.html.type)
        } else {
            answer = Answer(description.json.json, type: exchange.representation.type)
        }
        answer.lastModified = reading.taken
        return answer
    }

    static func above(_ exchange: Exchange) -> [(title: String, href: String)] {
        [("API", exchange.link("/api?f=html")), ("Collections", exchange.link("/api/collections?f=html"))]
    }

    private func table(_ source: FeatureCollectionSource) -> HTML {
        var table = PageTable("properties", caption: "Properties of \(source.title)", [.text("name"), .text("type"), .text("what it is")])
        table.rows = source.shape.properties.map { [HTML($0.name), HTML($0.type.rawValue), HTML($0.description ?? "")] }
        return table.html
    }

    private func queryables(_ source: FeatureCollectionSource, _ exchange: Exchange) -> Answer {
        let path = "/api/collections/\(percentEncoded(source.id))"
        if exchange.representation == .html {
            return Answer(
                APIPage.document(
                    title: "What filters may name", path: Self.above(exchange) + [(source.title, exchange.link("\(path)?f=html"))]
                ) {
                    HTML("h1") { "\(source.title): what filters may name" }
                    table(source)
                }, type: Representation.html.type)
        }
        var members: Properties = [:]
        for queryable in source.shape.queryables.all {
            let property = source.shape.property(queryable.name)
            var schema: Properties = ["title": .string(property?.title ?? queryable.name)]
            if let description = property?.description { schema.append("description", .string(description)) }
            if let property {
                for member in property.type.schema().members { schema.append(member.name, member.value) }
            } else if queryable.type == .geometry {
                schema.append("format", .string("geometry-\(Self.format(source.shape.geometry?.type))"))
                schema.append("x-ogc-role", .string("primary-geometry"))
            } else {
                schema.append("type", .string(source.shape.idType == .integer ? "integer" : "string"))
                schema.append("x-ogc-role", .string("id"))
            }
            members.append(queryable.name, .object(schema))
        }
        return Answer(
            PropertyValue.object([
                "$schema": .string("https://json-schema.org/draft/2020-12/schema"), "$id": .string(exchange.link("\(path)/queryables")),
                "title": .string(source.title), "description": .string(source.description), "type": .string("object"), "properties": .object(members),
                "additionalProperties": .bool(false),
            ]).json, type: exchange.representation.type)
    }

    private static func format(_ type: String?) -> String {
        switch type {
        case nil, "GEOMETRY"?: "any"
        case let type?: type.lowercased()
        }
    }
}
