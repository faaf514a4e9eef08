import GeoFormats
import GeoModel
import HTTPTypes
import Presentation

/// An error as RFC 9457 problem details.
struct Problem: Error, Sendable {
    var status: HTTPResponse.Status
    var title: String
    /// What was wrong, and what would be accepted.
    var detail: String
    /// The query parameter that it is about.
    var parameter: String?
    var headers: HTTPFields = [:]

    init(status: HTTPResponse.Status, title: String, detail: String, parameter: String? = nil, headers: HTTPFields = [:]) {
        self.status = status
        self.title = title
        self.detail = detail
        self.parameter = parameter
        self.headers = headers
    }

    static func badParameter(_ name: String, _ detail: String) -> Problem {
        Problem(status: .badRequest, title: "Invalid parameter", detail: detail, parameter: name)
    }

    static func notFound(_ detail: String) -> Problem { Problem(status: .notFound, title: "Not found", detail: detail) }

    static let nothingHere = Problem.notFound("There is nothing at this address; /api lists what there is.")

    /// What is not foreseen says nothing of its inside.
    static let unforeseen = Problem(
        status: .internalServerError, title: "Internal error", detail: "The request could not be answered; it has been logged.")

    /// More is asked than can be answered now.
    static func busy(_ detail: String) -> Problem {
        Problem(status: .serviceUnavailable, title: "Busy", detail: detail, headers: [.retryAfter: "2"])
    }

    private func members(_ requestID: String) -> Properties {
        var members: Properties = [
            "type": .string("about:blank"), "title": .string(title), "status": .integer(Int64(status.code)), "detail": .string(detail),
        ]
        if let parameter { members.append("parameter", .string(parameter)) }
        members.append("requestId", .string(requestID))
        return members
    }

    /// - Parameter isForPeople: whether the client is a browser that shows a page.
    func answer(requestID: String, isForPeople: Bool) -> Answer {
        var answer =
            isForPeople
            ? Answer(page(requestID), type: Representation.html.type)
            : Answer(PropertyValue.object(members(requestID)).json, type: "application/problem+json")
        answer.status = status
        answer.headers = headers
        answer.caching = .never
        return answer
    }

    private func page(_ requestID: String) -> [UInt8] {
        APIPage.document(title: title, path: []) {
            HTML("h1") { "\(title) (\(status.code))" }
            HTML("p", .class("lead")) { detail }
            parameter.map { name in HTML("p") { HTML("The parameter: ") + HTML("code", [], HTML(name)) } }
            HTML("p", .class("note")) { "Request \(requestID)" }
        }
    }
}
