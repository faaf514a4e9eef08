import Presentation

/// The frame of the pages of the API: for people who follow its links.
enum APIPage {
    /// - Parameter path: the pages above this one, by title and address.
    static func document(title: String, path: [(title: String, href: String)], head: HTML = HTML(), @HTMLBuilder content: () -> HTML) -> [UInt8] {
        var page = PageDocument(
            language: .english, title: "\(title) · Maillage", skip: "To the content",
            header: HTML("nav", Attribute("aria-label", "Where you are")) {
                path.enumerated().map { i, step in (i > 0 ? HTML(" › ") : HTML()) + HTML("a", .href(step.href)) { step.title } }
            },
            content: HTML(content()),
            footer: HTML("p") { "Maillage: the atlas of the Cités des métiers network." })
        page.head = head
        return page.bytes
    }

    /// Links as a list.
    static func list(_ links: [Link]) -> HTML {
        HTML("ul") {
            links.map { link in
                HTML("li") { HTML("a", .href(link.href), Attribute("rel", link.rel)) { link.title } + HTML(link.type.map { " (\($0))" } ?? "") }
            }
        }
    }
}

extension HTML {
    fileprivate init(_ piece: HTML) { self = piece }
}
