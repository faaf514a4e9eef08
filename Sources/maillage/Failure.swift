import Accounts
import ArgumentParser
import Foundation
import GeoFormats
import GeoPackage
import NetworkStore
import Planning
import Population

/// Exit codes live here and nowhere else.
enum Failure {
    static let badArguments: Int32 = 64
    static let badContent: Int32 = 65
    static let notFound: Int32 = 66
    static let unavailable: Int32 = 69
    static let internalError: Int32 = 70

    static func code(for error: any Error) -> Int32 {
        switch error {
        case let error as PlanningError:
            switch error {
            case .badArgument: badArguments
            case .badContent: badContent
            case .notFound: notFound
            case .unavailable: unavailable
            }
        case let error as GeoPackageError:
            switch error {
            case .missing: notFound
            case .inaccessible: unavailable
            default: badContent
            }
        case let error as AccountError:
            switch error {
            case .exists, .badName: badArguments
            case .unknown: notFound
            case .badFile: badContent
            }
        case let error as PopulationError:
            switch error {
            case .noLayer: notFound
            case .badOption: badArguments
            default: badContent
            }
        case StoreError.unknown: notFound
        case is StoreError, is FormatError: badContent
        case let error as NSError where error.domain == NSCocoaErrorDomain || error.domain == NSPOSIXErrorDomain: unavailable
        default: internalError
        }
    }

    /// Prints the error as a sentence and ends the program with its code; help and argument errors print as usual.
    static func exit(for error: any Error) -> Never {
        let isOurs =
            error is PlanningError || error is GeoPackageError || error is PopulationError || error is StoreError || error is FormatError
            || error is AccountError
        if !isOurs {
            let code = Maillage.exitCode(for: error)
            // ArgumentParser's own: help, version, a usage error (64), an explicit ExitCode.
            if code.isSuccess || code == .validationFailure || error is ExitCode { Maillage.exit(withError: error) }
        }
        Console.error("error: \(isOurs ? "\(error)" : describe(error))")
        Foundation.exit(Self.code(for: error))
    }

    /// Foundation's errors of files in a sentence that names the path; others as they describe themselves.
    private static func describe(_ error: any Error) -> String {
        let cocoa = error as NSError
        guard cocoa.domain == NSCocoaErrorDomain || cocoa.domain == NSPOSIXErrorDomain else { return "\(error)" }
        let path = cocoa.userInfo[NSFilePathErrorKey] as? String ?? (cocoa.userInfo[NSURLErrorKey] as? URL)?.path
        let reason = (cocoa.userInfo[NSUnderlyingErrorKey] as? NSError).map { String(cString: strerror(Int32($0.code))) }
        return "\(path ?? "a file") cannot be read or written\(reason.map { ": \($0)" } ?? "")"
    }
}
