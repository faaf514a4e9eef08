import CiteNetwork
import Foundation
import GeoFormats
import GeoModel
import Planning
import Presentation

/// The network as GeoJSON: `/api/collections/{cites,platforms,territories}/items`, as of any day.
struct NetworkController: Sendable {
    enum Collection: String, CaseIterable { case cites, platforms, territories }

    let atlas: LiveAtlas

    private static let id = Parameter.text("featureId", place: .path, description: "The id of a feature.")

    var routes: [Route] {
        Collection.allCases.flatMap { collection in
            [
                Route(
                    "/api/collections/\(collection.rawValue)/items", id: "\(collection.rawValue)Items", tag: "Features", summary: "The \(collection.rawValue)",
                    parameters: [CommonParameters.day.info], representations: [.geoJSON], schema: "featureCollection"
                ) { exchange in
                    let features = try features(collection, exchange)
                    return Answer(
                        GeoJSONWriter.featureCollection(features, members: ["numberReturned": .integer(Int64(features.count))]),
                        type: Representation.geoJSON.type)
                },
                Route(
                    "/api/collections/\(collection.rawValue)/items/{featureId}", id: "\(collection.rawValue)Item", tag: "Features",
                    summary: "One of the \(collection.rawValue)", parameters: [Self.id.info, CommonParameters.day.info], representations: [.geoJSON],
                    schema: "feature"
                ) { exchange in
                    let id = try exchange.require(Self.id)
                    guard let feature = try features(collection, exchange).first(where: { $0.id == .string(id) }) else {
                        throw Problem.notFound("no feature '\(id)' in this collection on that day")
                    }
                    return Answer(GeoJSONWriter.feature(feature), type: Representation.geoJSON.type)
                },
            ]
        }
    }

    private func features(_ collection: Collection, _ exchange: Exchange) throws -> [Feature] {
        let network = NetworkFeatures(try atlas.current(), asOf: try exchange.value(CommonParameters.day) ?? .today)
        return switch collection {
        case .cites: network.cites
        case .platforms: network.platforms
        case .territories: network.territories
        }
    }
}
