extension DemandPoints {
    /// The points at some positions, in the order given. O(positions).
    package func subset(_ positions: [Int]) -> DemandPoints {
        var out = DemandPoints()
        out.areaCodes = areaCodes
        out.reserveCapacity(positions.count)
        for i in positions { out.append(coordinates[i], people: people[i], area: area[i], locality: locality[i], density: density[i]) }
        return out
    }
}
