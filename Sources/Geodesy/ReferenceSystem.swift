internal import CPROJ
package import GeoModel

/// What a horizontal coordinate reference system is: its name, the order and unit of its axes, where it may be used.
///
/// Making one costs some milliseconds: keep it.
package struct ReferenceSystem: Sendable, Hashable {
    /// As PROJ takes it: `EPSG:3035`, `OGC:CRS84`.
    package let name: String
    /// As people call it: "ETRS89-extended / LAEA Europe".
    package let title: String
    /// True where coordinates are longitude and latitude.
    package let isGeographic: Bool
    /// True where the authority puts latitude, or northing, first.
    package let isNorthingFirst: Bool
    /// Decimals with which a position is told to a centimetre or better: 7 for degrees, 3 for metres.
    package let decimals: Int
    /// Degrees on WGS 84; west is greater than east where the area crosses the antimeridian. Nil where PROJ knows none.
    package let areaOfUse: (west: Double, south: Double, east: Double, north: Double)?

    /// Throws `GeodesyError` for a name that is unknown, and for systems that are no horizontal ones: geocentric, vertical, with height.
    package init(named name: String) throws {
        let context = proj_context_create()
        defer { proj_context_destroy(context) }
        proj_log_level(context, PJ_LOG_NONE)
        guard let crs = proj_create(context, name), proj_is_crs(crs) != 0 else {
            throw GeodesyError("unknown coordinate reference system '\(name)'; an EPSG code such as EPSG:3035 would be accepted")
        }
        defer { proj_destroy(crs) }
        let type = proj_get_type(crs)
        guard type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_PROJECTED_CRS else {
            throw GeodesyError("'\(name)' is no coordinate reference system of the plane; a projected or geographic one such as EPSG:3035 would be accepted")
        }
        self.name = name
        title = proj_get_name(crs).map { String(cString: $0) } ?? name
        isGeographic = type == PJ_TYPE_GEOGRAPHIC_2D_CRS
        var (west, south, east, north) = (0.0, 0.0, 0.0, 0.0)
        let hasArea = proj_get_area_of_use(context, crs, &west, &south, &east, &north, nil) != 0 && west > -1000
        areaOfUse = hasArea ? (west, south, east, north) : nil

        var factor = 1.0
        if let axes = proj_crs_get_coordinate_system(context, crs) {
            defer { proj_destroy(axes) }
            _ = proj_cs_get_axis_info(context, axes, 0, nil, nil, nil, &factor, nil, nil, nil)
        }
        // A decimal of the unit must be a centimetre or less; a degree is 111 km and has a factor in radians.
        let metresPerUnit = isGeographic ? factor * 6_378_137 : factor
        decimals = metresPerUnit > 50_000 ? 7 : metresPerUnit > 500 ? 6 : isGeographic ? 9 : 3

        // Axes are told apart by what a transformation gives with them and without: abbreviations and directions mislead near the poles.
        let (spanX, spanY) = hasArea ? (west <= east ? east - west : east + 360 - west, north - south) : (40.0, 20.0)
        let x = (hasArea ? west : 0) + 0.37 * spanX
        let y = (hasArea ? south : 30) + 0.41 * spanY
        guard let raw = proj_create_crs_to_crs(context, "OGC:CRS84", name, nil) else { throw GeodesyError("no transformation to '\(name)'") }
        defer { proj_destroy(raw) }
        guard let normal = proj_normalize_for_visualization(context, raw) else { throw GeodesyError("the axes of '\(name)' could not be told apart") }
        defer { proj_destroy(normal) }
        let position = proj_coord(x > 180 ? x - 360 : x, y, 0, .infinity)
        let stated = proj_trans(raw, PJ_FWD, position)
        let turned = proj_trans(normal, PJ_FWD, position)
        isNorthingFirst = stated.xy.x != turned.xy.x && stated.xy.x == turned.xy.y
    }

    package static func == (a: ReferenceSystem, b: ReferenceSystem) -> Bool { a.name == b.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
