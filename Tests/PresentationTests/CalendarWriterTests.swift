import Presentation
import TestSupport
import Testing

/// Content lines of RFC 5545.
@Suite struct CalendarWriterTests {
    /// The lines of a file with those that were folded put together again.
    private func unfolded(_ text: String) -> [String] {
        var lines: [String] = []
        for line in Array(text.utf8).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
            let line = String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...], as: UTF8.self)
            if line.hasPrefix(" ") { lines[lines.count - 1] += line.dropFirst() } else { lines.append(line) }
        }
        return lines
    }

    @Test func `no line is longer than 75 octets, and none is folded within a character`() {
        var random = SeededGenerator(seed: 5)
        let letters = Array("aé€😀ñ,;\\ x")
        for _ in 0..<300 {
            let value = String((0..<Int.random(in: 0...200, using: &random)).map { _ in letters.randomElement(using: &random)! })
            var calendar = CalendarWriter()
            calendar.line("SUMMARY", value)
            let lines = Array(calendar.text.utf8).split(separator: UInt8(ascii: "\n"))
            #expect(lines.allSatisfy { $0.last == UInt8(ascii: "\r") && $0.count <= 76 })
            #expect(unfolded(calendar.text) == ["SUMMARY:\(value)"])
        }
    }

    @Test func `what means something in a text is escaped`() {
        #expect(CalendarWriter.escaped("a;b,c\\d\ne\u{7}f") == "a\\;b\\,c\\\\d\\nef")
        var calendar = CalendarWriter()
        calendar.text("DESCRIPTION", "one\nEND:VEVENT")
        #expect(calendar.text == "DESCRIPTION:one\\nEND:VEVENT\r\n")
    }
}
