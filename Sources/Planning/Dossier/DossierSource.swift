/// One of the things that figures of a dossier rest on.
package struct DossierSource: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case population, network, areas, gazetteer, siting, scenario, travelEstimate = "travel-estimate", heuristic, rules
    }

    package var kind: Kind
    /// As whoever published it calls it; nil where it is a method of the program.
    package var title: String?
    package var year: String?
    package var publisher: String?
    package var licence: String?
    /// False for official figures; nil where it is not about figures.
    package var isIndicative: Bool?
    /// As its publisher tells it.
    package var method: String?
    /// SHA-256 in hexadecimal of what was read, and what that is.
    package var hash: String?
    package var hashed: Hashed?
    /// The oldest day on which the records were verified.
    package var oldestVerification: String?

    package enum Hashed: String, Sendable, CaseIterable {
        /// The points of the layer in the workspace, or the file it was imported from.
        case layerPoints, importedFile
        /// The rows of the network's tables, as `NetworkStore.contentLines` writes them.
        case networkRows
        /// The outline, as GeoJSON.
        case outline
        /// The changes, as text.
        case changes
    }
}

/// What was read and with what settings.
package struct DossierInputs: Sendable, Equatable {
    package var programVersion: String
    /// The last change of the store's log, and its instant.
    package var lastChange: Int64?
    package var lastChangeAt: String?
    package var seed: UInt64?
    /// Named values in the order in which they are told.
    package var parameters: [(name: String, value: String)]

    package static func == (a: DossierInputs, b: DossierInputs) -> Bool {
        a.programVersion == b.programVersion && a.lastChange == b.lastChange && a.lastChangeAt == b.lastChangeAt && a.seed == b.seed
            && a.parameters.elementsEqual(b.parameters) { $0 == $1 }
    }
}
