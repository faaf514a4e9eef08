import GeoModel

/// A parameter of a route: it reads the text of a request, and is told of in the OpenAPI document.
///
/// One value serves both, so that neither accepts what the other does not know of.
struct Parameter<Value: Sendable>: Sendable {
    var info: ParameterInfo
    /// Throws `ParameterRefused` for a text that is not accepted.
    let read: @Sendable (String) throws -> Value

    init(_ info: ParameterInfo, read: @escaping @Sendable (String) throws -> Value) {
        self.info = info
        self.read = read
    }

    /// The same parameter, which must be given.
    var required: Parameter {
        var copy = self
        copy.info.isRequired = true
        return copy
    }

    func value(of text: String) throws -> Value {
        do { return try read(text) } catch let refusal as ParameterRefused { throw Problem.badParameter(info.name, refusal.detail) }
    }
}

/// Why the text of a parameter is not accepted, and what would be. The problem that is made of it names the parameter.
struct ParameterRefused: Error {
    var detail: String
}

extension Parameter where Value == Int {
    /// A whole number from `range`. One over the maximum is taken as the maximum.
    static func integer(
        _ name: String, _ range: ClosedRange<Int>, default standard: Int? = nil, component: String? = nil, description: String
    ) -> Parameter {
        var schema: Properties = ["type": .string("integer"), "minimum": .integer(Int64(range.lowerBound)), "maximum": .integer(Int64(range.upperBound))]
        if let standard { schema.append("default", .integer(Int64(standard))) }
        return Parameter(ParameterInfo(name, component: component, description: description, schema: schema)) { text in
            guard isWhole(text), let value = Int(text) ?? (isWhole(text) ? Int.max : nil), value >= range.lowerBound else {
                throw ParameterRefused(detail: "'\(text.prefix(80))' is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return min(value, range.upperBound)
        }
    }

    private static func isWhole(_ text: String) -> Bool { !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

extension Parameter where Value == Double {
    static func number(_ name: String, _ range: ClosedRange<Double>, component: String? = nil, description: String) -> Parameter {
        let schema: Properties = ["type": .string("number"), "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        return Parameter(ParameterInfo(name, component: component, description: description, schema: schema)) { text in
            guard let value = decimal(text), range.contains(value) else {
                throw ParameterRefused(detail: "'\(text.prefix(80))' is not a number from \(range.lowerBound) to \(range.upperBound)")
            }
            return value
        }
    }
}

/// A number as JSON and people write it; Double alone would also read `0x10`, `nan` and `inf`.
func decimal(_ text: some StringProtocol) -> Double? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0) }), let value = Double(text), value.isFinite else {
        return nil
    }
    return value
}

extension Parameter where Value == String {
    /// Any text of 1 to `longest` characters.
    static func text(
        _ name: String, place: ParameterInfo.Place = .query, longest: Int = 200, component: String? = nil, description: String
    ) -> Parameter {
        let schema: Properties = ["type": .string("string"), "minLength": .integer(1), "maxLength": .integer(Int64(longest))]
        return Parameter(ParameterInfo(name, place: place, component: component, description: description, schema: schema)) { text in
            guard !text.isEmpty, text.unicodeScalars.count <= longest else {
                throw ParameterRefused(detail: text.isEmpty ? "it is empty; a text would be accepted" : "it is longer than \(longest) characters")
            }
            return text
        }
    }
}

extension Parameter where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words of a vocabulary.
    static func word(_ name: String, component: String? = nil, description: String) -> Parameter {
        let words = Value.allCases.map(\.rawValue)
        let schema: Properties = ["type": .string("string"), "enum": .array(words.map(PropertyValue.string))]
        return Parameter(ParameterInfo(name, component: component, description: description, schema: schema)) { text in
            guard let value = Value(rawValue: text) else {
                throw ParameterRefused(detail: "'\(text.prefix(80))' is not one of \(words.joined(separator: ", "))")
            }
            return value
        }
    }
}
