import HTTPTypes

/// Finds the routes of a path, segment by segment; a literal segment goes before a parameter.
struct RouteTree: Sendable {
    /// What stands at one path.
    struct Place: Sendable {
        /// The path with its parameters in braces: what metrics and logs call it.
        var template: String
        var routes: [Route] = []
        /// The names of the parameters of each route's query, decided once; nil where any is taken.
        var known: [[String]?] = []
        /// For the header Allow.
        var allow = "OPTIONS"
        /// Where its figures are kept.
        var index: Int
    }

    private struct Node: Sendable {
        var literals: [Substring: Int] = [:]
        var parameter: (name: String, node: Int)?
        var place: Int?
    }

    private var nodes = [Node()]
    private(set) var places: [Place] = []

    init(_ routes: [Route]) {
        for route in routes { insert(route) }
        for i in places.indices {
            let methods = places[i].routes.map(\.method.rawValue)
            places[i].allow = (methods + (methods.contains("GET") ? ["HEAD"] : []) + ["OPTIONS"]).joined(separator: ", ")
        }
    }

    private mutating func insert(_ route: Route) {
        var at = 0
        for segment in route.path.split(separator: "/") {
            if segment.hasPrefix("{") {
                let name = String(segment.dropFirst().dropLast())
                if let next = nodes[at].parameter {
                    precondition(next.name == name, "\(route.path): {\(next.name)} stands there")
                    at = next.node
                } else {
                    nodes.append(Node())
                    nodes[at].parameter = (name, nodes.count - 1)
                    at = nodes.count - 1
                }
            } else if let next = nodes[at].literals[segment] {
                at = next
            } else {
                nodes.append(Node())
                nodes[at].literals[segment] = nodes.count - 1
                at = nodes.count - 1
            }
        }
        if nodes[at].place == nil {
            nodes[at].place = places.count
            places.append(Place(template: route.path, index: places.count))
        }
        let place = nodes[at].place!
        precondition(!places[place].routes.contains { $0.method == route.method }, "\(route.method) \(route.path) is there twice")
        places[place].routes.append(route)
        places[place].known.append(route.takesAnything ? nil : route.parameters.filter { $0.place == .query }.map(\.name))
    }

    /// The place at a path and the parameters in it, decoded; nil where there is none. A slash at the end counts for nothing.
    func find(_ path: Substring) -> (place: Place, parameters: [String: String])? {
        var at = 0
        var parameters: [String: String] = [:]
        for segment in path.split(separator: "/") {
            if let next = nodes[at].literals[segment] {
                at = next
            } else if let (name, next) = nodes[at].parameter, let value = percentDecoded(segment.utf8) {
                parameters[name] = value
                at = next
            } else {
                return nil
            }
        }
        return nodes[at].place.map { (places[$0], parameters) }
    }
}
