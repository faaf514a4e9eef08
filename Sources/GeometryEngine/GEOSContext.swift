internal import CGEOS
internal import GeoModel

/// What GEOS said, and of which operation.
package struct GeometryError: Error, Sendable, Equatable, CustomStringConvertible {
    package var operation: String
    package var reason: String
    package var description: String { "\(operation): \(reason)" }
}

/// Holds the last message of one context; GEOS hands it back to the handler.
private final class LastMessage {
    var text = ""
}

/// A GEOS context: one per operation (40 ns), never shared between tasks.
struct GEOSContext: ~Copyable {
    let handle: GEOSContextHandle_t
    private let message = LastMessage()

    init() {
        handle = GEOS_init_r()
        let userdata = Unmanaged.passUnretained(message).toOpaque()
        _ = GEOSContext_setErrorMessageHandler_r(
            handle,
            { text, userdata in
                guard let text, let userdata else { return }
                Unmanaged<LastMessage>.fromOpaque(userdata).takeUnretainedValue().text = String(cString: text)
            }, userdata)
    }

    deinit { GEOS_finish_r(handle) }

    func error(_ operation: String) -> GeometryError {
        GeometryError(operation: operation, reason: message.text.isEmpty ? "GEOS gave no result and no reason" : message.text)
    }

    /// A GEOS geometry that the caller destroys.
    func make(_ geometry: Geometry, for operation: String) throws(GeometryError) -> OpaquePointer {
        guard let g = try build(geometry, operation) else { throw error(operation) }
        return g
    }

    private func build(_ geometry: Geometry, _ operation: String) throws(GeometryError) -> OpaquePointer? {
        switch geometry {
        case .point(let c):
            return c.isEmpty ? GEOSGeom_createEmptyPoint_r(handle) : GEOSGeom_createPointFromXY_r(handle, c.x, c.y)
        case .lineString(let cs):
            return GEOSGeom_createLineString_r(handle, try sequence(cs, operation))
        case .polygon(let p):
            return try build(p, operation)
        case .multiPoint(let cs):
            return try collection(GEOS_MULTIPOINT, cs, operation) { c throws(GeometryError) in try build(.point(c), operation) }
        case .multiLineString(let lines):
            return try collection(GEOS_MULTILINESTRING, lines, operation) { l throws(GeometryError) in try build(.lineString(l), operation) }
        case .multiPolygon(let ps):
            return try collection(GEOS_MULTIPOLYGON, ps, operation) { p throws(GeometryError) in try build(p, operation) }
        case .geometryCollection(let gs):
            return try collection(GEOS_GEOMETRYCOLLECTION, gs, operation) { g throws(GeometryError) in try build(g, operation) }
        }
    }

    private func build(_ p: Polygon, _ operation: String) throws(GeometryError) -> OpaquePointer? {
        guard !p.exterior.isEmpty else { return GEOSGeom_createEmptyPolygon_r(handle) }
        guard let shell = GEOSGeom_createLinearRing_r(handle, try sequence(p.exterior, operation)) else { throw error(operation) }
        var holes: [OpaquePointer?] = []
        for hole in p.holes {
            guard let ring = GEOSGeom_createLinearRing_r(handle, try sequence(hole, operation)) else {
                holes.forEach { GEOSGeom_destroy_r(handle, $0) }
                GEOSGeom_destroy_r(handle, shell)
                throw error(operation)
            }
            holes.append(ring)
        }
        return GEOSGeom_createPolygon_r(handle, shell, &holes, UInt32(holes.count))
    }

    /// The sequence belongs to the geometry made of it.
    private func sequence(_ cs: [Coordinate], _ operation: String) throws(GeometryError) -> OpaquePointer {
        // Coordinate is two doubles without padding: the array is the buffer GEOS wants.
        let s = cs.withUnsafeBytes { raw in
            GEOSCoordSeq_copyFromBuffer_r(handle, raw.bindMemory(to: Double.self).baseAddress, UInt32(cs.count), 0, 0)
        }
        guard let s else { throw error(operation) }
        return s
    }

    private func collection<T>(
        _ type: GEOSGeomTypes, _ parts: [T], _ operation: String, _ build: (T) throws(GeometryError) -> OpaquePointer?
    ) throws(GeometryError) -> OpaquePointer? {
        var made: [OpaquePointer?] = []
        do throws(GeometryError) {
            for part in parts {
                guard let g = try build(part) else { throw error(operation) }
                made.append(g)
            }
        } catch {
            made.forEach { GEOSGeom_destroy_r(handle, $0) }
            throw error
        }
        return GEOSGeom_createCollection_r(handle, Int32(type.rawValue), &made, UInt32(made.count))
    }

    /// Reads a GEOS geometry that stays its owner's.
    func read(_ g: OpaquePointer, for operation: String) throws(GeometryError) -> Geometry {
        let type = GEOSGeomTypeId_r(handle, g)
        switch GEOSGeomTypes(UInt32(bitPattern: type)) {
        case GEOS_POINT:
            if GEOSisEmpty_r(handle, g) == 1 { return .point(.empty) }
            guard let c = try coordinates(g, operation).first else { throw error(operation) }
            return .point(c)
        case GEOS_LINESTRING, GEOS_LINEARRING: return .lineString(try coordinates(g, operation))
        case GEOS_POLYGON: return .polygon(try polygon(g, operation))
        default: break
        }
        var parts: [Geometry] = []
        let n = GEOSGetNumGeometries_r(handle, g)
        for i in 0..<max(0, n) {
            guard let part = GEOSGetGeometryN_r(handle, g, i) else { throw error(operation) }
            parts.append(try read(part, for: operation))
        }
        switch GEOSGeomTypes(UInt32(bitPattern: type)) {
        case GEOS_MULTIPOINT: return .multiPoint(parts.compactMap { if case .point(let c) = $0 { c } else { nil } })
        case GEOS_MULTILINESTRING: return .multiLineString(parts.compactMap { if case .lineString(let l) = $0 { l } else { nil } })
        case GEOS_MULTIPOLYGON: return .multiPolygon(parts.compactMap { if case .polygon(let p) = $0 { p } else { nil } })
        default: return .geometryCollection(parts)
        }
    }

    private func polygon(_ g: OpaquePointer, _ operation: String) throws(GeometryError) -> Polygon {
        if GEOSisEmpty_r(handle, g) == 1 { return Polygon(exterior: []) }
        guard let shell = GEOSGetExteriorRing_r(handle, g) else { throw error(operation) }
        var p = Polygon(exterior: try coordinates(shell, operation))
        for i in 0..<max(0, GEOSGetNumInteriorRings_r(handle, g)) {
            guard let ring = GEOSGetInteriorRingN_r(handle, g, i) else { throw error(operation) }
            p.holes.append(try coordinates(ring, operation))
        }
        return p
    }

    private func coordinates(_ g: OpaquePointer, _ operation: String) throws(GeometryError) -> [Coordinate] {
        var n: UInt32 = 0
        guard let s = GEOSGeom_getCoordSeq_r(handle, g), GEOSCoordSeq_getSize_r(handle, s, &n) == 1 else { throw error(operation) }
        var cs = [Coordinate](repeating: Coordinate(x: 0, y: 0), count: Int(n))
        let ok = cs.withUnsafeMutableBytes { raw in
            GEOSCoordSeq_copyToBuffer_r(handle, s, raw.bindMemory(to: Double.self).baseAddress, 0, 0)
        }
        guard ok == 1 else { throw error(operation) }
        return cs
    }
}
