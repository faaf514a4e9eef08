internal import CPROJ
package import GeoModel

/// Why a coordinate reference system or a transformation could not be had.
package struct GeodesyError: Error, Sendable, Equatable, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
}

/// A transformation between two coordinate reference systems, x being longitude or easting on both sides.
///
/// Making one costs 1 to 3 ms: keep it. A handle belongs to one task at a time, so the class is not `Sendable`.
package final class CoordinateTransform {
    private let context: OpaquePointer
    private let handle: OpaquePointer
    package let source: String
    package let target: String

    /// Systems are named as PROJ understands them: `EPSG:3035`, `OGC:CRS84`, a PROJ string or WKT.
    package init(from source: String, to target: String = "OGC:CRS84") throws {
        self.source = source
        self.target = target
        context = proj_context_create()
        proj_log_level(context, PJ_LOG_NONE)
        for name in [source, target] {
            guard let crs = proj_create(context, name), proj_is_crs(crs) != 0 else {
                proj_context_destroy(context)
                throw GeodesyError("unknown coordinate reference system '\(name)'; an EPSG code such as EPSG:3035 would be accepted")
            }
            proj_destroy(crs)
        }
        guard let raw = proj_create_crs_to_crs(context, source, target, nil) else {
            proj_context_destroy(context)
            throw GeodesyError("no transformation from '\(source)' to '\(target)'")
        }
        // Without this, an EPSG definition that puts latitude first would be obeyed, and give wrong metres without an error.
        guard let normal = proj_normalize_for_visualization(context, raw) else {
            proj_destroy(raw)
            proj_context_destroy(context)
            throw GeodesyError("the axes of the transformation from '\(source)' to '\(target)' could not be put in x, y order")
        }
        proj_destroy(raw)
        handle = normal
    }

    deinit {
        proj_destroy(handle)
        proj_context_destroy(context)
    }

    /// Throws for a position outside what the transformation is defined for.
    package func callAsFunction(_ c: Coordinate) throws -> Coordinate {
        try apply(c, PJ_FWD)
    }

    package func inverse(_ c: Coordinate) throws -> Coordinate {
        try apply(c, PJ_INV)
    }

    package func callAsFunction(_ geometry: Geometry) throws -> Geometry {
        try geometry.mapCoordinates { try self($0) }
    }

    private func apply(_ c: Coordinate, _ direction: PJ_DIRECTION) throws -> Coordinate {
        proj_errno_reset(handle)
        let out = proj_trans(handle, direction, proj_coord(c.x, c.y, 0, .infinity))
        guard out.xy.x.isFinite, out.xy.y.isFinite else {
            let reason = proj_errno(handle)
            let words = proj_context_errno_string(context, reason).map { String(cString: $0) } ?? "outside the area of use"
            throw GeodesyError("\(c.x), \(c.y) cannot be transformed from \(source) to \(target): \(words)")
        }
        return Coordinate(x: out.xy.x, y: out.xy.y)
    }
}
