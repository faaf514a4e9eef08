import GeoModel
import TestSupport
import Testing
import VectorTiles

@Suite struct PyramidTests {
    @Test(arguments: [(1, 0, 1, 2), (1, 1, 1, 3), (1, 1, 0, 4), (0, 0, 0, 0), (1, 0, 0, 1), (12, 3423, 1763, 19_078_479)] as [(Int, Int, Int, UInt64)])
    func `a tile has the identifier that the archive format names`(zoom: Int, x: Int, y: Int, identifier: UInt64) {
        #expect(Tile(zoom: zoom, x: x, y: y).identifier == identifier)
        #expect(Tile(identifier: identifier) == Tile(zoom: zoom, x: x, y: y))
    }

    @Test func `identifiers number the tiles of all zooms without a gap, and neighbours on the curve share a side`() throws {
        var expected: UInt64 = 0
        for zoom in 0...6 {
            var tiles: [(UInt64, Tile)] = []
            for x in 0..<1 << zoom { for y in 0..<1 << zoom { tiles.append((Tile(zoom: zoom, x: x, y: y).identifier, Tile(zoom: zoom, x: x, y: y))) } }
            tiles.sort { $0.0 < $1.0 }
            for (i, (identifier, tile)) in tiles.enumerated() {
                #expect(identifier == expected)
                #expect(Tile(identifier: identifier) == tile)
                if i > 0 { #expect(abs(tile.x - tiles[i - 1].1.x) + abs(tile.y - tiles[i - 1].1.y) == 1) }
                expected += 1
            }
        }
    }

    @Test func `any tile down to zoom 24 comes back from its identifier`() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<5000 {
            let zoom = Int.random(in: 0...24, using: &generator)
            let tile = Tile(zoom: zoom, x: .random(in: 0..<1 << zoom, using: &generator), y: .random(in: 0..<1 << zoom, using: &generator))
            #expect(Tile(identifier: tile.identifier) == tile)
        }
        #expect(Tile(identifier: .max) == nil)
    }

    @Test func `the world is one tile that ends at 85_0511 degrees, and its quarters meet at null island`() {
        let world = Tile(zoom: 0, x: 0, y: 0).bounds
        #expect(world.minX == -180 && world.maxX == 180)
        #expect(abs(world.maxY - 85.051_128_779_8) < 1e-9 && abs(world.minY + 85.051_128_779_8) < 1e-9)
        #expect(abs(Tile(zoom: 1, x: 0, y: 0).bounds.minY) < 1e-12)
        #expect(Tile(zoom: 1, x: 0, y: 0).bounds.maxX == 0)
    }

    @Test func `a position lies in the box of its tile, and tiles share their borders with those beside them`() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<2000 {
            let position = Coordinate(x: .random(in: -180..<180, using: &generator), y: .random(in: -85..<85, using: &generator))
            let tile = Tile(at: position, zoom: .random(in: 0...18, using: &generator))
            #expect(tile.exists && tile.bounds.insetBy(dx: -1e-9, dy: -1e-9).contains(position))
            #expect(tile.bounds.maxX == Tile(zoom: tile.zoom, x: tile.x + 1, y: tile.y).bounds.minX)
            #expect(tile.bounds.minY == Tile(zoom: tile.zoom, x: tile.x, y: tile.y + 1).bounds.maxY)
        }
    }

    @Test func `Paris is in the tile that every web map has it in, and the poles are in the last rows`() {
        #expect(Tile(at: Coordinate(x: 2.3522, y: 48.8566), zoom: 12) == Tile(zoom: 12, x: 2074, y: 1409))
        #expect(Tile(at: Coordinate(x: 180, y: 90), zoom: 3) == Tile(zoom: 3, x: 7, y: 0))
        #expect(Tile(at: Coordinate(x: -180, y: -90), zoom: 3) == Tile(zoom: 3, x: 0, y: 7))
        #expect(Tile(zoom: 3, x: 1, y: 2).rowFromSouth == 5)
        #expect(Tile(zoom: 3, x: 5, y: 2).parent == Tile(zoom: 2, x: 2, y: 1))
        #expect(!Tile(zoom: 3, x: 8, y: 0).exists)
    }
}
