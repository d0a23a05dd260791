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
        let ahead = reportedAhead
        let due = Self.sum(wanted.map { ($0.row, $0.quantity) })
        let named = candidates.filter { question.documents.contains($0.id) }
        if question.areOurs, !named.isEmpty {
            return .behind(Self.adopted(named, for: [ahead, due.merging(ahead, uniquingKeysWith: -)]))
        }
        guard ahead.isEmpty else {
            guard let own = subset(of: candidates, adding: ahead) else {
                return .contradictory(reportedAndNotFound(ahead, candidates.map(\.id)))
            }
            return .behind(Self.adopted(own, for: [ahead]))
        }
        let shown = candidates.flatMap { Self.adopted([$0], for: [due]) }
        let asked = shown.filter { question.documents.contains($0.id) }
        let overlapping = shown.filter { candidate in candidate.lines.contains { due[$0.row] != nil } }
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

    /// A document that the engine could have made.
    private struct Candidate {
        struct Line {
            /// Those that it may be of.
            var rows: [LineID]
            var item: ItemNumber
            var location: LocationNumber
            var quantity: Quantity
        }

        var id: DocumentID
        var lines: [Line]
    }

    /// The document as one that the engine could have made: it names nothing but lines of this document of the warehouse.
    private func asOurs(_ document: BookedDocument) -> Candidate? {
        var lines: [Candidate.Line] = []
        for line in document.lines where !line.quantity.isZero {
            guard line.location.map(locations.contains) ?? true else { return nil }
            let rows = self.lines.filter { $0.item == line.item && (line.orderLine == nil || line.orderLine == $0.row) }
            guard !rows.isEmpty, let item = line.item else { return nil }
            lines.append(
                Candidate.Line(
                    rows: rows.map(\.row), item: item, location: line.location ?? wanted.first?.location ?? LocationNumber(""),
                    quantity: line.quantity))
        }
        return lines.isEmpty ? nil : Candidate(id: document.id, lines: lines)
    }

    /// The documents with each line as one of the warehouse's document. What may be of several is counted for those first for which so much
    /// is looked for, and what is left over for the last.
    private static func adopted(_ candidates: [Candidate], for quantities: [[LineID: Quantity]]) -> [Adopted] {
        var open = quantities
        return candidates.map { candidate in
            let lines = candidate.lines.flatMap { line in
                var left = line.quantity
                var shares: [LineID: Quantity] = [:]
                for index in open.indices {
                    for row in line.rows {
                        let share = min(left, open[index][row] ?? .zero)
                        guard share > .zero else { continue }
                        open[index][row] = open[index][row]! - share
                        left = left - share
                        shares[row, default: .zero] += share
                    }
                }
                if !left.isZero { shares[line.rows.last!, default: .zero] += left }
                return line.rows.compactMap { row in
                    shares[row].map { WantedLine(row: row, item: line.item, location: line.location, quantity: $0) }
                }
            }
            return Adopted(id: candidate.id, lines: lines)
        }
    }

    /// The documents that together have just these quantities: all of them, each alone, or any few of the first ones. Of an item of which
    /// lines do not say which they are of, the sum counts.
    private func subset(of documents: [Candidate], adding wanted: [LineID: Quantity]) -> [Candidate]? {
        let untold = Set(documents.flatMap(\.lines).filter { $0.rows.count > 1 }.map(\.item))
        let items = Dictionary(lines.map { ($0.row, $0.item) }, uniquingKeysWith: { first, _ in first })
        let first = Dictionary(lines.map { ($0.item, $0.row) }, uniquingKeysWith: { first, _ in first })
        func told(_ row: LineID) -> LineID { items[row].flatMap { untold.contains($0) ? first[$0] : nil } ?? row }
        let sought = Self.sum(wanted.map { (told($0.key), $0.value) })
        func fits(_ some: [Candidate]) -> Bool {
            Self.sum(some.flatMap { $0.lines.map { (told($0.rows[0]), $0.quantity) } }) == sought
        }
        guard !documents.isEmpty else { return nil }
        if fits(documents) { return documents }
        if let one = documents.first(where: { fits([$0]) }) { return [one] }
        let few = documents.prefix(Self.mostDocuments)
        for choice in 1..<(1 << few.count) {
            let some = few.enumerated().filter { choice & (1 << $0.offset) != 0 }.map(\.element)
            if fits(some) { return some }
        }
        return nil
    }

    private static let mostDocuments = 10

    fileprivate static func sum(_ quantities: [(LineID, Quantity)]) -> [LineID: Quantity] {
        Dictionary(quantities, uniquingKeysWith: +)
    }

    // MARK: For people

    private func reportedAndNotFound(_ ahead: [LineID: Quantity], _ documents: [DocumentID]) -> RecordFailure {
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
            documents: documents)
    }

    private func notKnownToBeOurs(_ documents: [Adopted]) -> RecordFailure {
        let documents = documents.map(\.id)
        return RecordFailure(
            reason:
                "\(subject): Rackbeat holds \(Self.names(documents)), which the journal does not know. It may be what was \(verb) or a "
                + "part of it, or made by hand: nothing tells which.",
            effect: "Nothing more was booked for it in Rackbeat.",
            remedy:
                "The journal may be an older copy, or a second engine may be running. If \(Self.names(documents)) is something else, "
                + "retry this: what was \(verb) is then booked. If it is what was \(verb), dismiss this: only what was \(verb) besides is "
                + "then booked.",
            documents: documents)
    }

    private static func names(_ documents: [DocumentID]) -> String {
        "booked document \(documents.map(\.description).joined(separator: ", "))"
    }
}
