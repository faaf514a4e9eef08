import Foundation
import Presentation

/// Standard output for results, standard error for people.
enum Console {
    static func error(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }

    static func output(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

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
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
    }

    static func endProgress() { progress("") }
}
