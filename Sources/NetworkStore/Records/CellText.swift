// How the text of cells is read and shown: cells come from spreadsheets, command lines and other programs.

/// Without the spaces around it.
func trimmed(_ text: String) -> String {
    var slice = text[...]
    while slice.first?.isWhitespace == true { slice.removeFirst() }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return slice.utf8.count == text.utf8.count ? text : String(slice)
}

/// A number as people write it, with a decimal point: no hexadecimal digits, no infinity.
func decimal(_ text: String) -> Double? {
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }
    guard isPlain, let value = Double(text), value.isFinite else { return nil }
    return value
}

/// What to say of a number with a decimal comma; nothing of others.
func commaHint(_ text: String) -> String {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, decimal(parts.joined(separator: ".")) != nil else { return "" }
    return ", with a decimal point and no comma: \(parts.joined(separator: "."))"
}

/// Whether a character controls how others are shown rather than being one: control characters, marks of writing direction,
/// separators of lines. They make a text look like another one.
package func isInvisibleControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F, 0x61C, 0x200E, 0x200F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
}

/// A text on one line in which control characters are seen: `\u{1B}`.
package func plainLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isInvisibleControl) else { return text }
    return text.unicodeScalars.map { isInvisibleControl($0) ? $0 == "\n" ? "␤" : "\\u{\(String($0.value, radix: 16, uppercase: true))}" : String($0) }.joined()
}
