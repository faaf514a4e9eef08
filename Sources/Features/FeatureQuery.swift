package import CQL2

/// What is asked of a table: which features, in what order, how many, and how they are to be written.
package struct FeatureQuery: Sendable {
    package enum Position: Sendable, Hashable {
        case start
        /// After the feature that the `next` of an earlier page names.
        case after(cursor: String)
        case offset(Int)
    }

    package enum Counting: Sendable, Hashable {
        case never
        /// Where it costs next to nothing: a page that holds all there is, a table whose number of features is known.
        case ifCheap
        case always
    }

    package struct SortKey: Sendable, Hashable {
        package var name: String
        package var isDescending: Bool

        package init(_ name: String, isDescending: Bool = false) {
            self.name = name
            self.isDescending = isDescending
        }

        /// Reads `+name`, `name` or `-name`; a `+` that a URL made a space as well.
        package init(text: some StringProtocol) {
            let sign = text.first
            self.init(String(sign == "+" || sign == "-" || sign == " " ? text.dropFirst() : text[...]), isDescending: sign == "-")
        }
    }

    package struct Equality: Sendable, Hashable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// At least 1.
    package var limit: Int
    package var position: Position
    /// Features whose geometry meets it, and those without geometry.
    package var box: BoundingBox?
    /// Made with the table's queryables: see `FeatureTable.filter`.
    package var filter: Filter?
    /// `NAME=VALUE`: the property is the value; an array has it among its elements.
    package var equalities: [Equality]
    /// The names of the properties that are written; nil for all.
    package var properties: [String]?
    /// What is missing comes first, and last where a key descends. Features that are equal in all of it are in order of their ids.
    package var order: [SortKey]
    package var crs: CRS
    package var counting: Counting

    package init(
        limit: Int = 10, position: Position = .start, box: BoundingBox? = nil, filter: Filter? = nil, equalities: [Equality] = [],
        properties: [String]? = nil, order: [SortKey] = [], crs: CRS = .crs84, counting: Counting = .ifCheap
    ) {
        self.limit = limit
        self.position = position
        self.box = box
        self.filter = filter
        self.equalities = equalities
        self.properties = properties
        self.order = order
        self.crs = crs
        self.counting = counting
    }

    /// True where nothing narrows what is asked.
    var isOfAll: Bool { box == nil && filter == nil && equalities.isEmpty }
}

/// Features as GeoJSON.
package struct FeaturePage: Sendable, Hashable {
    /// The features, `,\n` between them.
    package var features: [UInt8]
    package var count: Int
    /// The cursor of the page after this one; nil where this is the last.
    package var next: String?
    /// How many features the question selects, whatever the page; nil where that was not counted.
    package var matched: Int?

    package init(features: [UInt8], count: Int, next: String?, matched: Int?) {
        self.features = features
        self.count = count
        self.next = next
        self.matched = matched
    }
}

/// What is known of a page besides its features.
package struct PageSummary: Sendable, Hashable {
    package var count: Int
    package var next: String?
    package var matched: Int?
}
