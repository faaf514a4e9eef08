/// The texts of one subject: a case for each, and its words in every language of the interface.
///
/// A catalogue is a file for each language with an exhaustive `switch`: a text that a language lacks does not compile. `{name}` in a text
/// stands for a value; every language uses the same names, which a test holds them to.
package protocol Phrase: CaseIterable, Hashable, Sendable {
    var french: String { get }
    var english: String { get }
    var italian: String { get }
    var spanish: String { get }
    var portuguese: String { get }
}

extension Phrase {
    package func text(_ language: Language) -> String {
        switch language {
        case .french: french
        case .english: english
        case .italian: italian
        case .spanish: spanish
        case .portuguese: portuguese
        }
    }

    /// The text with its values in their places. A name that the text does not have is a mistake of the program.
    package func text(_ language: Language, _ values: KeyValuePairs<String, String>) -> String {
        var out = ""
        var rest = text(language)[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            guard let value = values.first(where: { $0.key == name })?.value else { preconditionFailure("no value for {\(name)} of \(self)") }
            out += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }
}
