import Foundation
import GeoFormats
import GeoModel
import TestSupport
import Testing

import CQL2

@Suite("The examples of OGC 21-065r2", .enabled(if: ProjectFolder.hasReference))
struct ReferenceExamples {
    static let folder = ProjectFolder.reference?.appendingPathComponent("conformance/cql2/examples")

    static func names(_ kind: String, _ ending: String) throws -> [String] {
        let folder = try #require(Self.folder)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(kind).path)
        return files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }.sorted()
    }

    static func bytes(_ kind: String, _ file: String) throws -> [UInt8] {
        Array(try Data(contentsOf: #require(Self.folder).appendingPathComponent(kind).appendingPathComponent(file)))
    }

    /// Each use of a function that is not of the standard is refused, and says so.
    static let withFunctions: Set<String> = ["clause6_01", "clause6_02b", "clause7_18", "example68", "example69"]

    @Test func `all parse as text and as JSON, to the same expression, and come back from both writers`() throws {
        let texts = try Self.names("text", ".txt")
        let jsons = try Self.names("json", ".json")
        #expect(texts.count + jsons.count > 200)
        for name in jsons {
            let expression = try Expression.parse(json: Self.bytes("json", name + ".json"))
            #expect(try Expression.parse(json: expression.json.json) == expression, "\(name)")
            #expect(try Expression.parse(text: expression.text) == expression, "\(name): \(expression.text)")
        }
        for name in texts {
            let source = String(decoding: try Self.bytes("text", name + ".txt"), as: UTF8.self)
            let expression = try Expression.parse(text: source)
            let twin = name.split(separator: "-")[0]
            guard jsons.contains(String(twin)) else { continue }
            let other = try Expression.parse(json: Self.bytes("json", twin + ".json"))
            #expect(expression == other, "\(name): \(expression.text) and \(other.text)")
        }
    }

    @Test func `all are of the declared classes, but for those with functions`() throws {
        for name in try Self.names("json", ".json") {
            let expression = try Expression.parse(json: Self.bytes("json", name + ".json"))
            do {
                try expression.check()
                #expect(!Self.withFunctions.contains(name), "\(name)")
            } catch {
                #expect(Self.withFunctions.contains(name), "\(name): \(error)")
                #expect(error.missingClass == .functions)
                #expect(error.description.contains("'functions'"))
            }
        }
    }
}
