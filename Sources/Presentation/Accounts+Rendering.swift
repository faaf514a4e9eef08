package import Accounts
internal import Foundation
internal import GeoFormats
internal import GeoModel

/// Accounts, revoked ones too, without anything secret.
package struct AccountList: Sendable {
    private let accounts: [Account]

    package init(_ accounts: [Account]) { self.accounts = accounts }

    package func rendered(_ format: OutputFormat) -> Rendering {
        func written(_ date: Date?) -> String? { date?.formatted(.iso8601) }
        switch format {
        case .json, .geojson:
            let list = accounts.map { account -> PropertyValue in
                .object([
                    "name": .string(account.name), "role": .string(account.role.name), "cite": PropertyValue(account.role.cite),
                    "created": PropertyValue(written(account.created)), "revoked": PropertyValue(written(account.revoked)),
                ])
            }
            return Rendering(text: String(decoding: PropertyValue.array(list).json, as: UTF8.self) + "\n")
        case .csv:
            var csv = CSVWriter(columns: ["name", "role", "cite", "created", "revoked"])
            for a in accounts { csv.row([a.name, a.role.name, a.role.cite ?? "", written(a.created) ?? "", written(a.revoked) ?? ""]) }
            return Rendering(text: csv.text)
        case .table:
            var table = TextTable([.text("name"), .text("role"), .text("cite"), .text("created"), .text("revoked")])
            table.rows = accounts.map { [$0.name, $0.role.name, $0.role.cite ?? "", written($0.created) ?? "", written($0.revoked) ?? ""] }
            return Rendering(text: table.text, notes: accounts.isEmpty ? ["No account yet; 'maillage account add' makes one."] : [])
        }
    }
}
