import Foundation
import GeoModel
import Population
import TestSupport

/// Feeds the reader of GeoTIFF with files that are made wrong in small ways until time is up, and crashes where it does.
///
///     tools/fuzz-rasters/run SECONDS [SEED]
///
/// The seed is printed: the same one makes the same inputs of the same files.
@main
struct FuzzRasters {
    final class Sink: DemandSink {
        struct Enough: Error {}
        var (taken, refused) = (0, 0)
        func take(_ record: DemandRecord, at place: RecordPlace) {
            precondition(record.location.isGeographic && record.people > 0 && record.people.isFinite, "\(record) at \(place)")
            taken += 1
        }
        func takeEmpty() {}
        func refuse(_ place: RecordPlace, _ reason: String) throws {
            refused += 1
            if refused > 20 { throw Enough() }
        }
        func progress(_ share: Double) {}
    }

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count > 2, let seconds = Int64(arguments[0]), let seed = UInt64(arguments[1]) else {
            print("expected SECONDS SEED FILE…")
            exit(64)
        }
        let files = try arguments.dropFirst(2).map { Array(try Data(contentsOf: URL(fileURLWithPath: $0))) }
        var g = SeededGenerator(seed: seed)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(getpid()).tif").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        var (inputs, whole) = (0, 0)
        var slowest = Duration.zero
        var reasons: [String: Int] = [:]
        while clock.now < end {
            inputs += 1
            let bytes = mutate(files.randomElement(using: &g)!, &g)
            try Data(bytes).write(to: URL(fileURLWithPath: path))
            let start = clock.now
            do {
                var options = ImportOptions()
                options.isDensity = Bool.random(using: &g)
                if Bool.random(using: &g) { options.crs = "EPSG:4326" }
                try RasterReader(path: path, name: "a.tif", options: options, limit: 1 << 20).read(into: Sink())
                whole += 1
            } catch {
                let text = "\(error)".replacing(/[0-9]+/, with: "n")
                reasons[String(text.prefix(70)), default: 0] += 1
            }
            slowest = max(slowest, clock.now - start)
        }
        for (reason, n) in reasons.sorted(by: { $0.value > $1.value }).prefix(25) { print("\(n)  \(reason)") }
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        print("seed \(seed): \(inputs) inputs, \(whole) of them read to the end, slowest \(slowest), at most \(usage.ru_maxrss >> 10) MB; no crash")
    }

    /// A few bytes changed, most of them where the directory and the first data are; numbers of two, four and eight bytes made large; cut short.
    static func mutate(_ source: [UInt8], _ g: inout SeededGenerator) -> [UInt8] {
        var b = source
        for _ in 0..<Int.random(in: 1...5, using: &g) {
            guard b.count > 16 else { return b }
            // The directory is at the beginning or, as libtiff writes it, at the end.
            let (low, high) = [(0, min(b.count, 600)), (max(0, b.count - 600), b.count), (0, b.count)].randomElement(using: &g)!
            let i = Int.random(in: low..<high, using: &g)
            switch Int.random(in: 0..<8, using: &g) {
            case 0...2: b[i] = .random(in: 0...255, using: &g)
            case 3: b[i] ^= 1 << UInt8.random(in: 0...7, using: &g)
            case 4:
                let value: UInt64 = [0, 1, 0x7FFF_FFFF, 0xFFFF_FFFF, 0x8000_0000, 0x7FFF_FFFF_FFFF_FFFF, .max, 65_535, 1 << 20].randomElement(using: &g)!
                let width = [2, 4, 8].randomElement(using: &g)!
                for k in 0..<width where i + k < b.count { b[i + k] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(k))) }
            case 5: b.removeSubrange(Int.random(in: 8..<b.count, using: &g)...)
            case 6: b.insert(contentsOf: b[i..<min(b.count, i + Int.random(in: 1...24, using: &g))], at: i)
            default: for k in i..<min(b.count, i + Int.random(in: 1...12, using: &g)) { b[k] = 0 }
            }
        }
        return b
    }
}
