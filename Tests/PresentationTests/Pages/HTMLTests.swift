import Presentation
import Testing

struct HTMLTests {
    @Test func `what people write is text, in elements and attributes, whatever it looks like`() {
        let nasty = "<script>alert('\"&\")</script>\u{0}\u{1B}"
        let page = HTML("p", .class("a"), Attribute("title", nasty)) { nasty }
        let escaped = "&lt;script&gt;alert(&#39;&quot;&amp;&quot;)&lt;/script&gt;"
        #expect(page.text == "<p class=\"a\" title=\"\(escaped)\">\(escaped)</p>")
    }

    @Test func `elements without content are closed as HTML or SVG has them`() {
        #expect(HTML.element("br").text == "<br>" && HTML.element("p").text == "<p></p>" && HTML("p").text == "p")
        #expect(HTML("input", .flag("disabled")).text == "<input disabled>" && HTML("td", .class("n")).text == "<td class=\"n\"></td>")
        #expect(HTML("path", Attribute("d", "M0 0")).text == "<path d=\"M0 0\"/>")
    }

    @Test func `pieces stand one after the other, the missing ones not at all`() {
        let none: HTML? = nil
        let list = HTML("ul") {
            ["a", "b"].map { word in HTML("li") { word } }
            none
            if Bool(true) { HTML("li") { "c" } }
        }
        #expect(list.text == "<ul><li>a</li><li>b</li><li>c</li></ul>")
    }

    @Test func `a figure has its value for machines beside the words for people`() {
        #expect(HTML.figure("area.population", 533_216, "533 216").text == "<data value=\"533216\" data-figure=\"area.population\">533 216</data>")
        #expect(
            machineNumber(0.25) == "0.25" && machineNumber(.infinity) == "" && machineNumber(-3) == "-3" && machineNumber(0.1 + 0.2) == "0.30000000000000004")
    }

    @Test func `a table has a caption, a heading for each column and a name for each row, in a region that the keyboard reaches`() {
        var table = PageTable("people", caption: "People", [.text("Place"), .number("Number")])
        table.rows = [[HTML("Laon"), HTML("24 000")]]
        table.footer = [HTML("All"), HTML("24 000")]
        let text = table.html.text
        #expect(text.contains("role=\"region\" aria-labelledby=\"people-caption\" tabindex=\"0\""))
        #expect(text.contains("<caption id=\"people-caption\">People</caption>"))
        #expect(text.contains("<th scope=\"col\">Place</th><th scope=\"col\" class=\"n\">Number</th>"))
        #expect(text.contains("<tr><th scope=\"row\">Laon</th><td class=\"n\">24 000</td></tr>") && text.contains("<tfoot>"))
    }

    @Test func `a page names its language, lets no script run and has one place to skip to`() {
        func made() -> PageDocument {
            PageDocument(
                language: .italian, title: "Titolo & co", skip: "Vai al contenuto", header: HTML(), content: HTML.heading(1, "Titolo"), footer: HTML())
        }
        let page = made()
        let text = String(decoding: page.bytes, as: UTF8.self)
        #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"it\">") && text.contains("<title>Titolo &amp; co</title>"))
        #expect(text.contains("default-src &#39;none&#39;") && !text.contains("<script") && !text.contains("http://"))
        #expect(text.contains("href=\"#content\"") && text.contains("<main id=\"content\""))
        #expect(page.bytes == made().bytes)
    }
}
