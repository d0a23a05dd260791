import Exchange
import HTTPTypes
import JSON
package import SyncCore
import Units

extension Evidence {
    // MARK: Pending and excused

    /// Whether an action at `time` need not be synced yet: no complete sync round has begun since.
    ///
    /// An action in the same millisecond as the start of the round counts as before it: every exchange takes time.
    func isPending(_ time: Moment) -> Bool { lastRoundBegan.map { time > $0 } ?? true }

    /// Whether the scenario expects a parked record of this number.
    ///
    /// - Parameter number: Of an order, a purchase order or an item.
    func isExcused(_ number: String, in connection: ConnectionFacts, jobs: [Job]) -> Bool {
        expectedParked.contains { expected in
            (expected.connection.map { $0 == connection.name } ?? true) && (expected.job.map(jobs.contains) ?? true)
                && (withoutEdges(expected.number) == withoutEdges(number)
                    || isInWarehouse(number, as: expected.number, connection))
        }
    }

    /// Whether a person settled the document by hand, so that both sides may differ in it.
    func isDismissed(_ number: String, in connection: ConnectionFacts, _ job: Job) -> Bool {
        dismissed.contains { fact in
            fact.connection == connection.name && fact.job == job
                && (withoutEdges(fact.number) == withoutEdges(number) || isInWarehouse(number, as: fact.number, connection))
        }
    }

    /// The parked and dismissed records of a job about a number, and how many outcomes about it are unknown: each of them accounts for
    /// one write that is missing or wrong.
    func records(of job: Job, about number: String, in connection: ConnectionFacts) -> (facts: [ParkedFact], unknown: Int) {
        let facts = (parked + dismissed).filter {
            $0.connection == connection.name && $0.job == job && withoutEdges($0.number) == withoutEdges(number)
        }
        let unknown = unknownOutcomes.count {
            $0.connection == connection.name && withoutEdges($0.record.number) == withoutEdges(number)
        }
        return (facts, unknown)
    }

    /// Whether the warehouse has the order of that number in Rackbeat under another number: a second one, or that of its back
    /// order.
    private func isInWarehouse(_ number: String, as other: String, _ connection: ConnectionFacts) -> Bool {
        guard other.hasPrefix(number) else { return false }
        let numbers = RackbeatNumbers(self)
        return ongoing.orders.contains {
            $0.goodsOwner == connection.goodsOwner && $0.number == other && numbers.number(of: $0) == number
        }
            || ongoing.purchaseOrders.contains {
                $0.goodsOwner == connection.goodsOwner && $0.number == other && numbers.number(of: $0) == number
            }
    }

    // MARK: Writes

    /// Which documents an exchange concerns.
    package var identity: DocumentIdentity { writeIndex.identity(in: self) }

    /// The numbers of the latest exchanges that wrote about this document or item, ascending.
    package func writes(about record: RecordRef) -> [Int] { writeIndex.writes(about: record, in: self) }

    /// The same of several, as one list.
    package func writes(about records: some Sequence<RecordRef>) -> [Int] {
        Set(records.flatMap { writes(about: $0) }).sorted().suffix(WriteIndex.most)
    }

    /// What a parked record concerns: itself, the documents that it shows, and the order that people know by its number.
    func records(of fact: ParkedFact) -> Set<RecordRef> {
        var records = Set([fact.record] + fact.documents)
        switch fact.job.recordKind {
        case .order: records.insert(identity.order(inWarehouse: fact.number))
        case .purchaseOrder: records.insert(identity.purchaseOrder(inWarehouse: fact.number))
        case let kind: records.insert(RecordRef(kind, fact.number))
        }
        return records
    }

    /// The body of the last accepted PUT of a document.
    func latestPut(_ collection: String, _ member: String, _ number: String, goodsOwner: Int) -> JSONObject? {
        writeIndex.latestPut(collection, member, number, goodsOwner: goodsOwner, in: exchanges)
    }

    /// The members of a document that differ from what is expected, with what is there.
    ///
    /// - Parameters:
    ///   - latest: The last written body. A member that it leaves out may stay, by the assumption that the warehouse keeps what a
    ///     request does not mention.
    func differences(
        _ expected: [ExpectedField], in found: JSONObject, for connection: ConnectionFacts, latest: () -> JSONObject?
    ) -> [(field: ExpectedField, found: JSON?)] {
        let visible = expected.filter { !(api?.unseenMembers.contains($0.path) ?? false) }
        let wrong = visible.map { ($0, found.value(at: $0.path)) }.filter { !$0.0.isMet(by: $0.1) }
        guard connection.ongoingProfile["put.null_members"] == "keep", wrong.contains(where: { Self.mayLinger($0.0) }) else {
            return wrong
        }
        // The APIs do not show what was written last, so what may stay is not wrong.
        guard api == nil else { return wrong.filter { !Self.mayLinger($0.0) } }
        let written = latest()
        return wrong.filter { field, _ in
            !(Self.mayLinger(field) && written != nil && field.isMet(by: written?.value(at: field.path)))
        }
    }

    /// A difference as reports show it. Of the people in real orders they show that something differs, and not what.
    func shown(_ path: String, _ expected: String, _ found: String) -> LineComparison.Difference {
        guard api != nil, path.hasPrefix("consignee.") || path.contains("Notification") else { return (path, expected, found) }
        func hidden(_ words: String) -> String { words == "nothing" ? words : "a value that is not shown" }
        return (path, hidden(expected), hidden(found))
    }

    private static func mayLinger(_ field: ExpectedField) -> Bool {
        switch field.value {
        case .absent: true
        case .country(let country): CountryReading.code(of: country) == nil
        case .text, .amount, .flag, .date, .moment: false
        }
    }
}

/// `x`, `x and y`, `x, y and z`.
func listed(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
}

extension JSON? {
    /// The value of a member, for people.
    var words: String {
        switch self {
        case nil, .null?: "nothing"
        case .string(let text)?: "'\(text)'"
        case .some(let json): json.text
        }
    }
}
