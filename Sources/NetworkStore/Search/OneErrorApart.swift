/// Whether one typing error makes one text of the other: two neighbours swapped, one letter in the place of another, one
/// missing or one too many. O(n).
package func isOneErrorApart<T: Equatable>(_ a: [T], _ b: [T]) -> Bool {
    guard abs(a.count - b.count) <= 1 else { return false }
    var i = 0
    while i < a.count, i < b.count, a[i] == b[i] { i += 1 }
    if a.count == b.count {
        guard i < a.count else { return false }
        if a[(i + 1)...] == b[(i + 1)...] { return true }
        return i + 1 < a.count && a[i] == b[i + 1] && a[i + 1] == b[i] && a[(i + 2)...] == b[(i + 2)...]
    }
    let (short, long) = a.count < b.count ? (a, b) : (b, a)
    return short[i...] == long[(i + 1)...]
}
