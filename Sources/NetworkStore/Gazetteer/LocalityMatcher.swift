internal import Foundation
internal import GRDB
internal import GeoModel
internal import GeoPackage

/// Finds the gazetteer's locality that a place of a postal file is: of those of its name, the nearest within 15 km.
struct LocalityMatcher {
    struct Candidate {
        var id: Int64
        var area: String?
        var location: Coordinate
        var isSection: Bool
    }

    /// Two sources put the middle of a town so far apart at most; a homonym is farther away as a rule.
    static let farthestKilometres = 15.0

    private var byName: [String: [Candidate]] = [:]

    init(countries: Set<String>, _ db: Database) throws {
        for country in countries {
            let cursor = try Row.fetchCursor(
                db,
                sql: """
                    SELECT n.key, l.id, l.area, l.geom, l.section_of NOT NULL FROM locality_names n JOIN localities l ON l.id = n.locality
                    WHERE l.country = ?
                    """, arguments: [country])
            while let row = try cursor.next() {
                guard case .point(let location)? = StoredGeometry.fromDatabaseValue(row[3])?.geometry, let key = String.fromDatabaseValue(row[0])
                else { continue }
                byName["\(country) \(key)", default: []].append(
                    Candidate(id: row[1], area: String.fromDatabaseValue(row[2]), location: location, isSection: row[4]))
            }
        }
    }

    /// By the name of the place, then without the number of a district (`Paris 01`, `Marseille 08`, `Aarau 1 CEDEX`).
    func locality(of row: PostalRow) -> Candidate? {
        let name = foldedKey(row.place)
        for text in [name, withoutDistrict(name)] where !text.isEmpty {
            let near = (byName["\(row.country) \(text)"] ?? []).map { ($0, kilometres($0.location, row.location)) }
                .filter { $0.1 <= Self.farthestKilometres }
            if let best = near.min(by: { ($0.0.isSection ? 1 : 0, $0.1) < ($1.0.isSection ? 1 : 0, $1.1) }) { return best.0 }
        }
        return nil
    }

    /// On a sphere: good to 1 %, for a match only.
    private func kilometres(_ a: Coordinate, _ b: Coordinate) -> Double {
        let x = (a.x - b.x) * cos((a.y + b.y) * .pi / 360)
        let y = a.y - b.y
        return 111.2 * (x * x + y * y).squareRoot()
    }
}

/// The key of a town without the number of a district and CEDEX.
func withoutDistrict(_ key: String) -> String {
    var words = key.split(separator: " ")
    while words.count > 1, let last = words.last, last == "cedex" || last.allSatisfy(\.isNumber) { words.removeLast() }
    return words.joined(separator: " ")
}
