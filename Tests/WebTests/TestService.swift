import CiteNetwork
import GeoFormats
import GeoModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Planning
import TestSupport
import Testing
import Web

/// The service on a workspace made from GeoData, asked without a socket.
enum TestService {
    private static let folder = try! TemporaryFolder()
    static let workspace: Workspace = {
        let workspace = Workspace(path: folder.path("workspace"))
        try! workspace.create(from: ProjectFolder.geoData) { _ in }
        return workspace
    }()
    static let atlas = try! LiveAtlas(workspace, for: .everyone)
    private static let responder = try! Service.responder(atlas)

    struct Reply {
        var status: HTTPResponse.Status
        var headers: HTTPFields
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: Properties { get throws { try #require(try JSONReader.read(body).object) } }
        var links: [Properties] { get throws { try json["links"]?.array?.compactMap(\.object) ?? [] } }

        func link(_ rel: String) throws -> String? { try links.first { $0["rel"]?.string == rel }?["href"]?.string }
    }

    static func ask(
        _ path: String, _ method: HTTPRequest.Method = .get, _ headers: HTTPFields = [:], of responder: ServiceResponder? = nil
    ) async throws -> Reply {
        try await Application(responder: responder ?? Self.responder).test(.router) { client in
            let response = try await client.execute(uri: path, method: method, headers: headers)
            return Reply(status: response.status, headers: response.headers, body: Array(response.body.readableBytesView))
        }
    }

    /// An absolute address of the service as a path.
    static func path(_ href: String) -> String { href.hasPrefix("http://localhost") ? String(href.dropFirst("http://localhost".utf8.count)) : href }
}
