/// The program itself, as it names itself in what it makes.
package enum Program {
    package static let name = "Maillage"
    package static let version = "0.1.0"
}
