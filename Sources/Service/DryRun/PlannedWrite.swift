package import Exchange
package import JSON
package import SyncCore

/// One thing that a run would do in one of the systems.
package struct PlannedWrite: Sendable, Equatable {
    package enum Action: String, Sendable {
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
    package struct Field: Sendable, Equatable {
        package enum Held: Sendable, Equatable {
            /// There is no such record, or the member has no value.
            case nothing
            case value(String)
            /// The system does not show this member.
            case notShown
        }

        package let name: String
        package let held: Held
        package let new: String
    }

    /// A request as it would be sent.
    package struct Call: Sendable, Equatable {
        package let method: String
        /// Below the base path, with its query.
        package let path: String
        /// `nil`: without a body.
        package let body: JSON?
    }

    package let connection: String
    package let job: Job
    package let system: System
    package internal(set) var action: Action
    /// Such as `order 1042`.
    package let subject: String
    package internal(set) var fields: [Field] = []
    /// How things stand there now, where that is worth knowing.
    package internal(set) var note: String?
    package internal(set) var calls: [Call] = []
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
