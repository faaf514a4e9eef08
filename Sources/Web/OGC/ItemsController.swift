import CQL2
import CiteNetwork
import Features
import GeoFormats
import GeoModel
import HTTPTypes
import Presentation

/// `/api/collections/{id}/items` and each feature: pages by keys, in any order, filtered, in any reference system, as GeoJSON and as pages.
struct ItemsController: Sendable {
    let sources: [FeatureCollectionSource]

    private typealias Asked = FeatureParameters
    private static let representations: [Representation] = [.geoJSON, .html]
    private static let featureID = Parameter.text("featureId", place: .path, longest: 500, description: "The id of a feature.")
    private static let contentCRS = HTTPField.Name("Content-Crs")!
    private static let link = HTTPField.Name("Link")!

    var routes: [Route] { sources.flatMap(routes) }

    private func routes(_ source: FeatureCollectionSource) -> [Route] {
        let own: [ParameterInfo] = [
            Asked.limit.info, Asked.offset.info, Asked.cursor.info, Asked.bbox.info, Asked.boxCRS.info, Asked.crs.info, Asked.time.info, Asked.filter.info,
            Asked.filterLanguage.info, Asked.filterCRS.info, Asked.sort(source).info, Asked.properties(source).info,
        ]
        let taken = Set(own.map(\.name) + ["f"])
        let equalities = source.shape.properties.filter { $0.isQueryable && !taken.contains($0.name) }
        let path = "/api/collections/\(source.id)/items"
        return [
            Route(
                path, id: "\(source.id)Items", tag: "Features", summary: "The features of \(source.title)",
                description: "Pages follow one another by the link 'next'. A property may be asked for by its name: NAME=VALUE.",
                parameters: own + equalities.map { Asked.equality($0, of: source) }, representations: Self.representations, schema: "featureCollection"
            ) { try await items(source, Set(equalities.map(\.name)), $0) },
            Route(
                path + "/{featureId}", id: "\(source.id)Item", tag: "Features", summary: "One feature of \(source.title)",
                parameters: [Self.featureID.info, Asked.crs.info, Asked.time.info], representations: Self.representations, schema: "feature"
            ) { try await item(source, $0) },
        ]
    }

    // MARK: Many

    private func query(_ source: FeatureCollectionSource, _ equalities: Set<String>, _ exchange: Exchange) throws -> FeatureQuery {
        var query = FeatureQuery(limit: try exchange.value(Asked.limit) ?? (exchange.representation == .html ? 20 : Asked.usualFeatures))
        query.crs = try exchange.value(Asked.crs) ?? .crs84
        let boxCRS = try exchange.value(Asked.boxCRS) ?? .crs84
        query.box = try exchange.value(Asked.bbox).map { try BoundingBox($0, crs: boxCRS) }
        let (cursor, offset) = (try exchange.value(Asked.cursor), try exchange.value(Asked.offset))
        switch (cursor, offset) {
        case (nil, nil): break
        case (let cursor?, nil): query.position = .after(cursor: cursor)
        case (nil, let offset?): query.position = .offset(offset)
        default: throw Problem.badParameter("offset", "a page begins at a cursor or at an offset; give one of them")
        }
        query.properties = try exchange.value(Asked.properties(source))
        query.order = try exchange.value(Asked.sort(source)) ?? []
        query.equalities = exchange.query.pairs.filter { equalities.contains($0.name) }.map { FeatureQuery.Equality($0.name, $0.value) }
        let (language, filterCRS) = (try exchange.value(Asked.filterLanguage) ?? .text, try exchange.value(Asked.filterCRS) ?? .crs84)
        if let text = try exchange.value(Asked.filter) {
            query.filter = try language == .text ? source.shape.filter(text: text, crs: filterCRS) : source.shape.filter(json: Array(text.utf8), crs: filterCRS)
        }
        return query
    }

    private func items(_ source: FeatureCollectionSource, _ equalities: Set<String>, _ exchange: Exchange) async throws -> Answer {
        let day = try exchange.value(Asked.time) ?? nil
        return try await asking(exchange) {
            var query = try query(source, equalities, exchange)
            let reading = try source.read(source.isDated ? day : nil, exchange.viewer)
            // A filter is made with the columns of the table that is read.
            if query.filter != nil, reading.table != source.shape { query.filter = try self.query(source.with(reading.table), equalities, exchange).filter }
            if exchange.representation == .html { return try page(source, reading, query, exchange) }
            var features = JSONWriter(reserving: 65_536)
            let summary = try reading.reader.page(reading.table, query, into: &features)
            let links = links(source, next: summary.next, exchange)
            var writer = JSONWriter(reserving: features.bytes.count + 2_048)
            writer.raw("{\"type\":\"FeatureCollection\",\"links\":")
            writer.value(links.json)
            writer.raw(",\"timeStamp\":")
            writer.string(HTTPDate.instant(reading.taken))
            writer.raw(",\"numberReturned\":")
            writer.integer(Int64(summary.count))
            if let matched = summary.matched {
                writer.raw(",\"numberMatched\":")
                writer.integer(Int64(matched))
            }
            writer.raw(",\"features\":[\n")
            writer.raw(features.bytes)
            writer.raw("\n]}\n")
            var answer = answer(writer.bytes, Representation.geoJSON.type, reading, query.crs)
            if let next = links.first(where: { $0.rel == "next" }) { answer.headers[Self.link] = next.header }
            return answer
        }
    }

    private func links(_ source: FeatureCollectionSource, next: String?, _ exchange: Exchange) -> [Link] {
        let path = "/api/collections/\(percentEncoded(source.id))/items"
        var links = [Link].forms(of: exchange, Self.representations, path: path, query: exchange.query.pairs)
        if let next {
            let query = exchange.query.pairs.filter { $0.name != "cursor" && $0.name != "offset" } + [("cursor", next)]
            let type = exchange.representation == .html ? "text/html" : Representation.geoJSON.type
            links.append(Link("next", exchange.link(path) + queryText(query), type: type, title: "The next page"))
        }
        links.append(Link("collection", exchange.link("/api/collections/\(percentEncoded(source.id))"), type: "application/json", title: source.title))
        return links
    }

    private func answer(_ bytes: [UInt8], _ type: String, _ reading: FeatureCollectionSource.Reading, _ crs: CRS) -> Answer {
        var answer = Answer(bytes, type: type)
        answer.headers[Self.contentCRS] = "<\(crs.uri)>"
        answer.lastModified = reading.taken
        return answer
    }

    private func page(
        _ source: FeatureCollectionSource, _ reading: FeatureCollectionSource.Reading, _ query: FeatureQuery, _ exchange: Exchange
    ) throws -> Answer {
        let page = try reading.reader.page(reading.table, query)
        let features = try GeoJSONReader.features(Array("{\"type\":\"FeatureCollection\",\"features\":[".utf8) + page.features + Array("]}".utf8))
        let links = links(source, next: page.next, exchange)
        let names = query.properties ?? Array(source.shape.properties.map(\.name).prefix(8))
        var table = PageTable("features", caption: source.title, [.text("id")] + names.map { .text($0) })
        table.rows = features.map { feature in
            let id = Self.shown(feature.id ?? .null)
            let href = exchange.link("/api/collections/\(percentEncoded(source.id))/items/\(percentEncoded(id))?f=html")
            return [HTML("a", .href(href)) { id }] + names.map { HTML(Self.shown(feature.properties[$0] ?? .null)) }
        }
        table.note = HTML("\(page.count) features" + (page.matched.map { " of \($0)" } ?? ""))
        return answer(
            APIPage.document(title: source.title, path: above(source, exchange)) {
                HTML("h1") { source.title }
                table.html
                APIPage.list(links.filter { ["next", "alternate"].contains($0.rel) })
            }, Representation.html.type, reading, query.crs)
    }

    private func above(_ source: FeatureCollectionSource, _ exchange: Exchange) -> [(title: String, href: String)] {
        CollectionsController.above(exchange) + [(source.title, exchange.link("/api/collections/\(percentEncoded(source.id))?f=html"))]
    }

    private static func shown(_ value: PropertyValue) -> String {
        switch value {
        case .null: ""
        case .string(let text): text
        case .number(let number): machineNumber(number)
        default: String(decoding: value.json, as: UTF8.self)
        }
    }

    // MARK: One

    private func item(_ source: FeatureCollectionSource, _ exchange: Exchange) async throws -> Answer {
        let id = try exchange.require(Self.featureID)
        let crs = try exchange.value(Asked.crs) ?? .crs84
        let day = try exchange.value(Asked.time) ?? nil
        return try await asking(exchange) {
            let reading = try source.read(source.isDated ? day : nil, exchange.viewer)
            guard let feature = try reading.reader.feature(reading.table, id: id, crs: crs) else {
                throw Problem.notFound(
                    "no feature '\(id.prefix(80))' in '\(source.id)'" + (source.isDated ? " \(day.map { "on \($0)" } ?? "today")" : ""))
            }
            let path = "/api/collections/\(percentEncoded(source.id))"
            let links =
                [Link].forms(of: exchange, Self.representations, path: "\(path)/items/\(percentEncoded(id))", query: exchange.query.pairs)
                + [Link("collection", exchange.link(path), type: "application/json", title: source.title)]
            if exchange.representation == .html {
                let feature = try GeoJSONReader.features(feature.bytes)[0]
                return answer(page(source, id, feature, links, exchange), Representation.html.type, reading, crs)
            }
            // The links stand before the brace that ends it.
            var writer = JSONWriter(reserving: feature.bytes.count + 1_024)
            writer.raw(Array(feature.bytes.dropLast()))
            writer.raw(",\"links\":")
            writer.value(links.json)
            writer.raw("}")
            return answer(writer.bytes, Representation.geoJSON.type, reading, crs)
        }
    }

    private func page(_ source: FeatureCollectionSource, _ id: String, _ feature: Feature, _ links: [Link], _ exchange: Exchange) -> [UInt8] {
        let title = feature.properties["name"]?.string ?? id
        return APIPage.document(title: title, path: above(source, exchange)) {
            HTML("h1") { title }
            HTML("dl", .class("pairs")) {
                HTML("dt") { "id" }
                HTML("dd") { id }
                feature.properties.members.map { member in HTML("dt") { member.name } + HTML("dd") { Self.shown(member.value) } }
                HTML("dt") { "geometry" }
                HTML("dd") { Self.words(feature.geometry) }
            }
            APIPage.list(links.filter { $0.rel == "alternate" })
        }
    }

    private static func words(_ geometry: Geometry?) -> String {
        switch geometry {
        case nil: "none"
        case .point(let c)?: "\(c.x), \(c.y)"
        case let shape?:
            "within \([shape.envelope.minX, shape.envelope.minY, shape.envelope.maxX, shape.envelope.maxY].map(machineNumber).joined(separator: ", "))"
        }
    }

    /// Asks on a thread of the workshop, and says what is wrong with a question as a problem.
    private func asking(_ exchange: Exchange, _ body: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await exchange.work.run { permit in
            do {
                return try body()
            } catch let error as CQL2Error {
                throw Problem.badParameter("filter", "\(error.place): \(error.problem)")
            } catch let error as FeaturesError {
                switch error {
                case .parameter(let name, let problem): throw Problem.badParameter(name, problem)
                case .tooSlow: throw Problem.busy("\(error)")
                case .table, .feature: throw error
                }
            }
        }
    }
}

extension FeatureCollectionSource {
    /// The same collection on a table with other columns.
    fileprivate func with(_ table: FeatureTable) -> FeatureCollectionSource {
        var copy = self
        copy.shape = table
        return copy
    }
}
