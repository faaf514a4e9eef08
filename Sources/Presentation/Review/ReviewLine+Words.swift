package import CiteNetwork
internal import Coverage
internal import Impedance
package import Planning

extension ReviewLine {
    /// What was found, in a language, without a full stop.
    package func found(_ language: Language) -> String {
        switch fact {
        case .finding(let finding):
            let text = finding.detail.text(language)
            return text.hasSuffix(".") ? String(text.dropLast()) : text
        case .overlap(let overlap): return overlap.words(language)
        case .territoryNotKnown: return ReviewPhrase.territoryNotKnown.text(language)
        case .outOfReach(let people, let population, let within, let platforms):
            return ReviewPhrase.outOfReach.text(
                language,
                [
                    "people": language.number(people), "population": language.number(population),
                    "share": language.percent(population > 0 ? people / population : nil), "within": within.words, "platforms": "\(platforms)",
                ])
        case .stale(let fresh):
            guard let share = fresh.share else { return ReviewPhrase.undated.text(language, ["source": fresh.source]) }
            let (low, high) = (language.percent(share.lowerBound), language.percent(share.upperBound))
            return ReviewPhrase.stale.text(language, ["date": fresh.verified.text, "source": fresh.source, "share": low == high ? low : "\(low)–\(high)"])
        case .agenda(let kind): return kind.phrase.text(language)
        case .decided(let decision):
            return ReviewPhrase.decided.text(language, ["date": language.shown(decision.date), "decision": decision.decision.phrase.text(language)])
        case .began(let period):
            return ReviewPhrase.began.text(language, ["date": language.shown(period.start), "status": period.status.phrase.text(language)])
        case .ended(let period):
            return ReviewPhrase.ended.text(language, ["date": language.shown(period.end ?? .unknown), "status": period.status.phrase.text(language)])
        case .territory(let version):
            return ReviewPhrase.territoryFrom.text(
                language, ["date": language.shown(version.start), "definition": version.definition ?? ReviewPhrase.territoryDrawn.text(language)])
        }
    }

    /// `due on 2010-06-03, overdue by 6017 days`; nil for what has no day.
    package func dueWords(_ language: Language) -> String? { due.map { [$0.due(language), spanWords(language)].compactMap(\.self).joined(separator: ", ") } }

    /// The same, without the day where the sentence of what was found has it.
    func dueBesideFinding(_ language: Language) -> String? {
        if case .finding(let finding) = fact, finding.detail["due"] != nil { return spanWords(language) }
        return dueWords(language)
    }

    /// `overdue by 6017 days`, `12 days left`; nil on the day itself, and where no last day is known.
    private func spanWords(_ language: Language) -> String? {
        guard let daysOver, daysOver != 0 else { return nil }
        let count = abs(daysOver)
        let days = count == 1 ? ReviewPhrase.dayOne.text(language) : ReviewPhrase.days.text(language, ["count": language.number(Double(count))])
        return (daysOver > 0 ? ReviewPhrase.overdueBy : .daysLeft).text(language, ["days": days])
    }

    /// The rule it comes from; nil for what no rule forbids.
    package var code: String? {
        switch fact {
        case .finding(let finding): finding.code.rawValue
        case .overlap(let overlap): if case .territory = overlap.basis { RuleCode.territoriesOverlap.rawValue } else { nil }
        case .territoryNotKnown: RuleCode.territoriesOverlap.rawValue
        case .agenda(let kind): "agenda-\(kind.rawValue)"
        case .decided(let decision): "decision-\(decision.decision.rawValue)"
        case .began(let period): "period-\(period.status.rawValue)"
        case .ended(let period): "period-\(period.status.rawValue)-ended"
        case .territory: "territory-version"
        case .outOfReach: "out-of-reach"
        case .stale: "not-verified-for-six-months"
        }
    }
}

extension Language {
    /// A date as its source has it, or the words for one that none has.
    package func shown(_ date: PartialDate) -> String { date.text.isEmpty ? ReviewPhrase.dateUnknown.text(self) : date.text }
}

extension Reach {
    /// `30 km`.
    var words: String { text.replacing(/^([0-9.]+)([a-z]+)$/) { "\($0.1)\u{A0}\($0.2)" } }
}

extension LabelOverlap {
    func words(_ language: Language) -> String {
        let (people, area) = (language.number(people), language.number(squareKilometres) + "\u{A0}km²")
        switch basis {
        case .territory(let certain, _, _):
            return (certain == .yes ? ReviewPhrase.overlapTerritory : .overlapTerritoryUnsure).text(
                language, ["other": second.id, "area": area, "people": people])
        case .reach(let reach, let distance, let a, let b):
            return ReviewPhrase.overlapReach.text(
                language,
                [
                    "people": people, "within": reach.words, "other": second.id, "first": a.id, "second": b.id,
                    "distance": language.kilometres(distance),
                ])
        }
    }
}
