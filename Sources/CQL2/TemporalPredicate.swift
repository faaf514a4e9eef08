/// The relations of two periods (Allen's, with the weaker ones of CQL2); the raw value is the name in JSON.
///
/// Each is a combination of comparisons between the ends of the periods, so that evaluation and SQL follow one table.
package enum TemporalPredicate: String, Sendable, Hashable, CaseIterable {
    case after = "t_after"
    case before = "t_before"
    case contains = "t_contains"
    case disjoint = "t_disjoint"
    case during = "t_during"
    case equals = "t_equals"
    case finishedBy = "t_finishedBy"
    case finishes = "t_finishes"
    case intersects = "t_intersects"
    case meets = "t_meets"
    case metBy = "t_metBy"
    case overlappedBy = "t_overlappedBy"
    case overlaps = "t_overlaps"
    case startedBy = "t_startedBy"
    case starts = "t_starts"

    enum End: Sendable {
        case start, end
    }

    /// `end of a OP end of b`.
    struct Condition: Sendable {
        var a: End
        var comparison: Comparison
        var b: End

        init(_ a: End, _ comparison: Comparison, _ b: End) {
            self.a = a
            self.comparison = comparison
            self.b = b
        }
    }

    /// All of these hold; of `disjoint`, one.
    var conditions: [Condition] {
        switch self {
        case .after: [Condition(.start, .greater, .end)]
        case .before: [Condition(.end, .less, .start)]
        case .contains: [Condition(.start, .less, .start), Condition(.end, .greater, .end)]
        case .disjoint: [Condition(.end, .less, .start), Condition(.start, .greater, .end)]
        case .during: [Condition(.start, .greater, .start), Condition(.end, .less, .end)]
        case .equals: [Condition(.start, .equal, .start), Condition(.end, .equal, .end)]
        case .finishedBy: [Condition(.start, .less, .start), Condition(.end, .equal, .end)]
        case .finishes: [Condition(.start, .greater, .start), Condition(.end, .equal, .end)]
        case .intersects: [Condition(.end, .greaterOrEqual, .start), Condition(.start, .lessOrEqual, .end)]
        case .meets: [Condition(.end, .equal, .start)]
        case .metBy: [Condition(.start, .equal, .end)]
        case .overlappedBy: [Condition(.start, .greater, .start), Condition(.start, .less, .end), Condition(.end, .greater, .end)]
        case .overlaps: [Condition(.start, .less, .start), Condition(.end, .greater, .start), Condition(.end, .less, .end)]
        case .startedBy: [Condition(.start, .equal, .start), Condition(.end, .greater, .end)]
        case .starts: [Condition(.start, .equal, .start), Condition(.end, .less, .end)]
        }
    }

    var needsOneCondition: Bool { self == .disjoint }
}

extension Comparison {
    /// A comparison of an instant with another as the same table has it, for a date lasts all day: before means before its beginning.
    var temporal: (predicate: TemporalPredicate, isNegated: Bool) {
        switch self {
        case .equal: (.intersects, false)
        case .notEqual: (.intersects, true)
        case .less: (.before, false)
        case .greater: (.after, false)
        case .lessOrEqual: (.after, true)
        case .greaterOrEqual: (.before, true)
        }
    }
}
