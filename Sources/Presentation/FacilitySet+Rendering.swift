internal import CiteNetwork
internal import GeoModel
internal import Planning

extension FacilitySet {
    /// What every measure tells of the places it rests on.
    var json: Properties {
        // Only where there is one: a measure of the network as it is tells nothing of scenarios.
        let ofScenario: Properties = scenario.map { ["scenario": .string($0)] } ?? [:]
        return ofScenario.adding([
            "platforms": .integer(Int64(members.count)), "placesFile": PropertyValue(file), "alsoFile": PropertyValue(also),
            "without": .array(without.map(PropertyValue.string)),
            "leftOutAsUnknown": .integer(Int64(leftOutAsUnknown)), "leftOutForService": .integer(Int64(leftOutForService)),
            "leftOutForLabel": .integer(Int64(leftOutForLabel)), "oldestVerification": oldestVerification.map(date) ?? .null,
        ])
    }

    /// A sentence on the places that count, and on those that are left out.
    var note: String {
        var text =
            file.map { "\(counted(members.count, "place")) of \($0)" }
            ?? "\(members.count == 1 ? "1 platform counts" : "\(members.count) platforms count") as open on \(asOf)"
        if let scenario { text += " in the scenario '\(scenario)', which is a plan" }
        if let also { text += ", those of \(also) among them" }
        if !without.isEmpty { text += ", without \(without.joined(separator: ", "))" }
        if leftOutAsUnknown > 0 { text += "; \(leftOutAsUnknown) of unknown state are left out (--include-unknown counts them)" }
        if leftOutForService > 0 { text += "; \(leftOutForService) of which it is not known whether they offer the service are left out" }
        if leftOutForLabel > 0 { text += "; \(leftOutForLabel) of Cités whose label is not known are left out" }
        if let oldestVerification { text += "; the oldest record was last verified in \(oldestVerification)" }
        return text + "."
    }
}

extension Properties {
    /// These members and then those.
    func adding(_ other: Properties) -> Properties {
        var out = self
        out.members += other.members
        return out
    }
}
