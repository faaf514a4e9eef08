import Population
import TestSupport
import Testing

/// Maps of cells of 1 km², north up: `#` has 5,000 people, `+` 1,500, `-` 1,499, `o` 300, `.` 299, a space nobody.
private func classes(_ map: String, people: [Character: Double] = [:]) -> String {
    let usual: [Character: Double] = ["#": 5000, "+": 1500, "-": 1499, "o": 300, ".": 299]
    let lines = map.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    var (columns, rows, counts): ([Int32], [Int32], [Double]) = ([], [], [])
    var out = lines.map { $0.map { _ in Character(" ") } }
    for (y, line) in lines.enumerated() {
        for (x, cell) in line.enumerated() where cell != " " {
            columns.append(Int32(x))
            rows.append(Int32(-y))
            counts.append(people[cell] ?? usual[cell]!)
        }
    }
    let found = DegreeOfUrbanisation.classify(columns: columns, rows: rows, people: counts)
    for i in found.indices {
        let letter: Character =
            switch found[i] {
            case .urbanCentre: "C"
            case .urbanCluster: "c"
            case .rural: "r"
            case .unknown: "?"
            }
        out[-Int(rows[i])][Int(columns[i])] = letter
    }
    return out.map { String($0) }.joined(separator: "\n")
}

@Suite struct DegreeOfUrbanisationTests {
    @Test func `ten cells of 5,000 people that touch by their sides are an urban centre`() {
        let map = """
            #####
            #####
            """
        let expected = """
            CCCCC
            CCCCC
            """
        #expect(classes(map) == expected)
    }

    @Test func `with one person less than 50,000 they are an urban cluster`() {
        let map = """
            #####
            ####x
            """
        let expected = """
            ccccc
            ccccc
            """
        #expect(classes(map, people: ["x": 4999]) == expected)
        #expect(classes(map, people: ["x": 5000]).contains("C"))
    }

    @Test func `cells that touch by a corner alone are no urban centre together, and one urban cluster`() {
        let map = """
            #####
                 #####
            """
        let expected = """
            ccccc
                 ccccc
            """
        #expect(classes(map) == expected)
    }

    @Test func `a cell of 1,499 people does not join two parts of a centre, one of 1,500 does`() {
        #expect(classes("#####-#####") == "ccccccccccc")
        #expect(classes("#####+#####") == "CCCCCCCCCCC")
    }

    @Test func `an urban cluster has 5,000 people in cells of at least 300 that touch by sides or corners`() {
        let map = """
            o o o o o o o o
             o o o o o o o o
            o
            """
        // Seventeen cells of 300: 5,100 people.
        #expect(!classes(map).contains("r") && classes(map).contains("c"))
        #expect(classes("oooooooooooooooo") == "rrrrrrrrrrrrrrrr")  // 4,800
        #expect(classes("ooooooooooooooooo") == "ccccccccccccccccc")  // 5,100
        #expect(classes("oooooooo.ooooooooo") == "rrrrrrrrrrrrrrrrrr")  // 299 people do not join them
    }

    @Test func `a hole in a centre is filled, whoever lives there`() {
        let map = """
            #####
            #.  #
            # . #
            #   #
            #####
            """
        let expected = """
            CCCCC
            CC  C
            C C C
            C   C
            CCCCC
            """
        #expect(classes(map) == expected)
    }

    @Test func `a cell with five of its eight neighbours in the centre joins it, one with four does not`() {
        let notch = """
            ##.##
            #####
            #####
            """
        #expect(classes(notch) == "CCCCC\nCCCCC\nCCCCC")
        let step = """
            ##.
            ####
            ######
            """
        // Left, lower left, below, lower right: four.
        #expect(classes(step) == "CCr\nCCCC\nCCCCCC")
    }

    @Test func `the rule goes on until no more cells join`() {
        let bay = """
            ########
            #.......
            #.......
            ########
            """
        // The inner corners have five neighbours in the centre, then the next ones; at the open end they have but four.
        let expected = """
            CCCCCCCC
            CCCCCCCr
            CCCCCCCr
            CCCCCCCC
            """
        #expect(classes(bay) == expected)
    }

    @Test func `of a hole of 15 cells or more only the corners are taken, by the rule of five of eight`() {
        let full = String(repeating: "#", count: 9)
        let ring = ([full] + (0..<7).map { _ in "#.......#" } + [full]).joined(separator: "\n")
        let (edge, middle) = ("CCrrrrrCC", "CrrrrrrrC")
        let expected = (["CCCCCCCCC", edge] + (0..<5).map { _ in middle } + [edge, "CCCCCCCCC"]).joined(separator: "\n")
        #expect(classes(ring) == expected)
    }

    @Test func `people of filled gaps count for the 50,000`() {
        let map = """
            ###
            #x#
            ###
            """
        // Forty thousand around, and a hole.
        #expect(classes(map, people: ["x": 1400]) == "ccc\nccc\nccc")
        #expect(classes(map, people: ["#": 6200, "x": 400]) == "CCC\nCCC\nCCC")
        #expect(classes(map, people: ["#": 6200, "x": 399]) == "ccc\nccc\nccc")
    }

    @Test func `classes do not depend on the order of cells or on where the grid begins`() {
        var g = SeededGenerator(seed: 7)
        for _ in 0..<20 {
            var cells: [(x: Int32, y: Int32, people: Double)] = []
            for x in 0..<30 {
                for y in 0..<30 where Bool.random(using: &g) {
                    cells.append((Int32(x), Int32(y), [40, 250, 320, 900, 1600, 4000].randomElement(using: &g)!))
                }
            }
            func classify(_ cells: [(x: Int32, y: Int32, people: Double)], _ dx: Int32, _ dy: Int32) -> [DensityClass] {
                DegreeOfUrbanisation.classify(columns: cells.map { $0.x + dx }, rows: cells.map { $0.y + dy }, people: cells.map(\.people))
            }
            let first = classify(cells, 0, 0)
            let order = cells.indices.shuffled(using: &g)
            let second = classify(order.map { cells[$0] }, -3_000, 2_000_000)
            #expect(order.indices.allSatisfy { second[$0] == first[order[$0]] })
        }
    }
}
