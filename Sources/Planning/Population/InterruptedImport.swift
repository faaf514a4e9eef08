internal import Foundation
#if canImport(Glibc)
internal import Glibc
#endif

/// What is left of imports that did not come to their end.
enum InterruptedImport {
    /// The files of a folder that processes were building which are no more, in order of name; not what a living one is building.
    static func abandoned(in folder: String) -> [String] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return entries.sorted().filter { entry in
            guard let mark = entry.range(of: ".partial-"), let process = pid_t(entry[mark.upperBound...].prefix { $0.isNumber }) else { return false }
            return kill(process, 0) != 0 && errno == ESRCH
        }
    }

    /// Removes what `abandoned` names.
    static func removeAbandoned(in folder: String) {
        for entry in abandoned(in: folder) { try? FileManager.default.removeItem(atPath: "\(folder)/\(entry)") }
    }

    // Written before the handler is set, on the one thread that imports; the handler only reads them.
    nonisolated(unsafe) private static var paths: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// Runs `body`; where a signal ends the program in the meantime, the files named are removed first.
    static func removing<T>(_ files: [String], ifInterruptedDuring body: () throws -> T) rethrows -> T {
        let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: files.count + 1)
        for (i, file) in files.enumerated() { list[i] = strdup(file) }
        list[files.count] = nil
        paths = list
        let before = signals.map { number in
            signal(number) { number in
                // Only what is safe in a handler: no allocation, no lock.
                var next = InterruptedImport.paths
                while let path = next?.pointee {
                    unlink(path)
                    next = next.map { $0 + 1 }
                }
                signal(number, SIG_DFL)
                raise(number)
            }
        }
        defer {
            for (number, handler) in zip(signals, before) { signal(number, handler) }
            paths = nil
            for i in files.indices { free(list[i]) }
            list.deallocate()
        }
        return try body()
    }
}
