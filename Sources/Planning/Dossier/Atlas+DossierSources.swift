internal import CiteNetwork
internal import Crypto
internal import GeoFormats
internal import GeoModel
internal import Impedance
internal import NetworkStore
internal import Population

// What the figures of a dossier rest on.
extension Atlas {
    func dossierSources(
        _ query: DossierQuery, _ plan: Dossier.Plan, _ assessment: Assessment, _ layer: PopulationLayer, _ workspace: Workspace
    ) throws -> [DossierSource] {
        var sources = [try populationSource(layer, workspace), try networkSource(query), areaSource(query, assessment), gazetteerSource]
        switch plan {
        case .proposal: sources.append(DossierSource(kind: .siting))
        case .nothing: break
        case .scenario(let scenario):
            sources.append(
                DossierSource(
                    kind: .scenario, title: scenario.name, year: scenario.asOf.description, hash: Self.hash(scenario.changes.flatMap { $0.cells.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } }.joined(separator: "\n").utf8), hashed: .changes))
        }
        return sources + [DossierSource(kind: .travelEstimate, isIndicative: true), DossierSource(kind: .heuristic), DossierSource(kind: .rules, year: "2009")]
    }

    private func populationSource(_ layer: PopulationLayer, _ workspace: Workspace) throws -> DossierSource {
        let info = layer.info
        // A layer that was imported says of what file; of one that came with the program its points are hashed.
        let imported = info.facts.first { $0.name == "sha256" }?.value
        return DossierSource(
            kind: .population, title: "\(info.title) (\(info.id))", year: info.year, publisher: info.source, licence: info.licence,
            isIndicative: info.isIndicative,
            method: info.method, hash: try imported ?? Self.hash(of: layer),
            hashed: imported == nil ? .layerPoints : .importedFile)
    }

    private func networkSource(_ query: DossierQuery) throws -> DossierSource {
        let eligible = records.eligible(query.eligibility)
        let used = Set(eligible.members.map(\.platform.provenance.source)).sorted().compactMap { records.sources[$0]?.title }
        return DossierSource(
            kind: .network, year: query.eligibility.asOf.description, publisher: used.isEmpty ? nil : used.joined(separator: "; "),
            hash: Self.hash(try store.contentLines().joined(separator: "\n").utf8), hashed: .networkRows,
            oldestVerification: eligible.oldestVerification?.description)
    }

    private func areaSource(_ query: DossierQuery, _ assessment: Assessment) -> DossierSource {
        let bases = Set(assessment.areaCodes.compactMap { areas[$0]?.basis }).sorted()
        let isFile = assessment.areaCodes.isEmpty
        return DossierSource(
            kind: .areas, title: isFile ? query.areaText.split(separator: "/").last.map(String.init) : nil, publisher: isFile ? nil : "Natural Earth",
            licence: isFile ? nil : "public domain", method: bases.isEmpty ? nil : bases.joined(separator: "; "),
            hash: Self.hash(GeoJSONWriter.geometry(assessment.geometry)), hashed: .outline)
    }

    private var gazetteerSource: DossierSource { DossierSource(kind: .gazetteer, title: "GeoNames", publisher: "geonames.org", licence: "CC BY 4.0") }

    func dossierInputs(_ query: DossierQuery, _ plan: Dossier.Plan, _ layer: PopulationLayer) throws -> DossierInputs {
        let last = try store.lastChange()
        var inputs = DossierInputs(programVersion: Program.version, lastChange: last?.number, lastChangeAt: last?.at, seed: nil, parameters: [])
        inputs.parameters = [
            ("area", query.areaText), ("as-of", query.eligibility.asOf.description), ("layer", layer.info.id), ("within", query.within.text),
            ("reaches", query.reaches.map(\.text).joined(separator: ",")), ("durations", query.durations.map(\.text).joined(separator: ",")),
        ]
        switch plan {
        case .proposal(let proposal):
            inputs.seed = proposal.seed
            inputs.parameters += [
                ("count", proposal.query.count.map(String.init) ?? ""), ("objective", proposal.query.objective.rawValue),
                ("min-people", Int(exactly: query.leastPeople).map(String.init) ?? "\(query.leastPeople)"),
                ("candidates", "\(proposal.candidates)"),
            ]
        case .scenario(let scenario): inputs.parameters.append(("scenario", scenario.id))
        case .nothing: break
        }
        if let cite = query.cite { inputs.parameters.append(("cite", cite)) }
        if let kind = query.kind { inputs.parameters.append(("kind", kind.rawValue)) }
        if let opening = query.opening { inputs.parameters.append(("opening", opening.description)) }
        return inputs
    }

    private static func hash(_ bytes: some Sequence<UInt8>) -> String { hexadecimal(SHA256.hash(data: Array(bytes))) }

    /// Of the points of a layer as they are read: their coordinates, then their people, as little-endian doubles. The file itself is no measure:
    /// opening it may change its bytes.
    private static func hash(of layer: PopulationLayer) throws -> String {
        let points = try layer.load()
        var hash = SHA256()
        points.coordinates.withUnsafeBytes { hash.update(bufferPointer: $0) }
        points.people.withUnsafeBytes { hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }

    private static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
