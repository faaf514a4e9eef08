internal import Foundation
internal import GeoFormats

/// Which column of a postal file is which; nil finds it by the names such files use.
package struct PostalColumns: Sendable, Equatable {
    package var code: String?
    package var place: String?
    package var lat: String?
    package var lon: String?
    /// The column of the country, or the code of the one country of the file.
    package var country: String?

    package init(code: String? = nil, place: String? = nil, lat: String? = nil, lon: String? = nil, country: String? = nil) {
        self.code = code
        self.place = place
        self.lat = lat
        self.lon = lon
        self.country = country
    }
}

/// A postal file with the columns that mean something to us found, named or not.
struct PostalTable {
    let records: RecordTable
    /// Positions of code, place, lat, lon and, where there are, country, province, state, division.
    let positions: [String: Int]
    /// The country of every row, where no column says it.
    let country: String?

    /// The columns of the postal export of GeoNames, which has no header.
    private static let geoNames = [
        "country_code", "postal_code", "place_name", "state", "state_code", "province", "province_code", "community", "community_code", "latitude",
        "longitude", "accuracy",
    ]

    private static let names: [(column: String, candidates: [String])] = [
        ("code", ["code", "postalcode", "postal_code", "zipcode", "zip", "plz", "npa", "cap", "codepostal", "code_postal"]),
        ("place", ["place", "placename", "place_name", "name", "town", "city", "locality", "nom", "commune", "libelle_commune"]),
        ("lat", ["lat", "latitude"]), ("lon", ["lon", "lng", "long", "longitude"]), ("country", ["country", "country_code", "countrycode", "pays"]),
        ("province", ["province_code", "admin_code2", "code_departement"]), ("state", ["state_code", "admin_code1"]),
        ("division", ["community", "admin_name3"]),
    ]

    /// Throws `StoreError.badContent` where a needed column is not there, with the columns there are.
    init(_ bytes: [UInt8], file: String, columns: PostalColumns) throws {
        let table: CSVReader
        do {
            table = try Self.isGeoNamesExport(bytes) ? CSVReader(unquoted: bytes, columns: Self.geoNames) : CSVReader(bytes)
        } catch {
            throw StoreError.badContent(file: file, problems: ["\(error.place): \(error.problem)"])
        }
        let given = ["code": columns.code, "place": columns.place, "lat": columns.lat, "lon": columns.lon, "country": columns.country]
        var positions: [String: Int] = [:]
        var country: String?
        var problems: [String] = []
        for (column, candidates) in Self.names {
            if let name = given[column] ?? nil {
                if let i = table.columns.firstIndex(of: name) {
                    positions[column] = i
                } else if column == "country", name.count == 2, name.allSatisfy(\.isLetter) {
                    country = name.uppercased()
                } else {
                    problems.append("line 1: no column '\(name)' for --\(column); columns: \(table.columns.joined(separator: ", "))")
                }
                continue
            }
            let found = candidates.compactMap { candidate in table.columns.firstIndex { $0.lowercased() == candidate } }.first
            if let found {
                positions[column] = found
            } else if ["code", "place", "lat", "lon", "country"].contains(column) {
                problems.append(
                    "line 1: no column that looks like the \(column) (\(candidates.joined(separator: ", "))); name it with --\(column)"
                        + (column == "country" ? ", or give the code of the one country of the file" : "")
                        + "; columns: \(table.columns.joined(separator: ", "))")
            }
        }
        guard problems.isEmpty else { throw StoreError.badContent(file: file, problems: problems) }
        records = RecordTable(table, file: file)
        self.positions = positions
        self.country = country
    }

    private static func isGeoNamesExport(_ bytes: [UInt8]) -> Bool {
        let line = bytes.prefix { $0 != 0x0A && $0 != 0x0D }
        let fields = line.split(separator: 0x09, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
        return (11...12).contains(fields.count) && fields[0].count == 2 && Double(fields[9]) != nil && Double(fields[10]) != nil
    }
}
