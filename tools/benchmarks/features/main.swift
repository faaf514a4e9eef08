// Questions about features, in microseconds each: `bench-features NETWORK.gpkg [SECONDS [WORDS]]`. Medians of many, one thread;
// only those whose name holds the words.
import CQL2
import Features
import Foundation
import GeoFormats
import GeoModel
import NetworkStore
import TestSupport

let path = CommandLine.arguments.dropFirst().first ?? "workspace/network.gpkg"
let seconds = CommandLine.arguments.dropFirst(2).first.flatMap(Double.init) ?? 0.5
let words = CommandLine.arguments.dropFirst(3).first ?? ""

func measure(_ what: String, _ body: (Int) throws -> Int) rethrows {
    guard words.isEmpty || what.contains(words) else { return }
    var times: [Double] = []
    var bytes = 0
    let clock = ContinuousClock()
    let end = clock.now + .seconds(seconds)
    var i = 0
    while clock.now < end || i < 5 {
        let start = clock.now
        bytes = try body(i)
        times.append(Double((clock.now - start).components.attoseconds) / 1e12 + Double((clock.now - start).components.seconds) * 1e6)
        i += 1
    }
    times.sort()
    print("\(what): \((times[times.count / 2] * 10).rounded() / 10) µs (\(bytes) bytes, \(times.count) times)")
}

let reader = try FeatureReader(path: path)
let localities = NetworkStore.localityCollection
func ask(_ reader: FeatureReader, _ table: FeatureTable, _ query: FeatureQuery) throws -> Int { try reader.page(table, query).features.count }

try measure("localities, first 100") { _ in try ask(reader, localities, FeatureQuery(limit: 100)) }
try measure("localities, first 100, with numberMatched") { _ in try ask(reader, localities, FeatureQuery(limit: 100, counting: .always)) }
let deep = try reader.page(localities, FeatureQuery(limit: 10_000, position: .offset(80_000))).next!
try measure("localities, 100 by a cursor after 90,000") { _ in try ask(reader, localities, FeatureQuery(limit: 100, position: .after(cursor: deep))) }
try measure("localities, 100 by offset 90,000") { _ in try ask(reader, localities, FeatureQuery(limit: 100, position: .offset(90_000))) }
try measure("localities, one") { _ in try reader.feature(localities, id: "2988507")?.bytes.count ?? 0 }
for (name, box) in [
    ("of a département", [3.0, 49.0, 4.2, 50.1]), ("of France", [-5.0, 41.0, 10.0, 51.5]), ("of the world", [-180.0, -90.0, 180.0, 90.0]),
    ("across the antimeridian", [170.0, -50.0, -170.0, 10.0]),
] {
    try measure("localities, 100 in a box \(name)") { _ in try ask(reader, localities, FeatureQuery(limit: 100, box: BoundingBox(box))) }
}
let lambert = try CRS("EPSG:2154")
try measure("localities, 100 in a box of EPSG:2154") { _ in
    try ask(reader, localities, FeatureQuery(limit: 100, box: BoundingBox([700_000, 6_900_000, 800_000, 7_000_000], crs: lambert)))
}
try measure("localities, first 100 in EPSG:2154") { _ in try ask(reader, localities, FeatureQuery(limit: 100, crs: lambert)) }
try measure("localities, first 100 in EPSG:4326") { _ in try ask(reader, localities, FeatureQuery(limit: 100, crs: .epsg4326)) }
try measure("localities, 100 by falling population") { _ in
    try ask(reader, localities, FeatureQuery(limit: 100, order: [.init("population", isDescending: true)]))
}
let filter = try localities.filter(text: "country = 'FR' AND population > 100000 AND S_INTERSECTS(geometry, BBOX(0,40,10,50))")
try measure("localities, 100 by a filter with a box") { _ in try ask(reader, localities, FeatureQuery(limit: 100, filter: filter)) }
let beginning = try localities.filter(text: "name LIKE 'Saint-%'")
try measure("localities, 100 by the beginning of a name") { _ in try ask(reader, localities, FeatureQuery(limit: 100, filter: beginning)) }
try measure("areas, first 10") { _ in try ask(reader, NetworkStore.areaCollection, FeatureQuery()) }
try measure("areas, 100 in a box of France") { _ in
    try ask(reader, NetworkStore.areaCollection, FeatureQuery(limit: 100, box: BoundingBox([-5.0, 41.0, 10.0, 51.5])))
}

var g = SeededGenerator(seed: 1)
let kinds = ["main", "site", "associatedCentre", "ruralPlatform"]
let services = PropertyValue.array([.string("employment"), .string("training")])
let platforms = (0..<3000).map { (i: Int) -> Feature in
    let counsellors: PropertyValue = i % 3 == 0 ? .null : .integer(Int64(i % 9))
    return Feature(
        id: .string("platform-\(i)"), geometry: .point(Coordinate(x: Double.random(in: -5...8, using: &g), y: Double.random(in: 42...51, using: &g))),
        properties: [
            "name": .string("Platform \(i)"), "kind": .string(kinds[i % 4]), "cite": .string("cite-\(i % 300)"),
            "country": .string("FR"), "status": .string("open"), "services": services,
            "locationAccuracy": .string("venue"), "verified": .string("2009-10-01"), "website": .string("https://example.org/\(i)"),
            "counsellors": counsellors,
        ])
}
let definition = MaterialisedTable.Definition(
    id: "platforms", title: "Platforms", geometryType: "POINT",
    properties: [
        FeatureProperty("name", .string), FeatureProperty("kind", .string), FeatureProperty("cite", .string), FeatureProperty("country", .string),
        FeatureProperty("status", .string), FeatureProperty("services", .array), FeatureProperty("locationAccuracy", .string),
        FeatureProperty("verified", .date), FeatureProperty("website", .string), FeatureProperty("counsellors", .integer),
    ], indexed: ["country", "kind", "status", "cite"])
try measure("3,000 platforms materialised") { _ in try MaterialisedTable(definition, features: platforms).count }
let made = try MaterialisedTable(definition, features: platforms)
try measure("platforms, first 100") { _ in try ask(made.reader, made.table, FeatureQuery(limit: 100)) }
try measure("platforms, first 100, two properties") { _ in
    try ask(made.reader, made.table, FeatureQuery(limit: 100, properties: ["name", "kind"]))
}
let last = try made.reader.page(made.table, FeatureQuery(limit: 2500)).next!
try measure("platforms, 100 by a cursor after 2,500") { _ in try ask(made.reader, made.table, FeatureQuery(limit: 100, position: .after(cursor: last))) }
try measure("platforms, 100 in a box") { i in
    let x = Double(i % 100) / 20
    return try ask(made.reader, made.table, FeatureQuery(limit: 100, box: BoundingBox([x, 45, x + 1.5, 46.5])))
}
try measure("platforms, 10 of a Cité") { i in
    try ask(made.reader, made.table, FeatureQuery(equalities: [.init("cite", "cite-\(i % 300)")]))
}
try measure("platforms, one") { i in try made.reader.feature(made.table, id: "platform-\(i % 3000)")?.bytes.count ?? 0 }
try measure("platforms, one, with its tag") { i in try made.reader.feature(made.table, id: "platform-\(i % 3000)")?.tag.utf8.count ?? 0 }
