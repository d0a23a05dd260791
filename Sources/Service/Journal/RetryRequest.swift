package import SyncEngine
package import Units

/// A request about parked records. It marks them in the journal; a running engine finds the marks in the next runs of the jobs.
package enum RetryRequest: Sendable, Equatable {
    case records([Int64])
    case all
    /// Settled by hand: neither shown nor retried unless its source changes.
    case dismiss(Int64, why: String)

    package struct Outcome: Sendable, Equatable {
        package let text: String
        package let exitStatus: ExitStatus
    }

    /// Carries it out. A number without a parked record is reported; the others are marked all the same.
    package func carryOut(on journal: Journal, at moment: Moment) throws -> Outcome {
        switch self {
        case .all:
            let count = try journal.retry(nil, at: moment)
            return Outcome(text: count == 0 ? "No record is parked.\n" : Self.marked(count), exitStatus: .success)
        case .records(let ids):
            let known = Set(try journal.parked().map(\.id))
            let unknown = ids.filter { !known.contains($0) }
            let count = try journal.retry(ids.filter(known.contains), at: moment)
            let text = count == 0 ? "" : Self.marked(count)
            return Outcome(text: text + unknown.map(Self.notFound).joined(), exitStatus: unknown.isEmpty ? .success : .usage)
        case .dismiss(let id, let why):
            guard try journal.parked().contains(where: { $0.id == id }), try journal.dismiss(id, why: why, at: moment) else {
                return Outcome(text: Self.notFound(id), exitStatus: .usage)
            }
            return Outcome(
                text: "Record \(id) is dismissed. It is parked again if its source changes and the change fails.\n",
                exitStatus: .success)
        }
    }

    private static func marked(_ count: Int) -> String {
        "\(counted(count, "record", "records")) will be retried in the next run of \(count == 1 ? "its job" : "their jobs").\n"
    }

    private static func notFound(_ id: Int64) -> String {
        "There is no parked record \(id): see 'tandem status'.\n"
    }
}
