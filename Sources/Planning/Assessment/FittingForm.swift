extension Assessment.FittingForm {
    // The founding document says "faible densité" and no number: these are ours.

    /// People per square kilometre below which a territory counts as one of low density.
    package static let lowDensity = 100.0
    /// The rural share from which it counts as rural, where density classes are known.
    package static let ruralMajority = 0.5
    /// The share of the people from which a town dominates its territory.
    package static let dominance = 0.5
    /// The share from which so many live in the main town that one place serves the territory.
    package static let concentration = 0.75
    /// People below whom a thinly settled territory is too small for a Cité of its own.
    package static let leastPeople = 20_000.0
    /// The mean distance of two people, in metres, from which a territory is too wide for one place.
    package static let wide = 15_000.0
    /// Of the main town's people, those another town has at least to be a large one.
    package static let largeTown = 0.5

    /// The form that fits, by these rules in this order:
    ///
    /// 1. rural or of low density, and without a town that dominates it or too small: a réseau des métiers;
    /// 2. another large town besides the main one: a Cité with sites;
    /// 3. most people in one town, and close together: a Cité;
    /// 4. else a Cité with associated centres, for the smaller towns around the main one.
    ///
    /// What is not known takes no part.
    static func fitting(_ living: LivingProfile) -> Assessment.FittingForm {
        let profile = living.profile
        let main = living.towns.first?.people ?? 0
        let others = living.towns.dropFirst().count { $0.people >= largeTown * main }
        func criterion(_ measure: Criterion.Measure, _ value: Double?, _ threshold: Double) -> Criterion {
            Criterion(measure: measure, value: value, threshold: threshold, isAtOrAbove: value.map { $0 >= threshold })
        }
        let density = criterion(.density, profile.squareKilometres > 0 ? profile.density : nil, lowDensity)
        let rural = criterion(.ruralShare, profile.ruralShare, ruralMajority)
        let size = criterion(.population, profile.population, leastPeople)
        let primacy = criterion(.primacy, profile.primacy, dominance)
        let concentrated = criterion(.primacy, profile.primacy, concentration)
        let towns = criterion(.townsFarApart, Double(others), 1)
        let spread = criterion(.spread, profile.spread, wide)
        let isThin = density.isAtOrAbove == false || rural.isAtOrAbove == true
        let form: Form =
            if isThin && (primacy.isAtOrAbove == false || size.isAtOrAbove == false) {
                .reseau
            } else if towns.isAtOrAbove == true {
                .citeWithSites
            } else if concentrated.isAtOrAbove == true && spread.isAtOrAbove == false {
                .cite
            } else {
                .citeWithAssociatedCentres
            }
        return Assessment.FittingForm(form: form, criteria: [density, rural, primacy, size, towns, concentrated, spread])
    }
}
