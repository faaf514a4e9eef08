internal import Crypto
package import Foundation
internal import GRDB
#if canImport(Glibc)
internal import Glibc
#endif

/// `accounts.sqlite`: who may sign in. A file of its own beside the store, so that the store can be handed around; readable by its owner only.
///
/// The handle is GRDB's serial queue: a value of this class may be shared between tasks.
package final class AccountStore: Sendable {
    /// `MLGA` in ASCII.
    private static let applicationID: Int32 = 0x4D4C_4741
    private static let version: Int32 = 1

    private let queue: DatabaseQueue

    /// Opens the file, and makes it with mode 0600 where there is none. Throws `AccountError.badFile` for a file that is something else,
    /// which stays as it was.
    package init(path: String) throws {
        // Made closed to others before anything is in it, and never over a file that another process makes at this moment;
        // the journal takes its mode from it.
        let descriptor = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST {
            throw AccountError.badFile(path: path, reason: "it cannot be made; a folder that can be written to would be accepted")
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.write { db in
                let application = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
                let version = try Int32.fetchOne(db, sql: "PRAGMA user_version") ?? 0
                let isEmpty = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") == 0
                if isEmpty, application == 0 {
                    try Self.createTables(db)
                } else if application != Self.applicationID {
                    throw AccountError.badFile(path: path, reason: "a SQLite database of something else")
                } else if version != Self.version {
                    throw AccountError.badFile(path: path, reason: "its version is \(version), this program knows version \(Self.version)")
                }
            }
        } catch let error as DatabaseError where [.SQLITE_NOTADB, .SQLITE_CORRUPT].contains(error.resultCode) {
            throw AccountError.badFile(path: path, reason: error.message ?? "SQLite cannot read it")
        }
        // A copy that somebody made readable is closed again.
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }

    private static func createTables(_ db: Database) throws {
        try db.execute(
            sql: """
                PRAGMA application_id = \(applicationID);
                PRAGMA user_version = \(version);
                CREATE TABLE accounts (
                    name TEXT NOT NULL PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL CHECK (role IN ('editor', 'officer', 'admin')), cite TEXT,
                    token_sha256 BLOB NOT NULL UNIQUE CHECK (length(token_sha256) = 32), created TEXT NOT NULL, revoked TEXT,
                    CHECK ((role = 'editor') = (cite IS NOT NULL))
                ) STRICT
                """)
    }

    /// Makes an account and its token, which cannot be had again. Throws `AccountError.exists` and `badName`.
    package func add(_ name: String, role: AccountRole, at now: Date) throws -> (account: Account, token: AccessToken) {
        guard (1...64).contains(name.count), name.allSatisfy({ $0.isLetter || $0.isNumber || "._-@".contains($0) }) else { throw AccountError.badName(name) }
        let token = AccessToken()
        return try queue.write { db in
            if let other = try Self.fetch(db, where: "name = ?", [name]).first {
                throw AccountError.exists(name: other.name, what: "\(other.role)\(other.revoked.map { ", revoked \(written($0))" } ?? "")")
            }
            try db.execute(
                sql: "INSERT INTO accounts (name, role, cite, token_sha256, created) VALUES (?, ?, ?, ?, ?)",
                arguments: [name, role.name, role.cite, Data(token.digest), written(now)])
            return (try Self.fetch(db, where: "name = ?", [name])[0], token)
        }
    }

    /// Every account, revoked ones too, in order of name.
    package func all() throws -> [Account] { try queue.read { try Self.fetch($0, where: "true", []) } }

    /// Takes an account its right to sign in, from now on. One that is revoked already keeps its first time.
    /// Throws `AccountError.unknown`, with the names there are.
    package func revoke(_ name: String, at now: Date) throws -> Account {
        try queue.write { db in
            try db.execute(sql: "UPDATE accounts SET revoked = ? WHERE name = ? AND revoked IS NULL", arguments: [written(now), name])
            guard let account = try Self.fetch(db, where: "name = ?", [name]).first else {
                let all = try Self.fetch(db, where: "true", [])
                throw AccountError.unknown(name: name, known: all.isEmpty ? nil : all.filter { $0.revoked == nil }.prefix(20).map(\.name))
            }
            return account
        }
    }

    /// The account that a token signs in; nil for a token of nobody, a revoked one, and a text that is no token.
    ///
    /// Every stored hash is compared, each in constant time: how long it takes tells nothing of how near a guess was. Linear in the accounts.
    package func account(of text: String) throws -> Account? {
        guard let digest = AccessToken(text)?.digest else { return nil }
        return try queue.read { db in
            var found: String?
            for row in try Row.fetchAll(db, sql: "SELECT name, token_sha256 FROM accounts WHERE revoked IS NULL") {
                let stored: Data = row[1]
                if digest == stored { found = row[0] }
            }
            return try found.flatMap { try Self.fetch(db, where: "name = ?", [$0]).first }
        }
    }

    private static func fetch(_ db: Database, where condition: String, _ arguments: StatementArguments) throws -> [Account] {
        try Row.fetchAll(db, sql: "SELECT name, role, cite, created, revoked FROM accounts WHERE \(condition) ORDER BY name", arguments: arguments).map { row in
            guard let role = AccountRole(name: row[1], cite: row[2]), let created = instant(row[3]) else {
                throw AccountError.badFile(path: "accounts.sqlite", reason: "account '\(row[0] as String)' has a role or a time that cannot be read")
            }
            return Account(name: row[0], role: role, created: created, revoked: (row[4] as String?).flatMap(instant))
        }
    }
}

/// `2026-11-22T10:00:00Z`.
private func written(_ instant: Date) -> String { instant.formatted(.iso8601) }

private func instant(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }
