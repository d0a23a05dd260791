package import Exchange
import OngoingClient
package import SyncCore
import SyncEngine
import Trade
import Units

/// One thing that a run would do in one of the systems.
package struct PlannedWrite: Sendable, Equatable {
    package enum Action: String, Sendable {
        case create
        case change
        case cancel
        case ship
        case receive
        case adjust
        case remove
        /// Tells the warehouse what was dealt with.
        case report
    }

    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package let connection: String
    package let job: Job
    package let system: System
    package let action: Action
    /// Such as `order 1042`.
    package let subject: String
    package let fields: [Field]
}

extension PlannedWrite {
    init(_ directive: PlannedDirective, connection: String, job: Job) {
        var list = FieldList()
        let (system, action, subject): (System, Action, String)
        switch directive {
        case .put(let kind, let number, let fields, let isUpdate):
            let noun = kind == .product ? "article" : kind.noun
            (system, action, subject) = (.ongoing, isUpdate ? .change : .create, "\(noun) \(number)")
            for field in fields { list.add(field.name, field.value) }
        case .cancel(let kind, let number): (system, action, subject) = (.ongoing, .cancel, "\(kind.noun) \(number)")
        case .book(let record, let lines, let draft):
            (system, action, subject) = (.rackbeat, record.kind == .order ? .ship : .receive, record.description)
            list.add("completes draft", draft)
            for line in lines { list.add("line \(line.row), \(line.item) at \(line.location)", line.quantity) }
        case .adjustStock(let item, let location, let change, let reason, let draft):
            (system, action, subject) = (.rackbeat, .adjust, "\(item) at \(location)")
            list.add("completes draft", draft)
            list.add("stock", change.signed)
            list.add("reason", reason)
        case .removeDrafts(let drafts, let owner):
            let names = drafts.map(\.description).joined(separator: ", ")
            (system, action, subject) = (.rackbeat, .remove, "draft \(names) of \(owner)")
        case .reportLines(let kind, let number, let lines):
            (system, action, subject) = (.ongoing, .report, "\(kind.noun) \(number)")
            for line in lines { list.add("line \(line.row)", line.quantity) }
        case .reportAdjustment(let inventory, let item):
            (system, action, subject) = (.ongoing, .report, "adjustment \(inventory) of \(item)")
        }
        self.init(
            connection: connection, job: job, system: system, action: action, subject: subject, fields: list.fields)
    }
}

/// The content of a write, field by field.
private struct FieldList {
    private(set) var fields: [PlannedWrite.Field] = []

    mutating func add(_ name: String, _ value: (some CustomStringConvertible)?) {
        guard let text = value?.description, !text.isEmpty else { return }
        fields.append(PlannedWrite.Field(name: name, value: text))
    }
}
