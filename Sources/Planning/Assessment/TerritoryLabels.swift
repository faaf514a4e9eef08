internal import CiteNetwork
internal import Coverage
internal import GeoModel
internal import GeometryEngine
internal import Population

extension Atlas {
    /// The labels that have to do with a territory: those whose own territory meets it, most people first, then for each reach those whose
    /// platforms reach its people.
    func labels(_ measure: CoverageMeasure, _ shape: Geometry, _ near: NearbyPlatforms) throws -> [Assessment.LabelRow] {
        let day = measure.facilities.asOf
        let total = measure.total.population
        func row(_ cite: Cite, _ basis: Assessment.LabelRow.Basis, _ people: Double) -> Assessment.LabelRow {
            let label = records.label(of: cite.id, asOf: day)
            return Assessment.LabelRow(cite: cite, label: label.level, confirmed: label.confirmed, basis: basis, people: people, share: people / total)
        }
        func sorted(_ rows: [Assessment.LabelRow]) -> [Assessment.LabelRow] { rows.sorted { ($1.people, $0.cite.id) < ($0.people, $1.cite.id) } }

        let living = Dictionary(uniqueKeysWithValues: try measure.ground.territories(asOf: day, in: self).map { ($0.cite.id, $0.members) })
        let box = shape.envelope
        let claims = try existing(records, on: day).compactMap { cite -> Assessment.LabelRow? in
            guard let (version, holds) = records.territory(of: cite.id, asOf: day), let claimed = version.geometry, claimed.envelope.intersects(box) else {
                return nil
            }
            let sound = try claimed.sound()
            guard let common = try commonGround(shape, sound) else { return nil }
            let people = (living[cite.id] ?? []).reduce(0) { $0 + measure.ground.demand.people[$1] }
            let certain = common.isReal && holds && (version.basis == .stated ? .yes : .unknown)
            return row(cite, .territory(certain: certain, version.basis, squareKilometres: common.area / 1e6), people)
        }
        let reaching = zip(measure.query.reaches, near.reached).flatMap { reach, people in
            sorted(people.compactMap { id, n in records.cite(id).map { row($0, .reach(reach), n) } })
        }
        return sorted(claims) + reaching
    }
}
