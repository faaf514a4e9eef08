internal import Foundation

/// `base` to the power of `exponent`; NaN where it is no real number.
func raised(_ base: Double, to exponent: Double) -> Double { pow(base, exponent) }
