/// What is wrong with the bytes of a file, and where.
package struct FormatError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The format that was expected: "GeoJSON", "WKB", "CSV"…
    package var format: String
    /// Where: "line 3, column 7", "byte 21", "features[4].geometry".
    package var place: String
    /// What was found, and what would be accepted.
    package var problem: String

    package init(_ format: String, at place: String, _ problem: String) {
        self.format = format
        self.place = place
        self.problem = problem
    }

    package var description: String {
        place.isEmpty ? "\(format): \(problem)" : "\(format), \(place): \(problem)"
    }
}

extension FormatError {
    /// Refuses text in UTF-16 or UTF-32, as some spreadsheets save it: by its byte order mark, or by every other byte being NUL.
    static func refuseWideText(_ bytes: [UInt8], format: String) throws(FormatError) {
        let hasMark = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        let first = bytes.prefix(8)
        let isWide = first.count >= 4 && [0, 1].contains { odd in first.indices.allSatisfy { (first[$0] == 0) == ($0 % 2 == odd) } }
        guard hasMark || isWide else { return }
        throw FormatError(format, at: "byte 0", "the text is UTF-16 or UTF-32; expected UTF-8")
    }
}
