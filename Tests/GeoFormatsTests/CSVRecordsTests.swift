import GeoFormats
import TestSupport
import Testing

/// A text in pieces of a size.
private func pieces(_ bytes: [UInt8], _ size: Int) -> () throws -> [UInt8] {
    var rest = bytes[...]
    return {
        let piece = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
        return piece
    }
}

@Suite struct CSVRecordsTests {
    private func rows(_ bytes: [UInt8], _ size: Int) throws -> [[String]] {
        let records = try CSVRecords(pieces(bytes, size))
        var out: [[String]] = [records.columns]
        while try records.next() { out.append(["\(records.line)"] + (0..<records.fieldCount).map { records.text($0) }) }
        return out
    }

    @Test(arguments: [1, 2, 3, 7, 64, 4096])
    func `records are the same in pieces of any size, and as the whole table has them`(size: Int) throws {
        let text = "\u{FEFF}name;people\r\n\r\nSaint-Quentin;53570\r\n\"Ham; \"\"Picardie\"\"\";4600\n\"two\nlines\";1\nNoyon;13500"
        let found = try rows(Array(text.utf8), size)
        let table = try CSVTable(Array(text.utf8))
        #expect(found.first == table.columns)
        #expect(found.dropFirst().map { Array($0.dropFirst()) } == table.rows.map(\.fields))
        #expect(found.dropFirst().map { $0[0] } == table.rows.map { "\($0.line)" })
    }

    @Test func `random tables are read as the whole table reads them`() throws {
        var g = SeededGenerator(seed: 3)
        for _ in 0..<200 {
            let cells = ["a", "", "\"q\"", "\"a\"\"b\"", "\"x,y\"", "é", "12", "\"l1\nl2\"", "\"\""]
            var text = "k,l,m\n"
            for _ in 0..<Int.random(in: 0...8, using: &g) {
                text += (0..<3).map { _ in cells.randomElement(using: &g)! }.joined(separator: ",") + ["\n", "\r\n", "\r", "\r\r\n"].randomElement(using: &g)!
            }
            let table = try CSVTable(Array(text.utf8))
            let found = try rows(Array(text.utf8), Int.random(in: 1...20, using: &g))
            #expect(found.dropFirst().map { Array($0.dropFirst()) } == table.rows.map(\.fields))
            #expect(found.dropFirst().map { $0[0] } == table.rows.map { "\($0.line)" })
        }
    }

    @Test func `a quote that is not closed is named with its line, and Windows-1252 is understood`() throws {
        let error = #expect(throws: FormatError.self) { try self.rows(Array("a,b\n1,2\n\"x,3\n4,5\n".utf8), 5) }
        #expect(error?.description.contains("line 3") == true)
        #expect(try rows(Array("nom\n".utf8) + [0x4E, 0xEE, 0x6D, 0x65, 0x73, 0x0A], 4)[1] == ["2", "Nîmes"])
    }
}
