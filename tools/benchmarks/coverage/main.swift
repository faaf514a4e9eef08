// bench-coverage generate FOLDER | measure FOLDER: the points that all peers measure, and our figures as JSON.   Run by `tools/bench coverage`.
import Coverage
import Foundation
import GeoModel
import Geodesy
import Impedance
import Population

let arguments = CommandLine.arguments
guard arguments.count == 3, ["generate", "measure"].contains(arguments[1]) else {
    FileHandle.standardError.write(Data("usage: bench-coverage generate|measure FOLDER\n".utf8))
    exit(64)
}
let folder = URL(fileURLWithPath: arguments[2])
if arguments[1] == "generate" {
    try GeneratedPoints.make(in: folder)
} else {
    print(try Measurement.run(in: folder))
}
