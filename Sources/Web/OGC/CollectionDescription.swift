import Features
import GeoModel
import Presentation
#if canImport(Glibc)
import Glibc
#endif

/// What `/collections` and `/collections/{id}` tell of a collection: the same in both, as JSON and as a page.
struct CollectionDescription: Sendable {
    static let representations: [Representation] = [.json, .html]

    /// Reference systems that are named for those who choose from a list; any EPSG code that PROJ knows is accepted.
    static let systems: [CRS] =
        [.crs84, .epsg4326]
        + ["3857", "4258", "3035", "2154", "32188", "2056"].compactMap {
            try? CRS("http://www.opengis.net/def/crs/EPSG/0/\($0)")
        }

    var source: FeatureCollectionSource
    var extent: Envelope?
    var links: [Link]

    init(_ source: FeatureCollectionSource, extent: Envelope?, _ exchange: Exchange, own: [Link] = []) {
        self.source = source
        self.extent = extent
        let path = exchange.link("/api/collections/\(percentEncoded(source.id))")
        links =
            own + [
                Link("items", path + "/items", type: Representation.geoJSON.type, title: "The features as GeoJSON"),
                Link("items", path + "/items?f=html", type: "text/html", title: "The features as pages"),
                Link(
                    "http://www.opengis.net/def/rel/ogc/1.0/queryables", path + "/queryables", type: Representation.schema.type,
                    title: "What filters may name"),
            ]
    }

    /// Four numbers, rounded outwards to seven decimals.
    private var box: [Double] {
        let e = extent ?? Envelope(minX: -180, minY: -90, maxX: 180, maxY: 90)
        func down(_ x: Double, _ least: Double) -> Double { max(least, floor(x * 1e5) / 1e5) }
        func up(_ x: Double, _ most: Double) -> Double { min(most, ceil(x * 1e5) / 1e5) }
        return [down(e.minX, -180), down(e.minY, -90), up(e.maxX, 180), up(e.maxY, 90)]
    }

    var json: PropertyValue {
        var systems = Self.systems
        if !systems.contains(source.shape.storageCRS) { systems.append(source.shape.storageCRS) }
        var extent: Properties = [
            "spatial": .object(["bbox": .array([.array(box.map(PropertyValue.number))]), "crs": .string(CRS.crs84.uri)])
        ]
        if source.isDated {
            extent.append(
                "temporal",
                .object([
                    "interval": .array([.array([.null, .null])]), "trs": .string("http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"),
                ]))
        }
        return .object([
            "id": .string(source.id), "title": .string(source.title), "description": .string(source.description), "links": links.json,
            "extent": .object(extent), "itemType": .string("feature"), "crs": .array(systems.map { .string($0.uri) }),
            "storageCrs": .string(source.shape.storageCRS.uri),
        ])
    }

    func html(_ level: Int) -> HTML {
        HTML("section") {
            HTML.heading(level, source.title)
            HTML("p") { source.description }
            APIPage.list(
                links.filter { $0.type == "text/html" || $0.rel.hasSuffix("queryables") }.map { link in
                    var link = link
                    if link.rel.hasSuffix("queryables") { link.href += "?f=html"; link.type = "text/html" }
                    return link
                })
        }
    }
}
