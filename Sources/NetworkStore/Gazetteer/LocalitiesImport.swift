/// What an import of postal codes or localities did, or would do.
package struct LocalitiesImport: Sendable, Equatable {
    package enum Kind: String, Sendable { case postalCodes, localities }

    package var kind: Kind
    /// Rows of the file.
    package var rows: Int
    package var added: Int
    package var changed: Int
    package var removed: Int
    package var unchanged: Int
    /// Postal places that are not in the gazetteer, such as villages too small for it.
    package var withoutLocality: Int
    /// Codes of the countries of the file.
    package var countries: [String]
    /// Rows whose point lies more than 500 km from the country they state.
    package var farFromCountry = 0
    /// What the reader of the file had to assume.
    package var notes: [String] = []
}
