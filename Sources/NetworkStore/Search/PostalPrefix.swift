/// The sign of a country before a postal code, as letters used to be addressed: `F-75001`, `CH-1201`, `D 79098`.
enum PostalPrefix {
    /// Distinguishing signs of road traffic (United Nations, Convention on Road Traffic) that are not ISO codes, for the countries of the
    /// network and their neighbours.
    private static let signs = ["F": "FR", "D": "DE", "I": "IT", "E": "ES", "P": "PT", "B": "BE", "L": "LU", "A": "AT", "FL": "LI", "RSM": "SM", "V": "VA"]

    /// The country and the code; nil for a text that is not letters and then digits with a hyphen or a space between.
    static func split(_ text: String) -> (country: String, code: String)? {
        let parts = text.split(maxSplits: 1, omittingEmptySubsequences: true) { $0 == "-" || $0 == " " || $0 == "–" }
        guard parts.count == 2, (1...3).contains(parts[0].count), parts[0].allSatisfy({ $0.isASCII && $0.isLetter }),
            parts[1].count >= 3, parts[1].first?.isNumber == true, parts[1].allSatisfy({ $0.isNumber || $0 == "-" || $0 == " " })
        else { return nil }
        let sign = parts[0].uppercased()
        guard let country = signs[sign] ?? (sign.count == 2 ? sign : nil) else { return nil }
        return (country, String(parts[1]))
    }
}
