internal import CQL2
internal import GeoModel

/// What the R-tree of a table tells about its geometries in some microseconds.
struct GeometryFacts: Sendable {
    /// The boxes of the R-tree's upper nodes, each a little rounded outwards: together they hold every geometry, and about as many lie in each.
    var cells: [Envelope] = []
    /// True where no feature lacks a geometry.
    var isComplete: Bool

    /// Reads them; a table without R-tree has no cells.
    init(_ table: FeatureTable, _ connection: Connection) throws {
        guard let geometry = table.geometry else {
            isComplete = false
            return
        }
        isComplete =
            try geometry.isAlwaysThere
            || connection.count(SQLFragment("SELECT count(*) FROM \(table.from) WHERE f.\(quoted(geometry.column)) IS NULL")) == 0
        guard let index = geometry.index else { return }
        let sql = "SELECT data FROM \(quoted(index + "_node")) WHERE nodeno = ?"
        var nodes: [Int64] = [1]
        var depth = 0
        // Down from the root until there are enough cells to say where features lie.
        repeat {
            var (found, children): ([Envelope], [Int64]) = ([], [])
            for node in nodes {
                try connection.run(SQLFragment(sql, [.integer(node)])) { row in
                    let node = RTreeNode(bytes: row.blob(0))
                    if nodes == [1] { depth = node.depth }
                    for k in 0..<node.count {
                        found.append(node.box(k))
                        children.append(node.id(k))
                    }
                    return false
                }
            }
            cells = found
            nodes = children
            depth -= 1
        } while depth >= 0 && cells.count < 24 && !nodes.isEmpty
    }

    /// The box of all features.
    var extent: Envelope? {
        var box = Envelope.empty
        for cell in cells { box.expand(toInclude: cell) }
        return box.isEmpty ? nil : box
    }

    /// About which share of the features lies in the boxes: as if they lay evenly in each cell.
    func share(in boxes: [Envelope]) -> Double {
        guard !cells.isEmpty else { return 0 }
        var sum = 0.0
        for cell in cells {
            for box in boxes where box.intersects(cell) {
                func part(_ low: Double, _ high: Double, _ from: Double, _ to: Double) -> Double {
                    high > low ? max(0, min(high, to) - max(low, from)) / (high - low) : 1
                }
                sum += part(cell.minX, cell.maxX, box.minX, box.maxX) * part(cell.minY, cell.maxY, box.minY, box.maxY)
            }
        }
        return min(1, sum / Double(cells.count))
    }
}

/// A node of SQLite's R-tree with single precision: the depth of the tree (in the root) and a count in two bytes each, then for each cell an id
/// of eight bytes and minx, maxx, miny, maxy of four; the most significant byte first.
private struct RTreeNode {
    let bytes: UnsafeRawBufferPointer
    let depth: Int
    let count: Int

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        depth = bytes.count < 4 ? 0 : Int(bytes[0]) << 8 | Int(bytes[1])
        count = bytes.count < 4 ? 0 : min(Int(bytes[2]) << 8 | Int(bytes[3]), (bytes.count - 4) / 24)
    }

    func id(_ k: Int) -> Int64 { Int64(bigEndian: bytes.loadUnaligned(fromByteOffset: 4 + 24 * k, as: Int64.self)) }

    func box(_ k: Int) -> Envelope {
        func ordinate(_ i: Int) -> Double {
            Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 12 + 24 * k + 4 * i, as: UInt32.self))))
        }
        return Envelope(minX: ordinate(0), minY: ordinate(2), maxX: ordinate(1), maxY: ordinate(3))
    }
}
