import Trade
import Units

/// One setting of a connection that has a default: what it is called, what it may be, what it does, where it is kept.
package struct ConnectionSetting: Sendable {
    /// Its key; a point stands for a level: `schedule.orders` is `orders` under `schedule`.
    package let path: String
    package let kind: Kind
    /// One or more sentences for whoever sets it, without the default.
    package let doc: String
    private let read: @Sendable (ConnectionSettings) -> Value
    private let write: @Sendable (Value, inout ConnectionSettings) -> Void

    package enum Kind: Sendable {
        case whole(ClosedRange<Int>)
        case wholes(ClosedRange<Int>)
        case flag
        case word([String])
        /// The least is for real systems, which are not to be asked too often; a simulation may go below.
        case duration(atLeast: Duration)
        /// `03:00`, or `off`.
        case timeOfDay
    }

    package enum Value: Sendable, Equatable, CustomStringConvertible {
        case whole(Int)
        case wholes(Set<Int>)
        case flag(Bool)
        case word(String)
        case duration(Duration)
        /// Minutes after midnight; `nil`: off.
        case timeOfDay(Int?)

        /// As it stands in a file.
        package var description: String {
            switch self {
            case .whole(let number): String(number)
            case .wholes(let numbers): "[ \(numbers.sorted().map(String.init).joined(separator: ", ")) ]"
            case .flag(let flag): String(flag)
            case .word(let word): word
            case .duration(let duration): duration.written
            case .timeOfDay(nil): "off"
            case .timeOfDay(let minutes?): Self.twoDigits(minutes / 60) + ":" + Self.twoDigits(minutes % 60)
            }
        }

        private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    }

    /// What it is when nobody sets it.
    package var standard: Value { read(ConnectionSettings(name: "", location: LocationNumber(""), goodsOwner: 0)) }

    package func value(in settings: ConnectionSettings) -> Value { read(settings) }

    /// - Parameter value: Of the setting's kind, and within it: whoever reads files has checked that.
    package func set(_ value: Value, in settings: inout ConnectionSettings) { write(value, &settings) }
}

extension ConnectionSetting {
    fileprivate typealias Member<Kept> = any WritableKeyPath<ConnectionSettings, Kept> & Sendable

    fileprivate static func whole(_ path: String, _ range: ClosedRange<Int>, _ member: Member<Int>, _ doc: String) -> Self {
        Self(path: path, kind: .whole(range), doc: doc) {
            .whole($0[keyPath: member])
        } write: {
            guard case .whole(let number) = $0 else { preconditionFailure("\(path) takes a whole number") }
            $1[keyPath: member] = number
        }
    }

    fileprivate static func wholes(
        _ path: String, _ range: ClosedRange<Int>, _ member: Member<Set<Int>>, _ doc: String
    ) -> Self {
        Self(path: path, kind: .wholes(range), doc: doc) {
            .wholes($0[keyPath: member])
        } write: {
            guard case .wholes(let numbers) = $0 else { preconditionFailure("\(path) takes whole numbers") }
            $1[keyPath: member] = numbers
        }
    }

    fileprivate static func flag(_ path: String, _ member: Member<Bool>, _ doc: String) -> Self {
        Self(path: path, kind: .flag, doc: doc) {
            .flag($0[keyPath: member])
        } write: {
            guard case .flag(let flag) = $0 else { preconditionFailure("\(path) takes true or false") }
            $1[keyPath: member] = flag
        }
    }

    fileprivate static func word<Choice: RawRepresentable & CaseIterable & Sendable>(
        _ path: String, _ member: Member<Choice>, _ doc: String
    ) -> Self where Choice.RawValue == String {
        Self(path: path, kind: .word(Choice.allCases.map(\.rawValue)), doc: doc) {
            .word($0[keyPath: member].rawValue)
        } write: {
            guard case .word(let word) = $0, let choice = Choice(rawValue: word) else {
                preconditionFailure("\(path) takes one of its words")
            }
            $1[keyPath: member] = choice
        }
    }

    fileprivate static func timeOfDay(_ path: String, _ member: Member<Int?>, _ doc: String) -> Self {
        Self(path: path, kind: .timeOfDay, doc: doc) {
            .timeOfDay($0[keyPath: member])
        } write: {
            guard case .timeOfDay(let minutes) = $0 else { preconditionFailure("\(path) takes a time of day") }
            $1[keyPath: member] = minutes
        }
    }

    fileprivate static func duration(
        _ path: String, atLeast least: Duration, _ member: Member<Duration>, _ doc: String
    ) -> Self {
        Self(path: path, kind: .duration(atLeast: least), doc: doc) {
            .duration($0[keyPath: member])
        } write: {
            guard case .duration(let duration) = $0 else { preconditionFailure("\(path) takes a length of time") }
            $1[keyPath: member] = duration
        }
    }
}

/// Every setting of a connection that has a default, once. The configuration's keys, its example, the keys of scenarios and their
/// reference are made from it, so that none of them can know a setting or a default that the others do not.
package enum SettingsCatalogue {
    private static let statuses = 0...9999

    /// What stands above the points of the paths.
    package static let sections: [(name: String, doc: String)] = [
        ("limits", "How long a text the warehouse takes."), ("schedule", "How often each job runs."),
        ("retry", "When a failure that may pass by itself needs a person."),
    ]

    package static let all: [ConnectionSetting] =
        [
            .whole(
                "shipped-status-from", statuses, \.shippedStatusFrom,
                "From this status on, an order of the warehouse counts as shipped."),
            .whole(
                "shipped-status-to", statuses, \.shippedStatusTo,
                "Up to this status, an order of the warehouse counts as shipped."),
            .wholes(
                "completed-statuses", statuses, \.completedStatuses,
                "The statuses in which a purchase order of the warehouse counts as completed."),
            .whole("cancelled-order-status", statuses, \.cancelledOrderStatus, "The warehouse's status of a cancelled order."),
            .whole(
                "cancelled-purchase-status", statuses, \.cancelledPurchaseStatus,
                "The warehouse's status of a cancelled purchase order."),
            .word(
                "receipt-trigger", \.receiptTrigger,
                "When received goods are booked in Rackbeat: once the purchase order is completed, or as they come in."),
            .word(
                "barred-products", \.barredProducts,
                "What happens to the article of a barred product: it is left as it is, or deactivated."),
            .word(
                "existing-documents", \.existingDocuments,
                "What happens when the warehouse already holds a document of a number that is sent for the first time. 'adopt' takes "
                    + "over one that is equal and parks any other; 'park' parks them all."),
            .word(
                "stock-sync", \.stockSync,
                "Whether the warehouse's stock adjustments are recreated in Rackbeat. 'on' starts only while both systems hold the "
                    + "same stock; 'on-with-offset' starts in any case and keeps the present differences as a known offset."),
            .flag(
                "marks-reported", \.marksReported,
                "Whether booked quantities are written back to Ongoing's reported quantities. Turn it off when another integration "
                    + "uses them."),
            .flag(
                "sends-supplier-group", \.sendsSupplierGroup,
                "Whether the supplier's group is written to the purchase order's free texts, since the API has no field for it."),
            .whole(
                "limits.numbers", 1...10_000, \.limits.numbers,
                "Longest number or code that the warehouse takes, in characters. A longer text is sent whole and reported."),
            .whole("limits.names", 1...10_000, \.limits.names, "Longest name or address line, in characters."),
            .whole("limits.remarks", 1...10_000, \.limits.remarks, "Longest remark or instruction, in characters."),
        ]
        + Job.ofRound.map {
            .duration(
                "schedule.\($0.rawValue)", atLeast: .seconds(10), \.schedule[$0], "How often the job '\($0.rawValue)' runs.")
        }
        + [
            .timeOfDay(
                "schedule.reconcile", \.schedule.reconcile,
                "The time of day in Denmark at which everything open in both systems is compared, or 'off'."),
            .duration(
                "schedule.nudge-distance", atLeast: .seconds(1), \.schedule.nudgeDistance,
                "Least time between two runs of a job that webhooks ask for; those that come meanwhile share the next run."),
            .duration(
                "schedule.overlap", atLeast: .seconds(2), \.schedule.overlap,
                "How far each read goes back before the newest known change."),
            .duration(
                "schedule.sweep", atLeast: .seconds(3600), \.schedule.sweep,
                "How often a week of changes is read again, whatever the cursors say."),
            .duration(
                "retry.give-up-after", atLeast: .seconds(60), \.giveUpAfter,
                "How long a record or a job may keep failing before it needs a person: 'status', 'sync' and '/health' say so from "
                    + "then on. It is still retried every hour."),
        ]
}
