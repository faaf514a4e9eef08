internal import Foundation

/// Files that people hand in.
package enum InputFile {
    /// The bytes of a file. Throws `PlanningError.notFound` for one that is not there, `badContent` for a folder or one that is too large,
    /// which is told before it is read.
    ///
    /// - Parameter otherwise: what would be accepted instead of one that is too large.
    package static func read(_ path: String, atMost limit: Int, otherwise: String? = nil) throws -> [UInt8] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { throw PlanningError.notFound("\(path): no such file") }
        guard !isFolder.boolValue else { throw PlanningError.badContent("\(path) is a folder; a file would be accepted") }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
        guard size <= limit else {
            throw PlanningError.badContent("\(path) has \(size >> 20) MB; files of up to \(limit >> 20) MB are read" + (otherwise.map { "; \($0)" } ?? ""))
        }
        if size > 0, let handle = FileHandle(forReadingAtPath: path) {
            // Straight into the array: two copies of a large file would be in memory otherwise.
            var bytes: [UInt8] = []
            bytes.reserveCapacity(size)
            while let part = try? handle.read(upToCount: 1 << 20), !part.isEmpty { bytes.append(contentsOf: part) }
            return bytes
        }
        guard let data = FileManager.default.contents(atPath: path) else { throw PlanningError.notFound("\(path) cannot be read") }
        return Array(data)
    }
}
