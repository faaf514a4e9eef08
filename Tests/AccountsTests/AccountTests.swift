import Accounts
import Foundation
import TestSupport
import Testing

@Suite struct AccountTests {
    private let folder: TemporaryFolder
    private let store: AccountStore
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    init() throws {
        folder = try TemporaryFolder()
        store = try AccountStore(path: folder.path("accounts.sqlite"))
    }

    @Test func `a token signs in its own account, with its role and its Cité`() throws {
        let (paris, parisToken) = try store.add("paris-desk", role: .editor(cite: "paris"), at: now)
        let (office, officeToken) = try store.add("label.office", role: .officer, at: now)
        #expect(paris == Account(name: "paris-desk", role: .editor(cite: "paris"), created: now, revoked: nil))
        #expect(try store.account(of: parisToken.text) == paris && store.account(of: officeToken.text) == office)
        #expect(paris.role.cite == "paris" && office.role.cite == nil && parisToken != officeToken)
        #expect(try store.all() == [office, paris])
        #expect(try AccountStore(path: folder.path("accounts.sqlite")).account(of: parisToken.text) == paris)
    }

    @Test func `a token that is revoked, another's or no token signs nobody in`() throws {
        let (_, token) = try store.add("a", role: .admin, at: now)
        for text in ["", "mlg_", "hello", token.text + "A", String(token.text.dropLast()), token.text.uppercased(), AccessToken().text, "a", "mlg_' OR 1=1 --"]
        {
            #expect(try store.account(of: text) == nil, "\(text)")
        }
        #expect(try store.account(of: token.text)?.role == .admin)
        #expect(try store.revoke("a", at: now + 60).revoked == now + 60)
        #expect(try store.account(of: token.text) == nil && store.all().map(\.revoked) == [now + 60])
        #expect(try store.revoke("a", at: now + 999).revoked == now + 60, "the first time counts")
    }

    @Test func `a token is 256 random bits with a prefix, shown by nothing but its text`() {
        let tokens = (0..<500).map { _ in AccessToken() }
        #expect(Set(tokens.map(\.text)).count == 500)
        #expect(tokens.allSatisfy { $0.text.hasPrefix("mlg_") && $0.text.utf8.count == 47 && AccessToken($0.text) == $0 })
        // Each of the 64 characters turns up, as it would in 21,500 random ones.
        #expect(Set(tokens.flatMap { $0.text.dropFirst(4) }).count == 64)
        #expect("\(tokens[0])" == "mlg_…" && !String(reflecting: tokens[0]).contains(tokens[0].text.dropFirst(4)))
        var dumped = ""
        dump(tokens[0], to: &dumped)
        #expect(!dumped.contains(tokens[0].text.dropFirst(4)))
    }

    @Test func `no byte of the token is in the file, which only its owner may read`() throws {
        let (_, token) = try store.add("paris-desk", role: .editor(cite: "paris"), at: now)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            let bytes = try Data(contentsOf: folder.url.appendingPathComponent(name))
            #expect(bytes.range(of: Data(token.text.utf8)) == nil && bytes.range(of: Data(token.text.dropFirst(4).utf8)) == nil)
            #expect(name != "accounts.sqlite" || bytes.range(of: Data("paris-desk".utf8)) != nil)
            let mode = try FileManager.default.attributesOfItem(atPath: folder.path(name))[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(name)")
        }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path("accounts.sqlite"))
        _ = try AccountStore(path: folder.path("accounts.sqlite"))
        #expect(try FileManager.default.attributesOfItem(atPath: folder.path("accounts.sqlite"))[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a name is given once, whatever its case and even when revoked`() throws {
        _ = try store.add("desk", role: .editor(cite: "paris"), at: now)
        let error = #expect(throws: AccountError.self) { try store.add("Desk", role: .officer, at: now) }
        #expect(error?.description.contains("editor of paris") == true && error?.description.contains("another one would be accepted") == true)
        _ = try store.revoke("desk", at: now)
        #expect(throws: AccountError.self) { try store.add("desk", role: .officer, at: now) }
        #expect(try store.all().count == 1)
    }

    @Test(arguments: ["", "a b", "a\nb", "<script>", String(repeating: "a", count: 65)])
    func `a name that would spoil a list is refused`(name: String) {
        #expect(throws: AccountError.badName(name)) { try store.add(name, role: .officer, at: now) }
    }

    @Test func `an unknown account names those there are`() throws {
        _ = try store.add("desk", role: .officer, at: now)
        let error = #expect(throws: AccountError.self) { try store.revoke("dest", at: now) }
        #expect(error == .unknown(name: "dest", known: ["desk"]) && error?.description == "no account 'dest'; accounts that may sign in: desk")
    }

    @Test func `a file that is something else is refused and stays as it was`() throws {
        let path = try folder.write("not a database at all, but long enough to look at", to: "other.sqlite")
        let before = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(throws: AccountError.self) { try AccountStore(path: path) }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        #expect(throws: AccountError.self) { try AccountStore(path: folder.path("none/accounts.sqlite")) }
    }

    @Test func `two who add the same name at once do not both get it`() async throws {
        let (path, now) = (folder.path("new.sqlite"), now)
        let made = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 { group.addTask { (try? AccountStore(path: path).add("same", role: .officer, at: now)) != nil } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
        #expect(try AccountStore(path: path).all().count == 1)
    }
}
