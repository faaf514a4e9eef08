/// An administrative unit, without its polygon.
package struct Area: Hashable, Sendable {
    /// ISO 3166-1 alpha-2 for a country, ISO 3166-2 for its parts, `epci:SIREN` for an EPCI.
    package var code: String
    package var kind: String
    /// The code of the area that contains it; nil for a country.
    package var parent: String?
    package var country: String
    /// The usual French name.
    package var name: String
    package var localName: String?
    /// By language code, where known.
    package var names: [String: String]
    /// Other codes by which it is asked for, the INSEE form among them.
    package var aliases: [String]
    package var validFrom: CalendarDate?
    package var validTo: CalendarDate?
    /// Codes of the areas, or `locality:ID`, that it is made of; nil where it has a shape of its own.
    package var members: [String]?
    /// How a derived shape was made.
    package var basis: String?
    /// The official total, where one is known.
    package var population: Double?
    package var populationYear: String?

    package init(
        code: String, kind: String, parent: String?, country: String, name: String, localName: String?, names: [String: String],
        aliases: [String], validFrom: CalendarDate?, validTo: CalendarDate?, members: [String]?, basis: String?, population: Double?,
        populationYear: String?
    ) {
        self.code = code
        self.kind = kind
        self.parent = parent
        self.country = country
        self.name = name
        self.localName = localName
        self.names = names
        self.aliases = aliases
        self.validFrom = validFrom
        self.validTo = validTo
        self.members = members
        self.basis = basis
        self.population = population
        self.populationYear = populationYear
    }
}

/// The areas of an atlas and how they contain one another.
package struct AreaTree: Sendable {
    package let areas: [Area]
    private let index: [String: Int]
    private let children: [String: [Int]]

    /// Kinds that group or refine the subdivisions of a country without being one of its levels.
    private static let besides: Set<String> = ["epci", "commune"]

    package init(_ areas: [Area]) {
        let sorted = areas.sorted { $0.code < $1.code }
        self.areas = sorted
        index = Dictionary(sorted.indices.map { (sorted[$0].code, $0) }, uniquingKeysWith: { a, _ in a })
        children = Dictionary(
            grouping: sorted.indices.filter { sorted[$0].parent != nil && !Self.besides.contains(sorted[$0].kind) }, by: { sorted[$0].parent! })
    }

    package subscript(_ code: String) -> Area? { index[code].map { areas[$0] } }

    /// The finest subdivisions an area is made of, by code: those of a région are its départements. A département is its own.
    ///
    /// Empty for an area that is not made of whole subdivisions, such as an EPCI.
    package func leaves(of code: String) -> [String] {
        var found: Set<String> = []
        var seen: Set<String> = []
        collect(code, into: &found, seen: &seen)
        return found.sorted()
    }

    private func collect(_ code: String, into found: inout Set<String>, seen: inout Set<String>) {
        // Areas that contain one another, in a store that a foreign hand has edited, end here.
        guard seen.insert(code).inserted, let area = self[code], !Self.besides.contains(area.kind) else { return }
        let parts = (area.members ?? []).filter { index[$0] != nil } + (children[code] ?? []).map { areas[$0].code }
        if parts.isEmpty {
            if area.members == nil { found.insert(code) }
        } else {
            for part in parts { collect(part, into: &found, seen: &seen) }
        }
    }

    /// The areas of one kind inside another, or itself where it is of that kind; in order of code.
    package func descendants(of code: String, kind: String) -> [Area] {
        areas.filter { $0.kind == kind && ancestors(of: $0.code).contains(code) }
    }

    /// An area and those that contain it, from the inside out.
    package func ancestors(of code: String) -> [String] {
        var chain: [String] = []
        var next: String? = code
        while let at = next, let area = self[at], !chain.contains(at) {
            chain.append(at)
            next = area.parent
        }
        return chain
    }
}
