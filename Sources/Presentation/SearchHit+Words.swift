package import NetworkStore

extension SearchHit.Match {
    /// How a text and a name agree, as a word of results.
    package var word: String {
        switch self {
        case .whole: "whole"
        case .beginning: "beginning"
        case .words: "words"
        case .wholeCorrected: "whole, mended"
        case .beginningCorrected: "beginning, mended"
        }
    }
}
