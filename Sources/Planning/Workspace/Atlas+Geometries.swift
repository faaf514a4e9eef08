package import GeoModel
internal import NetworkStore

extension Atlas {
    /// The polygons of areas by code; areas without one are absent.
    package func geometries(ofAreas codes: [String]) throws -> [String: Geometry] {
        let shapes = try store.geometries(ofAreas: codes)
        return Dictionary(zip(codes, shapes).compactMap { code, shape in shape.map { (code, $0) } }, uniquingKeysWith: { a, _ in a })
    }
}
