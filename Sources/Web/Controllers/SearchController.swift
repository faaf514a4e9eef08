import CiteNetwork
import GeoModel
import HTTPTypes
import NetworkStore
import Planning
import Presentation

/// `/api/search` and `/api/reverse`: names to places and points to names, as GeocodeJSON.
struct SearchController: Sendable {
    let atlas: LiveAtlas

    private typealias Common = CommonParameters
    private static let text = Parameter.text(
        "q", description: "What was typed so far: the name of a town, of a platform or of an area, or a postal code."
    ).required
    private static let limit = Parameter.integer("limit", 1...20, default: 10, component: "search-limit", description: "How many at most.")
    private static let area = Parameter.text("area", longest: 100, description: "The code or name of an area; only what lies in it is found.")

    var routes: [Route] {
        let geocoding = Representation(word: "json", type: "application/geo+json", alsoFor: ["application/json", "application/vnd.geo+json"])
        return [
            Route(
                "/api/search", id: "search", tag: "Finding", summary: "Places, postal codes, platforms and areas by name, as one types",
                description: "GeocodeJSON 0.1.0. With lon and lat, what is near comes first.",
                parameters: [Self.text.info, Self.limit.info, Common.lon.info, Common.lat.info, Self.area.info], representations: [geocoding],
                schema: "featureCollection", outcomes: [Route.Outcome(status: 404, description: "No area has that code or name.")], answer: search),
            Route(
                "/api/reverse", id: "reverse", tag: "Finding", summary: "What is at a point: the nearest locality and platform, and the areas it lies in",
                description: "GeocodeJSON 0.1.0; the member accuracy of geocoding is the distance in whole metres.",
                parameters: [Common.lon.required.info.named("longitude"), Common.lat.required.info.named("latitude"), Self.limit.info],
                representations: [geocoding], schema: "featureCollection", answer: reverse),
        ]
    }

    @Sendable private func search(_ exchange: Exchange) async throws -> Answer {
        let text = try exchange.require(Self.text)
        let limit = try exchange.value(Self.limit) ?? 10
        let area = try exchange.value(Self.area)
        let (lon, lat) = (try exchange.value(Common.lon), try exchange.value(Common.lat))
        guard (lon == nil) == (lat == nil) else { throw Problem.badParameter(lon == nil ? "lon" : "lat", "lon and lat are given together") }
        let snapshot = try atlas.snapshot()
        return try await exchange.work.run { _ in
            let atlas = snapshot.atlas
            let areas: Set<String>?
            do {
                areas = try area.map(atlas.codes(narrowing:))
            } catch PlanningError.notFound(let detail) {
                throw Problem(status: .notFound, title: "No such area", detail: detail, parameter: "area")
            }
            let near = lon.flatMap { x in lat.map { Coordinate(x: x, y: $0) } }
            let found = try atlas.suggestions(SearchQuery(text, near: near, areas: areas, limit: limit))
            return answer(found, snapshot)
        }
    }

    @Sendable private func reverse(_ exchange: Exchange) async throws -> Answer {
        let point = Coordinate(x: try exchange.require(Common.lon), y: try exchange.require(Common.lat))
        let limit = try exchange.value(Self.limit) ?? 10
        let snapshot = try atlas.snapshot()
        return try await exchange.work.run { _ in
            let platforms = snapshot.nearest(Eligibility(asOf: .today))
            return answer(try snapshot.atlas.reverse(at: point, platforms: platforms, limit: limit), snapshot)
        }
    }

    private func answer(_ found: SearchAnswer, _ snapshot: AtlasSnapshot) -> Answer {
        var answer = Answer(found.geoJSON(snapshot.atlas), type: Representation.geoJSON.type)
        answer.lastModified = snapshot.taken
        return answer
    }
}

extension ParameterInfo {
    /// The same parameter under another name among the components of the document.
    func named(_ component: String) -> ParameterInfo {
        var copy = self
        copy.component = component
        return copy
    }
}
