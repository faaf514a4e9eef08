import HTTPTypes

/// What a route gives: bytes of a media type, and how long they hold.
struct Answer: Sendable {
    enum Caching: Sendable {
        /// May be kept, and is asked about before each use: what was edited is seen at once.
        case revalidate
        /// May be used for so many seconds without asking.
        case seconds(Int)
        /// Never kept.
        case never

        var header: String {
            switch self {
            case .revalidate: "public, max-age=0, must-revalidate"
            case .seconds(let seconds): "public, max-age=\(seconds)"
            case .never: "no-store"
            }
        }
    }

    var status: HTTPResponse.Status = .ok
    var type: String
    var bytes: [UInt8]
    var headers: HTTPFields = [:]
    var caching = Caching.revalidate
    /// The instant of the state that it tells, in seconds since 1970.
    var lastModified: Int?

    init(_ bytes: [UInt8], type: String, caching: Caching = .revalidate) {
        self.bytes = bytes
        self.type = type
        self.caching = caching
    }

    init(text: String, caching: Caching = .never) { self.init(Array(text.utf8), type: Representation.text.type, caching: caching) }
}
