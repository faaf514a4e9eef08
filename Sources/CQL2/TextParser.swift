internal import GeometryEngine

/// Reads CQL2 text by recursive descent, one token ahead. O(n).
///
/// What stands where (an array in an array predicate, a number beside a plus) is for the checker, which JSON goes through too.
struct TextParser {
    var tokens: [Token]
    var i = 0
    /// For each opening parenthesis the index of the closing one.
    let closing: [Int: Int]
    private var level = 0

    static func parse(_ text: String) throws(CQL2Error) -> Expression {
        var parser = TextParser(tokens: try Lexer.tokens(text))
        let expression = try parser.disjunction()
        guard parser.current.kind == .end else {
            throw CQL2Error(parser.current.place, "\(parser.current.shown) stands after a complete condition; expected AND, OR or the end")
        }
        return expression
    }

    private init(tokens: [Token]) {
        self.tokens = tokens
        var pairs: [Int: Int] = [:]
        var open: [Int] = []
        for (i, token) in tokens.enumerated() {
            if token.kind == .sign("(") { open.append(i) }
            if token.kind == .sign(")"), let start = open.popLast() { pairs[start] = i }
        }
        closing = pairs
    }

    var current: Token { tokens[i] }

    func isSign(_ sign: String, at index: Int? = nil) -> Bool { tokens[min(index ?? i, tokens.count - 1)].kind == .sign(sign) }

    func isWord(_ word: String, at index: Int? = nil) -> Bool {
        if case .word(let w) = tokens[min(index ?? i, tokens.count - 1)].kind { w.uppercased() == word } else { false }
    }

    mutating func take(_ sign: String, _ expected: String? = nil) throws(CQL2Error) {
        guard isSign(sign) else { throw CQL2Error(current.place, "\(expected ?? "'\(sign)'") is expected, \(current.shown) was found") }
        i += 1
    }

    mutating func takeWord(_ word: String) -> Bool {
        guard isWord(word) else { return false }
        i += 1
        return true
    }

    private mutating func descend<T>(_ body: (inout TextParser) throws(CQL2Error) -> T) throws(CQL2Error) -> T {
        level += 1
        guard level <= 2 * Expression.maximumDepth else {
            throw CQL2Error(current.place, "the filter is nested deeper than \(2 * Expression.maximumDepth) levels")
        }
        let result = try body(&self)
        level -= 1
        return result
    }

    mutating func disjunction() throws(CQL2Error) -> Expression {
        let place = current.place
        var terms = [try conjunction()]
        while takeWord("OR") { terms.append(try conjunction()) }
        return terms.count == 1 ? terms[0] : try Expression(.or(terms), at: place)
    }

    private mutating func conjunction() throws(CQL2Error) -> Expression {
        let place = current.place
        var terms = [try negation()]
        while takeWord("AND") { terms.append(try negation()) }
        return terms.count == 1 ? terms[0] : try Expression(.and(terms), at: place)
    }

    private mutating func negation() throws(CQL2Error) -> Expression {
        let place = current.place
        guard takeWord("NOT") else { return try condition() }
        return try Expression(.not(try descend { (p) throws(CQL2Error) in try p.negation() }), at: place)
    }

    /// An operand, and what is said of it.
    private mutating func condition() throws(CQL2Error) -> Expression {
        let left = try sum()
        let place = current.place
        if case .sign(let sign) = current.kind, let comparison = Comparison(rawValue: sign) {
            i += 1
            return try Expression(.comparison(comparison, left, try sum()), at: place)
        }
        if takeWord("IS") {
            let isNegated = takeWord("NOT")
            guard takeWord("NULL") else { throw CQL2Error(current.place, "NULL is expected after IS, \(current.shown) was found") }
            return try negated(isNegated, .isNull(left), place)
        }
        let isNegated = isWord("NOT")
        if isNegated { i += 1 }
        if takeWord("LIKE") { return try negated(isNegated, .like(left, pattern: try sum()), place) }
        if takeWord("BETWEEN") {
            let low = try sum()
            guard takeWord("AND") else { throw CQL2Error(current.place, "AND is expected between the two bounds of BETWEEN, \(current.shown) was found") }
            return try negated(isNegated, .between(left, low, try sum()), place)
        }
        if takeWord("IN") {
            try take("(", "a list in parentheses")
            return try negated(isNegated, .isIn(left, try list { (p) throws(CQL2Error) in try p.sum() }), place)
        }
        guard !isNegated else { throw CQL2Error(current.place, "LIKE, BETWEEN or IN is expected after NOT, \(current.shown) was found") }
        return left
    }

    private func negated(_ isNegated: Bool, _ node: Expression.Node, _ place: Place) throws(CQL2Error) -> Expression {
        let condition = try Expression(node, at: place)
        return isNegated ? try Expression(.not(condition), at: place) : condition
    }

    /// The elements up to the closing parenthesis, the opening one being taken.
    mutating func list<T>(_ element: (inout TextParser) throws(CQL2Error) -> T) throws(CQL2Error) -> [T] {
        var elements = [try descend(element)]
        while isSign(",") {
            i += 1
            elements.append(try descend(element))
        }
        try take(")", "',' or ')'")
        return elements
    }

    private mutating func sum() throws(CQL2Error) -> Expression {
        var left = try product()
        while case .sign(let sign) = current.kind, sign == "+" || sign == "-" {
            let place = current.place
            i += 1
            left = try Expression(.arithmetic(sign == "+" ? .add : .subtract, left, try product()), at: place)
        }
        return left
    }

    private mutating func product() throws(CQL2Error) -> Expression {
        var left = try powerTerm()
        while true {
            let place = current.place
            let operation: ArithmeticOperator
            if isSign("*") {
                operation = .multiply
            } else if isSign("/") {
                operation = .divide
            } else if isSign("%") {
                operation = .modulo
            } else if isWord("DIV") {
                operation = .integerDivide
            } else {
                return left
            }
            i += 1
            left = try Expression(.arithmetic(operation, left, try powerTerm()), at: place)
        }
    }

    private mutating func powerTerm() throws(CQL2Error) -> Expression {
        let base = try factor()
        guard isSign("^") else { return base }
        let place = current.place
        i += 1
        let result = try Expression(.arithmetic(.power, base, try factor()), at: place)
        guard !isSign("^") else { throw CQL2Error(current.place, "a power of a power needs parentheses") }
        return result
    }

    /// An operand with its sign: that of a number belongs to the number, another is a multiplication by -1.
    private mutating func factor() throws(CQL2Error) -> Expression {
        let place = current.place
        guard isSign("-") || isSign("+") else { return try operand() }
        let isNegative = isSign("-")
        i += 1
        if case .number(let value, let whole) = current.kind {
            i += 1
            let sign: Double = isNegative ? -1 : 1
            return try Expression(whole.map { .integer(isNegative ? -$0 : $0) } ?? .numeric(sign * value), at: place)
        }
        guard isNegative else { throw CQL2Error(current.place, "a number is expected after '+'") }
        let of = try operand()
        return try Expression(.arithmetic(.multiply, try Expression(.integer(-1), at: place), of), at: place)
    }

    private mutating func operand() throws(CQL2Error) -> Expression {
        let token = current
        switch token.kind {
        case .sign("("):
            i += 1
            if isSign(")") {
                i += 1
                return try Expression(.array([]), at: token.place)
            }
            let elements = try list { (p) throws(CQL2Error) in try p.disjunction() }
            return elements.count == 1 ? elements[0] : try Expression(.array(elements), at: token.place)
        case .string(let text):
            i += 1
            return try Expression(.string(text), at: token.place)
        case .number(let value, let whole):
            i += 1
            return try Expression(whole.map { .integer($0) } ?? .numeric(value), at: token.place)
        case .quotedName(let name):
            i += 1
            return try Expression(.property(name), at: token.place)
        case .word(let word): return try named(word)
        case .sign, .end:
            throw CQL2Error(token.place, "a property, a literal, a function or '(' is expected, \(token.shown) was found")
        }
    }

    static let reserved: Set<String> = ["AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV"]

    /// What begins with a word: a constant, a literal of a kind, a function or a property.
    private mutating func named(_ word: String) throws(CQL2Error) -> Expression {
        let place = current.place
        let upper = word.uppercased()
        if upper == "TRUE" || upper == "FALSE" {
            i += 1
            return try Expression(.boolean(upper == "TRUE"), at: place)
        }
        guard !Self.reserved.contains(upper) else {
            throw CQL2Error(place, "'\(word)' is a word of the language; a property of that name is written \"\(word)\"")
        }
        if let literal = try geometryLiteral(upper) { return literal }
        i += 1
        guard isSign("(") else { return try Expression(.property(word), at: place) }
        i += 1
        switch upper {
        case "DATE", "TIMESTAMP": return try instant(isDate: upper == "DATE", place)
        case "INTERVAL": return try interval(place)
        case "BBOX": return try box(place)
        default: break
        }
        let isArrayPredicate = ArrayPredicate.allCases.contains { $0.rawValue.uppercased() == upper }
        let arguments: [Expression]
        if isSign(")") {
            i += 1
            arguments = []
        } else {
            arguments = try list { (p) throws(CQL2Error) in isArrayPredicate ? try p.arrayElement() : try p.disjunction() }
        }
        return try Expression(try Expression.Node(call: word, arguments, place), at: place)
    }

    /// Parentheses around the whole of an element are an array, also around a single value.
    private mutating func arrayElement() throws(CQL2Error) -> Expression {
        guard isSign("("), let end = closing[i], isSign(",", at: end + 1) || isSign(")", at: end + 1) else { return try disjunction() }
        let place = current.place
        i += 1
        if isSign(")") {
            i += 1
            return try Expression(.array([]), at: place)
        }
        return try Expression(.array(try list { (p) throws(CQL2Error) in try p.arrayElement() }), at: place)
    }
}

extension Expression.Node {
    /// The node that a name with arguments stands for, in text and in JSON; names of the standard in any case.
    init(call name: String, _ arguments: [Expression], _ place: Place) throws(CQL2Error) {
        func expect(_ count: Int) throws(CQL2Error) {
            guard arguments.count == count else { throw CQL2Error(place, "\(name) takes \(count) argument\(count == 1 ? "" : "s"), \(arguments.count) given") }
        }
        let lower = name.lowercased()
        if lower == "casei" || lower == "accenti" {
            try expect(1)
            self = lower == "casei" ? .casei(arguments[0]) : .accenti(arguments[0])
        } else if lower.hasPrefix("s_"), let relation = SpatialRelation(rawValue: String(lower.dropFirst(2))) {
            try expect(2)
            self = .spatial(relation, arguments[0], arguments[1])
        } else if let predicate = TemporalPredicate.allCases.first(where: { $0.rawValue.lowercased() == lower }) {
            try expect(2)
            self = .temporal(predicate, arguments[0], arguments[1])
        } else if let predicate = ArrayPredicate.allCases.first(where: { $0.rawValue.lowercased() == lower }) {
            try expect(2)
            self = .arrays(predicate, arguments[0], arguments[1])
        } else {
            self = .function(name, arguments)
        }
    }
}
