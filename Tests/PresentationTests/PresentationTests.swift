import CiteNetwork
import Coverage
import GeoFormats
import GeoModel
import Impedance
import Planning
import Population
import Presentation
import Testing

@Suite struct PresentationTests {
    @Test func `a table aligns numbers right and words left`() {
        var table = TextTable([.text("name"), .number("people")])
        table.rows = [["Le Vigan", "8 909"], ["Bagnols-sur-Cèze", "53 226"]]
        #expect(
            table.text == """
                name              people
                Le Vigan           8 909
                Bagnols-sur-Cèze  53 226

                """)
    }

    @Test(arguments: [(0.0, "0"), (999.4, "999"), (1_234_567, "1\u{202F}234\u{202F}567"), (-12_345, "-12\u{202F}345"), (.infinity, "-")])
    func `people are grouped by thousands`(value: Double, text: String) { #expect(grouped(value) == text) }

    @Test(arguments: [1e18, 9.3e18, 1e300, .greatestFiniteMagnitude])
    func `numbers of any size are said`(value: Double) {
        #expect(grouped(value) == "\(value)" && grouped(-value) == "-\(value)")
        #expect(decimal(value, 1) == "\(value)" && decimal(-value, 0) == "-\(value)")
        #expect(decimal(1e17, 2) == "100000000000000000" && time(value) == "-")
    }

    @Test func `distances, times and shares are said as people say them`() {
        #expect(kilometres(12_345) == "12.3 km" && kilometres(49) == "0.0 km")
        #expect(time(2_700) == "45 min" && time(7_500) == "2 h 05" && time(3_599) == "1 h 00")
        #expect(percent(0.1234) == "12.3 %" && percent(nil) == "-")
        #expect(decimal(-0.05, 1) == "-0.1" && decimal(2, 2) == "2.00")
    }

    @Test(arguments: [
        (20.0, LocationAccuracy.venue, "< 0.1 km", true), (420, .venue, "0.4 km", true), (20, .town, "in the same town", false), (1_040, .town, "1.0 km", true),
        (0, .assumed, "unknown, near here", false), (19_500, .assumed, "about 20 km", true), (8_000, .territory, "unknown, near here", false),
        (41_200, .territory, "about 41 km", true),
    ])
    func `a distance is shown no more certain than the place of the platform is`(metres: Double, accuracy: LocationAccuracy, text: String, isKnown: Bool) {
        let shown = ShownDistance(metres, accuracy: accuracy)
        #expect(shown.text == text && shown.isKnown == isKnown)
    }

    @Test func `a coverage row has the members that all parts share, null where undefined`() throws {
        let row = CoverageRow(key: "FR-02", name: "Aisne", members: 0..<2, people: [3, 1], impedance: [5_000, .infinity], reaches: [Reach("10km")!])
        #expect(row.json.members.map(\.name) == ["key", "name", "population", "reaches", "mean", "median", "p90", "max", "gini", "unreached"])
        #expect(
            String(decoding: PropertyValue.object(row.json).json, as: UTF8.self)
                == #"{"key":"FR-02","name":"Aisne","population":4,"reaches":[{"within":"10km","people":3,"share":0.75}],"mean":5000,"median":5000,"p90":5000,"max":5000,"gini":0,"unreached":1}"#
        )
        let nobody = CoverageRow(key: "x", name: "x", members: 0..<0, people: [], impedance: [], reaches: [Reach("10km")!])
        #expect(nobody.json["mean"] == .null && nobody.json["reaches"]?.array?[0].object?["share"] == .null)
    }
}
