import CiteNetwork
import GeoModel
import Hummingbird
import Impedance
import Planning
import Presentation

/// `/api/nearest`: the nearest platforms from a point or a named place.
struct NearestController: Sendable {
    let atlas: LiveAtlas

    func addRoutes(to api: RouterGroup<some RequestContext>) {
        api.get("nearest", use: nearest)
    }

    @Sendable func nearest(_ request: Request, context: some RequestContext) async throws -> Response {
        let query = try QueryReader(request, known: ["lon", "lat", "q", "limit", "service", "kind", "within", "openAt", "datetime"])
        let place = try place(query)
        let kind = try query.code("kind", PlatformKind.self)
        let moment = try query.text("openAt").map { text in
            // A plus sign of the query stands for a space.
            guard let moment = OpeningMoment(text.replacing(" ", with: "+")) else {
                throw Problem.badParameter("openAt", "'\(text)' is not \(OpeningMoment.acceptedForms)")
            }
            return moment
        }
        let rule = Eligibility(
            asOf: try query.text("datetime") == nil ? moment?.day ?? query.day() : query.day(), kinds: kind.map { [$0] },
            service: try query.code("service", ServiceCode.self))
        let reach = try query.text("within").map { text in
            guard let reach = Reach(text) else { throw Problem.badParameter("within", "'\(text)' is not \(Reach.acceptedForms)") }
            return reach
        }
        let limit = try query.integer("limit", atLeast: 1, atMost: 100) ?? 5
        let answer = try atlas.nearest(rule).nearest(limit, to: place.location, within: reach, openAt: moment)
        let names = try place.alternatives.map(atlas.current().describe)
        return Response(bytes: NearestReport(place: place, answer: answer, alternatives: names).geoJSON, type: "application/geo+json")
    }

    private func place(_ query: QueryReader) throws -> Place {
        if let name = query.text("q") {
            guard query.text("lon") == nil, query.text("lat") == nil else {
                throw Problem.badParameter("q", "give a name in q, or a point in lon and lat, not both")
            }
            do {
                return try atlas.current().place(named: name)
            } catch PlanningError.notFound(let text) {
                throw Problem(status: .notFound, title: "No such place", detail: text, parameter: "q")
            } catch PlanningError.badArgument(let text) {
                throw Problem.badParameter("q", text)
            }
        }
        guard let lon = try query.number("lon", in: -180...180) else {
            throw Problem.badParameter("lon", "expected lon and lat in degrees, or the name of a place in q")
        }
        guard let lat = try query.number("lat", in: -90...90) else { throw Problem.badParameter("lat", "expected lat in degrees beside lon") }
        return Place(at: Coordinate(x: lon, y: lat))
    }
}
