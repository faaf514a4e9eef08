import GeoModel
import HTTPTypes

/// One operation of the service. The router, the check of parameters and the OpenAPI document are all made from it.
struct Route: Sendable {
    /// A response of the document beside those that every route may give.
    struct Outcome: Sendable {
        var status: Int
        var description: String
    }

    var method = HTTPRequest.Method.get
    /// With parameters in braces: `/api/collections/cites/items/{featureId}`.
    var path: String
    /// What it is called in the document; nil for what is not part of the API: health, metrics.
    var id: String?
    var summary: String
    var description: String?
    var tag: String
    var parameters: [ParameterInfo]
    /// In which it is given, the usual one first.
    var representations: [Representation]
    /// The name of the schema of its JSON among the components of the document.
    var schema: String?
    /// Further responses, such as that something is not there.
    var outcomes: [Outcome]
    var answer: @Sendable (Exchange) async throws -> Answer
    /// Whether no parameter is checked: for what is there to say that nothing is there.
    var takesAnything = false

    init(
        _ path: String, id: String?, tag: String = "", summary: String, description: String? = nil, parameters: [ParameterInfo] = [],
        representations: [Representation], schema: String? = nil, outcomes: [Outcome] = [], answer: @escaping @Sendable (Exchange) async throws -> Answer
    ) {
        self.path = path
        self.id = id
        self.summary = summary
        self.description = description
        self.tag = tag
        self.parameters = parameters + (id == nil ? [] : [Self.form(representations)])
        self.representations = representations
        self.schema = schema
        self.outcomes = outcomes
        self.answer = answer
    }

    /// `f`: the form of the answer, for links and for people; programs may ask by `Accept`.
    private static func form(_ representations: [Representation]) -> ParameterInfo {
        let words = representations.map(\.word)
        return ParameterInfo(
            "f", component: "f-" + words.joined(separator: "-"), description: "The form of the answer; it goes before the header Accept.",
            schema: ["type": .string("string"), "enum": .array(words.map(PropertyValue.string))])
    }
}
