import Foundation
import GeoFormats
import GeoModel
import Hummingbird
import Logging
import Planning

/// An error as RFC 9457 problem details.
struct Problem: Error, HTTPResponseError {
    var status: HTTPResponse.Status
    var title: String
    /// What was wrong, and what would be accepted.
    var detail: String
    /// The query parameter that it is about.
    var parameter: String?

    static func badParameter(_ name: String, _ detail: String) -> Problem {
        Problem(status: .badRequest, title: "Invalid parameter", detail: detail, parameter: name)
    }

    static func notFound(_ detail: String) -> Problem {
        Problem(status: .notFound, title: "Not found", detail: detail, parameter: nil)
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        var members: Properties = [
            "type": .string("about:blank"), "title": .string(title), "status": .integer(Int64(status.code)), "detail": .string(detail),
        ]
        if let parameter { members.append("parameter", .string(parameter)) }
        return Response(bytes: PropertyValue.object(members).json, type: "application/problem+json", status: status)
    }
}

/// Turns every error into problem details; what is not foreseen says nothing of its inside.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    func handle(_ request: Request, context: Context, next: (Request, Context) async throws -> Response) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let problem as Problem {
            return try problem.response(from: request, context: context)
        } catch let error as HTTPError {
            let detail = error.status == .notFound ? "There is nothing at this address; /api lists what there is." : (error.body ?? error.status.reasonPhrase)
            return try Problem(status: error.status, title: error.status.reasonPhrase, detail: detail, parameter: nil)
                .response(from: request, context: context)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            return try Problem(
                status: .internalServerError, title: "Internal error", detail: "The request could not be answered; it has been logged.", parameter: nil
            ).response(from: request, context: context)
        }
    }
}

extension Response {
    init(bytes: [UInt8], type: String, status: HTTPResponse.Status = .ok) {
        self.init(status: status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
