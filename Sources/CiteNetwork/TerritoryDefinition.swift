/// A territory as a list of areas to include and exclude, in order: `+FR-30 -epci:243000643`.
package struct TerritoryDefinition: Hashable, Sendable {
    package struct Term: Hashable, Sendable {
        package var isIncluded: Bool
        /// The code of an area.
        package var area: String
    }

    package var terms: [Term]

    /// Nil where a term does not begin with + or -, or where nothing is included.
    package init?(_ text: String) {
        terms = []
        for word in text.split(whereSeparator: \.isWhitespace) {
            guard let sign = word.first, sign == "+" || sign == "-", word.count > 1 else { return nil }
            terms.append(Term(isIncluded: sign == "+", area: String(word.dropFirst())))
        }
        guard terms.first?.isIncluded == true else { return nil }
    }
}

extension TerritoryDefinition: CustomStringConvertible {
    package var description: String { terms.map { ($0.isIncluded ? "+" : "-") + $0.area }.joined(separator: " ") }
}
