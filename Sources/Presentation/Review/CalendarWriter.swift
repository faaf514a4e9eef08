/// Lines of an iCalendar file (RFC 5545): ended by CR LF, folded at 75 octets, texts escaped.
package struct CalendarWriter {
    package private(set) var text = ""

    package init() {}

    /// Adds a content line. A line longer than 75 octets goes on after CR LF and a space, never within a character.
    package mutating func line(_ name: String, _ value: String) {
        var octets = 0
        for character in "\(name):\(value)" {
            let size = character.utf8.count
            if octets + size > 75 {
                text += "\r\n "
                octets = 1
            }
            text.append(character)
            octets += size
        }
        text += "\r\n"
    }

    /// Adds a property of type TEXT.
    package mutating func text(_ name: String, _ value: String) { line(name, Self.escaped(value)) }

    /// Backslash, semicolon, comma and line end escaped (section 3.3.11); other control characters are not allowed and left out.
    package static func escaped(_ value: String) -> String {
        var out = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case ";": out += "\\;"
            case ",": out += "\\,"
            case "\n": out += "\\n"
            case let s where s.value < 0x20 || s.value == 0x7F: break
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
