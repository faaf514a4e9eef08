import Coverage
import Foundation
import GeoModel
import Geodesy
import Impedance
import Population
import TestSupport

/// Our side of the benchmark: each figure is the best of some runs, in seconds (others may be at work on the machine), in a process that does nothing else.
enum Measurement {
    private static let runs = 9

    static func run(in folder: URL) throws -> String {
        let points = try GeneratedPoints(in: folder)
        var demand = DemandPoints()
        demand.coordinates = points.cells
        demand.people = points.people
        demand.area = points.area
        demand.areaCodes = (0...Int(points.area.max() ?? 0)).map { "A\($0)" }
        let reaches = ["5km", "10km", "20km", "30km"].map { Reach($0)! }
        let radii = reaches.map(\.value)

        var figures: [(String, Double)] = []
        let serial = timed("nearest_one_core", &figures) { NearestFacility(of: demand, among: points.places, cutoffs: radii, on: .one) }
        let parallel = timed("nearest_all_cores", &figures) { NearestFacility(of: demand, among: points.places, cutoffs: radii, on: .all) }
        let counts = timed("people_within_one_core", &figures) { PeopleWithin.count(demand, around: points.places, radii: radii, on: .one) }
        let parallelCounts = timed("people_within_all_cores", &figures) { PeopleWithin.count(demand, around: points.places, radii: radii, on: .all) }
        let rows = timed("coverage_by_area_all_cores", &figures) { coverage(demand, points.places, reaches, .all) }
        _ = timed("coverage_by_area_one_core", &figures) { coverage(demand, points.places, reaches, .one) }
        let memory = peakMemory
        let locator = try AreaLocator(GeneratedPoints.polygons(of: points.squares()), tolerance: 5_000)
        let located = timed("locate_in_polygons", &figures, runs: 3) { points.cells.map { locator.locate($0) } }
        let misplaced = zip(located, points.area).count { $0.map(Int32.init) != $1 }

        let ground = try timed("catchments_dissolved", &figures, runs: 1) { try GeodesicDisc.dissolved(around: points.places, radius: 10_000) }

        // Every distance beside geod_inverse to the same place, and a sample beside brute force over all places.
        var worst = 0.0
        let one = timed("geod_inverse_alone", &figures, runs: 1) {
            for i in demand.coordinates.indices {
                worst = max(worst, abs(serial.distance[i] - Geodesic.distance(demand.coordinates[i], points.places[Int(serial.facility[i])])))
            }
            return worst
        }
        var random = SeededGenerator(seed: 7)
        let sample = (0..<1_000).map { _ in Int(random.next() % UInt64(demand.count)) }
        var otherPlaces = 0
        let brute = timed("brute_force_sample", &figures, runs: 1) {
            var worst = 0.0
            for i in sample {
                var best = (distance: Double.infinity, place: -1)
                for (j, place) in points.places.enumerated() {
                    let d = Geodesic.distance(demand.coordinates[i], place)
                    if d < best.distance { best = (d, j) }
                }
                if best.place != Int(serial.facility[i]) { otherPlaces += 1 }
                worst = max(worst, abs(best.distance - serial.distance[i]))
            }
            return worst
        }
        try serial.distance.withUnsafeBytes { Data($0) }.write(to: folder.appendingPathComponent("ours.distance"))
        try serial.facility.withUnsafeBytes { Data($0) }.write(to: folder.appendingPathComponent("ours.facility"))
        let isSame = serial.distance == parallel.distance && serial.facility == parallel.facility && counts == parallelCounts
        let whole = rows.reduce(0) { $0 + $1.population }
        let fields =
            figures.map { "\"\($0.0)\": \($0.1)" } + [
                "\"cells\": \(demand.count)", "\"places\": \(points.places.count)", "\"areas\": \(rows.count)", "\"peak_memory_mb\": \(memory)",
                "\"worst_mm\": \(one * 1000)", "\"sample\": \(sample.count)", "\"sample_worst_mm\": \(brute * 1000)",
                "\"sample_other_places\": \(otherPlaces)",
                "\"same_on_all_cores\": \(isSame)", "\"dissolved_km2\": \(Geodesic.area(ground) / 1e6)", "\"misplaced\": \(misplaced)",
                "\"areas_sum_to_whole\": \(whole == demand.totalPeople)",
            ]
        return "{" + fields.joined(separator: ", ") + "}"
    }

    /// Nearest platforms, then a row of shares, quantiles and Gini for each area: what `coverage --by area` does once a layer is loaded.
    private static func coverage(_ demand: DemandPoints, _ places: [Coordinate], _ reaches: [Reach], _ cores: ConcurrentChunks.Cores) -> [CoverageRow] {
        let nearest = NearestFacility(of: demand, among: places, cutoffs: reaches.map(\.value), on: cores)
        let groups = Dictionary(grouping: demand.people.indices) { demand.area[$0] }
        return groups.keys.sorted().map { key in
            let code = demand.areaCodes[Int(key)]
            return CoverageRow(key: code, name: code, members: groups[key]!, people: demand.people, impedance: nearest.distance, reaches: reaches)
        }
    }

    private static func timed<R>(_ name: String, _ figures: inout [(String, Double)], runs: Int = runs, _ body: () throws -> R) rethrows -> R {
        var seconds: [Double] = []
        var start = ContinuousClock.now
        var result = try body()
        // A check that runs once is not warmed up.
        if runs == 1 { seconds.append((ContinuousClock.now - start) / .seconds(1)) }
        while seconds.count < runs {
            start = ContinuousClock.now
            result = try body()
            seconds.append((ContinuousClock.now - start) / .seconds(1))
        }
        figures.append((name, seconds.min() ?? .nan))
        return result
    }

    /// The most memory this process has held, in megabytes.
    private static var peakMemory: Double {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        return (Double(line.filter(\.isNumber)) ?? .nan) / 1024
    }
}
