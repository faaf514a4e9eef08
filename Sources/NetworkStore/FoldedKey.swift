internal import Foundation

/// The form in which names are compared: without case, accents and ligatures, hyphens and apostrophes as spaces,
/// "saint" and "sainte" for their abbreviations.
package func foldedKey(_ name: String) -> String {
    var out = ""
    out.reserveCapacity(name.utf8.count)
    let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
    let plain = isASCII ? name.lowercased() : name.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    for scalar in plain.unicodeScalars {
        switch scalar {
        case "œ": out += "oe"
        case "æ": out += "ae"
        case "ß": out += "ss"
        case "ø": out += "o"
        case "ł": out += "l"
        case "đ": out += "d"
        case "ı": out += "i"
        default:
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                out.unicodeScalars.append(scalar)
            } else if !out.isEmpty, out.last != " " {
                out.append(" ")
            }
        }
    }
    let words = out.split(separator: " ")
    guard words.contains(where: { $0 == "st" || $0 == "ste" }) else { return words.joined(separator: " ") }
    return words.map { $0 == "st" ? "saint" : $0 == "ste" ? "sainte" : String($0) }.joined(separator: " ")
}
