import ArgumentParser
import Planning

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check the workspace: the files, their R-trees, the references between records.",
        discussion: "Prints each finding with its place and ends with 65 where there are any. Nothing is changed.")

    @OptionGroup var options: WorkspaceOptions

    func run() throws {
        let workspace = try options.open()
        let findings = try workspace.check()
        findings.forEach { Console.output("\($0)\n") }
        guard findings.isEmpty else {
            Console.error("\(findings.count) \(findings.count == 1 ? "finding" : "findings") in \(workspace.path)")
            throw ExitCode(Failure.badContent)
        }
        Console.error("\(workspace.path) is sound")
    }
}
