/// Minimise cost · x + offset, lower ≤ x ≤ upper, rowLower ≤ A x ≤ rowUpper, some x whole: what an integer programming library is given.
package struct IntegerProgram: Sendable {
    package var cost: [Double] = []
    package var lower: [Double] = []
    package var upper: [Double] = []
    package var isInteger: [Bool] = []
    package var rowLower: [Double] = []
    package var rowUpper: [Double] = []
    package var rowStart: [Int32] = [0]
    package var index: [Int32] = []
    package var coefficient: [Double] = []
    /// A feasible x to start from, or empty.
    package var start: [Double] = []

    package init() {}

    package mutating func addVariable(cost c: Double, lower l: Double = 0, upper u: Double = 1, integer: Bool) -> Int32 {
        cost.append(c)
        lower.append(l)
        upper.append(u)
        isInteger.append(integer)
        return Int32(cost.count - 1)
    }

    package mutating func addRow(_ terms: [(Int32, Double)], atLeast l: Double = -.infinity, atMost u: Double = .infinity) {
        for (j, a) in terms {
            index.append(j)
            coefficient.append(a)
        }
        rowStart.append(Int32(index.count))
        rowLower.append(l)
        rowUpper.append(u)
    }
}

/// What the library says.
package struct IntegerProgramResult: Sendable {
    package var x: [Double]?
    /// No x costs less than this.
    package var bound: Double
    package var isOptimal: Bool
    package var isInfeasible: Bool
    package var nodes: Int

    package init(x: [Double]?, bound: Double, isOptimal: Bool, isInfeasible: Bool, nodes: Int) {
        self.x = x
        self.bound = bound
        self.isOptimal = isOptimal
        self.isInfeasible = isInfeasible
        self.nodes = nodes
    }
}

/// A library that solves integer programs, handed in so that this module needs none: the program, the seconds it may take (nil for no
/// limit), and a question it asks from time to time, answered true when it is to stop.
package typealias IntegerProgramSolver = @Sendable (IntegerProgram, Double?, @escaping @Sendable () -> Bool) -> IntegerProgramResult?
