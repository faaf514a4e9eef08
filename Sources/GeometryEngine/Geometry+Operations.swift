internal import CGEOS
package import GeoModel

// Planar operations of GEOS on longitude and latitude as they stand. None of them measures: distances and areas are Geodesy's.
extension Geometry {
    /// Why this geometry is not valid by OGC Simple Features ("Self-intersection at …"), or nil where it is. O(n log n).
    package func invalidity() throws(GeometryError) -> String? {
        let context = GEOSContext()
        let g = try context.make(self, for: "validity")
        defer { GEOSGeom_destroy_r(context.handle, g) }
        switch GEOSisValid_r(context.handle, g) {
        case 1: return nil
        case 0:
            guard let reason = GEOSisValidReason_r(context.handle, g) else { throw context.error("validity") }
            defer { GEOSFree_r(context.handle, reason) }
            return String(cString: reason)
        default: throw context.error("validity")
        }
    }

    /// A valid geometry: rings are made valid one by one, both lobes of one that crosses itself kept, then holes are taken from their exterior.
    ///
    /// (GEOS's other method, by linework, fills a hole that shares a stretch of border with its exterior.)
    package func madeValid() throws(GeometryError) -> Geometry {
        try unary("make valid") { context, geometry in
            let parameters = GEOSMakeValidParams_create_r(context)
            defer { GEOSMakeValidParams_destroy_r(context, parameters) }
            guard GEOSMakeValidParams_setMethod_r(context, parameters, GEOS_MAKE_VALID_STRUCTURE) == 1,
                GEOSMakeValidParams_setKeepCollapsed_r(context, parameters, 0) == 1
            else { return nil }
            return GEOSMakeValidWithParams_r(context, geometry, parameters)
        }
    }

    /// This geometry where it is valid, else one made valid.
    package func sound() throws(GeometryError) -> Geometry { try invalidity() == nil ? self : madeValid() }

    /// This geometry, which is valid, on a grid of squares of `size` units: every position a multiple of it, and valid still. What the grid
    /// cannot show (lines and polygons thinner than it) is left out.
    package func onGrid(of size: Double) throws(GeometryError) -> Geometry {
        try unary("put on a grid") { GEOSGeom_setPrecision_r($0, $1, size, 0) }
    }

    /// A point inside, away from the boundary.
    package func interiorPoint() throws(GeometryError) -> Coordinate? {
        guard case .point(let c) = try unary("interior point", { GEOSPointOnSurface_r($0, $1) }), !c.isEmpty else { return nil }
        return c
    }

    /// Fewer vertices within `tolerance` degrees; the result is valid where this is.
    package func simplified(tolerance: Double) throws(GeometryError) -> Geometry {
        try unary("simplify") { GEOSTopologyPreserveSimplify_r($0, $1, tolerance) }
    }

    /// Everything within `distance` degrees; with a negative one, what is left of polygons when a strip so wide is taken off their borders.
    package func buffered(by distance: Double) throws(GeometryError) -> Geometry {
        try unary("buffer") { GEOSBuffer_r($0, $1, distance, 8) }
    }

    package func union(_ other: Geometry) throws(GeometryError) -> Geometry {
        try binary(other, "union") { GEOSUnion_r($0, $1, $2) }
    }

    package func intersection(_ other: Geometry) throws(GeometryError) -> Geometry {
        try binary(other, "intersection") { GEOSIntersection_r($0, $1, $2) }
    }

    package func difference(_ other: Geometry) throws(GeometryError) -> Geometry {
        try binary(other, "difference") { GEOSDifference_r($0, $1, $2) }
    }

    /// All geometries dissolved into one; an empty collection for none.
    package static func union(of geometries: [Geometry]) throws(GeometryError) -> Geometry {
        try Geometry.geometryCollection(geometries).unary("union") { GEOSUnaryUnion_r($0, $1) }
    }

    /// The polygons of this geometry as one multipolygon, as a GeoPackage column of that type wants.
    package var asMultiPolygon: Geometry { .multiPolygon(polygons) }

    private func unary(
        _ operation: String, _ body: (GEOSContextHandle_t, OpaquePointer) -> OpaquePointer?
    ) throws(GeometryError) -> Geometry {
        let context = GEOSContext()
        let g = try context.make(self, for: operation)
        defer { GEOSGeom_destroy_r(context.handle, g) }
        guard let result = body(context.handle, g) else { throw context.error(operation) }
        defer { GEOSGeom_destroy_r(context.handle, result) }
        return try context.read(result, for: operation)
    }

    private func binary(
        _ other: Geometry, _ operation: String,
        _ body: (GEOSContextHandle_t, OpaquePointer, OpaquePointer) -> OpaquePointer?
    ) throws(GeometryError) -> Geometry {
        let context = GEOSContext()
        let a = try context.make(self, for: operation)
        defer { GEOSGeom_destroy_r(context.handle, a) }
        let b = try context.make(other, for: operation)
        defer { GEOSGeom_destroy_r(context.handle, b) }
        guard let result = body(context.handle, a, b) else { throw context.error(operation) }
        defer { GEOSGeom_destroy_r(context.handle, result) }
        return try context.read(result, for: operation)
    }
}
