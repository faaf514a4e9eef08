import GeoFormats
import Testing

@Suite struct CSVTests {
    @Test func `records read one by one are those of the table, with and without a byte order mark, in either encoding`() throws {
        let texts: [[UInt8]] = [
            Array("a,b\n1,\"x\ny\"\n\n2,é\n".utf8), [0xEF, 0xBB, 0xBF] + Array("a;b\r\n1;2\r\n".utf8), Array("a\tb\n1\t".utf8) + [0xE9, 0x0A],
        ]
        for text in texts {
            let table = try CSVTable(text)
            var reader = try CSVReader(text)
            for row in table.rows {
                let next = try reader.next()
                #expect(next?.fields == row.fields && next?.line == row.line)
            }
            #expect(try reader.next() == nil && reader.columns == ["a", "b"] && reader.delimiter == table.delimiter)
        }
        #expect(try CSVTable(texts[2]).rows[0].fields == ["1", "é"])
        var lines = CSVReader(unquoted: Array("FR\t\"1\r\n\nCH\t2".utf8), columns: ["a", "b"])
        #expect(try lines.next()?.fields == ["FR", "\"1"] && lines.next()?.line == 3 && lines.next() == nil)
    }

    @Test func `quotes, doubled quotes, line breaks and a byte order mark are read`() throws {
        let table = try CSVTable([0xEF, 0xBB, 0xBF] + Array("name,note\r\n\"a, \"\"b\"\"\",\"two\nlines\"\r\n\r\nc,\n".utf8))
        #expect(table.columns == ["name", "note"])
        #expect(table.rows.map(\.fields) == [["a, \"b\"", "two\nlines"], ["c", ""]])
        #expect(table.rows.map(\.line) == [2, 5])
    }

    @Test(arguments: [("a;b\n1,5;2\n", Character(";")), ("a,b\n\"1;2\",3\n", ","), ("a\tb\n1\t2\n", "\t"), ("a\n1\n", ",")])
    func `the delimiter is told from the header`(text: String, delimiter: Character) throws {
        #expect(try CSVTable(Array(text.utf8)).delimiter == delimiter)
    }

    @Test func `Windows-1252 is told from UTF-8`() throws {
        let table = try CSVTable(Array("nom;prix\nB".utf8) + [0xE9] + Array("ziers;5 ".utf8) + [0x80, 0x0A])
        #expect(table.encoding == .windows1252)
        #expect(table.rows[0].fields == ["Béziers", "5 €"])
        #expect(try CSVTable(Array("nom\nBéziers\n".utf8)).encoding == .utf8)
    }

    @Test(arguments: [
        ("", "line 1: the file is empty"), ("a,b\n1,2,3\n", "line 2: 3 fields where the header names 2 columns"),
        ("a,a\n", "line 1: two columns are named 'a'"),
        ("a,b\n\n\"1,2\n", "line 3: a quoted field is not closed"), ("a,b\n\"1\"x,2\n", "line 2: text after a closing quote"),
        ("a,,b\n", "line 1: column 2 has no name"),
    ])
    func `what is not a table is refused with its line`(text: String, problem: String) {
        let error = #expect(throws: FormatError.self) { try CSVTable(Array(text.utf8)) }
        #expect(error?.description.contains(problem) == true, "\(error.map(\.description) ?? "")")
    }

    @Test func `a missing column is named with those that exist`() throws {
        let table = try CSVTable(Array("lon,lat\n1,2\n".utf8))
        #expect(try table.column("lat") == 1)
        let error = #expect(throws: FormatError.self) { try table.column("people") }
        #expect(error?.problem == "no column 'people'; columns: lon, lat")
    }

    @Test func `what is written reads back the same`() throws {
        var csv = CSVWriter(columns: ["a", "b"])
        csv.row(["x, \"y\"", "two\nlines"])
        csv.row(["", "z"])
        #expect(try CSVTable(Array(csv.text.utf8)).rows.map(\.fields) == [["x, \"y\"", "two\nlines"], ["", "z"]])
    }
}
