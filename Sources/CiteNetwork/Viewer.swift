/// Who reads: what is restricted is seen by label officers only. The CLI works as one, on its own files.
package enum Viewer: Sendable, Hashable {
    case everyone
    case officer
}
