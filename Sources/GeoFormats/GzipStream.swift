internal import CZlib

/// Inflates gzip data (RFC 1952, of one member or several) piece by piece, so that a large file is never whole in memory.
///
/// It owns a zlib stream: one task at a time.
package final class GzipStream {
    private let source: () throws -> [UInt8]
    private let stream: UnsafeMutablePointer<z_stream>
    private var input: [UInt8] = []
    private var used = 0
    /// Bytes of compressed data taken by zlib before `input`.
    private var before = 0
    private var isAtMemberEnd = false
    private var hasEnded = false

    /// - Parameter source: the next piece of compressed data, empty at the end.
    package init(_ source: @escaping () throws -> [UInt8]) throws {
        self.source = source
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            stream.deallocate()
            throw FormatError("gzip", at: "", "out of memory")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// The next piece of the data, empty at their end. Throws `FormatError` with the byte of the compressed data, or what `source` throws.
    package func next() throws -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 1 << 18)
        while !hasEnded {
            if used == input.count {
                before += used
                (input, used) = (try source(), 0)
                if input.isEmpty {
                    guard isAtMemberEnd else { throw FormatError("gzip", at: "byte \(before)", "the data end before their end; the file has been cut") }
                    hasEnded = true
                    break
                }
            }
            if isAtMemberEnd {
                // Bytes that only fill a block up are no member.
                while used < input.count, input[used] == 0 { used += 1 }
                guard used < input.count else { continue }
                guard inflateReset(stream) == Z_OK else { throw FormatError("gzip", at: "", "out of memory") }
                isAtMemberEnd = false
            }
            let code = input.withUnsafeBufferPointer { source in
                chunk.withUnsafeMutableBufferPointer { target in
                    // zlib does not write to its input; the pointer is mutable in its header only.
                    stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress! + used)
                    stream.pointee.avail_in = UInt32(source.count - used)
                    stream.pointee.next_out = target.baseAddress
                    stream.pointee.avail_out = UInt32(target.count)
                    return CZlib.inflate(stream, Z_NO_FLUSH)
                }
            }
            used = input.count - Int(stream.pointee.avail_in)
            let made = chunk.count - Int(stream.pointee.avail_out)
            switch code {
            case Z_OK, Z_BUF_ERROR: break
            case Z_STREAM_END: isAtMemberEnd = true
            default:
                let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib error \(code)"
                throw FormatError("gzip", at: "byte \(before + used)", "the data are damaged (\(reason))")
            }
            if made > 0 { return Array(chunk[..<made]) }
        }
        return []
    }
}

/// Data compressed with zlib (RFC 1950), as in TIFF files.
package enum Zlib {
    /// Why the data are not whole: cut, damaged, or of another check sum than they state. Nil where they are sound. O(n).
    package static func fault(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return "out of memory" }
        defer { inflateEnd(&stream) }
        guard bytes.count <= Int(UInt32.max) else { return "more than 4 GB in one piece" }
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.avail_in = UInt32(bytes.count)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let code = chunk.withUnsafeMutableBufferPointer { target in
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return CZlib.inflate(&stream, Z_NO_FLUSH)
            }
            switch code {
            case Z_OK: continue
            case Z_STREAM_END: return nil
            case Z_BUF_ERROR: return "the data end before their end"
            default: return stream.msg.map { String(cString: $0) } ?? "zlib error \(code)"
            }
        }
    }
}
