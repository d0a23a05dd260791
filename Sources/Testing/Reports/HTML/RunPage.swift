import Exchange
import Invariants
import JSON
import ScenarioKit
import SyncCore
import Units

/// The data of one run for the page: rows of numbers that point into a list of texts. `report.js` reads them.
struct RunPage {
    let run: HTMLRun
    let texts: TextList
    let keepsBodies: Bool

    /// Of a run that is good no more entries and changes are kept.
    private static let mostEntries = 400
    private static let mostChanges = 300
    /// Of a body; the page says when it was cut.
    private static let longestBody = 60_000

    private var result: ScenarioResult { run.result }
    private var isGood: Bool { result.outcome.isGood }

    var json: JSON {
        let rows = Rows(trace: result.trace ?? Trace(), texts: texts, keepsBodies: keepsBodies, folds: !keepsBodies)
        let entries = rows.entries
        let kept = isGood && !keepsBodies ? Array(entries.prefix(Self.mostEntries)) : entries
        let changes = rows.changes
        let keptChanges = isGood ? Array(changes.prefix(Self.mostChanges)) : changes
        let changesEnd =
            keptChanges.count < changes.count
            ? result.trace?.changes[keptChanges.count - 1].after : result.trace?.changesEnd
        return [
            "name": .string(result.name), "variant": .string(result.variant), "path": .string(result.path),
            "outcome": .string(result.outcome.rawValue), "seed": .string(String(result.seed)),
            "digest": .string(result.digest), "simulated": JSON(Int(result.simulated.milliseconds)),
            "exchanges": JSON(result.exchanges), "tags": .array(run.tags.map(JSON.string)),
            "summary": texts.place(of: run.summary), "source": run.source.map(texts.place) ?? -1, "again": .string(run.again),
            "conditions": .array(run.conditions.map(JSON.string)), "reproducer": run.reproducer.map(JSON.string) ?? .null,
            "problem": result.problem.map(JSON.string) ?? .null, "line": result.line.map { JSON($0) } ?? .null,
            "invariants": .array((result.invariantResults + result.catches).map(Self.json)),
            "expectations": .array(result.failedExpectations.map(Self.json)),
            "documents": .array(rows.documents.map(JSON.string)), "concerned": .array(rows.concerned.map { JSON($0) }),
            "entries": .array(kept), "left": JSON(entries.count - kept.count), "changes": .array(keptChanges),
            "changesEnd": changesEnd.map { JSON(Int($0.milliseconds)) } ?? .null,
        ]
    }

    private static func json(_ invariant: InvariantResult) -> JSON {
        var (findings, undecided): ([Finding], String?) = ([], nil)
        switch invariant.verdict {
        case .holds: break
        case .undecided(let why): undecided = why
        case .broken(let broken): findings = broken
        }
        return [
            "id": .string(invariant.invariant), "statement": .string(invariant.statement),
            "undecided": undecided.map(JSON.string) ?? .null, "findings": .array(findings.map(JSONReport.json)),
        ]
    }

    private static func json(_ failed: FailedExpectation) -> JSON {
        [
            "name": .string(failed.expectation), "line": JSON(failed.line), "expected": .string(failed.expected),
            "found": .string(failed.found),
        ]
    }

    /// The entries of a trace as rows.
    private struct Rows {
        let trace: Trace
        let texts: TextList
        let keepsBodies: Bool
        /// Whether polls are only counted.
        let folds: Bool
        private let places: [RecordRef: Int]
        let documents: [String]
        let concerned: [Int]

        init(trace: Trace, texts: TextList, keepsBodies: Bool, folds: Bool) {
            self.trace = trace
            self.texts = texts
            self.keepsBodies = keepsBodies
            self.folds = folds
            let records = trace.entries.reduce(into: Set<RecordRef>()) { $0.formUnion($1.records) }
            let sorted = records.sorted { ($0.kind.rawValue, $0.number) < ($1.kind.rawValue, $1.number) }
            let places = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
            self.places = places
            documents = sorted.map { "\($0)" }
            concerned = trace.concerned.compactMap { places[$0] }.sorted()
        }

        var entries: [JSON] {
            let lines = folds ? TraceFolding.fold(trace.entries) : trace.entries.map { .entry($0) }
            var last: Int64 = 0
            return lines.map { line in
                let after: Int64
                let cells: [JSON]
                switch line {
                case .polls(let count, let moment): (after, cells) = (moment.milliseconds, [1, 4, [], JSON(count)])
                case .entry(let entry), .repeated(let entry, _, _, _):
                    (after, cells) = (entry.after.milliseconds, self.cells(entry))
                }
                defer { last = after }
                return .array([JSON(Int(after - last))] + cells)
            }
        }

        private func cells(_ entry: Trace.Entry) -> [JSON] {
            let lane: JSON = entry.lane == .rackbeat ? 0 : entry.lane == .engine ? 1 : 2
            let records = JSON.array(entry.records.compactMap { places[$0] }.sorted().map { JSON($0) })
            switch entry.event {
            case .step(let step):
                return [lane, 0, records, JSON(step.line ?? 0), texts.place(of: step.text), JSON(step.wasTaken ? 1 : 0)]
            case .engine(let note):
                return [lane, 1, records, texts.place(of: note.kind.rawValue), texts.place(of: note.text)]
            case .exchange(let exchange): return [lane, 2, records] + cells(exchange)
            case .movement(let movement):
                return [lane, 3, records]
                    + [
                        movement.item, movement.place, "\(movement.change)", "\(movement.stock)", movement.cause,
                        movement.document,
                    ].map(texts.place)
            }
        }

        private func cells(_ exchange: TracedExchange) -> [JSON] {
            let flags = (exchange.isSuccess ? 1 : 0) | (exchange.wasServed ? 2 : 0) | (exchange.showedNothingNew ? 4 : 0)
            return [
                JSON(exchange.number), texts.place(of: exchange.method), texts.place(of: exchange.target),
                texts.place(of: exchange.outcome), JSON(Int(exchange.took.milliseconds)), JSON(flags),
                exchange.fault.map(texts.place) ?? -1, body(exchange.requestBody), body(exchange.responseBody),
                texts.place(of: exchange.connection),
            ]
        }

        private func body(_ bytes: [UInt8]) -> JSON {
            guard keepsBodies, !bytes.isEmpty else { return -1 }
            guard bytes.count > RunPage.longestBody else { return texts.place(of: String(decoding: bytes, as: UTF8.self)) }
            let start = String(decoding: bytes.prefix(RunPage.longestBody), as: UTF8.self)
            return texts.place(of: start + "\n… (\(bytes.count) bytes)")
        }

        var changes: [JSON] {
            trace.changes.map { change in
                let lines = change.state?.lines.map { line in
                    JSON.array([line.id, line.item, line.quantity, line.progress].map(texts.place))
                }
                return [
                    JSON(Int(change.after.milliseconds)), change.system == .rackbeat ? 0 : 2, texts.place(of: change.name),
                    change.state.map { texts.place(of: $0.status) } ?? -1, .array(lines ?? []),
                ]
            }
        }
    }
}
