/// The degree of urbanisation of a cell, as Eurostat defines it for a 1 km grid.
package enum DensityClass: UInt8, Sendable, CaseIterable {
    /// The layer has no official code and is no 1 km grid.
    case unknown
    /// Outside any cluster.
    case rural
    /// In a cluster of cells of at least 300 people/km² that together have at least 5,000.
    case urbanCluster
    /// In a cluster of cells of at least 1,500 people/km² that together have at least 50,000.
    case urbanCentre

    /// The key under which tables and files name it.
    package var key: String {
        switch self {
        case .unknown: "unknown"
        case .rural: "rural"
        case .urbanCluster: "urbanCluster"
        case .urbanCentre: "urbanCentre"
        }
    }

    package init?(key: String) {
        guard let found = Self.allCases.first(where: { $0.key == key }) else { return nil }
        self = found
    }
}
