import GeoFormats
import Testing

@Suite struct GzipTests {
    /// "maillage " a thousand times.
    private let sample: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 198, 177, 9, 0, 48, 8, 0, 176, 87, 124, 205, 65, 68, 208, 255, 215, 254, 81, 146, 41, 151, 179, 155, 93, 113, 34,
        34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 34, 255, 230, 1, 254, 194, 128, 188, 40, 35, 0, 0,
    ]

    private var text: [UInt8] { (0..<1000).flatMap { _ in Array("maillage ".utf8) } }

    @Test func `what was compressed comes back, of one member or several`() throws {
        #expect(try Gzip.inflate(sample) == text)
        #expect(try Gzip.inflate(sample + sample) == text + text)
        #expect(try Gzip.inflate(sample + [0, 0, 0]) == text)
    }

    @Test func `data cut anywhere are refused`() {
        for end in 2..<sample.count {
            let error = #expect(throws: FormatError.self) { try Gzip.inflate(Array(sample[..<end])) }
            #expect(error?.problem.contains("cut") == true, "\(end): \(String(describing: error))")
        }
    }

    @Test func `data damaged anywhere behind the header are refused`() {
        for i in 10..<sample.count {
            var bytes = sample
            bytes[i] ^= 0x55
            #expect(throws: FormatError.self) { try Gzip.inflate(bytes) }
        }
    }

    @Test func `more than the limit, and what is not gzip data, is refused`() {
        let bomb = #expect(throws: FormatError.self) { try Gzip.inflate(sample, limit: 8_999) }
        #expect(bomb?.problem.contains("more than 8999 bytes") == true)
        #expect((try? Gzip.inflate(sample, limit: 9_000)) == text)
        #expect(throws: FormatError.self) { try Gzip.inflate(Array("code,place".utf8)) }
        #expect(throws: FormatError.self) { try Gzip.inflate([]) }
    }
}

extension GzipTests {
    @Test(arguments: [0, 1, 9000, 300_000]) func `what is compressed here comes back, and is the same bytes each time`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        for level in [1, 9] {
            let data = Gzip.deflate(bytes, level: level)
            #expect(try Gzip.inflate(data) == bytes)
            #expect(data == Gzip.deflate(bytes, level: level))
        }
    }
}
