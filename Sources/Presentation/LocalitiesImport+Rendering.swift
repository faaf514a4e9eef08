package import NetworkStore

extension LocalitiesImport {
    /// One line that says what was done, or would be.
    package func summary(isDryRun: Bool) -> String {
        let what = kind == .postalCodes ? "places of postal codes" : "localities"
        var parts = ["\(added) added"]
        if changed > 0 { parts.append("\(changed) changed") }
        if removed > 0 { parts.append("\(removed) removed") }
        parts.append("\(unchanged) unchanged")
        return "\(isDryRun ? "dry run, nothing was written: " : "")\(what) of \(countries.joined(separator: ", ")): \(parts.joined(separator: ", "))"
            + (farFromCountry > 0 ? "; \(farFromCountry) lie more than 500 km from the country they state: look at them again" : "")
            + (withoutLocality > 0 ? "; \(withoutLocality) are not in the gazetteer and stand by their own point" : "")
    }
}
