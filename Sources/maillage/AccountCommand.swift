import Accounts
import ArgumentParser
import Foundation
import Planning
import Presentation

struct AccountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "account", abstract: "Who may sign in, and what they may change.",
        discussion: """
            Accounts are kept in accounts.sqlite, apart from the store and readable by its owner only: no backup and no export takes them
            along. A token is shown once, when its account is made; only its hash is kept.
            """, subcommands: [Add.self, List.self, Revoke.self])

    enum Role: String, ExpressibleByArgument, CaseIterable { case editor, officer, admin }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make an account and print its token, once.",
            discussion: """
                An editor changes the platforms of one Cité, an officer everything of the label, an admin accounts too. The token goes to
                standard output, alone; it cannot be shown again. Who loses it gets another account, and the old one is revoked.

                EXAMPLES
                  maillage account add paris-desk --role editor --cite paris
                  maillage account add label-office --role officer
                """)

        @OptionGroup var options: WorkspaceOptions

        @Argument(help: "A name for the account, as the history will show it: letters, digits and . _ - @.")
        var name: String

        @Option(help: "editor, officer or admin.")
        var role: Role

        @Option(help: ArgumentHelp("The Cité that an editor edits, by its id.", valueName: "id"))
        var cite: String?

        func validate() throws {
            if role == .editor, cite == nil { throw ValidationError("--role editor needs --cite ID: an editor edits one Cité") }
            if role != .editor, cite != nil { throw ValidationError("--cite goes with --role editor only; an \(role.rawValue) is bound to no Cité") }
        }

        func run() throws {
            let role: AccountRole =
                switch self.role {
                case .editor: .editor(cite: cite!)
                case .officer: .officer
                case .admin: .admin
                }
            let (account, token) = try options.open().addAccount(name, role: role, at: Date())
            Console.output(token.text + "\n")
            Console.error("account '\(account.name)' (\(account.role)): the token above is shown this once; only its hash is kept")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the accounts, revoked ones too.")

        @OptionGroup var options: WorkspaceOptions
        @OptionGroup var output: FormatOption

        func run() throws { Console.print(AccountList(try options.open().accounts()).rendered(output.format)) }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take an account its right to sign in.",
            discussion: "Its token is refused from now on. The account stays listed, and its name is not given again.")

        @OptionGroup var options: WorkspaceOptions

        @Argument(help: "The name of the account, as 'account list' shows it.")
        var name: String

        func run() throws {
            let account = try options.open().revokeAccount(name, at: Date())
            Console.error("account '\(account.name)' is revoked since \(account.revoked?.formatted(.iso8601) ?? "now")")
        }
    }
}
