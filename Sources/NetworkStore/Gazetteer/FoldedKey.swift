internal import Foundation

/// The form in which names are compared: without case, accents and ligatures, hyphens and apostrophes as spaces,
/// "saint" and "sainte" for their abbreviations. Folding twice is folding once.
package func foldedKey(_ name: String) -> String {
    let words = foldedWords(name)
    guard words.contains(where: { $0 == "st" || $0 == "ste" }) else { return words.joined(separator: " ") }
    return words.map { $0 == "st" ? "saint" : $0 == "ste" ? "sainte" : String($0) }.joined(separator: " ")
}

/// The keys that a text may stand for while it is being typed: its last word may be an abbreviation, or the beginning of
/// another word ("st" of "St Brieuc" and of "Strasbourg").
func foldedKeysBeingTyped(_ text: String) -> [String] {
    let key = foldedKey(text)
    guard let last = foldedWords(text).last, last == "st" || last == "ste" else { return [key] }
    return [key, String(key.dropLast(key.split(separator: " ").last?.count ?? 0) + last)]
}

private func foldedWords(_ name: String) -> [Substring] {
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
        case "ħ": out += "h"
        case "ı": out += "i"
        // The ʻokina and its kind are letters to Unicode, apostrophes to who types.
        case "\u{2B9}"..."\u{2BF}": if !out.isEmpty, out.last != " " { out.append(" ") }
        default:
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                out.unicodeScalars.append(scalar)
            } else if !out.isEmpty, out.last != " " {
                out.append(" ")
            }
        }
    }
    return out.split(separator: " ")
}
