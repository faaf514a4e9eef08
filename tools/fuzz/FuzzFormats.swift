import GeoFormats
import GeoModel
import TestSupport

/// Feeds the readers of GeoJSON, JSON, CSV, WKB and GeoPackage geometry with mutated input until time is up, and crashes where they do.
///
///     swift build -c release --product fuzz-formats && .build/release/fuzz-formats SECONDS [SEED]
///
/// What is read must also be written, and read again to what is written the same. The seed is printed: the same one makes the same inputs.
@main
struct FuzzFormats {
    static let seeds: [String] = [
        #"{"type":"FeatureCollection","features":[{"type":"Feature","id":"a","geometry":{"type":"Polygon","coordinates":[[[170,-10],[190,-10],[190,10],[170,10],[170,-10]],[[178,2],[182,2],[182,8],[178,8],[178,2]]]},"properties":{"n":-1.5e-7,"t":null,"s":"\u00e9\ud83d\ude00"}}]}"#,
        #"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"MultiLineString","coordinates":[[[0,0],[-170,10],[170,1]]]},{"type":"MultiPolygon","coordinates":[[[[0,80],[90,80],[180,80],[-90,80],[0,80]]]]}]}"#,
        "id,name,note\r\n1,\"a \"\"b\"\"\",\"two\nlines\"\n2,é,\n", "a;b;c\n1,5;\"x;y\";\n", "\u{FEFF}x\ty\n1\t2\n",
    ]

    static func main() {
        let arguments = CommandLine.arguments.dropFirst().map { UInt64($0) ?? 0 }
        let seconds = arguments.first ?? 10
        var g = SeededGenerator(seed: arguments.dropFirst().first ?? 1)
        let texts = seeds.map { Array($0.utf8) }
        var blobs: [[UInt8]] = []
        for text in texts.prefix(2) {
            for feature in (try? GeoJSONReader.features(text)) ?? [] {
                if let shape = feature.geometry { blobs.append(GeoPackageBlob.encode(shape, srsID: 4326)) }
            }
        }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Int64(seconds))
        var (inputs, accepted) = (0, 0)
        while clock.now < end {
            for _ in 0..<500 {
                inputs += 1
                if Int.random(in: 0..<4, using: &g) == 0 {
                    let bytes = mutate(blobs.randomElement(using: &g)!, &g)
                    if let shape = try? GeoPackageBlob.decode(bytes) {
                        accepted += 1
                        let again = try! WKB.decode(WKB.encode(shape))
                        precondition(WKB.encode(again) == WKB.encode(shape), "WKB does not come back")
                        _ = GeoJSONWriter.geometry(shape)
                    }
                    continue
                }
                let bytes = mutate(texts.randomElement(using: &g)!, &g)
                if let features = try? GeoJSONReader.features(bytes) {
                    accepted += 1
                    let written = GeoJSONWriter.featureCollection(features)
                    precondition((try? JSONReader.read(written)) != nil, "GeoJSON was written that is no JSON: \(String(decoding: bytes, as: UTF8.self))")
                }
                if let value = try? JSONReader.read(bytes) {
                    // As text: a whole number written as 1e3 comes back as the integer it is.
                    precondition((try? JSONReader.read(value.json))?.json == value.json, "JSON does not come back")
                }
                if let table = try? CSVTable(bytes) {
                    accepted += 1
                    var csv = CSVWriter(columns: table.columns)
                    for row in table.rows { csv.row(row.fields) }
                    _ = try? CSVTable(Array(csv.text.utf8))
                }
            }
        }
        print("\(inputs) inputs, \(accepted) of them accepted, no crash")
    }

    /// A few of: a byte changed, removed, doubled, a piece copied elsewhere, cut short, a number made large, brackets in bulk.
    static func mutate(_ source: [UInt8], _ g: inout SeededGenerator) -> [UInt8] {
        var b = source
        for _ in 0..<Int.random(in: 1...6, using: &g) {
            guard !b.isEmpty else { return b }
            let i = Int.random(in: 0..<b.count, using: &g)
            switch Int.random(in: 0..<9, using: &g) {
            case 0: b[i] = .random(in: 0...255, using: &g)
            case 1: b.remove(at: i)
            case 2: b.insert(b[i], at: i)
            case 3: b.insert(contentsOf: b[i..<min(b.count, i + Int.random(in: 1...40, using: &g))], at: Int.random(in: 0..<b.count, using: &g))
            case 4: b.removeSubrange(i..<min(b.count, i + Int.random(in: 1...40, using: &g)))
            case 5: b.removeSubrange(i...)
            case 6: b.insert(contentsOf: Array(["1e309", "-0", "999999999999999999999", "NaN", "1e-400", "0.1e1"].randomElement(using: &g)!.utf8), at: i)
            case 7:
                b.insert(contentsOf: [UInt8](repeating: Array("[{\"(\n,;".utf8).randomElement(using: &g)!, count: Int.random(in: 1...2_000, using: &g)), at: i)
            default: b[i] ^= 1 << UInt8.random(in: 0...7, using: &g)
            }
        }
        return b
    }
}
