import Foundation
import Presentation

/// Standard output for results, standard error for people.
enum Console {
    static func error(_ line: String) { try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8)) }

    /// A full disk or a closed output ends the program with a sentence.
    static func output(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            self.error("error: the result could not be written to standard output")
            exit(Failure.unavailable)
        }
    }

    /// The result on standard output, its notes on standard error.
    static func print(_ rendering: Rendering) {
        output(rendering.text)
        if !rendering.notes.isEmpty {
            if isatty(STDOUT_FILENO) != 0 { error("") }
            rendering.notes.forEach(error)
        }
    }

    /// A line that a terminal overwrites with the next one, and that a file does not get.
    static func progress(_ line: String) {
        guard isatty(STDERR_FILENO) != 0 else { return }
        try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(line)".utf8))
    }

    static func endProgress() { progress("") }
}
