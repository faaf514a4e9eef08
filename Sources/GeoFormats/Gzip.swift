internal import CZlib

/// Data compressed with gzip (RFC 1952), of one member or several on end.
package enum Gzip {
    /// Whether the bytes begin as gzip data do.
    package static func isCompressed(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

    /// The bytes that were compressed, O(n).
    ///
    /// - Parameter limit: the most bytes that are accepted, so that a small file cannot fill the memory.
    /// Throws `FormatError` for bytes that are not gzip data, are damaged, end before their end, or hold more than `limit`.
    package static func inflate(_ bytes: [UInt8], limit: Int = 1 << 29) throws(FormatError) -> [UInt8] {
        guard isCompressed(bytes) else { throw FormatError("gzip", at: "byte 0", "it does not begin as gzip data do (1F 8B)") }
        guard bytes.count <= Int(UInt32.max) else { throw FormatError("gzip", at: "", "files over 4 GB are not read") }
        var output: [UInt8] = []
        let outcome: Outcome = bytes.withUnsafeBufferPointer { input in
            var stream = z_stream()
            // 15 bits of window, and 16 for a gzip header with its check sum.
            guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return .failed(0, "out of memory") }
            defer { inflateEnd(&stream) }
            // zlib does not write to its input; the pointer is mutable in its header only.
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(input.count)
            var chunk = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let code = chunk.withUnsafeMutableBufferPointer { buffer in
                    stream.next_out = buffer.baseAddress
                    stream.avail_out = UInt32(buffer.count)
                    return CZlib.inflate(&stream, Z_NO_FLUSH)
                }
                let place = input.count - Int(stream.avail_in)
                output.append(contentsOf: chunk[..<(chunk.count - Int(stream.avail_out))])
                if output.count > limit { return .tooLarge }
                switch code {
                case Z_OK where stream.avail_in > 0 || stream.avail_out == 0: continue
                case Z_OK, Z_BUF_ERROR: return .cut(place)
                case Z_STREAM_END:
                    // Bytes that only fill a block up are no member.
                    let rest = input[place...]
                    guard rest.contains(where: { $0 != 0 }) else { return .whole }
                    guard inflateReset(&stream) == Z_OK else { return .failed(place, "out of memory") }
                default: return .failed(place, stream.msg.map { String(cString: $0) } ?? "zlib error \(code)")
                }
            }
        }
        switch outcome {
        case .whole: return output
        case .cut(let place): throw FormatError("gzip", at: "byte \(place)", "the data end before their end; the file has been cut")
        case .tooLarge: throw FormatError("gzip", at: "", "it holds more than \(limit) bytes, the most that are read")
        case .failed(let place, let reason): throw FormatError("gzip", at: "byte \(place)", "the data are damaged (\(reason))")
        }
    }

    private enum Outcome { case whole, tooLarge, cut(Int), failed(Int, String) }
}
