/// A word, a literal or a sign of CQL2 text.
struct Token: Equatable {
    enum Kind: Equatable {
        case word(String)
        case quotedName(String)
        case string(String)
        case number(Double, isWhole: Int64?)
        case sign(String)
        case end
    }

    var kind: Kind
    var place: Place

    /// As an error quotes it.
    var shown: String {
        switch kind {
        case .word(let w), .sign(let w): "'\(w.prefix(40))'"
        case .quotedName(let w): "\"\(w.prefix(40))\""
        case .string: "a text"
        case .number: "a number"
        case .end: "the end"
        }
    }
}

/// Cuts CQL2 text into tokens. One pass, O(n).
struct Lexer {
    private let scalars: [Unicode.Scalar]
    private var i = 0
    private var line = 1
    private var lineStart = 0

    static func tokens(_ text: String) throws(CQL2Error) -> [Token] {
        var lexer = Lexer(scalars: Array(text.unicodeScalars))
        var tokens: [Token] = []
        repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

    private var here: Place { .text(line: line, character: i - lineStart + 1) }

    private mutating func next() throws(CQL2Error) -> Token {
        while i < scalars.count, scalars[i].properties.isWhitespace {
            if scalars[i] == "\n" {
                line += 1
                lineStart = i + 1
            }
            i += 1
        }
        let place = here
        guard i < scalars.count else { return Token(kind: .end, place: place) }
        let c = scalars[i]
        if Self.isNameStart(c) { return Token(kind: .word(name()), place: place) }
        switch c {
        case "'": return Token(kind: .string(try string()), place: place)
        case "\"": return Token(kind: .quotedName(try quotedName()), place: place)
        case "0"..."9", ".": return Token(kind: try number(), place: place)
        case "<", ">":
            i += 1
            if i < scalars.count, scalars[i] == "=" || (c == "<" && scalars[i] == ">") {
                i += 1
                return Token(kind: .sign("\(c)\(scalars[i - 1])"), place: place)
            }
            return Token(kind: .sign(String(c)), place: place)
        case "(", ")", ",", "=", "+", "-", "*", "/", "%", "^":
            i += 1
            return Token(kind: .sign(String(c)), place: place)
        default:
            throw CQL2Error(place, "'\(c)' means nothing here; expected a property, a literal such as 'text', 12.5 or DATE('2026-01-31'), or an operator")
        }
    }

    /// The characters with which a name begins, by the grammar's list.
    static func isNameStart(_ c: Unicode.Scalar) -> Bool {
        switch c.value {
        case 0x3A, 0x5F, 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2FF, 0x370...0x37D, 0x37F...0x1FFE, 0x200C...0x200D, 0x2070...0x218F,
            0x2C00...0x2FEF, 0x3001...0xD7FF, 0xF900...0xFDCF, 0xFDF0...0xFFFD, 0x10000...0xEFFFF:
            !c.properties.isWhitespace
        default: false
        }
    }

    static func isNamePart(_ c: Unicode.Scalar) -> Bool {
        switch c.value {
        case 0x2E, 0x30...0x39, 0x300...0x36F, 0x203F...0x2040: true
        default: isNameStart(c)
        }
    }

    private mutating func name() -> String {
        let start = i
        while i < scalars.count, Self.isNamePart(scalars[i]) { i += 1 }
        return Self.text(scalars[start..<i])
    }

    private static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    /// A text in single quotes; a quote in it is written twice, or after a backslash.
    private mutating func string() throws(CQL2Error) -> String {
        let place = here
        i += 1
        var content: [Unicode.Scalar] = []
        while i < scalars.count {
            let c = scalars[i]
            if c == "\\" {
                // Backslashes mean something right before a quote only: a pair of them is one, a single one takes the quote in.
                var run = 1
                while i + run < scalars.count, scalars[i + run] == "\\" { run += 1 }
                let isBeforeQuote = i + run < scalars.count && scalars[i + run] == "'"
                content.append(contentsOf: repeatElement("\\", count: isBeforeQuote ? run / 2 : run))
                i += run
                if isBeforeQuote, run % 2 == 1 {
                    content.append("'")
                    i += 1
                }
                continue
            }
            if c == "'" {
                i += 1
                guard i < scalars.count, scalars[i] == "'" else { return Self.text(content) }
            }
            if c == "\n" {
                line += 1
                lineStart = i + 1
            }
            content.append(c)
            i += 1
        }
        throw CQL2Error(place, "the text has no closing quote; a quote inside it is written twice")
    }

    /// A name in double quotes: any characters, a double quote written twice.
    private mutating func quotedName() throws(CQL2Error) -> String {
        let place = here
        i += 1
        var content: [Unicode.Scalar] = []
        while i < scalars.count {
            if scalars[i] == "\"" {
                i += 1
                guard i < scalars.count, scalars[i] == "\"" else {
                    guard !content.isEmpty else { throw CQL2Error(place, "a name is expected between the quotes") }
                    return Self.text(content)
                }
            }
            if scalars[i] == "\n" {
                line += 1
                lineStart = i + 1
            }
            content.append(scalars[i])
            i += 1
        }
        throw CQL2Error(place, "the name has no closing quote")
    }

    private mutating func number() throws(CQL2Error) -> Token.Kind {
        let place = here
        let start = i
        func isDigit(_ i: Int) -> Bool { i < scalars.count && ("0"..."9").contains(scalars[i]) }
        while isDigit(i) { i += 1 }
        var lexeme = Self.text(scalars[start..<i])
        var isWhole = true
        if i < scalars.count, scalars[i] == "." {
            isWhole = false
            i += 1
            let fraction = i
            while isDigit(i) { i += 1 }
            guard i > fraction || !lexeme.isEmpty else { throw CQL2Error(place, "'.' alone is no number; expected one such as 0.5") }
            lexeme = (lexeme.isEmpty ? "0" : lexeme) + "." + (i > fraction ? Self.text(scalars[fraction..<i]) : "0")
        }
        if i < scalars.count, scalars[i] == "e" || scalars[i] == "E" {
            var j = i + 1
            if j < scalars.count, scalars[j] == "+" || scalars[j] == "-" { j += 1 }
            guard isDigit(j) else { throw CQL2Error(here, "digits are expected after the exponent sign, as in 1.5E-3") }
            while isDigit(j) { j += 1 }
            lexeme += Self.text(scalars[i..<j])
            i = j
            isWhole = false
        }
        guard i >= scalars.count || !Self.isNamePart(scalars[i]) else {
            throw CQL2Error(here, "'\(scalars[i])' stands right after a number; expected an operator or a space")
        }
        guard let value = Double(lexeme), value.isFinite else { throw CQL2Error(place, "the number is out of range") }
        return .number(value, isWhole: isWhole ? Int64(lexeme) : nil)
    }
}
