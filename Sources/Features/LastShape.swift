internal import GeoFormats
internal import GeoModel
internal import GeometryEngine
#if canImport(Glibc)
internal import Glibc
#endif

/// The shape that a connection was last asked about, made ready once: the same one comes with every row.
final class LastShape {
    struct Shape {
        let geometry: Geometry
        let prepared: PreparedGeometry
    }

    private var bytes: [UInt8] = []
    private var shape: Shape?

    /// Nil for what is no geometry.
    func shape(_ wkb: UnsafeRawBufferPointer) -> Shape? {
        let isLast = !wkb.isEmpty && bytes.count == wkb.count && bytes.withUnsafeBytes { own in memcmp(own.baseAddress!, wkb.baseAddress!, own.count) == 0 }
        if isLast { return shape }
        bytes = Array(wkb)
        shape = nil
        guard let geometry = try? WKB.decode(bytes), let prepared = try? PreparedGeometry(geometry) else { return nil }
        let made = Shape(geometry: geometry, prepared: prepared)
        shape = made
        return made
    }
}
