import GeoModel

/// A parameter as the OpenAPI document tells it: the words and the schema of what a request may hold.
struct ParameterInfo: Sendable, Equatable {
    enum Place: String, Sendable { case query, path }

    var name: String
    var place = Place.query
    /// Its name among the components of the document; parameters of one name that differ need two.
    var component: String
    var description: String
    /// A JSON schema of OpenAPI 3.0.
    var schema: Properties
    var isRequired = false
    /// For lists: one value with commas rather than one parameter for each element.
    var isList = false
    var example: PropertyValue?

    init(_ name: String, place: Place = .query, component: String? = nil, description: String, schema: Properties) {
        self.name = name
        self.place = place
        self.component = component ?? name
        self.description = description
        self.schema = schema
        isRequired = place == .path
    }
}
