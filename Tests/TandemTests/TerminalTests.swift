import Testing

@testable import tandem

struct TerminalTests {
    /// What another system wrote is shown and not obeyed; our own progress lines and colours are.
    @Test(arguments: [
        ("plain\n\ttext\n", "plain\n\ttext\n"), ("\u{1B}]0;title\u{7}\n", "\\u001b]0;title\\u0007\n"),
        ("\r\u{1B}[K3 of 4", "\r\u{1B}[K3 of 4"), ("3 of 4\r\u{1B}[Kgone", "3 of 4\\r\\u001b[Kgone"),
        ("\u{1B}[31mfailed\u{1B}[0m \u{1B}[2J\u{9B}1m", "\u{1B}[31mfailed\u{1B}[0m \\u001b[2J\\u009b1m"),
        ("a\u{2028}b", "a\\u2028b"), ("\r\u{1B}[Kx\u{1B}c", "\r\u{1B}[Kx\\u001bc"),
    ]) func nothingIsObeyed(text: String, shown: String) {
        #expect(Terminal.shown(text) == shown)
    }
}
