import CiteNetwork
import Foundation
import GeoModel
import Geodesy
import NetworkStore
import Planning
import Testing
import TestSupport

/// What a typed name means, on the network's own ground.
@Suite struct PlaceTests {
    private let atlas = RealWorkspace.atlas

    @Test(arguments: [
        // Areas: their most populous town.
        ("Guadeloupe", "FR-971"), ("La Réunion", "FR-974"), ("la reunion", "FR-974"), ("Aisne", "FR-02"), ("FR-02", "FR-02"), ("02", "FR-02"),
        ("Mayotte", "FR-976"), ("Gard", "FR-30"), ("Maurice", "MU-PL"), ("guadelou", "FR-971"), ("Guyane", "FR-973"),
        // A locality that bears the very name of an area is meant.
        ("Paris", "FR-75C"), ("Genève", "CH-GE"), ("Milano", "IT-MI"), ("Porto", "PT-13"), ("Valence", "FR-26"),
        // Beginnings, in the middle of a word too, before any error is mended.
        ("bohai", "FR-02"), ("boha", "FR-02"), ("bohain en v", "FR-02"), ("saint quen", "FR-02"), ("genèv", "CH-GE"), ("le vig", "FR-30"),
        ("aix", "FR-13"), ("marsei", "FR-13"),
        // Words, articles, abbreviations.
        ("vigan", "FR-30"), ("Rochelle", "FR-17"), ("vermandois", "FR-02"), ("S. Quentin", "FR-02"), ("s quentin", "FR-02"), ("Chalon s/ Saône", "FR-71"),
        // One error.
        ("marseile", "FR-13"), ("bohian en vermandois", "FR-02"), ("Eu", "FR-76"), ("Ay", "FR-51"),
    ])
    func `a name means a place of the network's countries first`(text: String, area: String) throws {
        let place = try? atlas.place(named: text)
        #expect(place?.locality?.area == area, "\(text): \(place?.takenAs ?? place?.name ?? "not found")")
        if let place, foldedKey(place.name) != foldedKey(text), place.locality.map({ atlas.isCalled($0, text) }) != true {
            #expect(place.takenAs != nil, "\(text)")
        }
    }

    @Test func `a country stands for its largest town, a small one for itself, and what else bears the name is told`() throws {
        #expect(try atlas.place(named: "Monaco").locality?.country == "MC" && atlas.place(named: "Suisse").locality?.country == "CH")
        let reunion = try atlas.place(named: "La Réunion")
        #expect(reunion.takenAs == "Saint-Denis (La Réunion), the most populous town of La Réunion")
        #expect(reunion.alternatives.contains { $0.name == "Grand-Couronne" })
        let nimes = try atlas.place(named: "epci:243000643")
        #expect(nimes.locality?.name == "Nîmes" && nimes.takenAs?.contains("most populous") == true)
    }

    @Test(arguments: ["a", "le", "st", "Y", "zz", "zzzzzz", "F-99999", "saint qqqquentin"])
    func `what is too short or like nothing is not found, with a sentence`(text: String) {
        let error = #expect(throws: PlanningError.self) { try atlas.place(named: text) }
        guard case .notFound(let sentence)? = error else { Issue.record("\(String(describing: error))"); return }
        #expect(sentence.contains("would be accepted") || text.hasPrefix("saint"), "\(sentence)")
        #expect(!sentence.contains("Jatxou") && !sentence.contains("Fiumicino"))
    }

    @Test func `a Cité is its seat, and a réseau of several places without a seat its territory`() throws {
        func platform(_ id: String) throws -> Coordinate { try #require(atlas.records.platform(id)?.location) }
        let paris = try atlas.place(named: "Cité des métiers de Paris")
        #expect(try paris.location == platform("paris-main") && paris.takenAs == "Cité des métiers de Paris, its seat in Paris")
        #expect(try atlas.place(named: "citta dei mestieri di torino").location == platform("turin-main"))
        #expect(try atlas.place(named: "porta22").location == platform("barcelone-main"))
        #expect(try atlas.place(named: "Maison de l'Emploi du Vermandois").takenAs?.contains("assumed point") == true)
        #expect(try atlas.place(named: "cité des métiers de mars").location == platform("provence-alpes-cote-d-azur-main"))
        let gardois = try atlas.place(named: "Pays gardois")
        #expect(gardois.takenAs?.contains("a territory with 2 places (Bagnols-sur-Cèze, Le Vigan)") == true)
        #expect(try Geodesic.distance(gardois.location, platform("pays-gardois-le-vigan")) < 100_000)
    }

    @Test func `suggestions are places, platforms and areas, and keep to their limit and area`() throws {
        let bohain = try atlas.suggestions(SearchQuery("bohai"))
        #expect(Set(bohain.items.prefix(2).map(\.id)) == ["saint-quentinois-vermandois", "3032127"])
        let guadeloupe = try atlas.suggestions(SearchQuery("guadel", limit: 4))
        #expect(guadeloupe.items.count <= 4 && guadeloupe.items.contains { $0.kind == .area && $0.id == "FR-971" && $0.location != nil })
        #expect(try atlas.suggestions(SearchQuery("Aisne")).items.first?.id == "FR-02")
        let within = try atlas.suggestions(SearchQuery("saint", areas: atlas.codes(narrowing: "Gard")))
        #expect(!within.items.isEmpty && within.items.allSatisfy { $0.area?.code == "FR-30" })
        #expect(try atlas.suggestions(SearchQuery("zzzzzz")).items.isEmpty)
    }
}

extension Atlas {
    /// Whether the gazetteer has a locality under a name, its main one or another.
    fileprivate func isCalled(_ locality: Locality, _ name: String) -> Bool { (try? store.localities(named: name).contains { $0.id == locality.id }) ?? false }
}
