extension Language {
    /// The language of the interface that a document about an area is commonly written in; English where none of the five is spoken there.
    ///
    /// - Parameters:
    ///   - country: ISO 3166-1 alpha-2.
    ///   - areas: codes of the areas meant, which decide where a country speaks several.
    package static func usual(in country: String?, areas: [String] = []) -> Language {
        switch country {
        case "FR", "MC", "LU", "BE", "MU", "MG", "SN", "MA", "TN", "HT": return .french
        case "IT", "SM", "VA": return .italian
        case "ES", "AD", "CL", "AR", "MX", "CO", "PE", "UY", "PY", "BO", "EC", "VE", "CR", "CU", "DO", "GT", "HN", "NI", "PA", "SV": return .spanish
        case "PT", "BR", "AO", "MZ", "CV": return .portuguese
        case "CH": return !areas.isEmpty && areas.allSatisfy { $0 == "CH-TI" } ? .italian : .french
        case "CA": return !areas.isEmpty && areas.allSatisfy { $0 == "CA-QC" } ? .french : .english
        default: return .english
        }
    }
}
