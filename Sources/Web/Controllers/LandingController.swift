import GeoFormats
import GeoModel
import HTTPTypes
import Presentation

/// The first page of the API, what it conforms to, and its OpenAPI document, for programs and for people.
struct LandingController: Sendable {
    /// Made once all routes are known.
    let document: @Sendable () -> OpenAPIDocument
    let conformance: [String]

    private static let both: [Representation] = [.json, .html]

    var routes: [Route] {
        var root = Route("/", id: nil, summary: "To the API", representations: [.json, .html]) { exchange in
            var answer = Answer([], type: exchange.representation.type, caching: .seconds(60))
            answer.status = .temporaryRedirect
            answer.headers[.location] = exchange.link("/api")
            return answer
        }
        root.tag = "API"
        return [
            root,
            Route(
                "/api", id: "landingPage", tag: "API", summary: "Where everything begins", representations: Self.both, schema: "links", answer: landing),
            Route(
                "/api/conformance", id: "conformance", tag: "API", summary: "The requirement classes that are held", representations: Self.both,
                schema: "conformance", answer: classes),
            Route("/api/openapi.json", id: "openapi", tag: "API", summary: "This document", representations: [.openAPI]) { exchange in
                Answer(document().json(base: exchange.base), type: Representation.openAPI.type)
            },
            Route("/api/openapi.html", id: "openapiPage", tag: "API", summary: "This document for people", representations: [.html], answer: page),
        ]
    }

    private static let title = "Maillage"
    private static let words = "The atlas of the Cités des métiers network: its places, their territories, and the areas and localities around them."

    @Sendable private func landing(_ exchange: Exchange) async throws -> Answer {
        let links =
            [Link].forms(of: exchange, Self.both, path: "/api") + [
                Link("service-desc", exchange.link("/api/openapi.json"), type: Representation.openAPI.type, title: "The OpenAPI document"),
                Link("service-doc", exchange.link("/api/openapi.html"), type: "text/html", title: "The operations, for people"),
                Link("conformance", exchange.link("/api/conformance"), type: "application/json", title: "What it conforms to"),
                Link(
                    "http://www.opengis.net/def/rel/ogc/1.0/conformance", exchange.link("/api/conformance"), type: "application/json",
                    title: "What it conforms to, by the relation's full name"),
                Link("data", exchange.link("/api/collections"), type: "application/json", title: "The collections"),
                Link(
                    "http://www.opengis.net/def/rel/ogc/1.0/data", exchange.link("/api/collections"), type: "application/json",
                    title: "The collections, by the relation's full name"),
            ]
        if exchange.representation == .html {
            return Answer(
                APIPage.document(title: "API", path: []) {
                    HTML("h1") { Self.title }
                    HTML("p", .class("lead")) { Self.words }
                    APIPage.list(
                        links.filter { ["service-desc", "service-doc", "conformance", "data", "alternate"].contains($0.rel) }.map(Self.forPeople(exchange)))
                    HTML("h2") { "Questions" }
                    HTML("ul") {
                        HTML("li") { HTML("a", .href(exchange.link("/api/nearest?lon=3.29&lat=49.85"))) { "The nearest platforms from a point" } }
                        HTML("li") { HTML("a", .href(exchange.link("/api/search?q=saint-quentin"))) { "Places by name" } }
                        HTML("li") { HTML("a", .href(exchange.link("/api/reverse?lon=3.29&lat=49.85"))) { "What is at a point" } }
                    }
                }, type: Representation.html.type)
        }
        return Answer(
            PropertyValue.object([
                "title": .string(Self.title), "description": .string(Self.words), "attribution": .string("GeoNames (CC BY 4.0), Natural Earth"),
                "links": links.json,
            ]).json, type: exchange.representation.type)
    }

    /// Pages lead to pages.
    static func forPeople(_ exchange: Exchange) -> (Link) -> Link {
        { link in
            var link = link
            guard link.type == "application/json", link.rel != "alternate" else { return link }
            link.href += (link.href.contains("?") ? "&" : "?") + "f=html"
            link.type = "text/html"
            return link
        }
    }

    @Sendable private func classes(_ exchange: Exchange) async throws -> Answer {
        let links = [Link].forms(of: exchange, Self.both, path: "/api/conformance")
        if exchange.representation == .html {
            return Answer(
                APIPage.document(title: "Conformance", path: [("API", exchange.link("/api?f=html"))]) {
                    HTML("h1") { "Conformance" }
                    HTML("ul") { conformance.map { uri in HTML("li") { HTML("a", .href(uri)) { uri } } } }
                    APIPage.list(links.filter { $0.rel == "alternate" })
                }, type: Representation.html.type)
        }
        return Answer(
            PropertyValue.object(["conformsTo": .array(conformance.map(PropertyValue.string)), "links": links.json]).json, type: exchange.representation.type)
    }

    @Sendable private func page(_ exchange: Exchange) async throws -> Answer {
        let operations = document().operationsForPeople()
        return Answer(
            APIPage.document(title: "Operations", path: [("API", exchange.link("/api?f=html"))]) {
                HTML("h1") { "Operations" }
                HTML("p") { "For programs: " } + HTML("a", .href(exchange.link("/api/openapi.json"))) { "the OpenAPI document" }
                operations.enumerated().map { i, operation in
                    HTML("section") {
                        HTML("h2") { HTML("code") { "\(operation.method) \(OpenAPIDocument.root)\(operation.path == "/" ? "" : operation.path)" } }
                        HTML("p") { operation.summary + (operation.description.map { ". \($0)" } ?? "") }
                        operation.parameters.isEmpty ? HTML() : table(i, operation.parameters)
                    }
                }
            }, type: Representation.html.type)
    }

    private func table(_ i: Int, _ parameters: [ParameterInfo]) -> HTML {
        var table = PageTable("parameters-\(i)", caption: "Parameters", [.text("name"), .text("what it is"), .text("what is accepted")])
        table.rows = parameters.map { info in
            [HTML(info.name + (info.isRequired ? " (must be given)" : "")), HTML(info.description), HTML(Self.accepted(info.schema))]
        }
        return table.html
    }

    private static func accepted(_ schema: Properties) -> String {
        if let words = schema["enum"]?.array { return words.compactMap(\.string).joined(separator: ", ") }
        var text = schema["type"]?.string ?? ""
        if let low = schema["minimum"]?.number, let high = schema["maximum"]?.number { text += " from \(machineNumber(low)) to \(machineNumber(high))" }
        if let standard = schema["default"]?.number { text += "; \(machineNumber(standard)) without it" }
        return text
    }
}
