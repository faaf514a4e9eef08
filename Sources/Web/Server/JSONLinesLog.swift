package import Logging
import GeoFormats
import GeoModel
#if canImport(Glibc)
import Glibc
#endif

/// Writes log records on standard error, one a line: as JSON, or as text for people.
///
/// Neither the addresses of clients nor what they ask for are ever handed to it.
package struct JSONLinesLog: LogHandler {
    package enum Form: String, Sendable, CaseIterable { case text, json }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let label: String
    private let form: Form

    package init(_ label: String, form: Form, level: Logger.Level) {
        self.label = label
        self.form = form
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata.merging(event.metadata ?? [:]) { $1 }
        // The request's own id stands in its place.
        all["hb.request.id"] = nil
        let now = Self.now
        let time = HTTPDate.instant(now.seconds).dropLast() + ".\(String(1000 + now.milliseconds).dropFirst())Z"
        var line: [UInt8]
        switch form {
        case .json:
            var members: Properties = ["time": .string(String(time)), "level": .string(event.level.rawValue), "message": .string(event.message.description)]
            for (key, value) in all.sorted(by: { $0.key < $1.key }) { members.append(key, Self.json(value)) }
            line = PropertyValue.object(members).json
        case .text:
            let words = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
            line = Array("\(time) \(event.level.rawValue) \(event.message)\(words)".utf8)
            // A line stays a line, whatever an error says.
            for i in line.indices where line[i] < 0x20 { line[i] = 0x20 }
        }
        line.append(0x0A)
        // One call a line: the system keeps lines of up to a page whole.
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private static var now: (seconds: Int, milliseconds: Int) {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return (time.tv_sec, time.tv_nsec / 1_000_000)
    }

    private static func json(_ value: Logger.MetadataValue) -> PropertyValue {
        switch value {
        case .string(let text): .string(text)
        case .stringConvertible(let number as Int): .integer(Int64(number))
        case .stringConvertible(let number as Double): .number(number)
        case .stringConvertible(let other): .string(other.description)
        case .array(let values): .array(values.map(json))
        case .dictionary(let values): .object(Properties(values.sorted { $0.key < $1.key }.map { ($0.key, json($0.value)) }))
        }
    }
}
