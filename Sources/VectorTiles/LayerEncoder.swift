/// Writes one layer of one tile: features as they come, then the names and values that they use, numbered in order of first use.
///
/// It is made for one tile; the tables it keeps are as long as the layer's.
struct LayerEncoder {
    private let attributes: AttributeTable
    private var features: [UInt8] = []
    private var feature: [UInt8] = []
    private var scratch: [UInt8] = []
    /// The number in this tile of each name and value of the layer; -1 where unused.
    private var localName: [Int32]
    private var localValue: [Int32]
    private var usedNames: [Int32] = []
    private var usedValues: [Int32] = []

    init(_ attributes: AttributeTable) {
        self.attributes = attributes
        localName = [Int32](repeating: -1, count: attributes.fields.count)
        localValue = [Int32](repeating: -1, count: attributes.valueCount)
    }

    var isEmpty: Bool { features.isEmpty }

    mutating func append(_ shape: TileShape, id: UInt64?, feature index: Int) {
        feature.removeAll(keepingCapacity: true)
        if let id { feature.appendField(1, id) }
        scratch.removeAll(keepingCapacity: true)
        for pair in attributes.pairs(of: index) {
            let (name, value) = (Int(attributes.names[pair]), Int(attributes.values[pair]))
            if localName[name] < 0 {
                localName[name] = Int32(usedNames.count)
                usedNames.append(Int32(name))
            }
            if localValue[value] < 0 {
                localValue[value] = Int32(usedValues.count)
                usedValues.append(Int32(value))
            }
            scratch.appendVarint(UInt64(localName[name]))
            scratch.appendVarint(UInt64(localValue[value]))
        }
        if !scratch.isEmpty { feature.appendField(2, scratch) }
        feature.appendField(3, UInt64(shape.kind.rawValue))
        scratch.removeAll(keepingCapacity: true)
        shape.appendCommands(to: &scratch)
        feature.appendField(4, scratch)
        features.appendField(2, feature)
    }

    /// Appends the layer to a tile.
    func finish(name: String, extent: Int, into tile: inout [UInt8]) {
        var layer: [UInt8] = []
        layer.reserveCapacity(features.count + 64)
        layer.appendField(15, 2)
        layer.appendField(1, name.utf8)
        layer.append(contentsOf: features)
        for n in usedNames { layer.appendField(3, attributes.fields[Int(n)].name.utf8) }
        for v in usedValues { layer.appendField(4, attributes.bytes(ofValue: Int(v))) }
        layer.appendField(5, UInt64(extent))
        tile.appendField(3, layer)
    }
}
