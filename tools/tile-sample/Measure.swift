import Foundation
import GeoFormats
import GeoModel
import VectorTiles

/// Times of the tile encoder, each the best of three.
enum Measure {
    static func best(_ body: () -> Int) -> (seconds: Double, count: Int) {
        var (seconds, count) = (Double.infinity, 0)
        for _ in 0..<3 {
            let start = ContinuousClock.now
            count = body()
            let took = start.duration(to: .now)
            seconds = min(seconds, Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18)
        }
        return (seconds, count)
    }

    static func report(_ what: String, _ result: (seconds: Double, count: Int), _ unit: String) {
        let rate = Int(Double(result.count) / result.seconds)
        print("\(what): \(result.count) \(unit) in \((result.seconds * 10_000).rounded() / 10) ms, \(rate) a second")
    }

    static func run(areas path: String) throws {
        var state: UInt64 = 7
        func random() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        // Within 6/32/22, which Paris lies in.
        let box = Tile(zoom: 6, x: 32, y: 22).bounds
        let points = (0..<20_000).map { i in
            Feature(
                id: .integer(Int64(i)),
                geometry: .point(Coordinate(x: box.minX + random() * (box.maxX - box.minX), y: box.minY + random() * (box.maxY - box.minY))),
                properties: ["name": .string("place \(i)"), "kind": .string(["main", "site", "associatedCentre"][i % 3]), "people": .integer(Int64(i % 5000))])
        }
        let layer = TileLayer(name: "points", features: points)
        report("points made a layer", best { TileLayer(name: "points", features: points).fields.count > 0 ? 20_000 : 0 }, "points")
        report("points on the grid of z6", best { ZoomLayer(layer, zoom: 6).skipped.isEmpty ? 20_000 : 0 }, "points")
        let six = ZoomLayer(layer, zoom: 6)
        let tile = Tile(zoom: 6, x: 32, y: 22)
        print("tile 6/32/22: \(tile.encoded(from: [six]).bytes.count) bytes")
        report(
            "the same tile of 20,000 points, one core", best { (0..<20).reduce(0) { n, _ in n + (tile.encoded(from: [six]).bytes.isEmpty ? 0 : 1) } }, "tiles")
        let ten = ZoomLayer(layer, zoom: 10)
        let corner = (x: 32 << 4, y: 22 << 4)
        let small = (0..<256).map { Tile(zoom: 10, x: corner.x + $0 % 16, y: corner.y + $0 / 16) }
        report("its tiles of z10, one core", best { small.count { !$0.encoded(from: [ten]).bytes.isEmpty } }, "tiles")

        let features = try GeoJSONReader.features([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
        var made: TileLayer?
        report(
            "areas made a layer",
            best {
                made = TileLayer(name: "areas", features: features, options: .init(zooms: 0...6)); return features.count
            }, "areas")
        guard let made else { return }
        zooms(made)
        for isConcurrent in [false, true] {
            let builder = TilesetBuilder([made], description: .init(name: "areas"), isConcurrent: isConcurrent)
            var result = builder.build()
            report(
                "areas from z0 to z6, \(isConcurrent ? "all cores" : "one core"), archive and gzip included",
                best {
                    result = builder.build(); return result.tiles
                }, "tiles")
            print("\(result.archive.count) bytes, \(result.skipped.count) skipped")
        }
    }
}

extension Measure {
    /// Where the time goes, zoom by zoom.
    static func zooms(_ made: TileLayer) {
        for zoom in 0...6 {
            var layer: ZoomLayer?
            report(
                "z\(zoom): areas on its grid, one core",
                best {
                    layer = ZoomLayer(made, zoom: zoom); return 1
                }, "layers")
            guard let layer else { return }
            let tiles = (0..<1 << (2 * zoom)).map { Tile(zoom: zoom, x: $0 % (1 << zoom), y: $0 / (1 << zoom)) }
            report("z\(zoom): its tiles without gzip, one core", best { tiles.count { !$0.encoded(from: [layer]).bytes.isEmpty } }, "tiles")
        }
    }
}
