extension SitingSolver {
    func solveWithCapacities(_ objective: SitingObjective, _ valuation: Valuation, count: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer { fatalError() }
}
