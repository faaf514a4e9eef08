/// A JSON value that keeps the order of its members and tells integers from other numbers.
package enum PropertyValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([PropertyValue])
    case object(Properties)
}

/// The members of a JSON object, in order.
package struct Properties: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    package var members: [Member]

    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: PropertyValue
    }

    package init(_ members: [(String, PropertyValue)] = []) {
        self.members = members.map { Member(name: $0.0, value: $0.1) }
    }

    package init(dictionaryLiteral elements: (String, PropertyValue)...) {
        self.init(elements)
    }

    /// The value of the last member of this name, as JSON readers commonly do. Linear in the number of members.
    package subscript(_ name: String) -> PropertyValue? {
        get { members.last { $0.name == name }?.value }
        set {
            if let i = members.lastIndex(where: { $0.name == name }) {
                if let newValue { members[i].value = newValue } else { members.remove(at: i) }
            } else if let newValue {
                members.append(Member(name: name, value: newValue))
            }
        }
    }

    package mutating func append(_ name: String, _ value: PropertyValue) {
        members.append(Member(name: name, value: value))
    }
}

extension PropertyValue {
    package init(_ value: String?) { self = value.map(PropertyValue.string) ?? .null }
    package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
    package init(_ value: Bool?) { self = value.map(PropertyValue.bool) ?? .null }

    /// A number that is not finite has no JSON form: it becomes null.
    package init(_ value: Double?) {
        if let value, value.isFinite { self = .number(value) } else { self = .null }
    }

    package var string: String? { if case .string(let s) = self { s } else { nil } }
    package var array: [PropertyValue]? { if case .array(let a) = self { a } else { nil } }
    package var object: Properties? { if case .object(let o) = self { o } else { nil } }

    package var number: Double? {
        switch self {
        case .integer(let i): Double(i)
        case .number(let d): d
        default: nil
        }
    }
}

/// A thing with an identifier, a place and properties.
package struct Feature: Hashable, Sendable {
    package var id: PropertyValue?
    package var geometry: Geometry?
    package var properties: Properties

    package init(id: PropertyValue? = nil, geometry: Geometry?, properties: Properties) {
        self.id = id
        self.geometry = geometry
        self.properties = properties
    }
}
