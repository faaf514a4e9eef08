internal import CiteNetwork
internal import Crypto
internal import Foundation
internal import GeoFormats
internal import GeoModel
internal import Geodesy
internal import NetworkStore
internal import Population

extension Workspace {
    private enum FileKind { case raster, package, geoJSON, text }

    /// Makes a population layer of a file, all or nothing: the layer is built beside its place and moved there when it is whole.
    ///
    /// - Parameter progress: the share of the file that is read, and the points so far.
    /// Throws `PlanningError` for a layer that exists, a file that is not there or a bad id; `PopulationError`, `FormatError`,
    /// `GeoPackageError` for a file that is cut, damaged or has bad rows. The workspace then stays as it was.
    package func importPopulation(_ request: PopulationImport, progress: @escaping (Double, Int) -> Void) throws -> PopulationImportReport {
        let manager = FileManager.default
        var isFolder: ObjCBool = false
        guard manager.fileExists(atPath: request.file, isDirectory: &isFolder) else { throw PlanningError.notFound("\(request.file): no such file") }
        guard !isFolder.boolValue else {
            throw PlanningError.badContent("\(request.file) is a folder; a file would be accepted: .csv, .csv.gz, .gpkg, .geojson, .tif, .tif.gz")
        }
        let name = (request.file as NSString).lastPathComponent
        let id = try layerID(request, name)
        let path = "\(populationFolder)/\(id).gpkg"
        try manager.createDirectory(atPath: populationFolder, withIntermediateDirectories: true)
        InterruptedImport.removeAbandoned(in: populationFolder)

        let partial = PopulationLayerWriter.partialPath(of: path)
        let inflated = partial + ".inflated"
        return try InterruptedImport.removing(["", "-wal", "-shm", "-journal"].map { partial + $0 } + [inflated]) {
            defer { try? manager.removeItem(atPath: inflated) }
            do {
                let (kind, readable) = try prepare(request.file, inflated)
                do {
                    return try build(request, id, path, name, kind, readable, progress)
                } catch {
                    // Bad rows of a damaged file tell of the damage, which comes first.
                    if readable == request.file { try Self.checkGzip(request.file) }
                    throw error
                }
            } catch let error as FormatError {
                throw PlanningError.badContent("\(name): \(error)")
            } catch let error as GeodesyError {
                throw PlanningError.badArgument("\(name): \(error)")
            }
        }
    }

    private func layerID(_ request: PopulationImport, _ name: String) throws -> String {
        var id = request.id ?? ""
        if request.id == nil {
            var stem = name.lowercased()
            for ending in [".gz", ".csv", ".tsv", ".txt", ".tif", ".tiff", ".gpkg", ".geojson", ".json"] where stem.hasSuffix(ending) {
                stem = String(stem.dropLast(ending.count))
            }
            id = String(stem.map { ($0.isASCII && ($0.isLetter || $0.isNumber)) || "._-".contains($0) ? $0 : "-" }.prefix(64))
        }
        guard id.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]{0,63}/) != nil, !id.contains(".partial-") else {
            throw PlanningError.badArgument("'\(id)' is no id of a layer; expected letters, digits and . _ -, such as insee-2021 (--id)")
        }
        if !request.replacesLayer, layerIDs().contains(id) {
            throw PlanningError.badArgument("there is a layer '\(id)' already; --replace puts this one in its place, --id gives it another name")
        }
        return id
    }

    /// The kind of a file by its first bytes, and the path under which it is read: that of an inflated copy where its reader needs to seek.
    private func prepare(_ path: String, _ inflated: String) throws -> (FileKind, String) {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw PlanningError.unavailable("\(path) cannot be read") }
        defer { try? handle.close() }
        func piece() throws -> [UInt8] { Array(try handle.read(upToCount: 1 << 18) ?? Data()) }
        var head = try piece()
        guard !head.isEmpty else { throw PlanningError.badContent("\((path as NSString).lastPathComponent): the file is empty") }
        guard Gzip.isCompressed(head) else { return (Self.kind(head), path) }
        try handle.seek(toOffset: 0)
        let stream = try GzipStream(piece)
        head = try stream.next()
        let kind = Self.kind(head)
        guard kind == .raster || kind == .package else { return (kind, path) }
        guard FileManager.default.createFile(atPath: inflated, contents: nil), let copy = FileHandle(forWritingAtPath: inflated) else {
            throw PlanningError.unavailable("\(inflated) cannot be written")
        }
        defer { try? copy.close() }
        while !head.isEmpty {
            try copy.write(contentsOf: head)
            head = try stream.next()
        }
        return (kind, inflated)
    }

    /// Reads a file of gzip data to its end, and any other not at all. Throws `FormatError` with the byte where the data are cut or damaged.
    private static func checkGzip(_ path: String) throws {
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        defer { try? handle.close() }
        guard Gzip.isCompressed(Array(try handle.read(upToCount: 2) ?? Data())) else { return }
        try handle.seek(toOffset: 0)
        let stream = try GzipStream { Array(try handle.read(upToCount: 1 << 18) ?? Data()) }
        while try !stream.next().isEmpty {}
    }

    private static func kind(_ head: [UInt8]) -> FileKind {
        if [[0x49, 0x49, 42, 0], [0x4D, 0x4D, 0, 42], [0x49, 0x49, 43, 0], [0x4D, 0x4D, 0, 43]].contains(where: { head.starts(with: $0) }) {
            return .raster
        }
        if head.starts(with: Array("SQLite format 3\0".utf8)) { return .package }
        let text = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        return text.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{") ? .geoJSON : .text
    }

    private func build(
        _ request: PopulationImport, _ id: String, _ path: String, _ name: String, _ kind: FileKind, _ readable: String,
        _ progress: @escaping (Double, Int) -> Void
    ) throws -> PopulationImportReport {
        let atlas = try Atlas(store: openStore(), for: .officer)
        let areas = try AreaOfPeople(atlas)
        let hash = try Self.hash(of: request.file)
        var reader = try Reader(kind, readable, name, request.options, atlas)
        var report: PopulationImportReport?
        func run(_ writer: PopulationLayerWriter?) throws -> PopulationLayerInfo {
            let collector = PeopleCollector(
                areas: areas, writer: writer, skipsBadRows: request.skipsBadRows, file: name, source: reader.source, isRaster: kind == .raster,
                statesDensity: request.options.densityClass != nil, tell: progress)
            try reader.read(into: collector)
            try collector.endWithRefusals()
            guard collector.points > 0 else {
                throw PlanningError.badContent("\(name): nobody lives in it: \(collector.rows) rows, all of them empty or refused; nothing was stored")
            }
            try collector.classify(isKilometreGrid: reader.source.isKilometreGrid)
            let made = ImportSummary(atlas: atlas, areas: areas, collector: collector, source: reader.source, isDensity: request.options.isDensity)
                .report(request, id: id, file: name, hash: hash)
            report = made
            return Self.info(request, made, reader.source.grid)
        }
        if request.isDryRun {
            _ = try run(nil)
        } else {
            try PopulationLayerWriter.write(to: path, title: request.title ?? id, attributes: request.options.attributes.map(\.name), run)
        }
        return report!
    }

    private static func hash(of path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { throw PlanningError.unavailable("\(path) cannot be read") }
        defer { try? handle.close() }
        var hasher = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hasher.update(data: piece) }
        return hasher.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func info(_ request: PopulationImport, _ report: PopulationImportReport, _ grid: CellGrid?) -> PopulationLayerInfo {
        let stated = PopulationLayerInfo.notStated
        typealias Fact = PopulationLayerInfo.Fact
        var method = report.format + "; " + report.taken.joined(separator: "; ")
        if report.densities.contains(where: { $0.density != .unknown }), request.options.densityClass == nil {
            method += "; density class: Eurostat's degree of urbanisation, computed on the grid of 1 km"
        }
        return PopulationLayerInfo(
            id: report.id, title: request.title ?? report.id, year: request.year ?? stated, source: request.source ?? stated,
            licence: request.licence ?? stated, isIndicative: false, method: method, countries: report.countries,
            facts: [
                Fact("file", report.file), Fact("sha256", report.fileHash), Fact("options", request.options.text), Fact("imported", request.importedAt),
                Fact("rows", "\(report.rows)"), Fact("emptyRows", "\(report.emptyRows)"), Fact("refusedRows", "\(report.refusedRows)"),
                Fact("points", "\(report.points)"), Fact("people", "\(report.people)"),
            ] + (grid?.facts ?? []))
    }

    /// The reader that a kind of file has.
    private enum Reader {
        case text(DelimitedReader)
        case features(FeatureReader)
        case raster(RasterReader)

        init(_ kind: FileKind, _ path: String, _ name: String, _ options: ImportOptions, _ atlas: Atlas) throws {
            switch kind {
            case .text: self = .text(try DelimitedReader(path: path, options: options))
            case .raster: self = .raster(try RasterReader(path: path, name: name, options: options))
            case .package, .geoJSON:
                self = .features(
                    try FeatureReader(path: path, name: name, isPackage: kind == .package, options: options) { box in
                        try atlas.store.localities(inside: box).map {
                            PolygonPlacement.Settlement(id: $0.id, location: $0.location, people: $0.population)
                        }
                    })
            }
        }

        var source: DemandSource {
            switch self {
            case .text(let r): r.source
            case .features(let r): r.source
            case .raster(let r): r.source
            }
        }

        mutating func read(into sink: PeopleCollector) throws {
            switch self {
            case .text(let r): try r.read(into: sink)
            case .features(let r): try r.read(into: sink)
            case .raster(let r): try r.read(into: sink)
            }
        }
    }
}
