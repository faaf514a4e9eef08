/// A piece of a page: markup whose every text was escaped when it was put in.
///
/// There is no way from a string of people's to markup: a `String` becomes text or the value of an attribute, and names of elements and
/// attributes are literals of the program. The same value gives the same bytes.
package struct HTML: Sendable, Equatable {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Text.
    package init(_ text: String) { Self.escape(text, into: &bytes) }

    /// An element with its content.
    package init(_ name: StaticString, _ attributes: Attribute?..., @HTMLBuilder content: () -> HTML) {
        self.init(name, attributes, content())
    }

    /// An element without content: one that never has any (`meta`), one of SVG, or an empty one.
    package init(_ name: StaticString, _ first: Attribute?, _ rest: Attribute?...) { self.init(name, [first] + rest, nil) }

    /// An element of nothing but its name; in parentheses alone a name would be text.
    package static func element(_ name: StaticString) -> HTML { HTML(name, [], nil) }

    /// - Parameter content: nil closes the element in its own tag where HTML has it void or it is one of SVG.
    package init(_ name: StaticString, _ attributes: [Attribute?], _ content: HTML?) {
        bytes.append(UInt8(ascii: "<"))
        append(name)
        for case let attribute? in attributes {
            bytes.append(UInt8(ascii: " "))
            append(attribute.name)
            guard let value = attribute.value else { continue }
            append("=\"")
            Self.escape(value, into: &bytes)
            append("\"")
        }
        let word = name.description
        if content == nil, Self.withoutContent.contains(word) {
            append(Self.void.contains(word) ? ">" : "/>")
            return
        }
        append(">")
        if let content { bytes += content.bytes }
        append("</")
        append(name)
        append(">")
    }

    /// Markup that the program itself holds, such as its stylesheet.
    package init(markup: StaticString) { append(markup) }

    package static func + (a: HTML, b: HTML) -> HTML {
        var out = a
        out.bytes += b.bytes
        return out
    }

    package static func += (a: inout HTML, b: HTML) { a.bytes += b.bytes }

    package var isEmpty: Bool { bytes.isEmpty }
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    private mutating func append(_ literal: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    private static let void: Set<String> = ["br", "hr", "img", "input", "link", "meta", "col", "wbr"]
    private static let withoutContent = void.union(["path", "rect", "circle", "line", "use", "polygon", "polyline"])

    /// Escapes what means something in text or in a quoted attribute, of HTML and of XML; control characters, which XML does not have, are
    /// left out. O(n).
    private static func escape(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
            case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
            case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
            case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
            case UInt8(ascii: "'"): bytes += Array("&#39;".utf8)
            case 0x09, 0x0A, 0x0D: bytes.append(byte)
            case 0..<0x20, 0x7F: continue
            default: bytes.append(byte)
            }
        }
    }
}

/// A name of the program's and a value that is escaped; without a value the name alone stands.
package struct Attribute: Sendable {
    package var name: StaticString
    package var value: String?

    package init(_ name: StaticString, _ value: String?) {
        self.name = name
        self.value = value
    }

    package static func `class`(_ value: String) -> Attribute { Attribute("class", value) }
    package static func id(_ value: String) -> Attribute { Attribute("id", value) }
    package static func href(_ value: String) -> Attribute { Attribute("href", value) }
    package static func flag(_ name: StaticString) -> Attribute { Attribute(name, nil) }
}
