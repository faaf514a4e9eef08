internal import Geodesy
internal import Synchronization

/// Transformations that were made once, each lent to one task at a time: making one costs 1 to 3 ms.
enum TransformPool {
    private struct Pair: Hashable {
        var source: String
        var target: String
    }

    /// Sendable because a transformation leaves `idle` for one task and comes back when that task is done with it: no two ever hold it.
    private struct Idle: @unchecked Sendable {
        var transforms: [Pair: [CoordinateTransform]] = [:]
    }

    private static let idle = Mutex(Idle())

    /// Runs `body` with a transformation between two systems, x being longitude or easting on both sides.
    static func with<T>(_ source: CRS, _ target: CRS, _ body: (CoordinateTransform) throws -> T) throws -> T {
        // Both are the same system, and CRS84 needs no turning of axes.
        func plain(_ crs: CRS) -> String { crs.isWGS84 ? CRS.crs84.name : crs.name }
        let pair = Pair(source: plain(source), target: plain(target))
        let transform = try take(pair)?.transform ?? CoordinateTransform(from: pair.source, to: pair.target)
        defer { giveBack(Handle(transform: transform), pair) }
        return try body(transform)
    }

    /// Sendable for the same reason as `Idle`.
    private struct Handle: @unchecked Sendable {
        let transform: CoordinateTransform
    }

    private static func take(_ pair: Pair) -> Handle? {
        idle.withLock { $0.transforms[pair]?.popLast().map { Handle(transform: $0) } }
    }

    private static func giveBack(_ handle: Handle, _ pair: Pair) {
        idle.withLock {
            if $0.transforms.count > 200 { $0.transforms.removeAll() }
            if $0.transforms[pair, default: []].count < 8 { $0.transforms[pair, default: []].append(handle.transform) }
        }
    }
}
