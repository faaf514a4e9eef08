import NetworkStore
import Testing
import TestSupport

@Suite struct OneErrorWalkTests {
    @Test func `the walk finds what brute force over the whole dictionary finds`() throws {
        var g = SeededGenerator(seed: 4)
        func word() -> String { String((0..<Int.random(in: 1...6, using: &g)).map { _ in "abcœ ".randomElement(using: &g)! }) }
        for _ in 0..<60 {
            let keys = Set((0..<40).map { _ in word() }).sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
            let walk = OneErrorWalk { texts in
                texts.map { text in keys.first { !$0.unicodeScalars.lexicographicallyPrecedes(text.unicodeScalars) } }
            } followers: { prefixes in
                prefixes.map { prefix in
                    Array(Set(keys.filter { $0.hasPrefix(prefix) }.compactMap { $0.unicodeScalars.dropFirst(prefix.count).first }))
                }
            }
            for _ in 0..<20 {
                let text = word()
                let letters = Array(text)
                let found = try walk.variants(of: text)
                let whole = Set(found.filter(\.isWhole).map(\.text))
                #expect(whole == Set(keys.filter { isOneErrorApart(letters, Array($0)) }), "\(text) in \(keys)")
                let begun = Set(found.map(\.text))
                let beginnings = Set(keys.flatMap { key in (1...key.count).map { String(key.prefix($0)) } })
                #expect(begun == Set(beginnings.filter { isOneErrorApart(letters, Array($0)) }), "\(text) in \(keys)")
            }
        }
    }

    @Test(arguments: [
        ("lyon", "lyno", true), ("lyon", "lyn", true), ("lyon", "xlyon", true), ("lyon", "kyon", true), ("lyon", "lyon", false), ("lyon", "noyl", false),
        ("", "a", true), ("", "", false), ("ab", "ba", true), ("abc", "cba", false), ("abcd", "bacd", true), ("abcd", "badc", false),
    ])
    func `one error is a swap, a substitution, an insertion or a deletion`(a: String, b: String, expected: Bool) {
        #expect(isOneErrorApart(Array(a), Array(b)) == expected && isOneErrorApart(Array(b), Array(a)) == expected)
    }
}
