/// How two scalars are compared; the raw value is the sign in text and in JSON.
package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "="
    case notEqual = "<>"
    case less = "<"
    case greater = ">"
    case lessOrEqual = "<="
    case greaterOrEqual = ">="

    package func holds<T: Comparable>(_ a: T, _ b: T) -> Bool {
        switch self {
        case .equal: a == b
        case .notEqual: a != b
        case .less: a < b
        case .greater: a > b
        case .lessOrEqual: a <= b
        case .greaterOrEqual: a >= b
        }
    }
}

package enum ArithmeticOperator: String, Sendable, Hashable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case integerDivide = "div"
    case power = "^"

    /// Nil where there is no number: a division by zero, 0/0, the root of a negative number. `div` cuts the decimals off, and the
    /// remainder has the sign of the dividend.
    package func apply(_ a: Double, _ b: Double) -> Double? {
        let result: Double
        switch self {
        case .add: result = a + b
        case .subtract: result = a - b
        case .multiply: result = a * b
        case .divide: result = b == 0 ? .nan : a / b
        case .integerDivide: result = b == 0 ? .nan : (a / b).rounded(.towardZero)
        case .modulo: result = b == 0 ? .nan : a.truncatingRemainder(dividingBy: b)
        case .power: result = raised(a, to: b)
        }
        return result.isNaN ? nil : result
    }
}

/// The predicates on two arrays taken as sets; the raw value is the name in JSON.
package enum ArrayPredicate: String, Sendable, Hashable, CaseIterable {
    case equals = "a_equals"
    case contains = "a_contains"
    case containedBy = "a_containedBy"
    case overlaps = "a_overlaps"

    package func holds<T: Hashable>(_ a: Set<T>, _ b: Set<T>) -> Bool {
        switch self {
        case .equals: a == b
        case .contains: b.isSubset(of: a)
        case .containedBy: a.isSubset(of: b)
        case .overlaps: !a.isDisjoint(with: b)
        }
    }
}
