internal import CiteNetwork
internal import GeoModel
internal import GeometryEngine
internal import NetworkStore

// What is drawn around a territory.
extension Atlas {
    /// The finest areas near a shape, and the territories of labels on a day that come near it: within half of its own width on each side.
    func surroundings(of shape: Geometry, on day: CalendarDate) throws -> (areas: [Dossier.Surrounding], labels: [Dossier.LabelGround]) {
        let box = shape.envelope
        let (dx, dy) = (max(0.15, (box.maxX - box.minX) * 0.6), max(0.1, (box.maxY - box.minY) * 0.6))
        let near = box.insetBy(dx: -dx, dy: -dy)
        let leaves = Set(areas.areas.filter { $0.kind == "country" }.flatMap { areas.leaves(of: $0.code) })
        let codes = try store.areaCodes(meeting: near).filter { code in leaves.contains(code) && areas[code].map { isValid($0, on: day) } ?? false }
        let shapes = try store.geometries(ofAreas: codes)
        let around = zip(codes, shapes).compactMap { code, geometry in
            geometry.map { Dossier.Surrounding(code: code, name: areas[code]?.name ?? code, geometry: $0) }
        }
        let labels = records.cites.compactMap { cite -> Dossier.LabelGround? in
            guard let territory = records.territory(of: cite.id, asOf: day)?.version, let ground = territory.geometry, ground.envelope.intersects(near) else {
                return nil
            }
            return Dossier.LabelGround(cite: cite, basis: territory.basis, geometry: ground)
        }
        return (around, labels)
    }

    /// The countries that come within a degree of some.
    func neighbours(of codes: [String]) throws -> [Dossier.Surrounding] {
        let boxes = try countries(codes).flatMap { $0.geometry.polygons.map { Geometry.polygon($0).envelope.insetBy(dx: -1, dy: -1) } }
        let known = Set(areas.areas.filter { $0.kind == "country" }.map(\.code)).subtracting(codes)
        let near = try Set(boxes.flatMap { try store.areaCodes(meeting: $0) }).intersection(known)
        return try countries(near.sorted())
    }

    func countries(_ codes: [String]) throws -> [Dossier.Surrounding] {
        zip(codes, try store.geometries(ofAreas: codes)).compactMap { code, geometry in
            geometry.map { Dossier.Surrounding(code: code, name: areas[code]?.name ?? code, geometry: $0) }
        }
    }
}
