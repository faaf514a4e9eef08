package import Accounts
package import Foundation
internal import NetworkStore
internal import CiteNetwork

extension Workspace {
    /// Apart from the store: no backup and no export takes it along.
    package var accountsPath: String { path + "/accounts.sqlite" }

    /// Makes an account and its token, which is shown once. Throws `PlanningError.notFound` for an editor of a Cité that is not recorded.
    package func addAccount(_ name: String, role: AccountRole, at now: Date) throws -> (account: Account, token: AccessToken) {
        let atlas = try Atlas(store: openStore(), for: .officer)
        if let cite = role.cite, atlas.records.cite(cite) == nil {
            let similar = atlas.records.cites.map(\.id).filter { $0.contains(cite) || $0.hasPrefix(cite.prefix(3)) }.prefix(8)
            throw PlanningError.notFound(
                "no Cité '\(cite)'" + (similar.isEmpty ? "; 'maillage network list' shows the ids" : "; ids like it: \(similar.joined(separator: ", "))"))
        }
        return try AccountStore(path: accountsPath).add(name, role: role, at: now)
    }

    /// Every account; none where no account was ever made.
    package func accounts() throws -> [Account] { try openAccounts()?.all() ?? [] }

    package func revokeAccount(_ name: String, at now: Date) throws -> Account {
        guard let accounts = try openAccounts() else { throw AccountError.unknown(name: name, known: nil) }
        return try accounts.revoke(name, at: now)
    }

    /// Nil where no account was ever made: reading makes no file.
    package func openAccounts() throws -> AccountStore? {
        guard exists else {
            throw PlanningError.notFound("no workspace at \(path): it has no network.gpkg. 'maillage init --workspace \(path)' makes one.")
        }
        return try FileManager.default.fileExists(atPath: accountsPath) ? AccountStore(path: accountsPath) : nil
    }
}
