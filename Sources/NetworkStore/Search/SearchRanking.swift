internal import Foundation
internal import CiteNetwork
internal import GeoModel

/// The order of hits: how well the name agrees, how many people live there, how near it is. One point is ten times the people.
struct SearchRanking {
    let near: Coordinate?
    /// Countries of the network, whose places count as if they had five times the people.
    let countries: Set<String>

    func score(_ locality: Locality, match: SearchHit.Match, isMainName: Bool, isFirstLetter: Bool = false) -> Double {
        // The gazetteer has 0 where it does not know how many live there: under its own name such a place counts as a small town.
        var score = points(match) + log10((locality.population == 0 && isMainName ? 2_000 : locality.population) + 10)
        // An alternate name is as good when it is typed whole; mended, it is often one that nobody uses.
        if !isMainName { score -= match >= .wholeCorrected ? 1 : 0.4 }
        if isFirstLetter { score -= 0.2 }
        if locality.sectionOf != nil { score -= 2 }
        if countries.contains(locality.country) { score += 0.7 }
        return score + nearness(of: locality.location)
    }

    /// A platform counts as a town of 30,000 people in a country of the network.
    func score(_ platform: Platform, match: SearchHit.Match) -> Double { points(match) + 5.2 + (platform.location.map(nearness) ?? 0) }

    /// The chief town of an arrondissement, whose people are not always known, counts as if it had a thousand times the people. Of the
    /// places of one town the one named more closely comes first: `Paris 08` before `Paris`.
    func score(_ place: PostalPlace, match: SearchHit.Match) -> Double {
        let isPart = place.locality.map { $0.name != place.name } ?? false
        return points(match) + log10((place.locality?.population ?? 0) + 10) + (countries.contains(place.country) ? 0.7 : 0) + nearness(of: place.location)
            + (place.isChief ? 3 : 0) + (isPart ? 0.001 : 0)
    }

    /// What a whole name earns over the beginning of one.
    static let worthOfWholeName = 1.0

    private func points(_ match: SearchHit.Match) -> Double {
        switch match {
        case .whole: 4 + Self.worthOfWholeName
        case .beginning: 4
        case .words: 2.7
        case .wholeCorrected: 3.5
        case .beginningCorrected: 1
        }
    }

    /// 2.5 at the point, nothing at 1,000 km. The distance is a rough one, for the order only.
    private func nearness(of location: Coordinate) -> Double {
        guard let near else { return 0 }
        let half = (near.x - location.x) * .pi / 360
        let (a, b) = (near.y * .pi / 180, location.y * .pi / 180)
        let h = pow(sin((a - b) / 2), 2) + cos(a) * cos(b) * pow(sin(half), 2)
        let kilometres = 12_742 * asin(min(1, h.squareRoot()))
        return 2.5 - 1.25 * log10(1 + kilometres / 10)
    }
}
