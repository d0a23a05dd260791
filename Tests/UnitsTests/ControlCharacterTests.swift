import Testing
import Units

struct ControlCharacterTests {
    @Test(arguments: [
        ("plain – æøå 漢字 👍", "plain – æøå 漢字 👍"), ("\u{1B}[31mred", "\\u001b[31mred"),
        ("\u{1B}]0;title\u{7}", "\\u001b]0;title\\u0007"),
        ("one\rtwo", "one\\rtwo"), ("one\ntwo\tthree", "one\\ntwo\\tthree"), ("\u{9B}2J\u{85}", "\\u009b2J\\u0085"),
        ("a\u{2028}b\u{2029}c", "a\\u2028b\\u2029c"), ("\u{202E}gpj.exe\u{2066}", "\\u202egpj.exe\\u2066"),
        ("\u{7F}\u{0}", "\\u007f\\u0000"),
        ("\r\n", "\\r\\n"),
    ]) func nothingThatATerminalObeysStays(text: String, shown: String) {
        #expect(text.escapingControls() == shown)
    }

    @Test func linesStayWhereTheyAreOurs() {
        #expect("one\n\ttwo\r\u{1B}c".escapingControls(keepsLines: true) == "one\n\ttwo\\r\\u001bc")
    }
}
