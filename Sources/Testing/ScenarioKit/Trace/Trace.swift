package import Exchange
package import SyncCore
package import Units

/// What people, the engine and both systems did in one run, on one axis of simulated time.
///
/// Reports and pages are views of it. Every entry knows the documents that it concerns, so that a view can show one document's part.
package struct Trace: Sendable, Equatable {
    /// In the order in which they happened.
    package var entries: [Entry] = []
    /// How the documents of both systems changed; empty unless the options ask for it.
    package var changes: [TracedChange] = []
    /// When, since the start, the last change was kept; `nil`: until the end.
    package var changesEnd: Duration?
    /// The documents and items that failures are about; empty when nothing failed, or no failure names one.
    package var concerned: Set<RecordRef> = []

    package init() {}

    /// Where something happened.
    package enum Lane: String, Sendable, CaseIterable { case rackbeat, engine, ongoing }

    package struct Entry: Sendable, Equatable {
        /// Since the start.
        package var after: Duration
        package var lane: Lane
        package var records: Set<RecordRef>
        package var event: Event

        package init(after: Duration, lane: Lane, records: Set<RecordRef> = [], event: Event) {
            self.after = after
            self.lane = lane
            self.records = records
            self.event = event
        }
    }

    package enum Event: Sendable, Equatable {
        /// A step of the scenario: what people do, what the network does, or when the engine runs.
        case step(TracedStep)
        case engine(Note)
        case exchange(TracedExchange)
        case movement(TracedMovement)
    }

    /// What the engine did or decided.
    package struct Note: Sendable, Equatable {
        package enum Kind: String, Sendable {
            case started, crashed, jobBegan, jobEnded, jobFailed, decided, parked, unparked, other
            /// A decision that every poll leads to: nothing is to be done.
            case routine
        }

        package var kind: Kind
        package var text: String

        package init(_ kind: Kind, _ text: String) {
            self.kind = kind
            self.text = text
        }
    }
}

package struct TracedStep: Sendable, Equatable {
    /// In the file; `nil` for a step that stands in none.
    package var line: Int?
    /// As the file has it: `ongoing.pick: { order: 1042 }`.
    package var text: String
    package var wasTaken: Bool

    package init(line: Int?, text: String, wasTaken: Bool = true) {
        self.line = line
        self.text = text
        self.wasTaken = wasTaken
    }
}

package struct TracedExchange: Sendable, Equatable {
    package var number: Int
    package var system: System
    package var connection: String
    package var method: String
    /// Behind the base path, with the query.
    package var target: String
    package var took: Duration
    /// The status, such as `201`, or why there is no response.
    package var outcome: String
    package var isSuccess: Bool
    /// Whether the server carried it out.
    package var wasServed: Bool
    package var requestBody: [UInt8]
    /// What the caller got, or where it got nothing, what the server responded.
    package var responseBody: [UInt8]
    /// The injected fault.
    package var fault: String?
    /// A read that showed no document, or just what the last one of its kind did.
    package var showedNothingNew: Bool
}

package struct TracedMovement: Sendable, Equatable {
    package var item: String
    package var place: String
    package var change: ExactDecimal
    package var stock: ExactDecimal
    package var cause: String
    /// Empty when there is none.
    package var document: String
}

/// A document of one system as it was from a moment on.
package struct TracedChange: Sendable, Equatable {
    package var after: Duration
    package var system: System
    /// `order 1042`, in the words and with the number of its system.
    package var name: String
    package var record: RecordRef
    /// `nil`: it is gone.
    package var state: TracedState?
}

package struct TracedState: Sendable, Equatable {
    package struct Line: Sendable, Equatable {
        package var id: String
        package var item: String
        /// Ordered or advised; of a shipment or receipt, moved.
        package var quantity: String
        /// Such as `3 picked`; empty where there is nothing to say.
        package var progress: String
    }

    /// `booked`, or the warehouse's status.
    package var status: String
    package var lines: [Line]
}
