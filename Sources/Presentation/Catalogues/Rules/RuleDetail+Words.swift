package import CiteNetwork
internal import GeoModel

/// The sentence of a rule: what holds where it is kept.
extension RuleCode: Phrase {}

/// The sentence of what a rule found.
extension RuleFact: Phrase {}

extension RuleDetail {
    /// The finding as a sentence, with its values in their places.
    package func text(_ language: Language) -> String {
        var out = ""
        var rest = fact.text(language)[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            guard let value = self[name] else { preconditionFailure("no value for {\(name)} of \(fact)") }
            out += rest[..<open] + value.text(language)
            rest = rest[rest.index(after: close)...]
        }
        return out + rest
    }
}

extension RuleValue {
    func text(_ language: Language) -> String {
        switch self {
        case .text(let text): return text
        case .texts(let texts): return texts.joined(separator: ", ")
        case .number(let value): return language.number(value, decimals: value == value.rounded() ? 0 : 1)
        case .metres(let metres): return "\(Int(metres / 1000)) km"
        case .squareMetres(let area): return language.number(area / 1e6, decimals: area >= 1e7 ? 0 : 1) + " km²"
        case .point(let c): return "\(c.y),\(c.x)"
        case .date(let date): return date.text.isEmpty ? RulePhrase.unknownDay.text(language) : date.text
        case .bounds(let bounds): return bounds.text(language)
        case .status(let status): return status?.phrase.text(language) ?? RulePhrase.notYetThere.text(language)
        case .basis(let basis): return basis.phrase.text(language)
        case .decision(let kind, let date):
            return "\(kind.phrase.text(language)) (\(date.text.isEmpty ? RulePhrase.unknownDay.text(language) : date.text))"
        case .services(let services, let isComplete):
            guard !services.isEmpty else { return (isComplete ? RulePhrase.servicesNone : .servicesNotKnown).text(language) }
            let words = services.map { $0.phrase.text(language) }.joined(separator: ", ")
            return isComplete ? words : RulePhrase.servicesAtLeast.text(language, ["services": words])
        case .places(let places, let more):
            guard !places.isEmpty else { return RulePhrase.noPlace.text(language) }
            let words = places.map { "\($0.id) \(RuleValue.status($0.status).text(language))" }.joined(separator: ", ")
            return more == 0 ? words : RulePhrase.morePlaces.text(language, ["places": words, "count": "\(more)"])
        case .facts(let facts): return facts.map { $0.text(language) }.joined(separator: ", ")
        }
    }
}

extension DateBounds {
    /// `between 2014-04-01 and 2016-12-10`, `by 2009-06-03`.
    package func text(_ language: Language) -> String {
        switch (earliest, latest) {
        case (let a?, let b?) where a == b: RulePhrase.onDay.text(language, ["day": "\(a)"])
        case (let a?, let b?): RulePhrase.betweenDays.text(language, ["from": "\(a)", "to": "\(b)"])
        case (nil, let b?): RulePhrase.byDay.text(language, ["day": "\(b)"])
        case (let a?, nil): RulePhrase.fromDay.text(language, ["day": "\(a)"])
        case (nil, nil): RulePhrase.onUnknownDay.text(language)
        }
    }
}

extension TerritoryBasis {
    var phrase: RulePhrase {
        switch self {
        case .stated: .basisStated
        case .inferred: .basisInferred
        case .none: .basisNone
        }
    }
}
