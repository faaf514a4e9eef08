internal import Foundation

/// Round numbers along an axis.
package enum AxisTicks {
    /// From 0 to the first at or above `value`, in steps of 1, 2 or 5 times a power of ten, about `count` of them.
    package static func upTo(_ value: Double, about count: Int = 5) -> [Double] {
        guard value > 0, value.isFinite else { return [0, 1] }
        let step = step(value / Double(max(1, count)))
        let last = Int((value / step - 1e-9).rounded(.up))
        return (0...max(1, last)).map { Double($0) * step }
    }

    /// The largest of 1, 2 and 5 times a power of ten that is no more than `value`.
    package static func round(below value: Double) -> Double {
        let power = pow(10, floor(log10(value) + 1e-12))
        return [5.0, 2, 1].first { $0 * power <= value * (1 + 1e-12) }! * power
    }

    private static func step(_ rough: Double) -> Double {
        let power = pow(10, floor(log10(rough) + 1e-12))
        return [1.0, 2, 5, 10].first { $0 * power >= rough * (1 - 1e-12) }! * power
    }
}
