package import GeoFormats
internal import GeoModel

// Mapbox Vector Tile 2.1, https://github.com/mapbox/vector-tile-spec/tree/master/2.1
extension TileContent {
    /// Reads a tile that is not compressed. O(n). Features of unknown type are left out, as the format asks; throws for anything else it does not allow.
    package init(reading bytes: [UInt8]) throws(FormatError) {
        var reader = ProtobufReader(bytes, format: "vector tile")
        layers = []
        while !reader.isAtEnd {
            let (field, type) = try reader.key()
            guard field == 3, type == .bytes else {
                try reader.skip(type)
                continue
            }
            let layer = try Layer(reading: try reader.message())
            guard !layers.contains(where: { $0.name == layer.name }) else { throw reader.error("two layers are named '\(layer.name)'") }
            layers.append(layer)
        }
    }
}

extension TileContent.Layer {
    init(reading message: ProtobufReader) throws(FormatError) {
        var reader = message
        var name: String?
        var keys: [String] = []
        var values: [PropertyValue] = []
        var messages: [ProtobufReader] = []
        (version, extent) = (1, 4096)
        while !reader.isAtEnd {
            let (field, type) = try reader.key()
            switch (field, type) {
            case (1, .bytes): name = try reader.string()
            case (2, .bytes): messages.append(try reader.message())
            case (3, .bytes): keys.append(try reader.string())
            case (4, .bytes): values.append(try Self.value(try reader.message()))
            case (5, .varint): extent = Int(truncatingIfNeeded: try reader.varint() & 0xFFFF_FFFF)
            case (15, .varint): version = Int(truncatingIfNeeded: try reader.varint() & 0xFFFF_FFFF)
            default: try reader.skip(type)
            }
        }
        guard let name else { throw reader.error("a layer without a name") }
        guard version == 1 || version == 2 else { throw reader.error("layer '\(name)' has version \(version); expected 1 or 2") }
        self.name = name
        features = []
        for message in messages {
            if let feature = try TileContent.Feature(reading: message, keys: keys, values: values) { features.append(feature) }
        }
    }

    private static func value(_ message: ProtobufReader) throws(FormatError) -> PropertyValue {
        var reader = message
        var value: PropertyValue?
        while !reader.isAtEnd {
            let (field, type) = try reader.key()
            switch (field, type) {
            case (1, .bytes): value = .string(try reader.string())
            case (2, .fixed32): value = .number(Double(Float(bitPattern: try reader.fixed(UInt32.self))))
            case (3, .fixed64): value = .number(Double(bitPattern: try reader.fixed(UInt64.self)))
            case (4, .varint): value = .integer(Int64(bitPattern: try reader.varint()))
            case (5, .varint):
                let number = try reader.varint()
                value = Int64(exactly: number).map(PropertyValue.integer) ?? .number(Double(number))
            case (6, .varint): value = .integer(unzigzag(try reader.varint()))
            case (7, .varint): value = .bool(try reader.varint() != 0)
            default: try reader.skip(type)
            }
        }
        guard let value else { throw reader.error("a value of no known type") }
        return value
    }
}

extension TileContent.Feature {
    fileprivate init?(reading message: ProtobufReader, keys: [String], values: [PropertyValue]) throws(FormatError) {
        var reader = message
        var kind: TileShape.Kind?
        var commands: ProtobufReader?
        id = nil
        properties = [:]
        while !reader.isAtEnd {
            let (field, type) = try reader.key()
            switch (field, type) {
            case (1, .varint): id = try reader.varint()
            case (2, .bytes):
                var tags = try reader.message()
                while !tags.isAtEnd {
                    let (key, value) = (try tags.varint(), try tags.varint())
                    guard key < keys.count, value < values.count else {
                        throw tags.error("tag (\(key), \(value)) where there are \(keys.count) keys and \(values.count) values")
                    }
                    properties.append(keys[Int(key)], values[Int(value)])
                }
            case (3, .varint): kind = TileShape.Kind(rawValue: UInt8(truncatingIfNeeded: try reader.varint()))
            case (4, .bytes): commands = try reader.message()
            default: try reader.skip(type)
            }
        }
        guard let kind else { return nil }
        guard var commands else { throw reader.error("a feature without geometry") }
        shape = try TileShape(kind, reading: &commands)
    }
}
