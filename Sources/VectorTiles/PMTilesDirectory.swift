internal import GeoFormats

/// A directory of a PMTiles archive: entries in the order of their identifiers, written as five columns of varints (section 4 of the format).
struct PMTilesDirectory: Sendable {
    struct Entry: Hashable, Sendable {
        /// The identifier of the first tile.
        var identifier: UInt64
        /// From the start of the tiles, or of the leaf directories.
        var offset: Int
        var length: Int
        /// How many tiles on end have this content; 0 for a leaf directory.
        var run: Int
    }

    var entries: [Entry] = []

    /// The columns, compressed.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendVarint(UInt64(entries.count))
        var last: UInt64 = 0
        for entry in entries {
            bytes.appendVarint(entry.identifier - last)
            last = entry.identifier
        }
        for entry in entries { bytes.appendVarint(UInt64(entry.run)) }
        for entry in entries { bytes.appendVarint(UInt64(entry.length)) }
        for (i, entry) in entries.enumerated() {
            // 0 says: right behind the entry before.
            let follows = i > 0 && entry.offset == entries[i - 1].offset + entries[i - 1].length
            bytes.appendVarint(follows ? 0 : UInt64(entry.offset + 1))
        }
        return Gzip.deflate(bytes)
    }

    init(_ entries: [Entry]) { self.entries = entries }

    /// - Parameter bytes: the columns, not compressed.
    init(reading bytes: [UInt8]) throws(FormatError) {
        var reader = ProtobufReader(bytes, format: "PMTiles")
        let count = try reader.varint()
        // Four columns of at least one byte each.
        guard count <= UInt64(bytes.count / 4) else { throw reader.error("a directory of \(count) entries in \(bytes.count) bytes") }
        entries = Array(repeating: Entry(identifier: 0, offset: 0, length: 0, run: 0), count: Int(count))
        var last: UInt64 = 0
        for i in entries.indices {
            let (sum, overflow) = last.addingReportingOverflow(try reader.varint())
            guard !overflow, i == 0 || sum > last else { throw reader.error("entry \(i) is not behind the one before") }
            last = sum
            entries[i].identifier = sum
        }
        func number(_ reader: inout ProtobufReader) throws(FormatError) -> Int {
            let value = try reader.varint()
            guard value < 1 << 48 else { throw reader.error("\(value) is no length or offset") }
            return Int(value)
        }
        for i in entries.indices { entries[i].run = try number(&reader) }
        for i in entries.indices { entries[i].length = try number(&reader) }
        for i in entries.indices {
            let offset = try number(&reader)
            guard i > 0 || offset > 0 else { throw reader.error("the first entry has no offset") }
            entries[i].offset = offset == 0 ? entries[i - 1].offset + entries[i - 1].length : offset - 1
        }
    }

    /// The entry that holds a tile, or the leaf directory where it would be. O(log n).
    func entry(of identifier: UInt64) -> Entry? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].identifier <= identifier { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let found = entries[low - 1]
        return found.run == 0 || identifier - found.identifier < UInt64(found.run) ? found : nil
    }
}
