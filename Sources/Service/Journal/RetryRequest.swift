package import SyncEngine
package import Units

/// What somebody asks of parked records, beside a running engine: it finds the marks in the jobs' next runs.
package enum RetryRequest: Sendable, Equatable {
    case records([Int64])
    case all
    /// Settled by hand: not shown or tried again unless its source changes.
    case dismiss(Int64, why: String)

    package struct Answer: Sendable, Equatable {
        package let text: String
        package let verdict: Verdict
    }

    /// Carries it out. A number that stands for no parked record is said and keeps none of the others from being marked.
    package func carryOut(on journal: Journal, at moment: Moment) throws -> Answer {
        switch self {
        case .all:
            let count = try journal.retry(nil, at: moment)
            return Answer(text: count == 0 ? "Nothing is set aside.\n" : Self.marked(count), verdict: .held)
        case .records(let ids):
            let known = Set(try journal.parked().map(\.id))
            let strangers = ids.filter { !known.contains($0) }
            let count = try journal.retry(ids.filter(known.contains), at: moment)
            let text = count == 0 ? "" : Self.marked(count)
            return Answer(text: text + strangers.map(Self.unknown).joined(), verdict: strangers.isEmpty ? .held : .usage)
        case .dismiss(let id, let why):
            guard try journal.parked().contains(where: { $0.id == id }), try journal.dismiss(id, why: why, at: moment) else {
                return Answer(text: Self.unknown(id), verdict: .usage)
            }
            return Answer(
                text: "Record \(id) is dismissed. It comes back when its source changes in a way that does not go through.\n",
                verdict: .held)
        }
    }

    private static func marked(_ count: Int) -> String {
        "\(counted(count, "record is", "records are")) tried again in the next run of \(count == 1 ? "its job" : "their jobs").\n"
    }

    private static func unknown(_ id: Int64) -> String {
        "No record with the number \(id) is set aside: 'tandem status' shows them.\n"
    }
}
