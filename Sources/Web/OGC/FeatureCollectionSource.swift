import CiteNetwork
import Features
import GeoModel

/// A collection as the service publishes it: what it is called, and where its features are read.
struct FeatureCollectionSource: Sendable {
    /// A table, who reads it, and the instant of the state that it holds.
    struct Reading: Sendable {
        var table: FeatureTable
        var reader: FeatureReader
        /// In longitude and latitude; nil where nothing has a place, or where the features are stored otherwise.
        var extent: Envelope?
        /// Seconds since 1970.
        var taken: Int
    }

    var id: String
    var title: String
    var description: String
    /// What it is like: its properties and its geometry. The table that is read may be another one with the same properties.
    var shape: FeatureTable
    /// Whether its features have states as of a day; others match any time.
    var isDated: Bool
    /// Nil for the day means today. May take some milliseconds.
    var read: @Sendable (CalendarDate?, Viewer) throws -> Reading
}
