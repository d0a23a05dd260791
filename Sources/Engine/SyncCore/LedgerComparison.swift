package import Trade

/// Compares, before something is booked, what the journal says was booked with what both systems hold.
///
/// They say more than the journal where it is an older copy of itself, or where a second engine works with a journal of its own. The
/// warehouse shows what was reported to it as booked; Rackbeat shows its documents. What both agree on is taken over; what only one of
/// them says is for a person, and nothing is booked.
package struct LedgerComparison: Equatable, Sendable {
    /// One line of the warehouse's document.
    package struct Line: Hashable, Sendable {
        package var row: LineID
        package var item: ItemNumber
        /// Booked by the journal for this document of the warehouse.
        package var booked: Quantity
        /// Reported to the warehouse as booked.
        package var reported: Quantity

        package init(row: LineID, item: ItemNumber, booked: Quantity, reported: Quantity) {
            self.row = row
            self.item = item
            self.booked = booked
            self.reported = reported
        }
    }

    package enum Verdict: Equatable, Sendable {
        case agrees
        /// These are booked for the document of the warehouse, each with so much of each line. They are ours, and the journal is behind.
        case behind([Adopted])
        case contradictory(RecordFailure)
    }

    /// What a person was asked about documents of Rackbeat when the record was parked as contradictory.
    package struct Question: Equatable, Sendable {
        package var documents: Set<DocumentID>
        /// They are what was moved: the person dismissed the record, as its remedy says for that case.
        package var areOurs: Bool

        package init(documents: Set<DocumentID> = [], areOurs: Bool = false) {
            self.documents = documents
            self.areOurs = areOurs
        }
    }

    /// A document of Rackbeat that is taken over.
    package struct Adopted: Hashable, Sendable {
        package var id: DocumentID
        package var lines: [WantedLine]

        func isWithin(_ quantities: [LineID: Quantity]) -> Bool {
            LedgerComparison.sum(lines.map { ($0.row, $0.quantity) }).allSatisfy { $0.value <= quantities[$0.key] ?? .zero }
        }
    }

    package let subject: String
    package let lines: [Line]
    /// What is to be booked.
    package let wanted: [WantedLine]
    /// The locations whose lines belong to the connection.
    package let locations: Set<LocationNumber>
    /// Whether the engine reports to the warehouse what it books; otherwise the warehouse says nothing about that.
    package let reports: Bool
    /// `picked` or `received`.
    package let verb: String

    package init(
        subject: String, lines: [Line], wanted: [WantedLine], locations: Set<LocationNumber>, reports: Bool, verb: String
    ) {
        self.subject = subject
        self.lines = lines
        self.wanted = wanted
        self.locations = locations
        self.reports = reports
        self.verb = verb
    }

    /// - Parameters:
    ///   - unknown: The documents of the order in Rackbeat that the journal does not know.
    ///   - question: What a person was asked about some of them. More that is moved meanwhile does not answer it.
    package func verdict(on unknown: [BookedDocument], asked question: Question = Question()) -> Verdict {
        let candidates = unknown.filter(\.isConfirmed).sorted { $0.id < $1.id }.compactMap(asOurs)
        let asked = candidates.filter { question.documents.contains($0.id) }
        if question.areOurs, !asked.isEmpty { return .behind(asked) }
        let ahead = reportedAhead
        guard ahead.isEmpty else {
            guard let own = Self.subset(of: candidates, adding: { $0 == ahead }) else {
                return .contradictory(reportedAndNotFound(ahead, candidates))
            }
            return .behind(own)
        }
        let due = Self.sum(wanted.map { ($0.row, $0.quantity) })
        let overlapping = candidates.filter { candidate in candidate.lines.contains { due[$0.row] != nil } }
        guard !overlapping.isEmpty else { return .agrees }
        guard asked.isEmpty else { return .contradictory(notKnownToBeOurs(asked)) }
        // Ours is a part of what was moved, or all of it. A part that was moved by hand looks like this too, and nothing tells the two
        // apart. More than is to be booked is not ours, unless nothing is reported.
        let perhapsOurs = overlapping.filter { !reports || $0.isWithin(due) }
        return perhapsOurs.isEmpty ? .agrees : .contradictory(notKnownToBeOurs(perhapsOurs))
    }

    /// How much more of each line was reported as booked than the journal knows of.
    private var reportedAhead: [LineID: Quantity] {
        guard reports else { return [:] }
        return Self.sum(lines.filter { $0.reported > $0.booked }.map { ($0.row, $0.reported - $0.booked) })
    }

    /// The document as one that the engine could have made: it names nothing but lines of this document of the warehouse.
    private func asOurs(_ document: BookedDocument) -> Adopted? {
        var lines: [WantedLine] = []
        for line in document.lines {
            if line.quantity.isZero { continue }
            guard line.location.map(locations.contains) ?? true else { return nil }
            let rows = self.lines.filter { $0.item == line.item && (line.orderLine == nil || line.orderLine == $0.row) }
            // Where its lines name none of the order and several are of one item, which it was cannot be told.
            guard rows.count == 1, let item = line.item else { return nil }
            lines.append(
                WantedLine(
                    row: rows[0].row, item: item, location: line.location ?? wanted.first?.location ?? LocationNumber(""),
                    quantity: line.quantity))
        }
        return lines.isEmpty ? nil : Adopted(id: document.id, lines: lines)
    }

    /// The documents that together have just these quantities: all of them, each alone, or any few of the first ones.
    private static func subset(of documents: [Adopted], adding isWanted: ([LineID: Quantity]) -> Bool) -> [Adopted]? {
        func fits(_ some: [Adopted]) -> Bool {
            isWanted(sum(some.flatMap { $0.lines.map { ($0.row, $0.quantity) } }))
        }
        guard !documents.isEmpty else { return nil }
        if fits(documents) { return documents }
        if let one = documents.first(where: { fits([$0]) }) { return [one] }
        let first = documents.prefix(mostDocuments)
        for choice in 1..<(1 << first.count) {
            let some = first.enumerated().filter { choice & (1 << $0.offset) != 0 }.map(\.element)
            if fits(some) { return some }
        }
        return nil
    }

    private static let mostDocuments = 10

    fileprivate static func sum(_ quantities: [(LineID, Quantity)]) -> [LineID: Quantity] {
        Dictionary(quantities, uniquingKeysWith: +)
    }

    // MARK: For people

    private func reportedAndNotFound(_ ahead: [LineID: Quantity], _ documents: [Adopted]) -> RecordFailure {
        let lines = lines.filter { ahead[$0.row] != nil }.map { line in
            "line \(line.row) (\(line.item)): \(line.reported) reported, \(line.booked) booked by the journal"
        }
        let held = documents.isEmpty ? "no document" : Self.names(documents)
        return RecordFailure(
            reason: "\(subject): the warehouse says that more was reported as booked than the journal knows of: "
                + "\(lines.joined(separator: ", ")). Rackbeat holds \(held) that the journal does not know.",
            effect: "Nothing more was booked for it in Rackbeat.",
            remedy:
                "The journal may be an older copy, or a second engine may be running. Compare what was \(verb) with what is booked in "
                + "Rackbeat. Retry this to book what is missing by the journal, or book it by hand and dismiss this.",
            documents: documents.map(\.id))
    }

    private func notKnownToBeOurs(_ documents: [Adopted]) -> RecordFailure {
        RecordFailure(
            reason:
                "\(subject): Rackbeat holds \(Self.names(documents)), which the journal does not know. It may be what was \(verb) or a "
                + "part of it, or made by hand: nothing tells which.",
            effect: "Nothing more was booked for it in Rackbeat.",
            remedy:
                "The journal may be an older copy, or a second engine may be running. If \(Self.names(documents)) is something else, "
                + "retry this: what was \(verb) is then booked. If it is what was \(verb), dismiss this: only what was \(verb) besides is "
                + "then booked.",
            documents: documents.map(\.id))
    }

    private static func names(_ documents: [Adopted]) -> String {
        "booked document \(documents.map(\.id.description).joined(separator: ", "))"
    }
}
