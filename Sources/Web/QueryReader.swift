import CiteNetwork
import Foundation
import Hummingbird
import Planning

/// The query parameters of a request, checked: one that is not known is an error, as is one given twice.
struct QueryReader {
    private var values: [String: String] = [:]

    init(_ request: Request, known: [String]) throws {
        for (key, value) in request.uri.queryParameters {
            let name = String(key)
            guard known.contains(name) else {
                throw Problem.badParameter(name, "unknown parameter '\(name)'; parameters: \(known.joined(separator: ", "))")
            }
            guard values[name] == nil else { throw Problem.badParameter(name, "'\(name)' is given twice") }
            values[name] = String(value)
        }
    }

    func text(_ name: String) -> String? { values[name] }

    func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
        guard let text = values[name] else { return nil }
        guard let value = Double(text), range.contains(value) else {
            throw Problem.badParameter(name, "'\(text)' is not a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// A whole number; one over the maximum is taken as the maximum.
    func integer(_ name: String, atLeast low: Int, atMost high: Int) throws -> Int? {
        guard let text = values[name] else { return nil }
        guard let value = Int(text), value >= low else {
            throw Problem.badParameter(name, "'\(text)' is not a whole number from \(low) to \(high)")
        }
        return min(value, high)
    }

    func code<T: RawRepresentable & CaseIterable>(_ name: String, _ type: T.Type) throws -> T? where T.RawValue == String {
        guard let text = values[name] else { return nil }
        guard let value = T(rawValue: text) else {
            throw Problem.badParameter(name, "'\(text)' is not one of \(T.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    /// `datetime`: a day, or an instant of which the day counts; today in UTC without it.
    func day() throws -> CalendarDate {
        guard let text = values["datetime"] else { return .today }
        let isInstant = text.dropFirst(10).wholeMatch(of: /T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z/) != nil
        guard let day = CalendarDate(text.prefix(10)), text.count == 10 || isInstant else {
            throw Problem.badParameter("datetime", "'\(text)' is not a day YYYY-MM-DD or an instant YYYY-MM-DDThh:mm:ssZ")
        }
        return day
    }
}
