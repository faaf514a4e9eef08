import HTTPTypes

/// A form in which a resource is given: the word of the parameter `f` and its media type.
struct Representation: Sendable, Equatable {
    var word: String
    /// As it stands in `Content-Type` and in links.
    var type: String
    /// Other types that this one answers to.
    var alsoFor: [String] = []

    static let json = Representation(word: "json", type: "application/json")
    static let geoJSON = Representation(word: "json", type: "application/geo+json", alsoFor: ["application/json"])
    static let html = Representation(word: "html", type: "text/html; charset=utf-8", alsoFor: ["application/xhtml+xml"])
    static let schema = Representation(word: "json", type: "application/schema+json", alsoFor: ["application/json"])
    static let openAPI = Representation(word: "json", type: "application/vnd.oai.openapi+json;version=3.0", alsoFor: ["application/json"])
    static let text = Representation(word: "text", type: "text/plain; charset=utf-8")

    /// The type without its parameters.
    var essence: String { String(type.prefix { $0 != ";" }) }

    /// The title of links to it.
    var name: String { word == "html" ? "HTML" : word == "text" ? "text" : "JSON" }

    /// The one of `offered` that `Accept` likes best, the earlier among equals; nil where it likes none. Without a header, the first.
    ///
    /// RFC 9110, section 12.5.1: the most specific range that a type matches decides its weight.
    static func chosen(from offered: [Representation], accept: String?) -> Representation? {
        guard let accept, accept != "*/*", !accept.isEmpty else { return offered.first }
        let ranges = AcceptRange.list(accept)
        guard !ranges.isEmpty else { return offered.first }
        var best: (weight: Int, representation: Representation)?
        for one in offered {
            let weight = ([one.essence] + one.alsoFor).map { AcceptRange.weight(of: $0, in: ranges) }.max() ?? 0
            if weight > best?.weight ?? 0 { best = (weight, one) }
        }
        return best?.representation
    }
}

/// One range of an `Accept` header, or one coding of `Accept-Encoding`.
struct AcceptRange {
    var name: Substring
    /// In thousandths.
    var weight: Int

    static func list(_ header: String) -> [AcceptRange] {
        header.split(separator: ",").map { part in
            let pieces = part.split(separator: ";")
            let name = (pieces.first ?? "").trimmed
            let q = pieces.dropFirst().map(\.trimmed).first { $0.hasPrefix("q=") || $0.hasPrefix("Q=") }
            let weight = q.map { Double($0.dropFirst(2)) ?? 0 } ?? 1
            return AcceptRange(name: name, weight: Int(max(0, min(1, weight.isNaN ? 0 : weight)) * 1000))
        }
    }

    static func weight(of type: String, in ranges: [AcceptRange]) -> Int {
        if let exact = ranges.first(where: { $0.name.lowercased() == type }) { return exact.weight }
        if let family = ranges.first(where: { $0.name.hasSuffix("/*") && $0.name != "*/*" && type.hasPrefix($0.name.dropLast().lowercased()) }) {
            return family.weight
        }
        return ranges.first { $0.name == "*/*" || $0.name == "*" }?.weight ?? 0
    }
}

extension Substring {
    /// Without spaces and tabs around it.
    var trimmed: Substring {
        var text = self.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
