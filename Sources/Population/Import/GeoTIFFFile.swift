internal import CGeoTIFF
internal import Foundation
internal import GeoFormats
internal import GeoModel

/// The first image of a GeoTIFF: its pixels by blocks, where they lie, and what their values are not.
///
/// Strips and tiles, classic and BigTIFF, both byte orders, bands apart or together; whole numbers of 8 to 64 bits and floating point
/// numbers of 32 and 64, compressed by what `compressions` names. Memory is bounded by one tile, or one strip as it is compressed and one
/// line of pixels, whatever the image declares.
///
/// It owns a libtiff handle: one task at a time.
final class GeoTIFFFile {
    /// Where pixels lie: x = a·column + b·row + c, y = d·column + e·row + f, in the units of the system, at the centre of a pixel.
    struct Placement: Equatable {
        var (a, b, c): (Double, Double, Double)
        var (d, e, f): (Double, Double, Double)

        func callAsFunction(_ column: Double, _ row: Double) -> Coordinate {
            Coordinate(x: a * column + b * row + c, y: d * column + e * row + f)
        }

        static func == (l: Placement, r: Placement) -> Bool {
            [l.a, l.b, l.c, l.d, l.e, l.f] == [r.a, r.b, r.c, r.d, r.e, r.f]
        }
    }

    /// The largest tile, or line of pixels, in bytes.
    private static let largestBlock: UInt64 = 1 << 28
    private static let compressions: [(code: Int32, name: String)] = [
        (COMPRESSION_NONE, "none"), (COMPRESSION_LZW, "LZW"), (COMPRESSION_PACKBITS, "PackBits"), (COMPRESSION_ADOBE_DEFLATE, "deflate"),
        (COMPRESSION_DEFLATE, "deflate"), (COMPRESSION_LZMA, "LZMA"), (COMPRESSION_ZSTD, "ZSTD"),
    ]
    /// libgeotiff makes its tags known to libtiff once for the process.
    private static let tagsAreKnown: Void = XTIFFInitialize()

    let file: String
    let width: Int
    let height: Int
    let bands: Int
    let bits: Int
    let isFloat: Bool
    let isSigned: Bool
    let compression: String
    let isTiled: Bool
    let placement: Placement
    let isPixelPoint: Bool
    /// The EPSG code of the system; nil where the file has none.
    let epsg: Int?
    let isProjected: Bool
    /// The value that means that nothing is known, as stored.
    let noData: Double?
    /// Blocks that the file leaves out: nothing is known there.
    private(set) var missingBlocks = 0

    private let tiff: OpaquePointer
    private let message: UnsafeMutablePointer<maillage_tiff_message>
    private let fileSize: UInt64
    private let samplesAreApart: Bool
    private let checksZlib: Bool

    /// Opens a file. `name` is what errors call it; images of more pixels than `limit` are refused.
    ///
    /// Throws `PopulationError.badFile` for a file that is no TIFF, is cut, or is of a kind that is not read.
    init(path: String, name: String, limit: Int = 1 << 40) throws {
        _ = Self.tagsAreKnown
        file = name
        func fault(_ problem: String, at place: String = "") -> PopulationError { .badFile(file: name, place: place, problem: problem) }
        fileSize = UInt64((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
        message = .allocate(capacity: 1)
        message.initialize(to: maillage_tiff_message())
        guard let tiff = maillage_tiff_open(path, message, 1 << 30) else {
            let reason = Self.text(message)
            message.deallocate()
            throw fault("it is no TIFF file, or it is cut or damaged (\(reason.isEmpty ? "it cannot be opened" : reason)); it ends at byte \(fileSize)")
        }
        self.tiff = tiff
        // From here on deinit closes the file, so everything is told before the checks that throw.
        func u16(_ tag: Int32, _ standard: UInt16) -> UInt16 {
            var value = standard
            return maillage_tiff_u16(tiff, UInt32(tag), &value) == 1 ? value : standard
        }
        var (w, h): (UInt32, UInt32) = (0, 0)
        _ = maillage_tiff_u32(tiff, UInt32(TIFFTAG_IMAGEWIDTH), &w)
        _ = maillage_tiff_u32(tiff, UInt32(TIFFTAG_IMAGELENGTH), &h)
        (width, height) = (Int(w), Int(h))
        bands = Int(u16(TIFFTAG_SAMPLESPERPIXEL, 1))
        bits = Int(u16(TIFFTAG_BITSPERSAMPLE, 1))
        let format = Int32(u16(TIFFTAG_SAMPLEFORMAT, UInt16(SAMPLEFORMAT_UINT)))
        isFloat = format == SAMPLEFORMAT_IEEEFP
        isSigned = format == SAMPLEFORMAT_INT
        samplesAreApart = Int32(u16(TIFFTAG_PLANARCONFIG, UInt16(PLANARCONFIG_CONTIG))) == PLANARCONFIG_SEPARATE
        let code = Int32(u16(TIFFTAG_COMPRESSION, UInt16(COMPRESSION_NONE)))
        let known = Self.compressions.first { $0.code == code && TIFFIsCODECConfigured(UInt16($0.code)) != 0 }
        compression = known?.name ?? "\(code)"
        checksZlib = known?.name == "deflate" && Int32(u16(TIFFTAG_FILLORDER, UInt16(FILLORDER_MSB2LSB))) == FILLORDER_MSB2LSB
        isTiled = TIFFIsTiled(tiff) != 0
        let keys = Self.geoKeys(tiff)
        isPixelPoint = keys.raster == 2
        epsg = keys.projected ?? keys.geographic
        isProjected = keys.projected != nil || keys.model == 1
        let found = Self.placement(tiff, isPixelPoint: keys.raster == 2)
        placement = found ?? Placement(a: 1, b: 0, c: 0, d: 0, e: 1, f: 0)
        var (text, stored) = ([CChar](repeating: 0, count: 64), Double?.none)
        if maillage_tiff_text(tiff, 42113, &text, text.count) == 1 {
            let word = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            stored = Double(String(decoding: word, as: UTF8.self).filter { !$0.isWhitespace })
        }
        // As the pixels have it: -99999.9 is another number in single precision.
        noData = stored.map { format == SAMPLEFORMAT_IEEEFP && u16(TIFFTAG_BITSPERSAMPLE, 1) == 32 ? Double(Float($0)) : $0 }

        guard width > 0, height > 0, bands > 0 else { throw fault("it declares an image of \(width) × \(height) pixels and \(bands) bands") }
        guard width.multipliedReportingOverflow(by: height).partialValue <= limit, !width.multipliedReportingOverflow(by: height).overflow else {
            throw fault("it declares an image of \(width) × \(height) pixels; up to \(limit) pixels are read")
        }
        guard known != nil else {
            let names = Set(Self.compressions.filter { TIFFIsCODECConfigured(UInt16($0.code)) != 0 }.map(\.name)).sorted().joined(separator: ", ")
            throw fault("it is compressed by method \(code), which is not read; read are \(names)")
        }
        let isRead =
            isFloat ? [32, 64].contains(bits) : [8, 16, 32, 64].contains(bits) && format != SAMPLEFORMAT_COMPLEXINT && format != SAMPLEFORMAT_COMPLEXIEEEFP
        guard isRead else {
            throw fault("its values have \(bits) bits of sample format \(format); whole numbers of 8, 16, 32 and 64 bits and floats of 32 and 64 are read")
        }
        guard found != nil else {
            throw fault("it does not say where its pixels lie: it has neither ModelPixelScale with ModelTiepoint nor a ModelTransformation")
        }
    }

    deinit {
        TIFFClose(tiff)
        message.deallocate()
    }

    private static func text(_ message: UnsafeMutablePointer<maillage_tiff_message>) -> String {
        withUnsafeBytes(of: &message.pointee.text) { raw in
            String(decoding: raw.prefix { $0 != 0 }.filter { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
        }
    }

    private static func geoKeys(_ tiff: OpaquePointer) -> (model: Int, raster: Int, projected: Int?, geographic: Int?) {
        guard let keys = maillage_geokeys(tiff) else { return (0, 1, nil, nil) }
        defer { GTIFFree(keys) }
        func key(_ id: Int32) -> Int? {
            var value: UInt16 = 0
            return maillage_geokey(keys, id, &value) == 1 ? Int(value) : nil
        }
        // 32767 stands for a system that is described instead of named.
        func system(_ id: Int32) -> Int? { key(id).flatMap { (1024..<32_767).contains($0) ? $0 : nil } }
        let model = key(1024) ?? 0
        return (model, key(1025) ?? 1, model == 2 ? nil : system(3072), model == 1 ? nil : system(2048))
    }

    private static func placement(_ tiff: OpaquePointer, isPixelPoint: Bool) -> Placement? {
        func doubles(_ tag: Int32, atLeast needed: Int) -> [Double]? {
            var count: UInt16 = 0
            var values: UnsafeMutablePointer<Double>?
            guard maillage_tiff_doubles(tiff, UInt32(tag), &count, &values) == 1, let values, Int(count) >= needed else { return nil }
            let found = Array(UnsafeBufferPointer(start: values, count: needed))
            return found.allSatisfy(\.isFinite) ? found : nil
        }
        var placement: Placement
        if let m = doubles(TIFFTAG_GEOTRANSMATRIX, atLeast: 16) {
            placement = Placement(a: m[0], b: m[1], c: m[3], d: m[4], e: m[5], f: m[7])
        } else if let scale = doubles(TIFFTAG_GEOPIXELSCALE, atLeast: 2), let tie = doubles(TIFFTAG_GEOTIEPOINTS, atLeast: 6) {
            placement = Placement(a: scale[0], b: 0, c: tie[3] - tie[0] * scale[0], d: 0, e: -scale[1], f: tie[4] + tie[1] * scale[1])
        } else {
            return nil
        }
        guard placement.a * placement.e - placement.b * placement.d != 0 else { return nil }
        if !isPixelPoint {
            placement.c += (placement.a + placement.b) / 2
            placement.f += (placement.d + placement.e) / 2
        }
        return placement
    }

    private func fault(_ place: String, _ problem: String) -> PopulationError { .badFile(file: file, place: place, problem: problem) }

    /// What libtiff said last, in parentheses.
    private func reason() -> String {
        let text = Self.text(message)
        message.pointee.text.0 = 0
        return text.isEmpty ? "" : " (\(text))"
    }

    /// The bits of one sample become a number; chosen outside the loops.
    private func convert(_ raw: UnsafeRawPointer, first: Int, stride: Int, count: Int, into out: UnsafeMutablePointer<Double>) {
        @inline(__always) func run<T>(_: T.Type, _ value: (T) -> Double) {
            let samples = raw.assumingMemoryBound(to: T.self)
            for i in 0..<count { out[i] = value(samples[first + i * stride]) }
        }
        switch (isFloat, isSigned, bits) {
        case (true, _, 32): run(Float.self) { Double($0) }
        case (true, _, _): run(Double.self) { $0 }
        case (_, true, 8): run(Int8.self) { Double($0) }
        case (_, true, 16): run(Int16.self) { Double($0) }
        case (_, true, 32): run(Int32.self) { Double($0) }
        case (_, true, _): run(Int64.self) { Double($0) }
        case (_, _, 8): run(UInt8.self) { Double($0) }
        case (_, _, 16): run(UInt16.self) { Double($0) }
        case (_, _, 32): run(UInt32.self) { Double($0) }
        default: run(UInt64.self) { Double($0) }
        }
    }

    /// Calls `body` with each run of pixels of a band (from 0): its first column, its row, and the values; strips line by line, tiles one by one.
    ///
    /// Throws `PopulationError.badFile` naming the strip or tile, and the byte, where the file is cut or damaged; and what `body` throws.
    func forEachRun(band: Int, progress: (Double) -> Void, _ body: (Int, Int, UnsafeBufferPointer<Double>) throws -> Void) throws {
        try isTiled ? forEachTile(band, progress, body) : forEachLine(band, progress, body)
    }

    /// Whether a strip or tile is there; throws where it does not lie in the file.
    private func isPresent(_ index: UInt32, _ kind: String) throws -> Bool {
        let (offset, count) = (TIFFGetStrileOffset(tiff, index), TIFFGetStrileByteCount(tiff, index))
        if offset == 0, count == 0 {
            missingBlocks += 1
            return false
        }
        guard offset >= 8, count > 0, offset <= fileSize, count <= fileSize - offset else {
            let end = offset.addingReportingOverflow(count)
            throw fault(
                "\(kind) \(index)",
                "it is said to lie at the bytes \(offset) to \(end.overflow ? "-" : "\(end.partialValue)"), "
                    + "and the file ends at byte \(fileSize): it has been cut or damaged")
        }
        if checksZlib {
            guard count < 1 << 30 else { throw fault("\(kind) \(index)", "it has \(count) bytes; up to \(1 << 30) are read") }
            let fault = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Int(count)) { buffer -> String? in
                let read =
                    isTiled
                    ? TIFFReadRawTile(tiff, index, buffer.baseAddress, tmsize_t(count)) : TIFFReadRawStrip(tiff, index, buffer.baseAddress, tmsize_t(count))
                guard read == count else { return "it cannot be read" + reason() }
                return Zlib.fault(UnsafeBufferPointer(buffer))
            }
            if let fault { throw self.fault("\(kind) \(index), at byte \(offset)", "the compressed data are cut or damaged (\(fault))") }
        }
        return true
    }

    private func forEachTile(_ band: Int, _ progress: (Double) -> Void, _ body: (Int, Int, UnsafeBufferPointer<Double>) throws -> Void) throws {
        var (w, h): (UInt32, UInt32) = (0, 0)
        _ = maillage_tiff_u32(tiff, UInt32(TIFFTAG_TILEWIDTH), &w)
        _ = maillage_tiff_u32(tiff, UInt32(TIFFTAG_TILELENGTH), &h)
        let (tileWidth, tileHeight) = (Int(w), Int(h))
        let size = TIFFTileSize64(tiff)
        guard tileWidth > 0, tileHeight > 0, size > 0, size <= Self.largestBlock else {
            throw fault("", "it declares tiles of \(tileWidth) × \(tileHeight) pixels; tiles of up to \(Self.largestBlock >> 20) MB are read")
        }
        let stride = samplesAreApart ? 1 : bands
        guard size == UInt64(tileWidth) * UInt64(tileHeight) * UInt64(stride) * UInt64(bits / 8) else {
            throw fault("", "its tiles do not have the size of their pixels; it is damaged")
        }
        let raw = UnsafeMutableRawPointer.allocate(byteCount: Int(size), alignment: 16)
        let values = UnsafeMutablePointer<Double>.allocate(capacity: tileWidth)
        defer {
            raw.deallocate()
            values.deallocate()
        }
        let first = samplesAreApart ? 0 : band
        let across = (width + tileWidth - 1) / tileWidth
        let down = (height + tileHeight - 1) / tileHeight
        let plane = samplesAreApart ? band * across * down : 0
        guard across * down * (samplesAreApart ? bands : 1) <= Int(TIFFNumberOfTiles(tiff)) else { throw fault("", "it has fewer tiles than its image needs") }
        for ty in 0..<down {
            progress(Double(ty) / Double(down))
            for tx in 0..<across {
                let index = UInt32(plane + ty * across + tx)
                guard try isPresent(index, "tile") else { continue }
                message.pointee.text.0 = 0
                guard TIFFReadEncodedTile(tiff, index, raw, tmsize_t(size)) == tmsize_t(size) else {
                    throw fault("tile \(index), at byte \(TIFFGetStrileOffset(tiff, index))", "it cannot be read: it is cut or damaged" + reason())
                }
                let count = min(tileWidth, width - tx * tileWidth)
                for y in 0..<min(tileHeight, height - ty * tileHeight) {
                    convert(raw, first: y * tileWidth * stride + first, stride: stride, count: count, into: values)
                    try body(tx * tileWidth, ty * tileHeight + y, UnsafeBufferPointer(start: values, count: count))
                }
            }
        }
        progress(1)
    }

    private func forEachLine(_ band: Int, _ progress: (Double) -> Void, _ body: (Int, Int, UnsafeBufferPointer<Double>) throws -> Void) throws {
        let size = TIFFScanlineSize64(tiff)
        let stride = samplesAreApart ? 1 : bands
        guard size > 0, size <= Self.largestBlock else {
            throw fault("", "it declares lines of \(width) pixels; lines of up to \(Self.largestBlock >> 20) MB are read")
        }
        guard size == UInt64(width) * UInt64(stride) * UInt64(bits / 8) else {
            throw fault("", "its lines do not have the size of their pixels; it is damaged")
        }
        var rows: UInt32 = UInt32.max
        _ = maillage_tiff_u32(tiff, UInt32(TIFFTAG_ROWSPERSTRIP), &rows)
        guard rows > 0 else { throw fault("", "it declares strips without rows") }
        let rowsPerStrip = min(Int(rows), height)
        let strips = (height + rowsPerStrip - 1) / rowsPerStrip
        guard strips * (samplesAreApart ? bands : 1) <= Int(TIFFNumberOfStrips(tiff)) else { throw fault("", "it has fewer strips than its image needs") }
        let raw = UnsafeMutableRawPointer.allocate(byteCount: Int(size), alignment: 16)
        let values = UnsafeMutablePointer<Double>.allocate(capacity: width)
        defer {
            raw.deallocate()
            values.deallocate()
        }
        let first = samplesAreApart ? 0 : band
        for strip in 0..<strips {
            progress(Double(strip) / Double(strips))
            let index = UInt32((samplesAreApart ? band * strips : 0) + strip)
            guard try isPresent(index, "strip") else { continue }
            message.pointee.text.0 = 0
            for row in (strip * rowsPerStrip)..<min(height, (strip + 1) * rowsPerStrip) {
                guard TIFFReadScanline(tiff, raw, UInt32(row), UInt16(samplesAreApart ? band : 0)) == 1 else {
                    throw fault(
                        "strip \(index), at byte \(TIFFGetStrileOffset(tiff, index)), row \(row)", "it cannot be read: it is cut or damaged" + reason())
                }
                convert(raw, first: first, stride: stride, count: width, into: values)
                try body(0, row, UnsafeBufferPointer(start: values, count: width))
            }
        }
        progress(1)
    }
}
