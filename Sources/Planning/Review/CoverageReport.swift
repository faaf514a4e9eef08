package import CiteNetwork
internal import Coverage
package import GeoModel
internal import GeometryEngine
internal import NetworkStore
package import Population

/// The yearly report: who is within reach, where nobody is, what changed since another day, and on what all that rests.
package struct CoverageReport: Sendable {
    /// An area with its people, then and now.
    package struct AreaRow: Sendable {
        /// Empty for a shape that was handed in.
        package var code: String
        package var name: String
        /// ISO 3166-1 alpha-2; empty where it has none.
        package var country: String
        package var population: Double
        package var reached: Double
        package var reachedBefore: Double
        package var platforms: Int
        package var platformsBefore: Int

        /// 0 to 1; nil where nobody lives there.
        package var share: Double? { population > 0 ? reached / population : nil }
        package var shareBefore: Double? { population > 0 ? reachedBefore / population : nil }
        package var outOfReach: Double { population - reached }
    }

    /// Areas that can be seen on one map: those of one country that lie near one another.
    package struct Sheet: Sendable {
        package var country: String
        package var countryName: String
        package var rows: [AreaRow]
        package var shapes: [String: Geometry]
        /// Where numbers may stand in them.
        package var centres: [String: Coordinate]
    }

    /// Of overlaps, freshness, agenda and, since the day compared with, changes.
    package var review: Review
    package var comparedWith: CalendarDate
    /// The countries with most people first; in each the sheets with most people first.
    package var sheets: [Sheet]
    /// Countries of the network in which no platform counts as open: nobody there is within reach of one.
    package var unserved: [AreaRow]
    /// The platforms that count, wherever they stand.
    package var platforms: [Facility]
    package var leftOutAsUnknown: Int

    package var asOf: CalendarDate { review.asOf }
    package var rows: [AreaRow] { sheets.flatMap(\.rows) }
    /// Of all sheets.
    package var total: AreaRow {
        rows.reduce(into: AreaRow(code: "", name: "", country: "", population: 0, reached: 0, reachedBefore: 0, platforms: 0, platformsBefore: 0)) { sum, row in
            sum.population += row.population
            sum.reached += row.reached
            sum.reachedBefore += row.reachedBefore
            sum.platforms += row.platforms
            sum.platformsBefore += row.platformsBefore
        }
    }
}

extension Atlas {
    /// - Parameter before: the day compared with, before that of the query. Areas are those of the query's day.
    ///
    /// Throws as `review` does, and `PlanningError.notFound` where the layer has nobody on the ground, or no territory tells it.
    package func coverageReport(_ query: ReviewQuery, comparedWith before: CalendarDate, layer: PopulationLayer) throws -> CoverageReport {
        try coverageReport(query, comparedWith: before, layer: layer.info, demand: layer.load())
    }

    package func coverageReport(
        _ query: ReviewQuery, comparedWith before: CalendarDate, layer: PopulationLayerInfo, demand: DemandPoints
    ) throws -> CoverageReport {
        var (query, earlier) = (query, query)
        query.sections = [.counts, .overlaps, .reach, .freshness, .agenda, .changes]
        query.since = before
        earlier.asOf = before
        let review = try review(query, layer: layer, demand: demand)
        guard let now = review.coverage else {
            throw PlanningError.notFound(
                "no coverage can be told of \(review.scopeName ?? "the network"): its territory is not known, or layer '\(layer.id)' has nobody there")
        }
        let scope = try ReviewedRecords(query.scope, asOf: query.asOf, in: self)
        guard let then = try reachOf(earlier, areasAsOf: query.asOf, scope, layer, demand) else {
            throw PlanningError.notFound("no territory of \(review.scopeName ?? "it") is known on \(before); a later --since-year would be accepted")
        }
        let (counts, countsBefore) = (try platformCounts(now), try platformCounts(then))
        let reachedBefore = Dictionary(then.rows.map { ($0.key, $0.reaches[0].people) }, uniquingKeysWith: { a, _ in a })
        let rows = now.rows.filter { $0.population > 0 }.map { row in
            let isCoded = areas[row.key] != nil
            return CoverageReport.AreaRow(
                code: isCoded ? row.key : "", name: row.name, country: areas[row.key]?.country ?? "", population: row.population,
                reached: row.reaches[0].people, reachedBefore: reachedBefore[row.key] ?? 0,
                platforms: isCoded ? counts[row.key] ?? 0 : now.facilities.members.count { scope.platforms.contains($0.id) },
                platformsBefore: isCoded ? countsBefore[row.key] ?? 0 : then.facilities.members.count { scope.platforms.contains($0.id) })
        }
        var (shown, unserved) = (rows, [CoverageReport.AreaRow]())
        if case .everything = query.scope { (shown, unserved) = split(rows, counts: counts) }
        return CoverageReport(
            review: review, comparedWith: before, sheets: try sheets(shown, query), unserved: unserved, platforms: now.facilities.members,
            leftOutAsUnknown: now.leftOutAsUnknown)
    }

    /// The rows of countries in which a platform counts, and a row for each other country of the network.
    private func split(_ rows: [CoverageReport.AreaRow], counts: [String: Int]) -> (shown: [CoverageReport.AreaRow], unserved: [CoverageReport.AreaRow]) {
        let served = Set(counts.keys.compactMap { areas[$0]?.country })
        var sums: [String: CoverageReport.AreaRow] = [:]
        for row in rows where !served.contains(row.country) && records.cites.contains(where: { $0.country == row.country }) {
            var sum =
                sums[row.country]
                ?? CoverageReport.AreaRow(
                    code: row.country, name: areas[row.country]?.name ?? row.country, country: row.country, population: 0, reached: 0, reachedBefore: 0,
                    platforms: 0, platformsBefore: 0)
            sum.population += row.population
            sum.reached += row.reached
            sum.reachedBefore += row.reachedBefore
            sums[row.country] = sum
        }
        return (
            rows.filter { served.contains($0.country) && isOfNetwork($0.country) }, sums.values.sorted { ($1.population, $0.code) < ($0.population, $1.code) }
        )
    }

    private func isOfNetwork(_ country: String) -> Bool {
        records.cites.contains { $0.country == country } || records.platforms.contains { $0.country == country }
    }

    /// Rows put together where their polygons lie within two degrees of one another.
    private func sheets(_ rows: [CoverageReport.AreaRow], _ query: ReviewQuery) throws -> [CoverageReport.Sheet] {
        let shapes = try shapes(of: rows, query)
        var sheets: [CoverageReport.Sheet] = []
        for (country, own) in Dictionary(grouping: rows, by: \.country) {
            var left = own.sorted { ($1.population, $0.code) < ($0.population, $1.code) }
            while !left.isEmpty {
                var sheet = [left.removeFirst()]
                var next = 0
                while next < sheet.count {
                    let box = shapes[sheet[next].code]?.envelope.insetBy(dx: -2, dy: -2)
                    let near = left.filter { row in box.map { shapes[row.code]?.envelope.intersects($0) ?? true } ?? true }
                    let codes = Set(near.map(\.code))
                    left.removeAll { codes.contains($0.code) }
                    sheet += near
                    next += 1
                }
                let codes = Set(sheet.map(\.code))
                let drawn = shapes.filter { codes.contains($0.key) }
                sheets.append(
                    CoverageReport.Sheet(
                        country: country, countryName: areas[country]?.name ?? nameOfGround(query), rows: sheet, shapes: drawn,
                        centres: try drawn.compactMapValues { try $0.interiorPoint() }))
            }
        }
        func people(_ rows: [CoverageReport.AreaRow]) -> Double { rows.reduce(0) { $0 + $1.population } }
        let byCountry = Dictionary(grouping: sheets, by: \.country).mapValues { people($0.flatMap(\.rows)) }
        return sheets.sorted { a, b in
            let (x, y) = (byCountry[a.country] ?? 0, byCountry[b.country] ?? 0)
            return (y, a.country, people(b.rows)) < (x, b.country, people(a.rows))
        }
    }

    private func nameOfGround(_ query: ReviewQuery) -> String {
        switch query.scope {
        case .cite(let id): records.cite(id)?.name ?? id
        case .area(let choice): choice.name
        case .everything, .country: ""
        }
    }

    private func shapes(of rows: [CoverageReport.AreaRow], _ query: ReviewQuery) throws -> [String: Geometry] {
        var shapes = try geometries(ofAreas: rows.map(\.code).filter { !$0.isEmpty })
        switch query.scope {
        case .cite(let id): shapes[""] = records.territory(of: id, asOf: query.asOf)?.version.geometry
        case .area(let choice) where rows.contains { $0.code.isEmpty }: shapes[""] = try ground(of: choice, in: DemandPoints()).shape
        default: break
        }
        return shapes
    }
}
