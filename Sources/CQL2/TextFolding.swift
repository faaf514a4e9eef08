internal import Foundation

/// The text transformations of CQL2, the same in evaluation and in SQL.
enum TextFolding {
    /// `CASEI`: to upper case and then to lower, each character for itself, which makes ß and SS, ς and Σ alike.
    static func withoutCase(_ s: String) -> String {
        if s.utf8.allSatisfy({ $0 < 0x80 }) { return s.lowercased() }
        var out = ""
        for scalar in s.unicodeScalars {
            for upper in scalar.properties.uppercaseMapping.unicodeScalars { out += upper.properties.lowercaseMapping }
        }
        return out
    }

    /// `ACCENTI`: decomposed, without the marks that have no width of their own; ø, đ, ł and ħ lose their stroke.
    static func withoutAccents(_ s: String) -> String {
        if s.utf8.allSatisfy({ $0 < 0x80 }) { return s }
        var out = ""
        for scalar in s.decomposedStringWithCanonicalMapping.unicodeScalars where scalar.properties.generalCategory != .nonspacingMark {
            out.unicodeScalars.append(unstruck[scalar] ?? scalar)
        }
        return out
    }

    private static let unstruck: [Unicode.Scalar: Unicode.Scalar] = [
        "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H",
    ]
}

/// A pattern of `LIKE`: `%` any characters, `_` one, `\` before one of these takes it as it is.
struct LikePattern {
    private enum Part: Equatable {
        case scalar(Unicode.Scalar)
        case one, any
    }

    private let parts: [Part]

    init(_ pattern: String) {
        var parts: [Part] = []
        var isEscaped = false
        for c in pattern.unicodeScalars {
            if isEscaped {
                if c != "%", c != "_", c != "\\" { parts.append(.scalar("\\")) }
                parts.append(.scalar(c))
                isEscaped = false
            } else {
                switch c {
                case "\\": isEscaped = true
                case "%": if parts.last != .any { parts.append(.any) }
                case "_": parts.append(.one)
                default: parts.append(.scalar(c))
                }
            }
        }
        if isEscaped { parts.append(.scalar("\\")) }
        self.parts = parts
    }

    /// Case matters. O(n·m) at worst: after a mismatch only the last `%` takes one character more.
    func matches(_ text: String) -> Bool {
        let scalars = Array(text.unicodeScalars)
        var (i, p) = (0, 0)
        var retry: (i: Int, p: Int)?
        while i < scalars.count {
            if p < parts.count, parts[p] == .any {
                p += 1
                retry = (i, p)
            } else if p < parts.count, parts[p] == .one || parts[p] == .scalar(scalars[i]) {
                i += 1
                p += 1
            } else if let last = retry {
                i = last.i + 1
                p = last.p
                retry = (i, p)
            } else {
                return false
            }
        }
        return parts[p...].allSatisfy { $0 == .any }
    }

    /// The pattern for SQLite's GLOB, where it is a beginning and nothing more: an index can serve that. Else nil.
    var globPrefix: String? {
        guard parts.last == .any, parts.count > 1 else { return nil }
        var out = ""
        for part in parts.dropLast() {
            guard case .scalar(let c) = part, c != "\0" else { return nil }
            out += "*?[".unicodeScalars.contains(c) ? "[\(c)]" : String(c)
        }
        return out + "*"
    }
}
