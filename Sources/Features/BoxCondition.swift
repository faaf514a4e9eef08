internal import CQL2
internal import GeoFormats
internal import GeoModel

/// The SQL by which features are found whose geometry meets a region.
struct BoxCondition {
    let table: FeatureTable
    let geometry: FeatureTable.GeometryColumn

    private var column: String { "f." + quoted(geometry.column) }

    let facts: GeometryFacts

    /// A share of the features from which on they are looked at in the order of the page, until it is full, instead of finding all of them first.
    private static let largeShare = 0.2

    /// Nil where every feature meets it.
    ///
    /// - Parameter mayScan: true where the page is in the order of an index, so that it is full before all features are looked at.
    func sql(_ region: BoundingBox.Region, mayScan: Bool) -> SQLFragment? {
        let exact: SQLFragment
        let boxes: [Envelope]
        switch region {
        case .nothing: return facts.isComplete ? SQLFragment("0") : SQLFragment("\(column) IS NULL")
        case .boxes(let all):
            // A geometry whose box lies in the box asked for meets it: with everything inside, nothing is to be looked up.
            if let extent = facts.extent, all.contains(where: { $0.holds(extent) }) { return nil }
            boxes = all
            exact = SQLFragment("features_meet(\(column), ?)", [.blob(BoxList.encode(all))])
        case .shape(let shape, let envelopes):
            boxes = envelopes
            exact = SQLFragment("features_meet_shape(\(column), ?)", [.blob(WKB.encode(shape))])
        }
        let both = facts.isComplete ? exact : SQLFragment("(\(column) IS NULL OR \(exact.sql))", exact.arguments)
        if mayScan, facts.share(in: boxes) >= Self.largeShare { return both }
        guard let narrowed = Self.look(up: boxes, table, geometry, withMissing: !facts.isComplete) else { return both }
        return SQLFragment("\(narrowed.sql) AND \(both.sql)", narrowed.arguments + both.arguments)
    }

    /// Features whose box meets one of these: a look-up in the R-tree; nil where the table has none.
    static func look(
        up boxes: [Envelope], _ table: FeatureTable, _ geometry: FeatureTable.GeometryColumn, withMissing: Bool = false
    ) -> SQLFragment? {
        guard let index = geometry.index else { return nil }
        let one = "SELECT id FROM \(quoted(index)) WHERE maxx >= ? AND minx <= ? AND maxy >= ? AND miny <= ?"
        var parts = boxes.map { _ in one }
        if withMissing { parts.append("SELECT m.\(quoted(table.key)) FROM \(quoted(table.table)) AS m WHERE m.\(quoted(geometry.column)) IS NULL") }
        return SQLFragment(
            "\(table.keySQL) IN (\(parts.joined(separator: " UNION ALL ")))",
            boxes.flatMap { [.real($0.minX), .real($0.maxX), .real($0.minY), .real($0.maxY)] })
    }
}

extension Envelope {
    func holds(_ other: Envelope) -> Bool { minX <= other.minX && maxX >= other.maxX && minY <= other.minY && maxY >= other.maxY }
}
