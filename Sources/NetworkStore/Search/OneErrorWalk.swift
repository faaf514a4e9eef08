/// Finds, in a sorted dictionary of keys, what is one typing error away from a text: two neighbours swapped, one letter in the
/// place of another, one missing or one too many, anywhere. A digit is never taken for an error: "Paris 15" is not "Paris 16".
///
/// It takes the dictionary for a trie: after each prefix of the text that exists it tries only the letters that go on. For a text of
/// n letters that makes some 70 looks for each of the first letters and 5 for each of the later ones, instead of 54 for all of them.
package struct OneErrorWalk {
    package struct Variant: Hashable {
        /// The text with its error mended.
        package var text: String
        /// Whether a key is just this text, rather than one that begins with it.
        package var isWhole: Bool
        /// Whether the error was in the first letter.
        package var isFirstLetter: Bool
    }

    /// For each text, the first key that is not before it in the order of code points, or nil.
    private let first: ([String]) throws -> [String?]
    /// For each text, the letters that follow it in the dictionary; none where no key begins with it.
    private let followers: ([String]) throws -> [[Unicode.Scalar]]

    package init(first: @escaping ([String]) throws -> [String?], followers: @escaping ([String]) throws -> [[Unicode.Scalar]]) {
        self.first = first
        self.followers = followers
    }

    package func variants(of text: String) throws -> [Variant] {
        let letters = Array(text.unicodeScalars)
        let following = try followers((0...letters.count).map { string(letters[..<$0]) })
        var seen: Set<String> = [text, ""]
        var candidates: [(text: String, isFirstLetter: Bool)] = []
        func add(_ head: ArraySlice<Unicode.Scalar>, _ middle: [Unicode.Scalar], _ tail: ArraySlice<Unicode.Scalar>) {
            let candidate = string(head + middle + tail)
            if seen.insert(candidate).inserted { candidates.append((candidate, head.isEmpty)) }
        }
        for i in 0...letters.count {
            let head = letters[..<i]
            let isLetter = i < letters.count && !isDigit(letters[i])
            if isLetter { add(head, [], letters[(i + 1)...]) }
            if isLetter, i + 1 < letters.count, !isDigit(letters[i + 1]) { add(head, [letters[i + 1], letters[i]], letters[(i + 2)...]) }
            for letter in following[i] where !isDigit(letter) {
                if isLetter { add(head, [letter], letters[(i + 1)...]) }
                add(head, [letter], letters[i...])
            }
            // No key goes on as the text does: an error farther on would not mend it.
            guard i < letters.count, following[i].contains(letters[i]) else { break }
        }
        return zip(candidates, try first(candidates.map(\.text))).compactMap { candidate, key in
            guard let key, key.utf8.starts(with: candidate.text.utf8) else { return nil }
            return Variant(text: candidate.text, isWhole: key.utf8.count == candidate.text.utf8.count, isFirstLetter: candidate.isFirstLetter)
        }
    }

    private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
