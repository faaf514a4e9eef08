import CiteNetwork
import GeoFormats
import GeoModel
import HTTPTypes
import Testing

@Suite struct ServiceTests {
    private func get(_ path: String) async throws -> (status: HTTPResponse.Status, type: String?, body: [UInt8]) {
        let answer = try await TestService.ask(path)
        return (answer.status, answer.headers[.contentType], answer.body)
    }

    @Test func `the service says that it is alive`() async throws {
        let answer = try await get("/healthz")
        #expect(answer.status == .ok && String(decoding: answer.body, as: UTF8.self) == "ok\n")
    }

    @Test func `nearest answers a point and a name with the shared features`() async throws {
        for query in ["lon=3.29&lat=49.85", "q=Saint-Quentin,Aisne"] {
            let answer = try await get("/api/nearest?\(query)&limit=2")
            #expect(answer.status == .ok && answer.type == "application/geo+json", "\(query)")
            let features = try GeoJSONReader.features(answer.body)
            #expect(features.first?.id == .string("saint-quentinois-main") && features.count == 2)
            for member in ["id", "name", "kind", "cite", "distance", "roadDistance", "duration", "estimate", "locationAccuracy"] {
                #expect(features[0].properties[member] != nil, "\(member)")
            }
        }
    }

    @Test(arguments: ["2026-11-23T10:00", "2026-11-23T09:00Z", "2026-11-23T10:00%2B01:00", "2026-11-23T10:00+01:00"])
    func `nearest at a moment tells apart those of whom it is not known whether they are open`(moment: String) async throws {
        let answer = try await get("/api/nearest?lon=3.29&lat=49.85&limit=2&openAt=\(moment)")
        #expect(answer.status == .ok, "\(String(decoding: answer.body, as: UTF8.self))")
        let members = try #require(try JSONReader.read(answer.body).object)
        #expect(members["features"]?.array?.isEmpty == true && members["hoursNotKnown"]?.array?.count == 2)
        let first = members["hoursNotKnown"]?.array?.first?.object
        #expect(first?["id"]?.string == "saint-quentinois-main" && first?["opening"]?.object?["reason"]?.string == "hours not known")
        #expect(members["asOf"]?.string == "2026-11-23" && members["openAt"]?.string?.hasPrefix("2026-11-23T") == true)
    }

    @Test func `a name with one typing error is mended, and the answer says so`() async throws {
        let answer = try JSONReader.read(try await get("/api/nearest?q=marseile&limit=1").body).object
        #expect(answer?["corrected"] == .bool(true) && answer?["takenAs"]?.string == "Marseille (Bouches-du-Rhône)")
        let exact = try JSONReader.read(try await get("/api/nearest?q=Marseille&limit=1").body).object
        #expect(exact?["corrected"] == .bool(false) && exact?["takenAs"] == .null)
    }

    @Test(arguments: ["cites", "platforms", "territories"])
    func `the network is served as it stood on a day`(collection: String) async throws {
        let answer = try await get("/api/collections/\(collection)/items?datetime=2009-12-31&limit=1000")
        let features = try GeoJSONReader.features(answer.body)
        #expect(answer.status == .ok && answer.type == "application/geo+json")
        #expect(features.contains { $0.id?.string?.hasPrefix("pays-gardois") == true } && !features.contains { $0.id?.string?.hasPrefix("mayotte") == true })
        if collection == "cites" { #expect(features.count == 27) }
    }

    @Test func `a Cité that did not exist yet is not found, and is found later`() async throws {
        #expect(try await get("/api/collections/cites/items/milan?datetime=1999-12-31").status == .notFound)
        #expect(try await get("/api/collections/cites/items/milan?datetime=2001-01-01T00:00:00Z").status == .ok)
    }

    @Test(
        arguments: [
            ("/api/nearest?lon=3.29&lat=95", 400, "lat"), ("/api/nearest?lat=1", 400, "lon"), ("/api/nearest?lon=1&lat=1&colour=red", 400, "colour"),
            ("/api/nearest?q=Xyzzyville", 404, "q"), ("/api/nearest?lon=1&lat=1&within=far", 400, "within"), ("/api/nearest?lon=1&lat=1&limit=0", 400, "limit"),
            ("/api/nearest?lon=1&lat=1&openAt=monday", 400, "openAt"), ("/api/nearest?lon=1&lat=1&openAt=2026-11-23", 400, "openAt"),
            ("/api/nearest?lon=1&lat=1&kind=castle", 400, "kind"), ("/api/nearest?lon=1&lon=2&lat=1", 400, "lon"), ("/api/nearest?q=Paris&lon=1", 400, "q"),
            ("/api/collections/platforms/items?datetime=soon", 400, "datetime"), ("/api/collections/castles/items", 404, nil),
            ("/api/collections/cites/items/nobody", 404, nil), ("/nothing/here", 404, nil),
        ] as [(String, Int, String?)])
    func `what is wrong is told as problem details that name the parameter`(path: String, status: Int, parameter: String?) async throws {
        let answer = try await get(path)
        #expect(answer.status.code == status && answer.type == "application/problem+json", "\(path)")
        let problem = try JSONReader.read(answer.body).object
        #expect(problem?["status"] == .integer(Int64(status)) && problem?["parameter"]?.string == parameter && problem?["detail"]?.string?.isEmpty == false)
    }
}
