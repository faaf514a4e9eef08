package import CiteNetwork
internal import Coverage
package import GeoModel
internal import GeometryEngine
internal import NetworkStore
package import Population

extension Atlas {
    /// What an officer should know of the network on a day, past or to come.
    ///
    /// Rules are those of `RuleBook`; overlaps and reach are measured on the layer. Of an area without a polygon, or a Cité without a
    /// territory, the people out of reach are not measured. Throws `PlanningError.notFound` for an id or a country that is not there.
    package func review(_ query: ReviewQuery, layer: PopulationLayer) throws -> Review {
        let measures = query.sections.contains(.overlaps) || query.sections.contains(.reach)
        return try review(query, layer: layer.info, demand: measures ? layer.load() : DemandPoints())
    }

    package func review(_ query: ReviewQuery, layer: PopulationLayerInfo, demand: DemandPoints) throws -> Review {
        let scope = try ReviewedRecords(query.scope, asOf: query.asOf, in: self)
        let day = query.asOf
        let rules = RuleBook(records, asOf: day, facts: try ruleFacts(of: records, asOf: day))
        var review = Review(
            query: query, scopeName: scope.name, layer: layer, lines: [], labelCounts: labelCounts(scope, day), platformCounts: platformCounts(scope, day),
            coverage: nil, deadlines: rules.deadlines().filter { scope.contains($0.record, in: records) }, changedAt: try store.lastChange()?.at)
        var bySection: [ReviewSection: [ReviewLine]] = [:]
        func add(_ line: ReviewLine) { bySection[line.section, default: []].append(line) }
        // Overlaps and freshness have lines of their own below, of people and of shares.
        let findings = rules.report(Set(RuleCode.allCases).subtracting([.territoriesOverlap, .notVerified])).findings
        for finding in asOneConfirmation(findings, review.deadlines, day) where scope.contains(finding.record, in: records) {
            add(line(ReviewSection(finding.code), finding.severity, finding.verdict, finding.record, .finding(finding), finding.due, finding.command, day))
        }
        for fresh in rules.freshness() where fresh.isStale != .no && scope.contains(fresh.record, in: records) {
            add(line(.freshness, .notice, fresh.isStale == .yes ? .broken : .unknown, fresh.record, .stale(fresh), nil, fresh.command, day))
        }
        for item in rules.agenda() where scope.cites.contains(item.cite) {
            let verdict: RuleVerdict = item.isCertain == .yes ? .broken : .unknown
            add(line(.agenda, .notice, verdict, RuleSubject(.cite, item.cite), .agenda(item.kind), item.due, item.command, day))
        }
        if query.sections.contains(.changes), let since = query.since { changes(scope, since, day).forEach(add) }
        if query.sections.contains(.overlaps) { try overlapLines(query, scope, layer, demand).forEach(add) }
        if query.sections.contains(.reach), let coverage = try reachOf(query, scope, layer, demand) {
            review.coverage = coverage
            try reachLines(coverage, query, scope).forEach(add)
        }
        for section in ReviewSection.allCases where query.sections.contains(section) { review.lines += sorted(bySection[section] ?? [], section) }
        return review
    }

    /// The findings with one line for each confirmation. Where it is not known whether it is due or overdue, but that it is one of both,
    /// it is due; where not even that, it is told once.
    private func asOneConfirmation(_ findings: [RuleFinding], _ deadlines: [Deadline], _ day: CalendarDate) -> [RuleFinding] {
        let isOpen = Set(deadlines.filter { $0.kind == .confirmation && $0.isOpen == .yes }.map(\.record))
        let doubtful = Set(findings.filter { $0.code == .confirmationOverdue && $0.verdict == .unknown }.map(\.record))
        return findings.compactMap { finding in
            guard finding.verdict == .unknown, doubtful.contains(finding.record) else { return finding }
            let isNear = finding.due?.adding(months: -RuleTimes.confirmationNoticeMonths).isReached(by: day) == .yes && isOpen.contains(finding.record)
            var finding = finding
            switch finding.code {
            case .confirmationDue:
                guard isNear else { return nil }
                finding.verdict = .broken
                return finding
            case .confirmationOverdue: return isNear ? nil : finding
            default: return finding
            }
        }
    }

    func line(
        _ section: ReviewSection, _ severity: RuleSeverity, _ verdict: RuleVerdict, _ record: RuleSubject, _ fact: ReviewFact, _ due: DateBounds?,
        _ command: String, _ day: CalendarDate
    ) -> ReviewLine {
        ReviewLine(
            section: section, severity: severity, verdict: verdict, subject: .record(record), name: name(of: record), fact: fact, due: due,
            daysOver: due?.daysOver(on: day), command: command, location: place(of: record))
    }

    private func name(of record: RuleSubject) -> String {
        switch record.kind {
        case .platform, .period: records.platform(record.id)?.name ?? record.id
        case .cite, .decision, .territory: records.cite(record.id)?.name ?? record.id
        }
    }

    /// Where a record is: the point of its platform, or the seat of its Cité, else its main place.
    package func place(of record: RuleSubject) -> Coordinate? {
        switch record.kind {
        case .platform, .period: return records.platform(record.id)?.location.flatMap { $0.isGeographic ? $0 : nil }
        case .cite, .decision, .territory:
            guard let cite = records.cite(record.id) else { return nil }
            if case .at(let c, _) = records.seatLocation(of: cite), c.isGeographic { return c }
            return records.platforms(of: record.id).first { $0.kind == .main && $0.location != nil }?.location
        }
    }

    /// What is known first; then by severity; of what falls due, the longest overdue first. Lines of people, freshness and agenda come ordered.
    private func sorted(_ lines: [ReviewLine], _ section: ReviewSection) -> [ReviewLine] {
        let keepsOrder = [.overlaps, .reach, .freshness, .agenda, .changes].contains(section)
        return lines.enumerated().sorted { a, b in
            if a.element.verdict != b.element.verdict { return a.element.verdict == .broken }
            if !keepsOrder {
                if a.element.severity != b.element.severity { return a.element.severity < b.element.severity }
                let (x, y) = (a.element.daysOver ?? .min, b.element.daysOver ?? .min)
                if x != y { return x > y }
            }
            return a.offset < b.offset
        }.map(\.element)
    }

    // MARK: Counts

    private func labelCounts(_ scope: ReviewedRecords, _ day: CalendarDate) -> [Review.LabelCount] {
        var counts: [Review.LabelCount: Int] = [:]
        for cite in records.cites where scope.cites.contains(cite.id) {
            guard let status = records.status(ofCite: cite.id, asOf: day) else { continue }
            let label = records.label(of: cite.id, asOf: day)
            counts[
                Review.LabelCount(label: label.level, confirmed: label.level == .fonctionnement ? label.confirmed : nil, status: status, cites: 0), default: 0] +=
                1
        }
        let levels: [LabelLevel] = [.fonctionnement, .projet, .withdrawn, .none, .unknown]
        func rank(_ c: Review.LabelCount) -> (Int, Int, Int) {
            (levels.firstIndex(of: c.label)!, c.confirmed.map { $0 ? 0 : 1 } ?? 2, PlatformStatus.allCases.firstIndex(of: c.status)!)
        }
        return counts.map { Review.LabelCount(label: $0.label, confirmed: $0.confirmed, status: $0.status, cites: $1) }.sorted { rank($0) < rank($1) }
    }

    private func platformCounts(_ scope: ReviewedRecords, _ day: CalendarDate) -> [Review.PlatformCount] {
        var counts: [Review.PlatformCount: Int] = [:]
        for platform in records.platforms where scope.platforms.contains(platform.id) {
            guard let status = records.status(of: platform.id, asOf: day) else { continue }
            counts[Review.PlatformCount(kind: platform.kind, status: status, platforms: 0), default: 0] += 1
        }
        func rank(_ c: Review.PlatformCount) -> (Int, Int) {
            (PlatformKind.allCases.firstIndex(of: c.kind)!, PlatformStatus.allCases.firstIndex(of: c.status)!)
        }
        return counts.map { Review.PlatformCount(kind: $0.kind, status: $0.status, platforms: $1) }.sorted { rank($0) < rank($1) }
    }
}
