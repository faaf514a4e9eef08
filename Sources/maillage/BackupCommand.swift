import ArgumentParser
import Planning

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the store to a file while it is in use.",
        discussion: "The copy is made with SQLite's online backup: it is whole, or it is not there. An existing file is never overwritten.")

    @OptionGroup var options: WorkspaceOptions

    @Argument(help: "The file to write, such as network-2026-11.gpkg.")
    var file: String

    func run() throws {
        try options.open().backup(to: file) { done, total in
            Console.progress("\(done) of \(total) pages")
        }
        Console.endProgress()
        Console.error("wrote \(file)")
    }
}
