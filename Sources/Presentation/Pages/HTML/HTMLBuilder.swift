/// Puts pieces one after the other; strings become text.
@resultBuilder
package enum HTMLBuilder {
    package static func buildExpression(_ piece: HTML) -> HTML { piece }
    package static func buildExpression(_ text: String) -> HTML { HTML(text) }
    package static func buildExpression(_ piece: HTML?) -> HTML { piece ?? HTML() }
    package static func buildExpression(_ pieces: [HTML]) -> HTML { buildArray(pieces) }
    package static func buildBlock(_ pieces: HTML...) -> HTML { buildArray(pieces) }
    package static func buildOptional(_ piece: HTML?) -> HTML { piece ?? HTML() }
    package static func buildEither(first piece: HTML) -> HTML { piece }
    package static func buildEither(second piece: HTML) -> HTML { piece }

    package static func buildArray(_ pieces: [HTML]) -> HTML {
        var out = HTML()
        for piece in pieces { out += piece }
        return out
    }
}

extension Phrase {
    /// The text with marked-up values in their places: figures, links.
    package func html(_ language: Language, _ values: KeyValuePairs<String, HTML> = [:]) -> HTML {
        var out = HTML()
        var rest = text(language)[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = rest[rest.index(after: open)..<close]
            guard let value = values.first(where: { $0.key == name })?.value else { preconditionFailure("no value for {\(name)} of \(self)") }
            out += HTML(String(rest[..<open])) + value
            rest = rest[rest.index(after: close)...]
        }
        return out + HTML(String(rest))
    }
}
