extension SitingSolver {
    func solveWithCapacities(_ objective: SitingObjective, _ valuation: Valuation, count: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer { fatalError() }
    func coverAll(within: Int32, limit: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer { fatalError() }
    func fewest(people: Int64, within: Int32, limit: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer { fatalError() }
    func center(count: Int, deadline: Deadline) throws(SitingError) -> SitingAnswer { fatalError() }
}
