import CiteNetwork
import GeoModel
import HTTPTypes
import Impedance
import Planning
import Presentation

/// `/api/nearest`: the nearest platforms from a point or a named place.
struct NearestController: Sendable {
    let atlas: LiveAtlas

    private typealias Common = CommonParameters
    private static let name = Parameter.text(
        "q", component: "place", description: "The name of a place, in the stead of lon and lat: a town, a postal code, a Cité.")
    private static let limit = Parameter.integer("limit", 1...100, default: 5, component: "nearest-limit", description: "How many at most.")

    var routes: [Route] {
        [
            Route(
                "/api/nearest", id: "nearest", tag: "Finding", summary: "The nearest platforms from a point or a named place",
                description: "Distances are geodesics in metres; road distance and duration are estimates. Platforms of which something asked for is not known "
                    + "are told apart, in members of the collection.",
                parameters: [
                    Common.lon.info, Common.lat.info, Self.name.info, Self.limit.info, Common.service.info, Common.kind.info, Common.within.info,
                    Common.openAt.info, Common.day.info,
                ], representations: [.geoJSON], schema: "featureCollection",
                outcomes: [Route.Outcome(status: 404, description: "No place has that name.")], answer: nearest)
        ]
    }

    @Sendable private func nearest(_ exchange: Exchange) async throws -> Answer {
        let moment = try exchange.value(Common.openAt)
        let rule = Eligibility(
            asOf: try exchange.value(Common.day) ?? moment?.day ?? .today, kinds: try exchange.value(Common.kind).map { [$0] },
            service: try exchange.value(Common.service))
        let reach = try exchange.value(Common.within)
        let limit = try exchange.value(Self.limit) ?? 5
        let snapshot = try atlas.snapshot()
        if let name = try exchange.value(Self.name) {
            guard try exchange.value(Common.lon) == nil, try exchange.value(Common.lat) == nil else {
                throw Problem.badParameter("q", "give a name in q, or a point in lon and lat, not both")
            }
            // Some milliseconds of SQL.
            return try await exchange.work.run { _ in
                let place: Place
                do {
                    place = try snapshot.atlas.place(named: name)
                } catch PlanningError.notFound(let text) {
                    throw Problem(status: .notFound, title: "No such place", detail: text, parameter: "q")
                } catch PlanningError.badArgument(let text) {
                    throw Problem.badParameter("q", text)
                }
                return answer(place, snapshot, rule, limit, reach, moment)
            }
        }
        let lon = try exchange.require(Common.lon, otherwise: "expected lon and lat in degrees, or the name of a place in q")
        let lat = try exchange.require(Common.lat, otherwise: "expected lat in degrees beside lon")
        if snapshot.ready(rule) == nil { try await exchange.work.run { _ in _ = snapshot.nearest(rule) } }
        return answer(Place(at: Coordinate(x: lon, y: lat)), snapshot, rule, limit, reach, moment)
    }

    private func answer(_ place: Place, _ snapshot: AtlasSnapshot, _ rule: Eligibility, _ limit: Int, _ reach: Reach?, _ moment: OpeningMoment?) -> Answer {
        let found = snapshot.nearest(rule).nearest(limit, to: place.location, within: reach, openAt: moment)
        let names = place.alternatives.map(snapshot.atlas.describe)
        var answer = Answer(NearestReport(place: place, answer: found, alternatives: names).geoJSON, type: Representation.geoJSON.type)
        answer.lastModified = snapshot.taken
        return answer
    }
}
