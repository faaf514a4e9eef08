import CiteNetwork
package import Hummingbird
import HTTPTypes
import Logging
import NIOCore
import Planning

/// Answers requests: finds the route, checks what was asked, chooses the form, has the route answer, and gives that with validators,
/// compressed where it is worth it. Whatever goes wrong becomes problem details. Each request is counted, and logged without its query.
package struct ServiceResponder: HTTPResponder {
    package typealias Context = ServiceContext

    let tree: RouteTree
    let options: ServiceOptions
    let address: BaseAddress
    let metrics: ServiceMetrics
    let drain: Drain?
    let atlas: LiveAtlas
    let work: WorkShop

    private static let requestID = HTTPField.Name("X-Request-Id")!
    private static let exposeHeaders = HTTPField.Name("Access-Control-Expose-Headers")!
    private static let exposed = "ETag, Link, Content-Crs, Location, X-Request-Id"
    private static let standard: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"]

    package func respond(to request: Request, context: ServiceContext) async throws -> Response {
        let start = ContinuousClock.now
        let count = metrics.begin()
        let target = request.head.path ?? "/"
        let cut = target.utf8.firstIndex(of: UInt8(ascii: "?"))
        let found = tree.find(target[..<(cut ?? target.endIndex)])
        let id = requestID(request, context)
        let exchange = Taken(request: request, context: context, target: target, query: cut.map { target[target.index(after: $0)...] }, id: id)
        var response: Response
        do {
            guard count <= options.mostRequests || found?.place.template == "/healthz" else {
                throw Problem.busy("More requests are being answered than this service takes on at once; ask again in a moment.")
            }
            response = try await answered(exchange, found)
        } catch let problem as Problem {
            response = try await finished(problem.answer(requestID: id, isForPeople: isForPeople(request)), exchange, varies: true)
        } catch is CancellationError {
            response = try await finished(
                Problem.busy("The request was given up.").answer(requestID: id, isForPeople: false), exchange, varies: true)
        } catch {
            // An error may quote what was asked: only whoever looks for faults sees its words.
            context.logger.error(
                "request failed", metadata: ["error": "\(type(of: error))", "request": "\(id)", "route": "\(found?.place.template ?? "none")"])
            context.logger.debug("request failed", metadata: ["detail": "\(error)", "request": "\(id)"])
            response = try await finished(Problem.unforeseen.answer(requestID: id, isForPeople: isForPeople(request)), exchange, varies: true)
        }
        response.headers[Self.requestID] = id
        if drain?.isDraining ?? false { response.headers[.connection] = "close" }
        let bytes = request.method == .head ? 0 : response.body.contentLength ?? 0
        let method = Self.standard.contains(request.method.rawValue) ? request.method.rawValue : "other"
        let spent = (ContinuousClock.now - start).components
        let seconds = Double(spent.seconds) + Double(spent.attoseconds) * 1e-18
        metrics.end(place: found?.place.index, method: method, status: response.status.code, seconds: seconds, bytes: bytes)
        if context.logger.logLevel <= .info {
            context.logger.info(
                "request",
                metadata: [
                    "request": "\(id)", "method": "\(method)", "route": "\(found?.place.template ?? "none")",
                    "status": .stringConvertible(response.status.code),
                    "bytes": .stringConvertible(bytes), "milliseconds": .stringConvertible((seconds * 1e6).rounded() / 1e3),
                ])
        }
        return response
    }

    /// A request with what was read of it.
    private struct Taken {
        var request: Request
        var context: ServiceContext
        var target: String
        var query: Substring?
        var id: String
    }

    private func answered(_ taken: Taken, _ found: (place: RouteTree.Place, parameters: [String: String])?) async throws -> Response {
        let request = taken.request
        guard taken.target.utf8.count <= options.longestAddress else {
            throw Problem(
                status: .uriTooLong, title: "Address too long",
                detail: "The address has \(taken.target.utf8.count) bytes; \(options.longestAddress) are accepted.")
        }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > options.longestBody {
            throw Problem(
                status: .contentTooLarge, title: "Content too large", detail: "The body has \(length) bytes; \(options.longestBody) are accepted.")
        }
        guard let (place, parameters) = found else { throw Problem.nothingHere }
        if request.method == .options {
            return Response(
                status: .noContent,
                headers: [
                    .allow: place.allow, .accessControlAllowOrigin: "*", .accessControlAllowMethods: place.allow,
                    .accessControlAllowHeaders: "Accept, Authorization, Content-Type, If-Match, If-None-Match", .accessControlMaxAge: "86400",
                ])
        }
        let wanted = request.method == .head ? .get : request.method
        guard let i = place.routes.firstIndex(where: { $0.method == wanted }) else {
            throw Problem(
                status: .methodNotAllowed, title: "Method not allowed",
                detail: "\(request.method.rawValue.prefix(20)) is not done here; accepted: \(place.allow)",
                headers: [.allow: place.allow])
        }
        let route = place.routes[i]
        let query = try QueryValues(taken.query?.utf8, known: place.known[i])
        for parameter in route.parameters where parameter.isRequired && parameter.place == .query && query[parameter.name] == nil {
            throw Problem.badParameter(parameter.name, "'\(parameter.name)' must be given: \(parameter.description)")
        }
        // The next snapshot takes a tenth of a second to make, which the thread of a connection does not have.
        if atlas.isBehind { try await work.run { [atlas] _ in _ = try atlas.freshSnapshot() } }
        let answer = try await route.answer(
            Exchange(
                query: query, path: parameters, headers: request.headers, representation: try representation(route, query, request.headers[.accept]),
                base: address.base(
                    authority: request.head.authority, headers: request.headers, peer: options.trustedProxies.isEmpty ? nil : taken.context.peer),
                viewer: .everyone, target: taken.target, work: work))
        return try await finished(answer, taken, varies: route.representations.count > 1)
    }

    private func representation(_ route: Route, _ query: QueryValues, _ accept: String?) throws -> Representation {
        if let word = query["f"] {
            guard let one = route.representations.first(where: { $0.word == word }) else {
                throw Problem.badParameter("f", "'\(word.prefix(80))' is not one of \(route.representations.map(\.word).joined(separator: ", "))")
            }
            return one
        }
        guard let one = Representation.chosen(from: route.representations, accept: accept) else {
            throw Problem(
                status: .notAcceptable, title: "Not acceptable",
                detail: "The header Accept takes none of the forms that there are: \(route.representations.map(\.type).joined(separator: ", "))")
        }
        return one
    }

    /// Whether the client is a browser that shows a page: it names HTML, and likes it better than JSON.
    private func isForPeople(_ request: Request) -> Bool {
        guard let accept = request.headers[.accept], accept.contains("text/html") else { return false }
        let problem = Representation(word: "json", type: "application/problem+json", alsoFor: ["application/json"])
        return Representation.chosen(from: [problem, .html], accept: accept)?.word == "html"
    }

    private func finished(_ answer: Answer, _ taken: Taken, varies: Bool) async throws -> Response {
        var headers = answer.headers
        headers[.contentType] = answer.type
        headers[.cacheControl] = answer.caching.header
        headers[.accessControlAllowOrigin] = "*"
        headers[Self.exposeHeaders] = Self.exposed
        headers[.xContentTypeOptions] = "nosniff"
        let isRead = taken.request.method == .get || taken.request.method == .head
        var bytes = answer.bytes
        let mayCompress = Compression.isWorthwhile(answer)
        if varies || mayCompress { headers[.vary] = varies ? mayCompress ? "Accept, Accept-Encoding" : "Accept" : "Accept-Encoding" }
        let compresses = mayCompress && Compression.isAccepted(taken.request.headers[.acceptEncoding])
        if isRead, answer.status == .ok, case .never = answer.caching {
        } else if isRead, answer.status == .ok {
            let tag = headers[.eTag] ?? ContentTag.tag(of: bytes)
            headers[.eTag] = compresses ? ContentTag.compressed(tag) : tag
            if let instant = answer.lastModified { headers[.lastModified] = HTTPDate.header(instant) }
            if isUnchanged(taken.request.headers, tag, answer.lastModified) {
                headers[.contentType] = nil
                return Response(status: .notModified, headers: headers)
            }
        }
        if compresses {
            let plain = bytes
            bytes = plain.count < Compression.large ? Compression.gzip(plain) : try await work.run { _ in Compression.gzip(plain) }
            headers[.contentEncoding] = "gzip"
        }
        let response = Response(status: answer.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        return taken.request.method == .head ? response.createHeadResponse() : response
    }

    /// RFC 9110, section 13.2.2: the tag decides where one is named, else the date.
    private func isUnchanged(_ headers: HTTPFields, _ tag: String, _ lastModified: Int?) -> Bool {
        if let named = headers[.ifNoneMatch] { return ContentTag.matches(named, tag) }
        guard let lastModified, let since = headers[.ifModifiedSince].flatMap(HTTPDate.seconds) else { return false }
        return lastModified <= since
    }

    /// The id that a trusted proxy gave, else one of ours.
    private func requestID(_ request: Request, _ context: ServiceContext) -> String {
        if !options.trustedProxies.isEmpty, let named = request.headers[Self.requestID], (1...64).contains(named.utf8.count),
            named.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x5F }),
            address.isTrusted(context.peer)
        {
            return named
        }
        return context.id
    }
}
