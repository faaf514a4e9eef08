// Quantities as people read them in a terminal; English, without locale.

/// The size from which numbers are no longer written out, digit for digit: `1e+18`.
private let largestWritten = 1e18

/// A whole number with thousands apart: `65 123 456`.
package func grouped(_ value: Double) -> String {
    guard value.isFinite else { return "-" }
    guard abs(value) < largestWritten else { return "\(value)" }
    let digits = String(Int64(value.rounded()).magnitude)
    var out = ""
    for (i, digit) in digits.enumerated() {
        if i > 0, (digits.count - i) % 3 == 0 { out.append("\u{202F}") }
        out.append(digit)
    }
    return value.rounded() < 0 ? "-" + out : out
}

/// A number with a fixed count of decimals.
package func decimal(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else { return "-" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard abs(scaled) < largestWritten else { return abs(value) < largestWritten ? decimal(value, 0) : "\(value)" }
    let whole = String(Int64(scaled.magnitude / scale))
    guard digits > 0 else { return (scaled < 0 ? "-" : "") + whole }
    let rest = String(Int64(scaled.magnitude) % Int64(scale))
    return (scaled < 0 ? "-" : "") + whole + "." + String(repeating: "0", count: digits - rest.count) + rest
}

/// Metres as kilometres: `12.3 km`, `0.4 km`.
package func kilometres(_ metres: Double) -> String { decimal(metres / 1000, 1) + " km" }

/// Seconds as `45 min` or `2 h 05`.
package func time(_ seconds: Double) -> String {
    guard seconds.isFinite, abs(seconds) < largestWritten else { return "-" }
    let minutes = Int((seconds / 60).rounded())
    guard minutes >= 60 else { return "\(minutes) min" }
    let rest = minutes % 60
    return "\(minutes / 60) h \(rest < 10 ? "0" : "")\(rest)"
}

/// A share of 0 to 1 as a percentage; a dash where there is none.
package func percent(_ share: Double?) -> String { share.map { decimal($0 * 100, 1) + " %" } ?? "-" }

/// A count and its noun, in the plural where there is not one: `1 change`, `3 changes`, `2 territories`.
package func counted(_ n: Int, _ noun: String, _ plural: String? = nil) -> String { "\(grouped(Double(n))) \(n == 1 ? noun : plural ?? noun + "s")" }
