/// Opening hours made wrong in small ways, and some that stay right: the same for the same seed.
package struct HoursMutator: Sendable {
    private var generator: SeededGenerator

    private static let pieces = [
        "Mo", "Tu-Fr", "Sa-Mo", "We[1]", "Fr[-1]", "PH", "SH", "SH Mo-Fr", "off", "closed", "open", "unknown", "\"sur rendez-vous\"", "\"", "24/7",
        "week 1-53/2",
        "week 10", "Jan", "Nov-Feb", "Dec 24-26", "Dec 25,26", "2026 Dec 24-2027 Jan 2", "2026", "2026+", "Feb 29", "09:00-12:00", "22:00-02:00", "17:00+",
        "26:00", "00:00-24:00", "20:00-48:00", ":", ";", ", ", " || ", "-", "+", "/", "[", "]", "easter", "sunset", "é", "\u{0}", "\u{1F600}", "٣", " ", "\n",
        "99999999999999999999",
    ]

    package init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// One to three changes: scalars dropped, doubled, swapped or replaced, a piece put in, a part of another text put in, a rule of pieces added.
    package mutating func mutate(_ text: String, with others: [String]) -> String {
        var scalars = Array(text.unicodeScalars)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let at = Int.random(in: 0...scalars.count, using: &generator)
            let to = min(scalars.count, at + Int.random(in: 0...8, using: &generator))
            switch Int.random(in: 0..<9, using: &generator) {
            case 0: scalars.removeSubrange(at..<to)
            case 1: scalars.insert(contentsOf: scalars[at..<to], at: at)
            case 2 where to < scalars.count: scalars.swapAt(at, to)
            case 3: scalars.insert(contentsOf: others.randomElement(using: &generator)!.unicodeScalars.prefix(12), at: at)
            case 4 where at < scalars.count: scalars[at] = Unicode.Scalar(UInt8.random(in: 0...127, using: &generator))
            case 5...7:
                let rule = (0..<Int.random(in: 1...3, using: &generator)).map { _ in Self.pieces.randomElement(using: &generator)! }
                scalars += ([";", ",", " ||"].randomElement(using: &generator)! + " " + rule.joined(separator: " ")).unicodeScalars
            default: scalars.insert(contentsOf: Self.pieces.randomElement(using: &generator)!.unicodeScalars, at: at)
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
