import Foundation
import GeoFormats
import GeoModel
import Hummingbird
import Planning
import Presentation

/// The network as GeoJSON: `/api/collections/{cites,platforms,territories}/items`, as of any day.
struct NetworkController: Sendable {
    enum Collection: String, CaseIterable { case cites, platforms, territories }

    let atlas: LiveAtlas

    func addRoutes(to api: RouterGroup<some RequestContext>) {
        api.get("", use: landing)
        api.get("collections", use: collections)
        api.get("collections/:collection/items", use: items)
        api.get("collections/:collection/items/:id", use: item)
    }

    @Sendable func landing(_ request: Request, context: some RequestContext) async throws -> Response {
        _ = try QueryReader(request, known: [])
        let links = ["/api/collections", "/api/nearest", "/healthz"].map { PropertyValue.object(["href": .string($0)]) }
        return json([
            "title": .string("Maillage"), "description": .string("The atlas of the Cités des métiers network"), "links": .array(links),
        ])
    }

    @Sendable func collections(_ request: Request, context: some RequestContext) async throws -> Response {
        _ = try QueryReader(request, known: [])
        let list = Collection.allCases.map { collection in
            PropertyValue.object([
                "id": .string(collection.rawValue),
                "links": .array([
                    .object([
                        "rel": .string("items"), "type": .string("application/geo+json"),
                        "href": .string("/api/collections/\(collection.rawValue)/items"),
                    ])
                ]),
            ])
        }
        return json(["collections": .array(list)])
    }

    @Sendable func items(_ request: Request, context: some RequestContext) async throws -> Response {
        let features = try features(request, context)
        return Response(
            bytes: GeoJSONWriter.featureCollection(features, members: ["numberReturned": .integer(Int64(features.count))]),
            type: "application/geo+json")
    }

    @Sendable func item(_ request: Request, context: some RequestContext) async throws -> Response {
        let raw = try context.parameters.require("id")
        let id = raw.removingPercentEncoding ?? raw
        guard let feature = try features(request, context).first(where: { $0.id == .string(id) }) else {
            throw Problem.notFound("no feature '\(id)' in this collection on that day")
        }
        return Response(bytes: GeoJSONWriter.feature(feature), type: "application/geo+json")
    }

    private func features(_ request: Request, _ context: some RequestContext) throws -> [Feature] {
        let name = try context.parameters.require("collection")
        guard let collection = Collection(rawValue: name) else {
            throw Problem.notFound("no collection '\(name)'; collections: \(Collection.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let day = try QueryReader(request, known: ["datetime"]).day()
        let network = NetworkFeatures(try atlas.current(), asOf: day)
        return switch collection {
        case .cites: network.cites
        case .platforms: network.platforms
        case .territories: network.territories
        }
    }

    private func json(_ members: Properties) -> Response {
        Response(bytes: PropertyValue.object(members).json, type: "application/json")
    }
}
