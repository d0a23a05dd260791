/// A token or password that no description, dump or error shows.
package struct Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private let text: String

    package init(_ text: String) { self.text = text }

    /// The secret itself, for the one header that carries it.
    package func reveal() -> String { text }

    /// A server in debug mode quotes the request's headers back in its error.
    package func masked(in message: String) -> String {
        guard !text.isEmpty else { return message }
        return message.split(separator: text, omittingEmptySubsequences: false).joined(separator: description)
    }

    package var description: String { "•••" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
