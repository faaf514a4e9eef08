internal import CiteNetwork
internal import GeoModel
internal import Planning

// The maps and tables of who is within reach.
extension CoverageReportPage {
    /// Classes of a fifth each: the share that ends a class belongs to it.
    private static let classes = 5

    static func shade(_ share: Double) -> Int { min(classes - 1, max(0, Int((share * Double(classes)).rounded(.up)) - 1)) }

    var shares: HTML {
        var countries: [String] = []
        for sheet in report.sheets where !countries.contains(sheet.country) { countries.append(sheet.country) }
        var out = HTML()
        for country in countries {
            let sheets = report.sheets.filter { $0.country == country }
            let name = atlas.areas[country].map { $0.names[language.rawValue] ?? $0.name } ?? sheets[0].countryName
            if countries.count > 1 { out += HTML.heading(3, name) }
            out += maps(sheets, name)
            out += table(sheets.flatMap(\.rows), country, name)
        }
        if !report.unserved.isEmpty {
            let names = report.unserved.map { "\(self.name($0)) (\(language.number($0.population)))" }.joined(separator: ", ")
            out += HTML.paragraph(say(.unserved, ["countries": names]), class: "note")
        }
        return out
    }

    private func maps(_ sheets: [CoverageReport.Sheet], _ country: String) -> HTML {
        let drawn = sheets.enumerated().filter { !$0.element.shapes.isEmpty }
        guard let first = drawn.first else { return HTML() }
        func place(_ sheet: CoverageReport.Sheet) -> String {
            sheet.rows.count <= 3 && sheets.count > 1 ? sheet.rows.map { name($0) }.joined(separator: ", ") : country
        }
        var out = map(first.element, first.offset, place(first.element), width: 640).html
        if drawn.count > 1 {
            out += HTML("div", .class("pair")) { drawn.dropFirst().map { map($0.element, $0.offset, place($0.element), width: 360).html } }
        }
        return out
    }

    private func map(_ sheet: CoverageReport.Sheet, _ number: Int, _ place: String, width: Double) -> PageFigure {
        let shapes = sheet.rows.compactMap { sheet.shapes[$0.code] }
        var map = MapDrawing("map-\(sheet.country.isEmpty ? "area" : sheet.country.lowercased())-\(number)", frame: MapFrame(around: shapes, width: width))
        let nobody = sheet.rows.filter { $0.reached < 0.5 }
        if !nobody.isEmpty { map.areas(nobody.compactMap { sheet.shapes[$0.code] }, .noFigure, legend: say(.legendNobody)) }
        let some = sheet.rows.filter { $0.reached >= 0.5 }
        let present = Set(some.compactMap { $0.share.map(Self.shade) })
        for shade in 0..<Self.classes {
            let own = some.filter { $0.share.map(Self.shade) == shade }.compactMap { sheet.shapes[$0.code] }
            guard present.contains(shade) else { continue }
            let (low, high) = (100 / Self.classes * shade, 100 / Self.classes * (shade + 1))
            let text = shade == 0 ? say(.shadeTo, ["high": "\(high)"]) : say(.shadeBetween, ["low": "\(low)", "high": "\(high)"])
            map.areas(own, .shade(shade, of: Self.classes), legend: text)
        }
        let inside = report.platforms.filter { facility in map.frame.holds(map.frame.position(facility.location)) }
        map.mark(inside.map { MapMark(.platform($0.platform?.kind ?? .main, isOpen: true), at: $0.location) })
        if !inside.isEmpty { map.legend(.platform(.main, isOpen: true), say(.legendOpen)) }
        // The figure itself stands on each area that has room for it: shades alone say nothing to who does not tell them apart.
        map.mark(
            sheet.rows.compactMap { row in
                guard let share = row.share, let centre = sheet.centres[row.code] else { return nil }
                return MapMark(.town, at: centre, name: language.number((share * 100).rounded()))
            })
        let known = sheet.rows.compactMap(\.share)
        let title = say(.mapTitle, ["within": within, "place": place])
        return map.figure(
            title: title,
            description: say(
                .mapDescription,
                ["count": language.number(Double(sheet.rows.count)), "low": language.percent(known.min()), "high": language.percent(known.max())]),
            caption: HTML(title), kilometres: { language.number($0, decimals: $0 < 1 ? 1 : 0) + "\u{A0}km" })
    }

    private func table(_ rows: [CoverageReport.AreaRow], _ country: String, _ name: String) -> HTML {
        var table = PageTable(
            "table-shares-\(country.isEmpty ? "area" : country.lowercased())", caption: say(.tableShares, ["place": name]),
            [
                .text(say(.columnArea)), .number(say(.columnPopulation)), .number(say(.columnReached)), .number(say(.columnShare)),
                .number(say(.columnOut)), .number(say(.columnPlatforms)),
            ])
        table.rows = rows.sorted { ($1.population, $0.code) < ($0.population, $1.code) }.map { row in
            [
                HTML(label(row)), people("people/\(row.code)", row.population), people("reached/\(row.code)", row.reached),
                share("share/\(row.code)", row.share), people("out/\(row.code)", row.outOfReach), HTML("\(row.platforms)"),
            ]
        }
        func sum(_ value: (CoverageReport.AreaRow) -> Double) -> Double { rows.reduce(0) { $0 + value($1) } }
        let (all, reached) = (sum(\.population), sum(\.reached))
        if rows.count > 1 {
            table.footer = [
                HTML(say(.total)), people("people/total-\(country)", all), people("reached/total-\(country)", reached),
                share("share/total-\(country)", all > 0 ? reached / all : nil), people("out/total-\(country)", all - reached),
                HTML("\(rows.reduce(0) { $0 + $1.platforms })"),
            ]
        }
        return table.html
    }
}
