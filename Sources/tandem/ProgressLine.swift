import Units

/// How far a command is, on standard error: one line that is overwritten on a terminal, a line now and then in a pipe.
final class ProgressLine {
    private let terminal: Terminal
    private var shownAt: Moment
    private var isShown = false

    private static let pauseOnTerminal = Duration.milliseconds(100)
    private static let pauseInPipe = Duration.seconds(10)

    init(terminal: Terminal) {
        self.terminal = terminal
        // On a terminal the first line comes at once.
        shownAt = terminal.showsProgress ? Moment(milliseconds: 0) : WallClock.time()
    }

    func show(_ text: @autoclosure () -> String) {
        let now = WallClock.time()
        guard now - shownAt >= (terminal.showsProgress ? Self.pauseOnTerminal : Self.pauseInPipe) else { return }
        shownAt = now
        guard terminal.showsProgress else { return terminal.printError(text() + "\n") }
        isShown = true
        terminal.printError(Terminal.progressStart + text())
    }

    /// As much of a name as a terminal has room for; in a pipe all of it.
    func name(_ name: String) -> String { terminal.showsProgress && name.count > 70 ? "…" + name.suffix(69) : name }

    /// Makes room for other output.
    func clear() {
        if isShown { terminal.printError(Terminal.progressStart) }
        isShown = false
    }
}
