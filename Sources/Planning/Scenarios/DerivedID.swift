package import CiteNetwork
internal import NetworkStore

/// Ids made from names, for who gives none.
package enum DerivedID {
    /// The id of a scenario called `name`: its words in small letters. One that an area answers to gets `-scenario`, since commands take
    /// either. Throws `PlanningError.badArgument` for a name without a letter of a to z or digit.
    package static func scenario(_ name: String, in atlas: Atlas) throws -> String {
        guard let words = words(name) else {
            throw PlanningError.badArgument(
                "the name '\(name)' has no letter from a to z and no digit to make an id of; --id, such as --id aisne-2027, would be accepted")
        }
        let short = shortened(words)
        return try atlas.isArea(short) ? "\(short)-scenario" : short
    }

    /// The id of a platform: that of its Cité, or of the scenario, and the words of its name.
    package static func platform(_ name: String, cite: String?, scenario: Scenario, taken: Set<String>) -> String {
        let own = words(name) ?? "platform"
        let owner = cite ?? scenario.id
        return free("\(owner)-\(own)", taken)
    }

    /// With room for what may come after it.
    private static func shortened(_ base: String) -> String { String(base.prefix(70)).trimmingSuffix("-") }

    private static func free(_ base: String, _ taken: Set<String>) -> String {
        let short = shortened(base)
        guard taken.contains(short) else { return short }
        return (2...).lazy.map { "\(short)-\($0)" }.first { !taken.contains($0) }!
    }

    private static func words(_ name: String) -> String? {
        let plain = foldedKey(name).split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
        return plain.isEmpty ? nil : plain
    }
}

extension String {
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        var out = self
        while out.last == character { out.removeLast() }
        return out
    }
}

extension Atlas {
    /// Whether a text is the code or name of an area.
    package func isArea(_ text: String) throws -> Bool { try !store.areaCodes(matching: text).isEmpty }
}
