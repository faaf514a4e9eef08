internal import CZlib

extension Gzip {
    /// The bytes as one gzip member without a name or a time, so that the same bytes give the same data. O(n).
    ///
    /// - Parameter level: 1 (fastest) to 9 (smallest).
    package static func deflate(_ bytes: [UInt8], level: Int = 9) -> [UInt8] {
        precondition((1...9).contains(level) && bytes.count <= Int(UInt32.max))
        var stream = z_stream()
        // 15 bits of window, and 16 for a gzip header with its check sum.
        let made = deflateInit2_(&stream, Int32(level), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(made == Z_OK, "zlib: out of memory")
        defer { deflateEnd(&stream) }
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
        let code = bytes.withUnsafeBufferPointer { input in
            output.withUnsafeMutableBufferPointer { target in
                // zlib does not write to its input; the pointer is mutable in its header only.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                return CZlib.deflate(&stream, Z_FINISH)
            }
        }
        precondition(code == Z_STREAM_END, "deflateBound is the most that deflate writes")
        output.removeLast(Int(stream.avail_out))
        return output
    }
}
