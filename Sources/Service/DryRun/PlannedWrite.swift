import Exchange
import JSON
import SyncCore

/// One thing that a run would do in one of the systems.
public struct PlannedWrite: Sendable, Equatable {
    public enum Action: String, Sendable {
        case create
        case change
        /// Sent again although nothing differs from what is held, as far as that can be seen.
        case rewrite
        case cancel
        case ship
        case receive
        case adjust
        /// A draft would be left behind, not confirmed.
        case draft
        case remove
        /// Tells the warehouse what was dealt with.
        case report
        /// Something that this dry run knows no words for.
        case other
    }

    /// One member with what is held now and what it would become.
    public struct Field: Sendable, Equatable {
        public enum Held: Sendable, Equatable {
            /// There is no such record, or the member has no value.
            case nothing
            case value(String)
            /// The system does not show this member.
            case notShown
        }

        public let name: String
        public let held: Held
        public let new: String
    }

    /// A request as it would be sent.
    public struct Call: Sendable, Equatable {
        public let method: String
        /// Below the base path, with its query.
        public let path: String
        /// `nil`: without a body.
        public let body: JSON?
    }

    public let connection: String
    public let job: Job
    public let system: System
    public internal(set) var action: Action
    /// Such as `order 1042`.
    public let subject: String
    public internal(set) var fields: [Field] = []
    /// How things stand there now, where that is worth knowing.
    public internal(set) var note: String?
    public internal(set) var calls: [Call] = []
}

/// What a dry run has gathered so far.
final class WritePlan {
    let connection: String
    /// The job that is running.
    var job = Job.products
    private(set) var writes: [PlannedWrite?] = []

    init(connection: String) { self.connection = connection }

    /// - Returns: A handle to change or drop it by.
    @discardableResult
    func add(
        _ system: System, _ action: PlannedWrite.Action, _ subject: String, fields: [PlannedWrite.Field] = [],
        note: String? = nil, call: PlannedWrite.Call
    ) -> Int {
        writes.append(
            PlannedWrite(
                connection: connection, job: job, system: system, action: action, subject: subject, fields: fields, note: note,
                calls: [call]))
        return writes.count - 1
    }

    func change(_ handle: Int, _ change: (inout PlannedWrite) -> Void) {
        guard var write = writes[handle] else { return }
        change(&write)
        writes[handle] = write
    }

    /// It was begun and taken back: nothing of it would be left.
    func drop(_ handle: Int) { writes[handle] = nil }

    var result: [PlannedWrite] { writes.compactMap(\.self) }
}
