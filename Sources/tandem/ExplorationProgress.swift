import Exploration
import Units

/// One line on a terminal that says how far an exploration has come and how fast it is.
final class ExplorationProgress {
    private let terminal: Terminal
    private let began = WallTime.now()
    private var shownAt: Moment
    private var isShown = false

    init(terminal: Terminal) {
        self.terminal = terminal
        shownAt = began
    }

    var elapsed: Duration { WallTime.now() - began }

    /// - Parameters:
    ///   - item: How many items are done.
    ///   - count: How many there are; `nil` when time decides.
    func show(_ figures: Figures, item: Int, of count: Int?) {
        guard terminal.showsProgress else { return }
        let now = WallTime.now()
        guard now - shownAt >= .milliseconds(200) else { return }
        shownAt = now
        isShown = true
        terminal.complain("\r\u{1B}[K" + Self.text(figures, item: item, of: count, elapsed: now - began))
    }

    func clear() {
        if isShown { terminal.complain("\r\u{1B}[K") }
        isShown = false
    }

    static func text(_ figures: Figures, item: Int, of count: Int?, elapsed: Duration) -> String {
        "\(item)\(count.map { " of \($0)" } ?? "") · \(rate(figures, elapsed)) runs/s · \(figures.faults) faults · "
            + "\(figures.crashes) crashes · \(figures.rulesChecked) rules checked · \(figures.broken) broken"
    }

    /// Whole runs a second.
    static func rate(_ figures: Figures, _ elapsed: Duration) -> Int64 {
        Int64(figures.runs) * 1000 / max(1, elapsed.milliseconds)
    }
}
