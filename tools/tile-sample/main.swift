// Archives of vector tiles for tests and figures:
//   tile-sample write DIRECTORY           sample.pmtiles and the GeoJSON of its layers (places, ways, areas)
//   tile-sample measure AREAS.geojson     tiles a second: 20,000 points at z6, and the areas from z0 to z6
import Foundation
import GeoFormats
import GeoModel
import VectorTiles

func fail(_ problem: String) -> Never {
    FileHandle.standardError.write(Data("error: \(problem); usage: tile-sample write DIRECTORY | tile-sample measure AREAS.geojson\n".utf8))
    exit(64)
}

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let path = arguments.last else { fail("expected two arguments") }
switch arguments.first {
case "write":
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    func save(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path).appendingPathComponent(name)) }
    var layers: [TileLayer] = []
    for (name, features) in Sample.layers {
        layers.append(TileLayer(name: name, features: features, options: .init(description: "Constructed \(name)", zooms: 0...6)))
        try save(GeoJSONWriter.featureCollection(features), "\(name).geojson")
    }
    let result = TilesetBuilder(layers, description: .init(name: "Sample", text: "Constructed shapes", attribution: "none")).build()
    for skipped in result.skipped { print("skipped: \(skipped)") }
    try save(result.archive, "sample.pmtiles")
    print("\(result.tiles) tiles, \(result.archive.count) bytes")
case "measure": try Measure.run(areas: path)
default: fail("unknown command '\(arguments.first ?? "")'")
}
