import Foundation
import GeoFormats
import GeoModel
import HTTPTypes
import TestSupport
import Testing
import Web

/// The checks of the conformance suite of OGC API - Features, one test each.
@Suite struct OGCFeaturesTests {
    private static let collections = ["cites", "platforms", "territories", "areas", "localities"]
    private static let crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    private static let epsg4326 = "http://www.opengis.net/def/crs/EPSG/0/4326"

    private func get(_ path: String) async throws -> TestService.Reply { try await TestService.ask(path) }

    private func features(_ reply: TestService.Reply) throws -> [Feature] { try GeoJSONReader.features(reply.body) }

    private func ids(_ path: String) async throws -> [PropertyValue] {
        let reply = try await get(path)
        #expect(reply.status == .ok, "\(path): \(reply.text.prefix(300))")
        return try features(reply).compactMap(\.id)
    }

    @Test func `1: the landing page links to the OpenAPI document, what it conforms to and the data`() async throws {
        let landing = try await get("/api")
        #expect(landing.status == .ok)
        let links = try landing.links
        let description = try #require(links.first { $0["rel"]?.string == "service-desc" })
        #expect(description["type"]?.string == "application/vnd.oai.openapi+json;version=3.0")
        #expect(try landing.link("conformance") != nil && landing.link("data") != nil)
        let document = try await get(TestService.path(try #require(description["href"]?.string)))
        #expect(document.status == .ok && document.headers[.contentType] == "application/vnd.oai.openapi+json;version=3.0")
        let paths = try #require(try document.json["paths"]?.object)
        #expect(paths["/conformance"] != nil && paths["/collections"] != nil && paths["/"] != nil)
        #expect(!document.text.contains("\"default\":{\"description\"") && !document.text.contains("4XX"))
    }

    @Test func `2: a collection is told alike in the list and alone, with links to its features`() async throws {
        let list = try await get("/api/collections")
        #expect(try list.link("self") != nil && list.link("alternate") != nil)
        #expect(try list.links.allSatisfy { $0["type"] != nil })
        let all = try #require(try list.json["collections"]?.array?.compactMap(\.object))
        #expect(all.compactMap { $0["id"]?.string } == Self.collections)
        for one in all {
            let id = try #require(one["id"]?.string)
            let alone = try await get("/api/collections/\(id)").json
            for member in ["id", "title", "description", "extent", "itemType", "crs", "storageCrs"] { #expect(alone[member] == one[member], "\(id) \(member)") }
            let box = alone["extent"]?.object?["spatial"]?.object?["bbox"]?.array?.first?.array
            #expect(box?.count == 4)
            let items = one["links"]?.array?.compactMap(\.object).first { $0["rel"]?.string == "items" }
            #expect(items?["type"]?.string == "application/geo+json" && items?["href"]?.string?.hasPrefix("http://") == true)
        }
    }

    @Test(arguments: collections)
    func `3: a page of features tells how many it holds, when, and where it goes on`(collection: String) async throws {
        let page = try await get("/api/collections/\(collection)/items?limit=3")
        #expect(page.status == .ok && page.headers[.contentType] == "application/geo+json")
        let members = try page.json
        #expect(members["type"]?.string == "FeatureCollection" && members["features"]?.array?.count == 3 && members["numberReturned"] == .integer(3))
        #expect(members["timeStamp"]?.string?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil)
        for rel in ["self", "alternate", "next"] { #expect(try page.link(rel) != nil, "\(rel)") }
        #expect(try page.links.allSatisfy { $0["type"] != nil })
        // Where it is told how many there are, there are so many.
        if let matched = members["numberMatched"]?.number {
            let all = try await ids("/api/collections/\(collection)/items?limit=10000")
            #expect(Double(all.count) == min(matched, 10_000))
        }
    }

    @Test func `4: the limit is declared with its bounds, is clamped, and must be a number`() async throws {
        let document = try await get("/api/openapi.json").json
        let limit = document["components"]?.object?["parameters"]?.object?["limit"]?.object
        let schema = limit?["schema"]?.object
        #expect(schema?["type"]?.string == "integer" && schema?["minimum"] == .integer(1) && schema?["maximum"] == .integer(10_000))
        #expect(schema?["default"] != nil && limit?["style"]?.string == "form" && limit?["explode"] == .bool(false))
        let parameters = document["paths"]?.object?["/collections/localities/items"]?.object?["get"]?.object?["parameters"]?.array
        #expect(parameters?.contains(.object(["$ref": .string("#/components/parameters/limit")])) == true)
        #expect(try await ids("/api/collections/localities/items?limit=20000").count == 10_000)
        for wrong in ["limit=unlimited", "limit=0", "limit=-1", "limit=", "unknown=1"] {
            #expect(try await get("/api/collections/localities/items?\(wrong)").status == .badRequest, "\(wrong)")
        }
    }

    @Test func `5: a box selects what meets it, at the antimeridian and the poles too`() async throws {
        let document = try await get("/api/openapi.json").json
        let schema = document["components"]?.object?["parameters"]?.object?["bbox"]?.object?["schema"]?.object
        #expect(schema?["type"]?.string == "array" && schema?["minItems"] == .integer(4) && schema?["maxItems"] == .integer(6))
        #expect(schema?["items"]?.object?["type"]?.string == "number")
        let box = try features(try await get("/api/collections/localities/items?bbox=3,49,3.5,50&limit=1000"))
        #expect(
            box.count > 10
                && box.allSatisfy { feature in
                    guard case .point(let c)? = feature.geometry else { return false }
                    return (3...3.5).contains(c.x) && (49...50).contains(c.y)
                })
        let across = try await ids("/api/collections/areas/items?bbox=177,65,-177,70&kind=country")
        let halves =
            try await ids("/api/collections/areas/items?bbox=177,65,180,70&kind=country")
            + ids("/api/collections/areas/items?bbox=-180,65,-177,70&kind=country")
        #expect(Set(across) == Set(halves))
        for pole in ["-180,85,180,90", "-180,-90,180,-85"] { #expect(try await get("/api/collections/areas/items?bbox=\(pole)").status == .ok) }
        // Cités of which no territory is known match any box.
        let nowhere = try features(try await get("/api/collections/cites/items?bbox=-150,-50,-149,-49&limit=1000"))
        #expect(!nowhere.isEmpty && nowhere.allSatisfy { $0.geometry == nil })
        for wrong in ["1,2,3", "a,b,c,d", "1,2,3,4,5", "3,50,4,49", ""] {
            #expect(try await get("/api/collections/areas/items?bbox=\(wrong)").status == .badRequest, "\(wrong)")
        }
    }

    @Test func `6: datetime asks for the state at an instant or at the end of an interval`() async throws {
        let path = "/api/collections/cites/items?limit=1000&datetime="
        let then = try await ids(path + "2009-12-31")
        #expect(then.count == 27)
        for same in ["2009-12-31T00:00:00Z", "2000-01-01/2009-12-31", "../2009-12-31", "/2009-12-31T23:59:59Z"] {
            #expect(try await ids(path + same) == then, "\(same)")
        }
        let now = try await ids("/api/collections/cites/items?limit=1000")
        #expect(now != then)
        for open in ["2009-12-31/..", "2009-12-31/"] { #expect(try await ids(path + open) == now) }
        #expect(try await ids("/api/collections/areas/items?limit=3&datetime=1900-01-01").count == 3)
        for wrong in ["soon", "2010-01-01/2009-01-01", "../..", "/", "2009-13-01", "2009-01-01/2010-01-01/2011-01-01"] {
            #expect(try await get(path + wrong).status == .badRequest, "\(wrong)")
        }
    }

    @Test func `7: next leads through all features once, with another limit too, and offset is accepted`() async throws {
        let all = try await ids("/api/collections/platforms/items?limit=10000")
        var found: [PropertyValue] = []
        var path: String? = "/api/collections/platforms/items?limit=5"
        var limit = 5
        while let here = path {
            let page = try await get(here)
            found += try features(page).compactMap(\.id)
            path = try page.link("next").map(TestService.path)
            if let next = path {
                #expect(
                    next.split(separator: "?")[1].split(separator: "&").allSatisfy { $0.split(separator: "=", omittingEmptySubsequences: false).count == 2 })
                path = next.replacing("limit=\(limit)&", with: "limit=\(limit + 2)&")
                limit += 2
            }
        }
        #expect(found == all)
        #expect(try await ids("/api/collections/platforms/items?limit=4&offset=3") == Array(all[3..<7]))
        #expect(try await get("/api/collections/platforms/items?offset=1&cursor=x").status == .badRequest)
        #expect(try await get("/api/collections/platforms/items?cursor=nonsense").status == .badRequest)
    }

    @Test(arguments: [("platforms", "saint-quentinois-main"), ("cites", "milan"), ("areas", "FR-02"), ("localities", "2988507")])
    func `8: a feature has the id of its path, and links to itself and its collection`(collection: String, id: String) async throws {
        let item = try await get("/api/collections/\(collection)/items/\(id)")
        #expect(item.status == .ok && item.headers[.contentType] == "application/geo+json")
        let members = try item.json
        #expect(members["type"]?.string == "Feature" && (members["id"]?.string ?? members["id"]?.number.map { "\(Int($0))" }) == id)
        for rel in ["self", "alternate", "collection"] { #expect(try item.link(rel) != nil) }
        #expect(try await get("/api/collections/\(collection)/items/nobody").status == .notFound)
        let page = try await get("/api/collections/\(collection)/items/\(id)?f=html")
        #expect(page.status == .ok && page.headers[.contentType] == "text/html; charset=utf-8" && page.text.hasPrefix("<!DOCTYPE html>"))
    }

    @Test func `9: geometries and boxes in any reference system, in the order of its axes`() async throws {
        let path = "/api/collections/localities/items/2988507"
        let plain = try await get(path)
        let name = try #require(HTTPField.Name("Content-Crs"))
        #expect(plain.headers[name] == "<\(Self.crs84)>")
        let turned = try await get("\(path)?crs=\(Self.epsg4326)")
        #expect(turned.headers[name] == "<\(Self.epsg4326)>")
        let (a, b) = (try plain.json["geometry"]?.object?["coordinates"]?.array, try turned.json["geometry"]?.object?["coordinates"]?.array)
        #expect(a?.count == 2 && a?[0] == b?[1] && a?[1] == b?[0])
        let projected = try await get("\(path)?crs=http://www.opengis.net/def/crs/EPSG/0/2154").json["geometry"]?.object?["coordinates"]?.array
        #expect(abs((projected?[0].number ?? 0) - 652_000) < 5_000 && abs((projected?[1].number ?? 0) - 6_862_000) < 5_000)
        let collection = try await get("/api/collections/localities").json
        #expect(collection["storageCrs"]?.string == Self.crs84 && collection["crs"]?.array?.contains(.string(Self.epsg4326)) == true)
        let items = "/api/collections/localities/items?limit=1000"
        #expect(try await ids("\(items)&bbox=49,3,50,3.5&bbox-crs=\(Self.epsg4326)") == ids("\(items)&bbox=3,49,3.5,50"))
        for wrong in ["crs=http://www.opengis.net/def/crs/EPSG/0/999999", "bbox=1,2,3,4&bbox-crs=nothing", "crs=EPSG"] {
            #expect(try await get("\(items)&\(wrong)").status == .badRequest, "\(wrong)")
        }
        let outside = try await get("\(items)&bbox=9000000,9000000,9000001,9000001&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/2154")
        #expect(try outside.status == .ok && outside.json["features"]?.array == [])
    }

    @Test func `10a: queryables are a JSON schema, and filters follow it`() async throws {
        let schema = try await get("/api/collections/localities/queryables")
        #expect(schema.headers[.contentType] == "application/schema+json")
        let members = try schema.json
        #expect(members["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema" && members["type"]?.string == "object")
        #expect(members["$id"]?.string?.hasSuffix("/api/collections/localities/queryables") == true)
        #expect(members["properties"]?.object?["population"]?.object?["type"]?.string == "number")
        let items = "/api/collections/localities/items?limit=1000"
        let text = try await ids("\(items)&filter=population%3E200000%20AND%20country='FR'")
        let json =
            "{\"op\":\"and\",\"args\":[{\"op\":\">\",\"args\":[{\"property\":\"population\"},200000]},"
            + "{\"op\":\"=\",\"args\":[{\"property\":\"country\"},\"FR\"]}]}"
        let encoded = json.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        #expect(try await ids("\(items)&filter-lang=cql2-json&filter=\(encoded)") == text && text.count > 5)
        let near = try await ids("\(items)&filter=S_INTERSECTS(geometry,BBOX(49,3,50,3.5))&filter-crs=\(Self.epsg4326)")
        #expect(try await near == ids("\(items)&bbox=3,49,3.5,50"))
        for wrong in [
            "filter=nothing%3D1", "filter=population%3E", "filter=population%3E1&filter-lang=sql", "filter=population%3E1&filter-crs=none",
            "filter=S_INTERSECTS(geometry,POINT(90%20180))",
        ] { #expect(try await get("\(items)&\(wrong)").status == .badRequest, "\(wrong)") }
        #expect(try await ids("\(items)&filter=name='L''Ha%C3%BF-les-Roses'").count >= 1)
    }

    @Test(.enabled(if: ProjectFolder.hasReference))
    func `10b: the counts of the reference GeoPackage come out right`() async throws {
        let file = try #require(ProjectFolder.reference).appendingPathComponent("conformance/cql2/ne110m4cql2.gpkg").path
        var options = ServiceOptions()
        options.collections = [file]
        let responder = try Service.responder(TestService.atlas, options)
        func count(_ filter: String) async throws -> Int {
            let reply = try await TestService.ask("/api/collections/ne_110m_admin_0_countries/items?limit=10000&\(filter)", of: responder)
            #expect(reply.status == .ok, "\(reply.text.prefix(300))")
            return try features(reply).count
        }
        #expect(try await count("filter=NAME%3E='Luxembourg'") == 84)
        #expect(try await count("filter=S_INTERSECTS(geom,BBOX(0,40,10,50))") == 8)
        #expect(try await count("filter=S_INTERSECTS(geom,BBOX(150,-90,-150,90))") == 10)
        #expect(try await count("bbox=0,40,10,50") == 8)
        #expect(try await count("bbox=150,-90,-150,90") == 10)
    }

    @Test func `items are sorted, and only the properties asked for are given`() async throws {
        let page = try features(try await get("/api/collections/localities/items?country=FR&sortby=-population,name&properties=name,population&limit=3"))
        #expect(page.first?.properties["name"]?.string == "Paris" && page[0].properties.members.map(\.name) == ["name", "population"])
        #expect(try await get("/api/collections/localities/items?sortby=colour").status == .badRequest)
        #expect(try await get("/api/collections/localities/items?properties=colour").status == .badRequest)
    }

    @Test(arguments: ["/api", "/api/conformance", "/api/collections", "/api/collections/cites", "/api/collections/cites/items", "/api/openapi.html"])
    func `what is given to programs is given to people as a page`(path: String) async throws {
        let browser: HTTPFields = [.accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"]
        let page = try await TestService.ask(path, .get, browser)
        #expect(page.status == .ok && page.headers[.contentType] == "text/html; charset=utf-8" && page.text.contains("<h1"))
        #expect(page.headers[.vary]?.contains("Accept") == true || path.hasSuffix("html"))
    }
}
