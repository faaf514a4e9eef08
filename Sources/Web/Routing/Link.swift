import GeoModel

/// A link of RFC 8288 as OGC API writes it.
struct Link: Sendable, Equatable {
    var rel: String
    var href: String
    var type: String?
    var title: String
    var isTemplated = false

    init(_ rel: String, _ href: String, type: String?, title: String, isTemplated: Bool = false) {
        self.rel = rel
        self.href = href
        self.type = type
        self.title = title
        self.isTemplated = isTemplated
    }

    var json: PropertyValue {
        var members: Properties = ["rel": .string(rel), "href": .string(href)]
        if let type { members.append("type", .string(type)) }
        members.append("title", .string(title))
        if isTemplated { members.append("templated", .bool(true)) }
        return .object(members)
    }

    /// As it stands in the header `Link`.
    var header: String { "<\(href)>; rel=\"\(rel)\"" + (type.map { "; type=\"\($0)\"" } ?? "") }
}

extension [Link] {
    var json: PropertyValue { .array(map(\.json)) }

    /// `self` in the representation that is given, and `alternate` in the others.
    static func forms(of exchange: Exchange, _ representations: [Representation], path: String, query: [(name: String, value: String)] = []) -> [Link] {
        representations.map { one in
            let isSelf = one.word == exchange.representation.word
            var parameters = query.filter { $0.name != "f" }
            // The address without f gives the usual form to programs.
            if one.word != representations[0].word || isSelf && exchange.query["f"] != nil { parameters.append(("f", one.word)) }
            return Link(
                isSelf ? "self" : "alternate", exchange.link(path) + queryText(parameters),
                type: one.essence == one.type ? one.type : one.essence.typed(as: one),
                title: isSelf ? "This document as \(one.name)" : "The same as \(one.name)")
        }
    }
}

extension String {
    /// Media types of links: the parameters of the OpenAPI type belong to it, a character set does not.
    fileprivate func typed(as representation: Representation) -> String { representation.word == "html" ? "text/html" : representation.type }
}

/// `?name=value&…`, encoded; empty without parameters.
func queryText(_ pairs: [(name: String, value: String)]) -> String {
    pairs.isEmpty ? "" : "?" + pairs.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value, keeping: ",:/"))" }.joined(separator: "&")
}
