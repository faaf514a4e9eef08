internal import GeoFormats
package import GeoModel
internal import GeometryEngine
internal import Synchronization

/// A function that the SQL of filters calls: whoever opens the connection registers them all, as deterministic.
package struct SQLFunction: Sendable {
    package let name: String
    package let argumentCount: Int
    package let body: @Sendable ([SQLValue]) throws -> SQLValue

    /// Made anew each time: what `cql2_spatial` remembers of the last literal is each connection's own.
    package static var all: [SQLFunction] {
        [
            text("cql2_casei", TextFolding.withoutCase),
            text("cql2_accenti", TextFolding.withoutAccents),
            SQLFunction(name: "cql2_like", argumentCount: 2) { values in
                guard case .text(let s) = values[0], case .text(let pattern) = values[1] else { return .null }
                return .integer(LikePattern(pattern).matches(s) ? 1 : 0)
            },
            // Milliseconds since 1970 of a date's beginning or a moment; NULL for any other text.
            SQLFunction(name: "cql2_instant", argumentCount: 1) { values in
                guard case .text(let s) = values[0], let instant = Instant(s) else { return .null }
                return .integer(instant.start)
            },
            arithmetic("cql2_divide", .integerDivide),
            arithmetic("cql2_modulo", .modulo),
            arithmetic("cql2_power", .power),
            SQLFunction(name: "cql2_array", argumentCount: 3) { values in
                guard case .text(let name) = values[0], let predicate = ArrayPredicate(rawValue: name), case .text(let a) = values[1],
                    case .text(let b) = values[2], let first = ArrayValues.set(json: a), let second = ArrayValues.set(json: b)
                else { return .null }
                return .integer(predicate.holds(first, second) ? 1 : 0)
            },
            spatial(),
        ]
    }

    private static func text(_ name: String, _ f: @escaping @Sendable (String) -> String) -> SQLFunction {
        SQLFunction(name: name, argumentCount: 1) { values in
            if case .text(let s) = values[0] { .text(f(s)) } else { .null }
        }
    }

    private static func arithmetic(_ name: String, _ operation: ArithmeticOperator) -> SQLFunction {
        @Sendable func number(_ value: SQLValue) -> Double? {
            switch value {
            case .integer(let n): Double(n)
            case .real(let d): d
            default: nil
            }
        }
        return SQLFunction(name: name, argumentCount: 2) { values in
            guard let a = number(values[0]), let b = number(values[1]), let result = operation.apply(a, b) else { return .null }
            return .real(result)
        }
    }

    /// The literal of the last call, read: the same one comes with every row.
    private struct LastLiteral {
        var bytes: [UInt8] = []
        var shape = Geometry.geometryCollection([])
        var envelope = Envelope.empty
    }

    /// A blob of GeoPackage, whose header tells its box, or bare WKB.
    private static func spatial() -> SQLFunction {
        let cache = LiteralCache()
        return SQLFunction(name: "cql2_spatial", argumentCount: 3) { values in
            guard case .text(let name) = values[0], let relation = SpatialRelation(rawValue: name), case .blob(let a) = values[1],
                case .blob(let b) = values[2],
                let first = cache.envelope(a), let second = cache.envelope(b)
            else { return .null }
            guard first.intersects(second) else { return .integer(relation == .disjoint ? 1 : 0) }
            guard let x = cache.geometry(a), let y = cache.geometry(b), let holds = try? relation.holds(x, y) else { return .null }
            return .integer(holds ? 1 : 0)
        }
    }

    private final class LiteralCache: Sendable {
        private let last = Mutex(LastLiteral())

        private static func isGeoPackage(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x47, 0x50]) }

        private func literal(_ bytes: [UInt8]) -> LastLiteral? {
            if let found = last.withLock({ $0.bytes == bytes ? $0 : nil }) { return found }
            guard let shape = try? WKB.decode(bytes) else { return nil }
            let read = LastLiteral(bytes: bytes, shape: shape, envelope: shape.envelope)
            last.withLock { $0 = read }
            return read
        }

        /// The empty box of an empty geometry; nil for what is no geometry.
        func envelope(_ bytes: [UInt8]) -> Envelope? {
            guard Self.isGeoPackage(bytes) else { return literal(bytes)?.envelope }
            guard let found = try? GeoPackageBlob.envelope(bytes) else { return geometry(bytes).map(\.envelope) }
            return found
        }

        func geometry(_ bytes: [UInt8]) -> Geometry? {
            Self.isGeoPackage(bytes) ? try? GeoPackageBlob.decode(bytes) : literal(bytes)?.shape
        }
    }
}
