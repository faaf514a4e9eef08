internal import CiteNetwork
#if canImport(Glibc)
internal import Glibc
#endif
internal import Population

/// What is to be said of an import when it is read: totals beside the official ones, what it covers, what looks wrong.
struct ImportSummary {
    let atlas: Atlas
    let areas: AreaOfPeople
    let collector: PeopleCollector
    let source: DemandSource
    let isDensity: Bool

    private typealias AreaTotal = PopulationImportReport.AreaTotal

    func report(_ request: PopulationImport, id: String, file: String, hash: String) -> PopulationImportReport {
        let (byArea, byCountry) = totals()
        let covered = covered(byArea, byCountry)
        let none = areas.areas.count
        let isGrid = source.cell != nil
        var report = PopulationImportReport(
            id: id, isDryRun: request.isDryRun, file: file, fileHash: hash, format: source.format, taken: source.taken, rows: collector.rows,
            emptyRows: collector.emptyRows, refusedRows: collector.refusedRows, refused: collector.refused, points: collector.points,
            people: collector.people,
            border: isGrid || collector.hasStatedCountries
                ? .init(isStated: collector.hasStatedCountries, points: collector.borderPoints, people: collector.borderPeople) : nil,
            countries: covered, totals: byCountry, areaTotals: byArea, unplaced: nil, densities: collector.byDensity, warnings: [], notes: source.notes)
        if collector.pointsOfArea[none] > 0 {
            report.unplaced = AreaTotal(
                code: "", name: "in no area", points: collector.pointsOfArea[none], people: collector.peopleOfArea[none], official: nil, officialYear: nil)
        }
        if let warning = densityWarning(byArea) { report.warnings.append(warning) }
        if collector.unknownCodeRows > 0 {
            let codes = collector.unknownCodes.sorted().prefix(5).joined(separator: ", ")
            report.notes.append(
                "\(collector.unknownCodeRows) rows state codes of areas that the atlas does not have (\(codes)\(collector.unknownCodes.count > 5 ? " …" : "")); "
                    + "they are placed by their points.")
        }
        let missing = [("--year", request.year), ("--source", request.source), ("--licence", request.licence)].filter { $0.1 == nil }.map(\.0)
        if !missing.isEmpty {
            report.notes.append("\(missing.joined(separator: ", ")): not given, and stored as '\(PopulationLayerInfo.notStated)'.")
        }
        return report
    }

    /// Areas with people, and their countries, in order of code.
    private func totals() -> (areas: [PopulationImportReport.AreaTotal], countries: [PopulationImportReport.AreaTotal]) {
        var byArea: [AreaTotal] = []
        var byCountry: [String: AreaTotal] = [:]
        for (i, area) in areas.areas.enumerated() where collector.pointsOfArea[i] > 0 {
            let (points, people) = (collector.pointsOfArea[i], collector.peopleOfArea[i])
            byArea.append(
                AreaTotal(code: area.code, name: area.name, points: points, people: people, official: area.population, officialYear: area.populationYear))
            let country = atlas.areas[area.country]
            var total =
                byCountry[area.country]
                ?? AreaTotal(
                    code: area.country, name: country?.name ?? area.country, points: 0, people: 0, official: country?.population,
                    officialYear: country?.populationYear)
            total.points += points
            total.people += people
            byCountry[area.country] = total
        }
        return (byArea, byCountry.values.sorted { $0.code < $1.code })
    }

    /// The countries that the layer covers.
    ///
    /// Where the file states countries, those of cells that lie in one alone. Else those of which it holds at least half of the official
    /// total of one area, or of the country; and, of a country without any, those that hold a hundredth of the layer's people: a cell of
    /// Portugal whose centre a coarse border puts into Spain is not Spain.
    private func covered(_ byArea: [AreaTotal], _ byCountry: [AreaTotal]) -> [String] {
        if collector.hasStatedCountries { return collector.statedCountries.keys.filter { atlas.areas[$0] != nil }.sorted() }
        func isWhole(_ total: AreaTotal) -> Bool { total.official.map { total.people >= $0 / 2 } ?? false }
        let found = byCountry.filter { country in
            let parts = byArea.filter { atlas.areas[$0.code]?.country == country.code }
            if isWhole(country) || parts.contains(where: isWhole) { return true }
            return country.official == nil && parts.allSatisfy { $0.official == nil } && country.people >= collector.people / 100
        }
        return (found.isEmpty ? byCountry.filter { $0.people >= collector.people / 100 } : found).map(\.code)
    }

    /// Whether a raster of counts looks like one of densities, or the other way round.
    ///
    /// Over the areas that together have four fifths of the cells, both readings are compared with the official totals: counts as they
    /// are, and values as people per km² times the area of their cells. A reading that is wrong by more than twice while the other is right
    /// within half is warned of. Cells of about 1 km² read the same both ways. Without official totals, values that are no whole numbers
    /// are pointed out.
    private func densityWarning(_ byArea: [AreaTotal]) -> String? {
        guard let cell = source.cell, source.taken.contains(where: { $0.hasPrefix("people: band") }) else { return nil }
        if case .metres(let size) = cell, abs(size - 1000) < 50 { return nil }
        var wanted = Double(collector.points) * 0.8
        var (values, times, official) = (0.0, 0.0, 0.0)
        let order = areas.areas.indices.filter { collector.pointsOfArea[$0] > 0 }.sorted { collector.pointsOfArea[$0] > collector.pointsOfArea[$1] }
        for i in order where wanted > 0 {
            wanted -= Double(collector.pointsOfArea[i])
            guard let known = areas.areas[i].population else { continue }
            values += collector.peopleOfArea[i]
            times += collector.densityPeopleOfArea[i]
            official += known
        }
        guard official > 0, values > 0, times > 0 else {
            guard !isDensity, collector.fractions > collector.points / 2 else { return nil }
            return "Most values are no whole numbers, and there is no official total to compare with: if they are people per km², give --density."
        }
        // With --density the values have been multiplied already.
        let (asRead, otherwise) = isDensity ? (values, values * values / times) : (values, times)
        guard abs(log(asRead / official)) > log(2), abs(log(otherwise / official)) < log(1.5) else { return nil }
        let ratio = Double(Int((asRead / official * 100).rounded())) / 100
        return isDensity
            ? "The values look like counts: as people per km² they make \(ratio) times the official total, as counts about the total. Leave out --density?"
            : "The values look like people per km²: as counts they make \(ratio) times the official total, as densities about the total. Give --density?"
    }
}
