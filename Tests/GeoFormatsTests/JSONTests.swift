import GeoFormats
import GeoModel
import Testing
import TestSupport

@Suite struct JSONTests {
    private func read(_ text: String) throws -> PropertyValue { try JSONReader.read(Array(text.utf8)) }

    @Test func `values keep their order, and integers stay integers`() throws {
        let value = try read(#" {"b": [1, -2.5, 1e3, true, null], "a": {"é": "\u00e9\ud83d\ude00\n"}} "#)
        #expect(
            value
                == .object([
                    "b": .array([.integer(1), .number(-2.5), .number(1000), .bool(true), .null]),
                    "a": .object(["é": .string("é😀\n")]),
                ]))
    }

    @Test(arguments: [
        ("", "line 1, column 1"), ("{\"a\":1,}", "line 1, column 8"), ("[1 2]", "line 1, column 4"), ("{\n  \"a\": tru\n}", "line 2, column 8"),
        ("[01]", "line 1, column 2"), ("\"\u{1}\"", "line 1, column 2"), ("[1] x", "line 1, column 5"), ("{\"a\" 1}", "line 1, column 6"),
        ("[-]", "line 1, column 2"), ("\"\\q\"", "line 1, column 3"), ("[1e]", "line 1, column 2"), ("[\"abc", "line 1, column 6"),
    ])
    func `what is not JSON is refused with its line and column`(text: String, place: String) {
        let error = #expect(throws: FormatError.self) { try read(text) }
        #expect(error?.place == place, "\(text): \(error.map(\.description) ?? "")")
    }

    @Test func `nesting deeper than the limit is an error, not a crash`() {
        #expect(throws: FormatError.self) { try read(String(repeating: "[", count: 100_000)) }
    }

    @Test func `numbers read as Swift reads them, to the last bit`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<20_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            #expect(try read("\(value)").number == value)
            let small = Double(Int64.random(in: -1_800_000_000...1_800_000_000, using: &generator)) / 1e7
            #expect(try read("\(small)").number == small)
        }
        #expect(try read("123456789012345678901234567890").number == Double("123456789012345678901234567890"))
        #expect(try read("9007199254740993") == .integer(9_007_199_254_740_993))
    }

    @Test func `what is written reads back the same`() throws {
        let value = PropertyValue.object([
            "text": .string("a\"b\\c\u{1F}\t é 😀"), "list": .array([.integer(Int64.min + 1), .number(0.1), .number(1e300), .bool(false), .null]),
        ])
        #expect(try JSONReader.read(value.json) == value)
    }

    @Test(arguments: [
        (1.0, "1"), (-0.5, "-0.5"), (2.29999999, "2.3"), (179.12345678, "179.1234568"), (0.00000004, "0"), (-0.00000006, "-0.0000001"), (12.5, "12.5"),
    ])
    func `seven decimals are written without trailing zeros`(value: Double, text: String) {
        var writer = JSONWriter()
        writer.fixed(value, digits: 7)
        #expect(String(decoding: writer.bytes, as: UTF8.self) == text)
    }
}
