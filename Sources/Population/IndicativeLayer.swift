package import Foundation
internal import GeoModel
internal import GeoFormats

/// Reads the default layer of `GeoData/population/` (CSV a country, with the columns `area,locality,lon,lat,people`).
package enum IndicativeLayer {
    package static func read(folder: URL) throws -> (info: PopulationLayerInfo, points: DemandPoints) {
        let name = "indicative.json"
        let facts = try JSONReader.read(Array(Data(contentsOf: folder.appendingPathComponent(name))))
        func text(_ member: String) throws -> String {
            switch facts.object?[member] {
            case .string(let s)?: return s
            case .integer(let i)?: return String(i)
            default: throw PopulationError.badRow(file: name, line: 1, problem: "no member '\(member)'")
            }
        }
        let countries = (facts.object?["countries"]?.array ?? []).compactMap(\.string)
        let info = PopulationLayerInfo(
            id: try text("id"), title: try text("title"), year: try text("year"), source: try text("source"), licence: try text("licence"),
            isIndicative: true, method: try text("method"), countries: countries)
        var points = DemandPoints()
        var codes: [String: Int32] = [:]
        for country in countries {
            let url = folder.appendingPathComponent("indicative/\(country).csv")
            let table = try CSVTable(Array(Data(contentsOf: url)), delimiter: ",")
            let (area, locality, lon, lat, people) = (
                try table.column("area"), try table.column("locality"), try table.column("lon"), try table.column("lat"), try table.column("people")
            )
            points.reserveCapacity(points.count + table.rows.count)
            for row in table.rows {
                let f = row.fields
                guard let x = Double(f[lon]), let y = Double(f[lat]), Coordinate(x: x, y: y).isGeographic, let n = Double(f[people]), n > 0,
                    let id = f[locality].isEmpty ? 0 : Int64(f[locality])
                else {
                    throw PopulationError.badRow(
                        file: url.lastPathComponent, line: row.line,
                        problem: "expected area, locality id or nothing, longitude, latitude and a positive number of people")
                }
                if codes[f[area]] == nil {
                    codes[f[area]] = Int32(points.areaCodes.count)
                    points.areaCodes.append(f[area])
                }
                points.append(Coordinate(x: x, y: y), people: n, area: codes[f[area]]!, locality: id)
            }
        }
        return (info, points)
    }
}
