/// A password that no description, dump or error shows.
struct Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The password itself, for the one header that carries it.
    func reveal() -> String { text }

    /// The message with every mention of the secret covered, should a server quote the request in its error.
    func masked(in message: String) -> String {
        guard !text.isEmpty else { return message }
        return message.split(separator: text, omittingEmptySubsequences: false).joined(separator: description)
    }

    var description: String { "•••" }
    var debugDescription: String { description }
    var customMirror: Mirror { Mirror(self, children: []) }
}
