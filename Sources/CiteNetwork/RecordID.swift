/// The ids that people give to records and type again.
package enum RecordID {
    package static let acceptedForm = "up to 80 small letters a to z, digits and . _ - that begin with a letter or digit, such as 'nimes-ales'"

    package static func isValid(_ id: String) -> Bool {
        func isAlphanumeric(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) }
        guard let first = id.utf8.first, isAlphanumeric(first), id.utf8.count <= 80 else { return false }
        return id.utf8.allSatisfy { isAlphanumeric($0) || [0x2E, 0x5F, 0x2D].contains($0) }
    }
}
