package import CiteNetwork
package import GeoModel
internal import Geodesy
internal import NetworkStore
#if canImport(Glibc)
internal import Glibc
#endif

extension Atlas {
    /// What is at a point: the nearest locality, the platforms nearest to it, and the areas it lies in, the finest first.
    ///
    /// A point outside every polygon (the borders are coarse, and the sea is wide) has the areas of its locality, where one is within
    /// `nearby` metres. About 1 ms.
    package func reverse(at c: Coordinate, platforms: NearestPlatforms, limit: Int, nearby: Double = 50_000) throws -> SearchAnswer {
        var items: [SearchAnswer.Item] = []
        let locality = try nearestLocality(to: c)
        if let (locality, distance) = locality {
            items.append(
                SearchAnswer.Item(
                    kind: .locality, id: "\(locality.id)", name: locality.name, label: describe(locality), matchedName: nil, country: locality.country,
                    area: locality.area.flatMap { areas[$0] } ?? areas[locality.country], location: locality.location, locationAccuracy: nil,
                    population: locality.population > 0 ? locality.population : nil, match: .whole, distance: distance))
        }
        let around = try areas(at: c, else: locality.flatMap { $0.distance <= nearby ? $0.locality : nil })
        for found in platforms.nearest(1, to: c).results {
            let platform = found.platform
            items.append(
                SearchAnswer.Item(
                    kind: .platform, id: platform.id, name: platform.name,
                    label: platform.contact.town.map { platform.name.contains($0) ? platform.name : "\(platform.name), \($0)" } ?? platform.name,
                    matchedName: nil, country: platform.country, area: platform.area.flatMap { areas[$0] } ?? areas[platform.country],
                    location: platform.location, locationAccuracy: platform.locationAccuracy, population: nil, match: .whole, distance: found.distance))
        }
        for area in around {
            let parent = area.parent.flatMap { areas[$0] }
            items.append(
                SearchAnswer.Item(
                    kind: .area, id: area.code, name: area.name, label: parent.map { "\(area.name) (\($0.name))" } ?? area.name, matchedName: nil,
                    country: area.country, area: area, location: nil, locationAccuracy: nil, population: area.population, match: .whole, distance: 0))
        }
        return SearchAnswer(text: "", items: Array(items.prefix(limit)))
    }

    /// The areas of today that cover a point, the finest first; those of `locality` where no polygon does.
    private func areas(at c: Coordinate, else locality: Locality?) throws -> [Area] {
        let candidates = try store.areaCodes(meeting: Envelope(minX: c.x, minY: c.y, maxX: c.x, maxY: c.y))
        var found: [Area] = []
        for code in candidates {
            guard let area = areas[code], area.validTo == nil,
                let shape = try shapes.shape(of: code, read: { try store.geometries(ofAreas: [code]).first ?? nil }), shape.encloses(c)
            else { continue }
            found.append(area)
        }
        if found.isEmpty, let locality {
            let finest = locality.area ?? locality.country
            found = ([finest] + areas.ancestors(of: finest)).compactMap { areas[$0] }
        }
        func depth(_ area: Area) -> Int { areas.ancestors(of: area.code).count }
        return found.sorted { (-depth($0), $0.code) < (-depth($1), $1.code) }
    }

    /// The locality nearest to a point, sections of towns left out, and its geodesic distance; nil where the gazetteer is empty.
    ///
    /// Boxes that hold every point within a radius are searched through the R-tree, four times as far each time, until one holds the answer.
    package func nearestLocality(to c: Coordinate) throws -> (locality: Locality, distance: Double)? {
        var radius = 10_000.0
        while true {
            let best = try boxes(around: c, radius: radius).flatMap(store.localities(inside:))
                .map { (locality: $0, distance: Geodesic.distance(c, $0.location)) }.min { ($0.distance, $0.locality.id) < ($1.distance, $1.locality.id) }
            if let best, best.distance <= radius || radius > 2e7 { return best }
            guard radius <= 2e7 else { return nil }
            radius *= 4
        }
    }

    /// One or two boxes that hold every point within a radius. A degree of latitude has 110.57 km at least.
    private func boxes(around c: Coordinate, radius: Double) -> [Envelope] {
        let up = radius / 110_500
        let (south, north) = (max(-90, c.y - up), min(90, c.y + up))
        let farthest = max(abs(south), abs(north))
        // Beyond 89 degrees meridians are too near to one another for a box to be any help.
        let across = farthest > 89 ? 180 : up / cos(farthest * .pi / 180)
        guard across < 180 else { return [Envelope(minX: -180, minY: south, maxX: 180, maxY: north)] }
        let (west, east) = (c.x - across, c.x + across)
        if west < -180 {
            return [Envelope(minX: -180, minY: south, maxX: east, maxY: north), Envelope(minX: west + 360, minY: south, maxX: 180, maxY: north)]
        }
        if east > 180 {
            return [Envelope(minX: west, minY: south, maxX: 180, maxY: north), Envelope(minX: -180, minY: south, maxX: east - 360, maxY: north)]
        }
        return [Envelope(minX: west, minY: south, maxX: east, maxY: north)]
    }
}
