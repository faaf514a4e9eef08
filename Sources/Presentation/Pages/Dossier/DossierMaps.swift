internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import Impedance
internal import Planning
internal import Population

/// The maps of a dossier: one frame around the territory for all that are to be compared, one scale of dots.
struct DossierMaps {
    let page: DossierPage
    private let frame: MapFrame
    private let scale: MapDrawing.DotScale
    /// Of the two that stand side by side.
    private let half: MapFrame
    private let halfScale: MapDrawing.DotScale

    init(_ page: DossierPage) {
        self.page = page
        let dossier = page.dossier
        let ground = [dossier.assessment.geometry.nearPart()] + dossier.proposed.map { Geometry.point($0.location) }
        let people = dossier.cellsBefore.demand
        frame = MapFrame(around: ground, margin: 0.07)
        half = MapFrame(around: ground, width: 400, margin: 0.07)
        scale = MapDrawing.DotScale(most: people.people.max() ?? 1, points: people.count)
        halfScale = MapDrawing.DotScale(most: people.people.max() ?? 1, points: people.count, largest: 11)
    }

    private var dossier: Dossier { page.dossier }
    private var language: Language { page.language }

    private func kilometres(_ value: Double) -> String { "\(language.number(value, decimals: value < 1 ? 1 : 0))\u{A0}km" }

    private func base(_ id: String, isHalf: Bool = false) -> MapDrawing {
        var map = MapDrawing(id, frame: isHalf ? half : frame)
        map.areas(dossier.surroundings.map(\.geometry), .land)
        map.areas([dossier.assessment.geometry], .territory, legend: page.areaName)
        return map
    }

    private func figure(_ map: MapDrawing, _ title: String, _ description: String, _ sources: HTML) -> PageFigure {
        map.figure(
            title: title, description: description, caption: page.caption(title, sources) + HTML(" ") + HTML(page.t(.mapNote)), kilometres: kilometres)
    }

    // MARK: Where it is

    /// Nil where the territory is all of its country.
    var location: PageFigure? {
        let ground = dossier.assessment.geometry
        let country = Geometry.multiPolygon(dossier.countries.flatMap(\.geometry.polygons)).part(near: ground)
        let (all, own) = (country.envelope, ground.envelope)
        guard !all.isEmpty, (all.maxX - all.minX) * (all.maxY - all.minY) > 2.5 * (own.maxX - own.minX) * (own.maxY - own.minY) else { return nil }
        var map = MapDrawing("location-map", frame: MapFrame(around: [country], width: 520, margin: 0.03))
        map.areas(dossier.neighbours.map(\.geometry), .land)
        map.areas(dossier.countries.map(\.geometry), .noFigure)
        map.areas([ground], .shade(3, of: 5), legend: page.areaName)
        let open = dossier.before.facilities.members.filter { $0.platform != nil }
        map.mark(open.map { MapMark(.platform($0.platform?.kind ?? .main, isOpen: true), at: $0.location) })
        legendKinds(open.compactMap(\.platform?.kind), &map)
        let title = page.t(.locationMapTitle, ["area": page.areaName])
        var figure = figure(map, title, page.t(.locationMapDescription, ["area": page.areaName]), page.ref(.areas, .network))
        figure.isSmall = true
        return figure
    }

    private func legendKinds(_ kinds: [PlatformKind], _ map: inout MapDrawing) {
        for kind in PlatformKind.allCases where kinds.contains(kind) {
            map.legend(.platform(kind, isOpen: true), kind.phrase.text(language).capitalizedFirst)
        }
    }

    // MARK: Who lives there

    var population: PageFigure {
        var map = base("population-map")
        let people = dossier.cellsBefore.demand
        map.dots(people.coordinates.indices.map { MapDrawing.Dot(people.coordinates[$0], people: people.people[$0]) }, .people, scale: scale)
        map.areas([dossier.assessment.geometry], .outline)
        map.mark(towns)
        let most = people.people.max() ?? 1
        let sizes = [most, most / 10, most / 100].map { AxisTicks.round(below: max(1, $0)) }
        map.dotSizes(scale, sizes.map { ($0, page.t(.peopleCount, ["people": language.number($0)])) })
        let title = page.t(.populationMapTitle, ["area": page.areaName])
        return figure(map, title, page.t(.sameAsTable, ["table": page.w(.mainLocalities)]), page.ref(.population, .areas))
    }

    private var towns: [MapMark] {
        dossier.assessment.localities.prefix(24).enumerated().map { i, row in MapMark(.town, at: row.locality.location, name: row.locality.name, isBold: i == 0)
        }
    }

    // MARK: What is there

    private var platforms: [MapMark] {
        dossier.assessment.platforms.map { row in
            MapMark(.platform(row.platform.kind, isOpen: row.status == .open), at: row.location, name: row.platform.contact.town ?? row.platform.name)
        }
    }

    private func platformLegend(_ map: inout MapDrawing) {
        legendKinds(dossier.assessment.platforms.map(\.platform.kind), &map)
        if let shut = dossier.assessment.platforms.first(where: { $0.status != .open }) {
            map.legend(.platform(shut.platform.kind, isOpen: false), page.t(.notOpenForSure))
        }
    }

    var existing: PageFigure {
        let rows = dossier.assessment.platforms
        // Platforms around the territory are to be seen: the frame goes out to the nearest of them.
        let near = rows.filter { $0.distance <= dossier.assessment.surroundings }.prefix(12).map { Geometry.point($0.location) }
        var map = MapDrawing("offer-map", frame: MapFrame(around: [dossier.assessment.geometry.nearPart()] + near, margin: 0.06))
        map.areas(dossier.surroundings.map(\.geometry), .land)
        map.areas([dossier.assessment.geometry], .territory, legend: page.areaName)
        let metres = dossier.query.within.value
        map.circles(
            around: rows.filter { $0.status == .open }.map(\.location), metres: metres, isProposed: false,
            legend: page.t(.withinOfExisting, ["reach": page.reach(dossier.query.within.text)]))
        map.mark(platforms + towns.prefix(8))
        platformLegend(&map)
        let title = page.t(.offerMapTitle, ["area": page.areaName])
        return figure(map, title, page.t(.sameAsTable, ["table": page.w(.platformsAround)]), page.ref(.network, .areas))
    }

    // MARK: What is proposed

    private var proposedMarks: [MapMark] {
        dossier.proposed.enumerated().map { i, one in MapMark(.proposed(i + 1), at: one.location, name: one.platform.name, isBold: true) }
    }

    var proposed: PageFigure {
        var map = base("proposal-map")
        let (before, after) = (dossier.cellsBefore, dossier.cellsAfter)
        let limit = dossier.query.within.value
        var (gained, there, beyond): ([MapDrawing.Dot], [MapDrawing.Dot], [MapDrawing.Dot]) = ([], [], [])
        for i in before.demand.coordinates.indices {
            let dot = MapDrawing.Dot(before.demand.coordinates[i], people: before.demand.people[i])
            if before.impedance[i] <= limit { there.append(dot) } else if after.impedance[i] <= limit { gained.append(dot) } else { beyond.append(dot) }
        }
        let reach = page.reach(dossier.query.within.text)
        map.dots(there, .within(3), scale: scale, legend: page.t(.alreadyWithin, ["reach": reach]))
        map.dots(gained, .within(1), scale: scale, legend: page.t(.newlyWithin, ["reach": reach]))
        map.dots(beyond, .beyond, scale: scale, legend: page.t(.stillBeyond, ["reach": reach]))
        map.areas([dossier.assessment.geometry], .outline)
        map.circles(around: dossier.proposed.map(\.location), metres: limit, isProposed: true, legend: page.t(.withinOfProposed, ["reach": reach]))
        map.mark(proposedMarks + platforms)
        map.legend(.proposed(1), page.w(.proposedPlatforms))
        platformLegend(&map)
        let title = page.t(.proposalMapTitle, ["reach": reach])
        return figure(map, title, page.t(.sameAsTable, ["table": page.w(.proposedPlatforms)]), page.ref(page.planSource, .population, .network))
    }

    // MARK: Before and after

    func coverage(_ cells: CellsAnswer, isAfter: Bool) -> PageFigure {
        var map = base(isAfter ? "after-map" : "before-map", isHalf: true)
        for k in cells.reaches.indices.reversed() {
            map.dots(dots(cells, class: k), .within(k), scale: halfScale)
        }
        map.dots(dots(cells, class: cells.reaches.count), .beyond, scale: halfScale)
        map.areas([dossier.assessment.geometry], .outline)
        for (k, reach) in cells.reaches.enumerated() { map.legend(dots: .within(k), page.t(.withinReach, ["reach": page.reach(reach.text)])) }
        if let widest = cells.reaches.last { map.legend(dots: .beyond, page.t(.beyondReach, ["reach": page.reach(widest.text)])) }
        map.mark(((isAfter ? proposedMarks : []) + platforms).map { MapMark($0.symbol, at: $0.location) })
        let title = page.t(isAfter ? .afterMapTitle : .beforeMapTitle)
        return figure(map, title, page.t(.sameAsTable, ["table": page.w(.coverage)]), page.ref(.population, .network))
    }

    private func dots(_ cells: CellsAnswer, class k: Int) -> [MapDrawing.Dot] {
        cells.demand.coordinates.indices.filter { Int(cells.reachClass[$0]) == k }
            .map { MapDrawing.Dot(cells.demand.coordinates[$0], people: cells.demand.people[$0]) }
    }

    // MARK: Other labels

    var labels: PageFigure {
        var map = base("labels-map")
        map.areas(dossier.labels.map(\.geometry), .label, legend: dossier.labels.isEmpty ? nil : page.t(.groundOfLabels))
        let shared = dossier.overlapsAfter.overlaps.compactMap { overlap -> Geometry? in
            guard case .reach = overlap.basis, overlap.people > 0 else { return nil }
            return overlap.geometry
        }
        map.areas(shared, .shared, legend: shared.isEmpty ? nil : page.t(.groundOfBoth, ["reach": page.reach(dossier.query.within.text)]))
        map.areas([dossier.assessment.geometry], .outline)
        map.mark(proposedMarks + platforms)
        map.legend(.proposed(1), page.w(.proposedPlatforms))
        platformLegend(&map)
        let title = page.t(.labelsMapTitle)
        return figure(map, title, page.t(.sameAsTable, ["table": page.w(.overlaps)]), page.ref(.network, page.planSource))
    }
}

extension Geometry {
    /// The polygons that lie together with the largest: islands and overseas parts farther than three degrees from it are left out.
    func nearPart() -> Geometry { part(near: nil) }

    /// The polygons that lie together with another geometry, or with the largest of them; where they are one, all of them.
    func part(near other: Geometry?) -> Geometry {
        var rest = polygons
        guard rest.count > 1 else { return self }
        let start = other?.nearPart().envelope ?? rest.map { Geometry.polygon($0).envelope }.max { $0.size < $1.size }!
        var box = start
        var taken: [Polygon] = []
        var grew = true
        while grew {
            let reach = box.insetBy(dx: -3, dy: -3)
            let near = rest.filter { Geometry.polygon($0).envelope.intersects(reach) }
            rest.removeAll { polygon in near.contains(polygon) }
            taken += near
            for polygon in near { box.expand(toInclude: Geometry.polygon(polygon).envelope) }
            grew = !near.isEmpty
        }
        return .multiPolygon(taken)
    }
}

extension Envelope {
    fileprivate var size: Double { (maxX - minX) * (maxY - minY) }
}
