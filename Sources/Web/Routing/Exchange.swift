import CiteNetwork
import HTTPTypes

/// A request that was taken: its route is found, its parameters are known ones, its representation is chosen.
struct Exchange: Sendable {
    var query: QueryValues
    /// Those of the path, decoded.
    var path: [String: String]
    var headers: HTTPFields
    /// The representation that is to be given.
    var representation: Representation
    /// Where this service is reached, without a slash at its end: links begin with it.
    var base: String
    /// Who asks. Decided once, before any data is looked at.
    var viewer: Viewer
    /// Path and query as they came.
    var target: String
    var work: WorkShop

    /// Nil where it is not given; throws the problem of one that is not accepted.
    func value<Value>(_ parameter: Parameter<Value>) throws -> Value? {
        try (parameter.info.place == .path ? path[parameter.info.name] : query[parameter.info.name]).map(parameter.value)
    }

    func require<Value>(_ parameter: Parameter<Value>, otherwise detail: String = "it must be given") throws -> Value {
        guard let value = try value(parameter) else { throw Problem.badParameter(parameter.info.name, detail) }
        return value
    }

    /// The address of a path of this service.
    func link(_ path: String) -> String { base + path }
}
