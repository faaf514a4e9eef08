import Foundation
import Siting
import TestSupport
import Testing
import bench_siting

/// Instances in their published formats: small ones made here, and the published ones where they lie beside the checkout.
@Suite struct InstanceFileTests {
    @Test func `An OR-Library file is a graph, and the last cost of a repeated edge holds`() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("graph.txt")
        // 1 -4- 2 -3- 3 -2- 4, and 1 -9- 4; the edge 1 2 is first said to cost 1.
        try " 4 5 2\n 1 2 1\n 2 3 3\n 3 4 2\n 1 4 9\n 2 1 4\n".write(toFile: file, atomically: true, encoding: .utf8)
        let (problem, count) = try InstanceFiles.orLibrary(file)
        #expect(count == 2 && problem.weights == [1, 1, 1, 1])
        #expect(problem.pairCost == [0, 4, 7, 9, 4, 0, 3, 5, 7, 3, 0, 2, 9, 5, 2, 0])
        #expect(try SitingSolver(problem).solve(.median(unserved: nil), count: 2).objective == 5)
        #expect(try SitingSolver(problem).solve(.center, count: 2).objective == 3)
        try "4 2 1\n1 2 3\n1 7 3\n".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(throws: InstanceFiles.Failure.self) { try InstanceFiles.orLibrary(file) }
    }

    @Test func `A Lorena file covers within the radius, the edge included`() throws {
        let folder = try TemporaryFolder()
        try "4 99 1 2\n0 0\n3 4\n6 8\n100 100\n".write(toFile: folder.path("c"), atomically: true, encoding: .utf8)
        try "5\n7\n11\n20\n".write(toFile: folder.path("d"), atomically: true, encoding: .utf8)
        let problem = try InstanceFiles.lorena(coordinates: folder.path("c"), demand: folder.path("d"), radius: 5)
        #expect(problem.pairFacility == [0, 1, 0, 1, 2, 1, 2, 3])
        #expect(try SitingSolver(problem).solve(.coverage(within: 0), count: 1).objective == 23)
    }

    static let medians: [Int64] = [5819, 4093, 4250, 3034, 1355, 7824, 5631, 4445, 2734, 1255, 7696, 6634, 4374, 2968, 1729, 8162, 6999, 4809, 2845, 1789]
    static let centers: [Int64] = [127, 98, 93, 74, 48, 84, 64, 55, 37, 20, 59, 51, 36, 26, 18, 47, 39, 28, 18, 13]

    @Test(.enabled(if: ProjectFolder.hasReference), arguments: 1...20)
    func `Every published optimum of the OR-Library graphs is reached and proved, whatever the nodes are called`(_ n: Int) throws {
        let file = try #require(ProjectFolder.reference).appendingPathComponent("siting/orlib-pmed/pmed\(n).txt").path
        let (problem, count) = try InstanceFiles.orLibrary(file)
        for given in [problem, problem.shuffled(seed: UInt64(n))] {
            let median = try SitingSolver(given).solve(.median(unserved: nil), count: count)
            #expect(median.objective == Self.medians[n - 1] && median.bound == median.objective && median.proof == .own)
            let center = try SitingSolver(given).solve(.center, count: count)
            #expect(center.objective == Self.centers[n - 1] && center.bound == center.objective && center.proof == .own)
        }
    }

    @Test(
        .enabled(if: ProjectFolder.hasReference),
        arguments: [
            (324, 150, [(20, 7302), (30, 9127), (40, 10443), (50, 11397), (60, 11991), (80, 12152)]),
            (324, 800, [(1, 5461), (2, 8790), (3, 11604), (4, 12106)]), (500, 150, [(40, 13340), (60, 15919), (80, 17749), (100, 18912)]),
        ])
    func `Every published optimum of Lorena's instances is reached and proved, whatever the order of the rows`(
        _ n: Int, _ radius: Int, _ optima: [(Int, Int64)]
    ) throws {
        let folder = try #require(ProjectFolder.reference).appendingPathComponent("siting/lorena-mclp")
        let problem = try InstanceFiles.lorena(
            coordinates: folder.appendingPathComponent("coord\(n).txt").path, demand: folder.appendingPathComponent("demanda\(n).txt").path,
            radius: Double(radius))
        for given in [problem, problem.shuffled(seed: 1)] {
            for (count, optimum) in optima {
                let answer = try SitingSolver(given).solve(.coverage(within: 0), count: count)
                #expect(answer.objective == optimum && answer.proof == .own)
            }
        }
    }
}
