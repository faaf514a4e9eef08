internal import CiteNetwork
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore
internal import Siting
internal import SpatialIndex

/// The candidates that a question names, and which of them must or may not be chosen.
struct CandidateChoice {
    let query: SitingQuery
    let atlas: Atlas
    private(set) var candidates: [SitingCandidate] = []
    private(set) var roles: [SitingProblem.Role] = []
    /// Positions of those that the question forbids, in its order.
    private(set) var forbidden: [Int] = []
    /// Those too near to a platform that is there, which no alternative may take either.
    private(set) var isTooNear: [Bool] = []
    private var ids: Set<String> = []
    private let taken: Set<String>

    /// - Parameter there: the ids of the platforms that are there.
    init(_ query: SitingQuery, there: [String], in atlas: Atlas) {
        self.query = query
        self.atlas = atlas
        taken = Set(there)
    }

    /// Throws `PlanningError.notFound` for an area without candidates, or a required or forbidden place that none is.
    mutating func collect() throws {
        for source in query.candidates {
            switch source {
            case .localities(let minimum):
                for locality in try localities() where locality.population >= minimum { try add(candidate(locality), from: "the gazetteer") }
            case .places(let file):
                for place in file.places { try add(SitingCandidate(id: place.id, name: place.name, location: place.location), from: file.name) }
            }
        }
        roles = Array(repeating: .candidate, count: candidates.count)
        for text in query.required { set(.required, of: try position(of: text, option: "--require")) }
        for text in query.forbidden {
            let j = try position(of: text, option: "--forbid")
            guard roles[j] != .required else { throw PlanningError.badArgument("\(candidates[j].name) (\(candidates[j].id)) is both required and forbidden") }
            set(.forbidden, of: j)
            if !forbidden.contains(j) { forbidden.append(j) }
        }
        isTooNear = Array(repeating: false, count: candidates.count)
        guard !candidates.isEmpty else {
            let sizes: [Double] = query.candidates.compactMap { if case .localities(let minimum) = $0 { minimum } else { nil } }
            let most = try localities().map(\.population).max() ?? 0
            throw PlanningError.notFound(
                "no candidate in \(query.area.name): it has no locality of \(Int(sizes.first ?? 0)) people or more"
                    + (most > 0 ? "; its largest has \(Int(most)) (--min-people)" : "; a file of places would be accepted (--candidates)"))
        }
    }

    private mutating func set(_ role: SitingProblem.Role, of position: Int) { roles[position] = role }

    private mutating func add(_ candidate: SitingCandidate, from source: String) throws {
        guard !taken.contains(candidate.id) else {
            throw PlanningError.badContent("\(source): '\(candidate.id)' is the id of a platform that is there; another id would be accepted")
        }
        guard ids.insert(candidate.id).inserted else {
            throw PlanningError.badContent("\(source): the id '\(candidate.id)' is that of another candidate")
        }
        candidates.append(candidate)
    }

    private func candidate(_ locality: Locality) -> SitingCandidate {
        SitingCandidate(
            id: String(locality.id), name: locality.name, location: locality.location, area: locality.area ?? locality.country,
            population: locality.population)
    }

    /// The towns and villages of the area.
    private func localities() throws -> [Locality] { try atlas.localities(of: query.area) }

    /// The candidate that an id or a name means. A locality of the area that is too small to be one becomes one.
    private mutating func position(of text: String, option: String) throws -> Int {
        if let j = candidates.firstIndex(where: { $0.id == text }) { return j }
        let key = foldedKey(text)
        let named = candidates.indices.filter { foldedKey(candidates[$0].name) == key }
        if named.count == 1 { return named[0] }
        if named.count > 1 {
            let list = named.map { "\(candidates[$0].id) (\(candidates[$0].area ?? "?"))" }.joined(separator: ", ")
            throw PlanningError.badArgument("\(option) '\(text)' could be \(list); expected one of these ids")
        }
        let smaller = try localities().filter { String($0.id) == text || foldedKey($0.name) == key }
        if let locality = smaller.max(by: { ($0.population, $1.id) < ($1.population, $0.id) }) {
            try add(candidate(locality), from: "the gazetteer")
            roles.append(.candidate)
            return candidates.count - 1
        }
        let similar = candidates.filter { foldedKey($0.name).hasPrefix(key.prefix(3)) }.prefix(5).map { "\($0.name) (\($0.id))" }
        throw PlanningError.notFound(
            "\(option) '\(text)': no candidate of that id or name"
                + (similar.isEmpty
                    ? "; a locality of \(query.area.name), or an id of the file, would be accepted" : "; like it: \(similar.joined(separator: ", "))"))
    }

    /// Forbids the candidates too near to what is there, and tells which are too near each other.
    mutating func space(from there: [Coordinate]) throws -> [SitingProblem.Conflict] {
        guard let spacing = query.spacing else { return [] }
        let existing = GeodesicIndex(there)
        for j in candidates.indices {
            guard let hit = existing.nearest(to: candidates[j].location), hit.distance < spacing else { continue }
            guard roles[j] != .required else {
                throw PlanningError.badArgument(
                    "\(candidates[j].name) is required, and stands \(Int(hit.distance)) m from a platform that is there; a spacing below that would be accepted"
                )
            }
            roles[j] = .forbidden
            isTooNear[j] = true
        }
        let index = GeodesicIndex(candidates.map(\.location))
        var conflicts: [SitingProblem.Conflict] = []
        // A forbidden place too: an alternative may ask what it costs.
        for j in candidates.indices where !isTooNear[j] {
            for hit in index.within(spacing, of: candidates[j].location) where hit.index > j && hit.distance < spacing && !isTooNear[hit.index] {
                conflicts.append(SitingProblem.Conflict(Int32(j), Int32(hit.index)))
            }
        }
        return conflicts
    }

    /// Throws `PlanningError.badArgument` that says what would be possible.
    func check(_ conflicts: [SitingProblem.Conflict]) throws {
        let required = roles.indices.filter { roles[$0] == .required }
        let open = roles.count { $0 != .forbidden }
        guard open > 0 else {
            throw PlanningError.badArgument(
                "all \(candidates.count) candidates of \(query.area.name) are forbidden"
                    + (query.spacing == nil
                        ? "; other candidates would be accepted"
                        : " or nearer to a platform that is there than the spacing; a smaller --spacing would be accepted"))
        }
        if let count = query.count {
            guard count <= open else {
                throw PlanningError.badArgument(
                    "--count \(count): there are \(open) candidates in \(query.area.name)"
                        + (open < candidates.count ? " (\(candidates.count - open) more are forbidden or too near to what is there)" : "")
                        + "; up to \(open) would be accepted")
            }
            guard required.count <= count else {
                throw PlanningError.badArgument("\(required.count) places are required and --count is \(count); at least \(required.count) would be accepted")
            }
        }
        if let clash = conflicts.first(where: { roles[Int($0.a)] == .required && roles[Int($0.b)] == .required }) {
            throw PlanningError.badArgument(
                "\(candidates[Int(clash.a)].name) and \(candidates[Int(clash.b)].name) are both required and nearer to each other than the spacing; a smaller spacing would be accepted"
            )
        }
    }
}
