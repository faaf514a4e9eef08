internal import GeoFormats
internal import GeoModel

/// The names and values of a layer's properties, each once, and the pairs of each feature: a tile picks from them without hashing.
struct AttributeTable: Sendable {
    /// What a name's values are in TileJSON: "String", "Number" or "Boolean"; "String" where they differ.
    private(set) var fields: [(name: String, type: String)] = []
    /// The encoded values, one after the other; value i ends at `valueEnds[i]`.
    private(set) var valueBytes: [UInt8] = []
    private(set) var valueEnds: [Int32] = []
    /// The pairs (name, value) of all features; those of feature i end at `pairEnds[i]`.
    private(set) var names: [Int32] = []
    private(set) var values: [Int32] = []
    private(set) var pairEnds: [Int32] = []

    private var nameIndex: [String: Int32] = [:]
    private var valueIndex: [PropertyValue: Int32] = [:]

    var valueCount: Int { valueEnds.count }

    /// Null and numbers that are not finite are left out; arrays and objects become JSON text. The last of several members of one name counts.
    mutating func append(_ properties: Properties) {
        let start = names.count
        for member in properties.members {
            guard let (value, type) = Self.attribute(member.value) else { continue }
            let name = nameIndex[member.name] ?? Int32(fields.count)
            if name == fields.count {
                nameIndex[member.name] = name
                fields.append((member.name, type))
            } else if fields[Int(name)].type != type {
                fields[Int(name)].type = "String"
            }
            let index = valueIndex[value] ?? Int32(valueEnds.count)
            if index == valueEnds.count {
                valueIndex[value] = index
                Self.encode(value, to: &valueBytes)
                valueEnds.append(Int32(valueBytes.count))
            }
            if let known = names[start...].firstIndex(of: name) {
                values[known] = index
            } else {
                names.append(name)
                values.append(index)
            }
        }
        pairEnds.append(Int32(names.count))
    }

    func pairs(of feature: Int) -> Range<Int> { (feature == 0 ? 0 : Int(pairEnds[feature - 1]))..<Int(pairEnds[feature]) }

    func bytes(ofValue value: Int) -> ArraySlice<UInt8> { valueBytes[(value == 0 ? 0 : Int(valueEnds[value - 1]))..<Int(valueEnds[value])] }

    private static func attribute(_ value: PropertyValue) -> (PropertyValue, String)? {
        switch value {
        case .null: nil
        case .number(let d) where !d.isFinite: nil
        case .bool: (value, "Boolean")
        case .integer, .number: (value, "Number")
        case .string: (value, "String")
        case .array, .object: (.string(String(decoding: value.json, as: UTF8.self)), "String")
        }
    }

    private static func encode(_ value: PropertyValue, to bytes: inout [UInt8]) {
        switch value {
        case .string(let s): bytes.appendField(1, s.utf8)
        case .number(let d):
            bytes.appendKey(3, .fixed64)
            bytes.appendFixed(d.bitPattern)
        case .integer(let i) where i >= 0: bytes.appendField(5, UInt64(i))
        case .integer(let i): bytes.appendField(6, zigzag(i))
        case .bool(let b): bytes.appendField(7, b ? 1 : 0)
        case .null, .array, .object: preconditionFailure("these have become text or nothing")
        }
    }
}
