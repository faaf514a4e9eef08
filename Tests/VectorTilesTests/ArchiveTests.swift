import GeoFormats
import GeoModel
import TestSupport
import Testing
import VectorTiles

@Suite struct ArchiveTests {
    /// Tiles with contents of their own, some the same as others.
    private func archive(_ count: Int) -> (bytes: [UInt8], contents: [(Tile, [UInt8])]) {
        var generator = SeededGenerator(seed: 3)
        var writer = PMTilesWriter()
        var contents: [(Tile, [UInt8])] = []
        var identifier: UInt64 = 0
        for i in 0..<count {
            identifier += UInt64.random(in: 1...3, using: &generator)
            let same = Int.random(in: 0..<3, using: &generator) == 0
            let bytes = same ? [1, 2, 3] : (0..<12).map { UInt8(truncatingIfNeeded: i >> ($0 % 4 * 8)) ^ UInt8($0) }
            contents.append((Tile(identifier: identifier)!, bytes))
            writer.append(contents[i].0, bytes)
        }
        return (writer.archive(metadata: ["name": .string("été")], bounds: Envelope(minX: -5, minY: 41, maxX: 9.6, maxY: 51.1)), contents)
    }

    @Test(arguments: [0, 1, 500, 30_000]) func `every tile comes back, and no other`(count: Int) throws {
        let (bytes, contents) = archive(count)
        let reader = try PMTilesArchive(bytes)
        for (tile, content) in contents { #expect(try reader.tile(tile) == content) }
        let known = Set(contents.map(\.0))
        for identifier in 0..<UInt64(min(count * 3, 3000)) where !known.contains(Tile(identifier: identifier)!) {
            #expect(try reader.tile(Tile(identifier: identifier)!) == nil)
        }
        #expect(try reader.tile(Tile(zoom: 1, x: 2, y: 0)) == nil)
        #expect(reader.metadata["name"]?.string == "été")
        #expect(reader.header.addressedTiles == count)
        #expect(reader.header.bounds == Envelope(minX: -5, minY: 41, maxX: 9.6, maxY: 51.1))
        #expect(reader.header.root.upperBound <= 16_384)
        #expect(reader.header.leaves.isEmpty == (count < 10_000))
        #expect(reader.header.tileContents < max(2, count))
    }

    @Test func `the same content is kept once, and neighbours on the curve that share it are one entry`() throws {
        var writer = PMTilesWriter()
        for i in 1...4 { writer.append(Tile(identifier: UInt64(i))!, [7, 7, 7]) }
        writer.append(Tile(identifier: 9)!, [7, 7, 7])
        writer.append(Tile(identifier: 10)!, [])
        let header = try PMTilesArchive(writer.archive(metadata: [:])).header
        #expect(header.addressedTiles == 5)
        #expect(header.tileEntries == 2)
        #expect(header.tileContents == 1)
        #expect(header.zooms == 1...2)
        #expect(header.isClustered)
    }

    @Test func `an archive that is cut or damaged gives an error or a tile, never an end of the program`() throws {
        let (bytes, contents) = archive(30_000)
        var generator = SeededGenerator(seed: 4)
        for length in [0, 6, 100, 127, 300, 9000, bytes.count - 1] {
            #expect(throws: (any Error).self, "\(length)") { try PMTilesArchive(Array(bytes[..<length])) }
        }
        for _ in 0..<300 {
            var damaged = bytes
            damaged[Int.random(in: 0..<20_000, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            guard let reader = try? PMTilesArchive(damaged) else { continue }
            for _ in 0..<3 { _ = try? reader.tile(contents.randomElement(using: &generator)!.0) }
        }
        let error = #expect(throws: FormatError.self) { try PMTilesArchive(Array("PMTiles".utf8) + [2] + [UInt8](repeating: 0, count: 200)) }
        #expect(error?.description == "PMTiles, byte 7: version 2; expected 3")
    }
}
