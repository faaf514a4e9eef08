package import CiteNetwork
package import GeoModel

/// A place of a postal code: a code is shared by many, and many have several codes.
package struct PostalPlace: Hashable, Sendable {
    package var code: String
    package var name: String
    package var country: String
    /// The code of the area it lies in, where known.
    package var area: String?
    package var location: Coordinate
    /// The same place in the gazetteer; nil for villages that it does not list.
    package var locality: Locality?
    /// Whether its arrondissement or commune is named after it.
    package var isChief: Bool
}

/// Something found by its name.
package struct SearchHit: Sendable, Equatable {
    package enum Subject: Sendable, Equatable {
        case locality(Locality)
        case platform(Platform)
        case postalPlace(PostalPlace)
    }

    /// How the text and the name agree, the best first.
    package enum Match: Int, Sendable, Comparable {
        /// The whole name, whatever its accents, case, hyphens and abbreviations.
        case whole
        /// The beginning of the name.
        case beginning
        /// Words of the name, the last one perhaps begun only.
        case words
        /// The whole name, with one typing error.
        case wholeCorrected
        /// The beginning of the name, with one typing error.
        case beginningCorrected

        package static func < (a: Match, b: Match) -> Bool { a.rawValue < b.rawValue }
    }

    package var subject: Subject
    /// The name that was matched, main or alternate, as it is written.
    package var name: String
    package var match: Match
    /// Larger is better; comparable within one search only.
    package var score: Double

    /// Whether it was found by mending a typing error.
    package var isCorrected: Bool { match >= .wholeCorrected }

    package var locality: Locality? {
        switch subject {
        case .locality(let locality): locality
        case .postalPlace(let place): place.locality
        case .platform: nil
        }
    }
}
