/// A whole page: its language, title and style, a link past what leads to the content, and the content.
package struct PageDocument: Sendable {
    package var language: Language
    package var title: String
    package var description: String?
    /// Words of the link to the content.
    package var skip: String
    /// What stands before the content: the name of the program, a navigation.
    package var header: HTML
    package var content: HTML
    package var footer: HTML
    /// Further elements of the head, such as links.
    package var head = HTML()

    package init(language: Language, title: String, description: String? = nil, skip: String, header: HTML, content: HTML, footer: HTML) {
        self.language = language
        self.title = title
        self.description = description
        self.skip = skip
        self.header = header
        self.content = content
        self.footer = footer
    }

    /// The bytes of the page: HTML 5 in UTF-8, complete in itself, without scripts.
    package var bytes: [UInt8] {
        let page = HTML("html", Attribute("lang", language.rawValue)) {
            HTML("head") {
                HTML("meta", Attribute("charset", "utf-8"))
                HTML("meta", Attribute("name", "viewport"), Attribute("content", "width=device-width, initial-scale=1"))
                // Nothing is fetched and no script runs, whatever a text in it might be.
                HTML(
                    "meta", Attribute("http-equiv", "Content-Security-Policy"),
                    Attribute("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
                HTML("title") { title }
                description.map { HTML("meta", Attribute("name", "description"), Attribute("content", $0)) }
                HTML("style") { PageStyle.sheet }
                head
            }
            HTML("body") {
                HTML("a", .class("skip"), .href("#content")) { skip }
                HTML("header", .class("masthead")) { header }
                HTML("main", .id("content"), Attribute("tabindex", "-1")) { content }
                HTML("footer", .class("colophon")) { footer }
            }
        }
        return Array("<!DOCTYPE html>\n".utf8) + page.bytes + [0x0A]
    }
}

extension HTML {
    /// A part of a page under its heading. Levels are 1 to 6, each one below that of the part around it.
    package static func section(_ id: String, level: Int = 2, title: String, class name: String? = nil, @HTMLBuilder content: () -> HTML) -> HTML {
        HTML("section", .id(id), Attribute("aria-labelledby", "\(id)-title"), name.map { .class($0) }) {
            heading(level, id: "\(id)-title", title)
            content()
        }
    }

    package static func heading(_ level: Int, id: String? = nil, _ title: String) -> HTML {
        let attributes = [id.map { Attribute.id($0) }]
        return switch level {
        case ...1: HTML("h1", attributes, HTML(title))
        case 2: HTML("h2", attributes, HTML(title))
        case 3: HTML("h3", attributes, HTML(title))
        case 4: HTML("h4", attributes, HTML(title))
        case 5: HTML("h5", attributes, HTML(title))
        default: HTML("h6", attributes, HTML(title))
        }
    }

    package static func paragraph(_ text: String, class name: String? = nil) -> HTML { HTML("p", [name.map { .class($0) }], HTML(text)) }

    /// A number as people read it, with the value itself for machines. `name` is the same wherever the figure stands.
    package static func figure(_ name: String, _ value: Double, _ text: String) -> HTML {
        HTML("data", Attribute("value", machineNumber(value)), Attribute("data-figure", name)) { text }
    }
}

/// The shortest decimal that reads back as the same number, whole numbers without a point; empty where it is not finite.
package func machineNumber(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    return value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
}
