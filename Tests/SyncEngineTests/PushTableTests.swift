import Foundation
import Testing

struct PushTableTests {
    /// Set TANDEM_REGENERATE=1 to write it, and read it before it is kept.
    private static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Kept/push-table.txt")
        .standardized

    /// Every state of a document with every event, and every way in which the exchanges may go: what is called, what the journal
    /// holds afterwards, what is told, and what is thrown. Compared whole; a difference is a change of behaviour.
    @Test func theTableOfStatesAndEventsStands() throws {
        var lines: [String] = []
        for start in Start.all {
            lines.append(start.name)
            // Events that come to the same stand together, at the first of them.
            var rows: [(events: [String], paths: [String])] = []
            for event in Event.all {
                var paths: [String] = []
                var choices = Choices()
                repeat {
                    choices.begin()
                    let bench = try Bench(start: start, choices: choices)
                    let outcome = try bench.run(event)
                    choices = bench.choices
                    let calls = bench.calls.enumerated().filter { $0.offset == 0 || bench.calls[$0.offset - 1] != $0.element }
                    paths.append((calls.map(\.element).joined(separator: ", ") + " -> " + outcome).trimmed)
                } while choices.advance()
                if let same = rows.firstIndex(where: { $0.paths == paths }) {
                    rows[same].events.append("\(event)")
                } else {
                    rows.append((["\(event)"], paths))
                }
            }
            for row in rows {
                lines.append("  " + row.events.joined(separator: "; "))
                lines += row.paths.map { "    " + $0 }
            }
        }
        let table = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["TANDEM_REGENERATE"] == "1" {
            try table.write(to: Self.path, atomically: true, encoding: .utf8)
        }
        #expect(table == (try String(contentsOf: Self.path, encoding: .utf8)))
    }
}

extension String {
    fileprivate var trimmed: String { String(drop { $0 == " " }) }
}

/// Which way each question went on one path, so that every path is taken once.
struct Choices {
    private var taken: [Int] = []
    private var sizes: [Int] = []
    private var position = 0

    mutating func begin() { position = 0 }

    mutating func choose(_ count: Int) -> Int {
        if position == taken.count {
            taken.append(0)
            sizes.append(count)
        }
        position += 1
        return taken[position - 1]
    }

    mutating func advance() -> Bool {
        taken.removeSubrange(position...)
        sizes.removeSubrange(position...)
        while let last = taken.last {
            if last + 1 < sizes.last! {
                taken[taken.count - 1] += 1
                return true
            }
            taken.removeLast()
            sizes.removeLast()
        }
        return false
    }
}
