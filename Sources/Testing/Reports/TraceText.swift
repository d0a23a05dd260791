package import ScenarioKit
import SyncCore
import Units

/// A trace for people: one line an entry, a lane for each system, what the engine decides across both.
package struct TraceText {
    let trace: Trace
    /// Whether entries about other documents than those of the failure are shown, and every poll.
    let isWhole: Bool

    private static let laneWidth = 58
    private static let margin = "    "

    package init(_ trace: Trace, isWhole: Bool = false) {
        self.trace = trace
        self.isWhole = isWhole
    }

    package var lines: [String] {
        let head =
            Self.margin + "simulated time  " + "Rackbeat".padded(to: Self.laneWidth) + " │ Ongoing"
        let about = concerned.map { "\($0)" }.sorted()
        let title = about.isEmpty ? "  what happened" : "  what happened to " + about.joined(separator: ", ")
        return [title, head] + TraceFolding.fold(shown, foldsRepeats: true).map(line)
    }

    /// Empty when everything is shown.
    private var concerned: Set<RecordRef> { isWhole ? [] : trace.concerned }

    private var shown: [Trace.Entry] {
        concerned.isEmpty ? trace.entries : trace.entries.filter { $0.concerns(concerned) }
    }

    // MARK: Lines

    private func line(_ folded: TraceFolding.Line) -> String {
        switch folded {
        case .polls(let count, let after):
            return Self.acrossLanes(after, "\(counted(count, "poll")), nothing new")
        case .repeated(let entry, let exchange, let last, let count):
            return Self.inLane(entry, Self.words(exchange, until: last) + ", \(count) times" + Self.fault(of: exchange))
        case .entry(let entry):
            switch entry.event {
            case .engine(let note): return Self.acrossLanes(entry.after, note.text)
            case .step(let step):
                let text = "» \(step.text)\(step.wasTaken ? "" : "  (not taken)")"
                return entry.lane == .engine ? Self.acrossLanes(entry.after, text) : Self.inLane(entry, text)
            case .exchange(let exchange): return Self.inLane(entry, Self.words(exchange) + Self.fault(of: exchange))
            case .movement(let movement): return Self.inLane(entry, Self.words(movement, in: entry.lane))
            }
        }
    }

    private static func words(_ exchange: TracedExchange, until last: Int? = nil) -> String {
        let numbers = "#\(exchange.number)" + (last.map { "–#\($0)" } ?? "")
        return "\(numbers) \(exchange.method) \(path(exchange.target)) → \(exchange.outcome)"
    }

    private static func fault(of exchange: TracedExchange) -> String { exchange.fault.map { "  ⚡ \($0)" } ?? "" }

    /// Without the paging that every list has.
    private static func path(_ target: String) -> String {
        let parts = target.split(separator: "?", maxSplits: 1)
        return parts.count == 2 ? parts[0] + "?…" : target
    }

    private static func words(_ movement: TracedMovement, in lane: Trace.Lane) -> String {
        let document = movement.document.isEmpty ? "" : " (\(movement.document))"
        return
            "  stock of \(movement.item) \(lane == .rackbeat ? "at location" : "for goods owner") \(movement.place): "
            + "\(movement.change.signed) → \(movement.stock), \(movement.cause)" + document
    }

    private static func inLane(_ entry: Trace.Entry, _ text: String) -> String {
        let time = margin + FailureText.clock(entry.after).padded(to: 14) + "  "
        let text = FailureText.shortened(text)
        guard entry.lane == .rackbeat else { return time + "".padded(to: laneWidth) + " │ " + text }
        return text.count > laneWidth ? time + text : time + text.padded(to: laneWidth) + " │"
    }

    private static func acrossLanes(_ after: Duration, _ text: String) -> String {
        margin + FailureText.clock(after).padded(to: 14) + "  ── " + FailureText.shortened(text)
    }
}

/// Folds what shows nothing: polls that found nothing new, and the jobs that made no others.
package enum TraceFolding {
    package enum Line: Sendable, Equatable {
        case entry(Trace.Entry)
        /// The first of exchanges that were tried again and went the same way, the number of the last one, and how many they are.
        case repeated(Trace.Entry, TracedExchange, last: Int, count: Int)
        /// So many reads, from that time on.
        case polls(Int, after: Duration)
    }

    /// - Parameter foldsRepeats: Whether attempts that fail in the same way become one line.
    package static func fold(_ entries: [Trace.Entry], foldsRepeats: Bool = false) -> [Line] {
        var lines: [Line] = []
        var quiet: [Trace.Entry] = []
        func flush(before next: Trace.Entry?) {
            // A job that goes on with what comes next is not quiet.
            var begun: Trace.Entry?
            if next != nil, let last = quiet.lastIndex(where: { $0.noteKind == .jobBegan }),
                !quiet[last...].contains(where: { $0.noteKind == .jobEnded })
            {
                begun = quiet.remove(at: last)
            }
            let polls = quiet.count { $0.isPoll }
            if polls > 0, let first = quiet.first {
                lines.append(.polls(polls, after: first.after))
            }
            if let begun { lines.append(.entry(begun)) }
            quiet = []
        }
        for entry in entries {
            if entry.isQuiet {
                quiet.append(entry)
            } else {
                flush(before: entry)
                if foldsRepeats, let last = lines.last, let longer = last.repeated(by: entry) {
                    lines[lines.count - 1] = longer
                } else {
                    lines.append(.entry(entry))
                }
            }
        }
        flush(before: nil)
        return lines
    }
}

extension TraceFolding.Line {
    /// The line with one attempt more; `nil` when the entry is something else.
    fileprivate func repeated(by entry: Trace.Entry) -> Self? {
        guard case .exchange(let next) = entry.event, !next.isSuccess else { return nil }
        switch self {
        case .entry(let first):
            guard case .exchange(let exchange) = first.event, exchange.isSameAttempt(as: next) else { return nil }
            return .repeated(first, exchange, last: next.number, count: 2)
        case .repeated(let first, let exchange, _, let count):
            return exchange.isSameAttempt(as: next) ? .repeated(first, exchange, last: next.number, count: count + 1) : nil
        case .polls: return nil
        }
    }
}

extension TracedExchange {
    fileprivate func isSameAttempt(as other: Self) -> Bool {
        system == other.system && connection == other.connection && method == other.method && target == other.target
            && outcome == other.outcome && fault == other.fault && requestBody == other.requestBody
    }
}

extension Trace.Entry {
    fileprivate var noteKind: Trace.Note.Kind? {
        if case .engine(let note) = event { note.kind } else { nil }
    }

    fileprivate var isPoll: Bool {
        if case .exchange(let exchange) = event { exchange.showedNothingNew } else { false }
    }

    /// Whether it is shown only in sum.
    fileprivate var isQuiet: Bool { isPoll || [.jobBegan, .jobEnded, .routine].contains(noteKind) }

    /// Whether it belongs to these documents, or to all: a crash, a fault, a poll on the way.
    fileprivate func concerns(_ wanted: Set<RecordRef>) -> Bool {
        if !records.isDisjoint(with: wanted) { return true }
        switch event {
        case .engine(let note):
            switch note.kind {
            case .started, .crashed, .jobBegan, .jobEnded, .jobFailed: return true
            case .decided, .parked, .unparked, .other: return records.isEmpty
            case .routine: return false
            }
        case .step: return records.isEmpty
        case .exchange(let exchange): return exchange.showedNothingNew || exchange.fault != nil && records.isEmpty
        case .movement: return false
        }
    }
}
