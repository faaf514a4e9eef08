/// The languages of the interface.
package enum Language: String, Sendable, Hashable, CaseIterable {
    case french = "fr"
    case english = "en"
    case italian = "it"
    case spanish = "es"
    case portuguese = "pt"
}
