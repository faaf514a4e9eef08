/// The form in which postal codes are compared: letters and digits alone, without what follows CEDEX (`04001 CEDEX 2` is `04001`).
func postalKey(_ code: String) -> String {
    foldedKey(code).split(separator: " ").prefix { $0 != "cedex" }.joined()
}
