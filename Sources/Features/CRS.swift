package import Geodesy
internal import Synchronization

/// A coordinate reference system as OGC API names it, known to PROJ.
package struct CRS: Sendable, Hashable {
    /// As PROJ takes it: `EPSG:3035`, `OGC:CRS84`.
    package let name: String
    /// As `crs` and `Content-Crs` name it.
    package let uri: String

    /// WGS 84, longitude first.
    package static let crs84 = CRS(name: "OGC:CRS84", uri: "http://www.opengis.net/def/crs/OGC/1.3/CRS84")
    /// WGS 84, latitude first.
    package static let epsg4326 = CRS(epsg: 4326)

    private init(name: String, uri: String) {
        self.name = name
        self.uri = uri
    }

    private init(epsg code: Int) { self.init(name: "EPSG:\(code)", uri: "http://www.opengis.net/def/crs/EPSG/0/\(code)") }

    /// Reads `http(s)://www.opengis.net/def/crs/EPSG/0/3035`, `urn:ogc:def:crs:EPSG::3035`, `EPSG:3035`, `[EPSG:3035]`, and the same of
    /// OGC's CRS84. Throws `FeaturesError.parameter` for another form, and for a code that PROJ does not know or that is no system of the plane.
    package init(_ text: String, parameter: String = "crs") throws(FeaturesError) {
        func refused(_ reason: String) -> FeaturesError {
            .parameter(parameter, problem: "\(reason); accepted are \(CRS.crs84.uri) and http://www.opengis.net/def/crs/EPSG/0/CODE, such as \(CRS.epsg4326.uri)")
        }
        let shown = "'\(text.prefix(100))'"
        var body = Substring(text)
        if body.first == "[", body.last == "]" { body = body.dropFirst().dropLast() }
        let parts: [Substring]
        if let tail = ["http://www.opengis.net/def/crs/", "https://www.opengis.net/def/crs/"].lazy.compactMap({ body.tail(after: $0) }).first {
            parts = tail.split(separator: "/", omittingEmptySubsequences: false)
        } else if let tail = body.tail(after: "urn:ogc:def:crs:") ?? body.tail(after: "urn:x-ogc:def:crs:") {
            parts = tail.split(separator: ":", omittingEmptySubsequences: false)
        } else {
            let pair = body.split(separator: ":", omittingEmptySubsequences: false)
            parts = pair.count == 2 ? [pair[0], "", pair[1]] : []
        }
        guard parts.count == 3 else { throw refused("\(shown) names no coordinate reference system") }
        switch parts[0] {
        case "OGC" where parts[2] == "CRS84": self = .crs84
        case "EPSG":
            guard parts[2].utf8.count <= 7, parts[2].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let code = Int(parts[2]) else {
                throw refused("\(shown) has no EPSG code")
            }
            self.init(epsg: code)
        default: throw refused("\(shown) is of an authority that is not known here")
        }
        do { _ = try system } catch { throw refused("\(error)") }
    }

    /// What PROJ knows of it; kept once asked.
    package var system: ReferenceSystem {
        get throws {
            if let known = Self.known.withLock({ $0[name] }) { return known }
            let made = try ReferenceSystem(named: name)
            Self.known.withLock {
                if $0.count > 1000 { $0.removeAll() }
                $0[name] = made
            }
            return made
        }
    }

    private static let known = Mutex<[String: ReferenceSystem]>([:])

    /// True for longitude and latitude on WGS 84, in either order.
    var isWGS84: Bool { self == .crs84 || self == .epsg4326 }
}

extension Substring {
    fileprivate func tail(after prefix: String) -> Substring? { hasPrefix(prefix) ? dropFirst(prefix.count) : nil }
}
