import Testing
import Trade
import Units

@testable import SyncCore

struct DiscrepancyTests {
    private func line(_ row: String, _ item: String, _ quantity: String) -> PushedLine {
        PushedLine(row: LineID(row), item: ItemNumber(item), quantity: Quantity(quantity)!)
    }

    private func moved(_ row: String?, _ item: String, _ quantity: String) -> MovedLine {
        MovedLine(row: row.map { LineID($0) }, item: ItemNumber(item), quantity: Quantity(quantity)!)
    }

    private func document(_ lines: [PushedLine], ownersNumber: String? = nil) -> WarehouseDocument {
        WarehouseDocument(
            id: WarehouseID(7), number: "1042", ownersNumber: ownersNumber, isCancelled: false, status: "200 Open",
            hasBegun: false,
            lines: lines)
    }

    private var sent: [PushedLine] { [line("1", "CHAIR", "5"), line("2", "TABLE", "1")] }

    @Test func aLineTheWarehouseChangedIsToldWithBothSides() {
        let shown = document([line("1", "CHAIR", "3"), line("3", "LAMP", "1")])
        #expect(
            shown.edits(of: sent, movedAway: []).map(\.description) == [
                "line 1 has 3 of CHAIR, not 5", "line 2 with 1 of TABLE is gone", "line 3 with 1 of LAMP was added",
            ])
        #expect(
            document([line("1", "LAMP", "5"), sent[1]]).edits(of: sent, movedAway: []).map(\.description) == [
                "line 1 is of LAMP, not of CHAIR"
            ])
    }

    /// Whether the back orders name rows or not: all of them together are what was sent.
    @Test(arguments: ["1", nil] as [String?])
    func whatMovedToBackOrdersIsNoEdit(row: String?) {
        let shown = document([line("1", "CHAIR", "3"), sent[1]])
        #expect(shown.edits(of: sent, movedAway: [moved(row, "CHAIR", "2")]).isEmpty)
        #expect(shown.edits(of: sent, movedAway: [moved(row, "CHAIR", "1"), moved(row, "CHAIR", "1")]).isEmpty)
        #expect(
            shown.edits(of: sent, movedAway: [moved(row, "CHAIR", "1")]) == [.quantity(sent[0], shown: Quantity("4")!)])
        #expect(shown.edits(of: sent, movedAway: [moved(row, "TABLE", "2")]).contains(.quantity(sent[0], shown: Quantity("3")!)))
    }

    @Test func aWholeLineMovedAwayIsNoEdit() {
        #expect(document([sent[0]]).edits(of: sent, movedAway: [moved("2", "TABLE", "1")]).isEmpty)
    }

    @Test func aStrangerIsToldFromWhatWeSent() {
        #expect(document(sent).canBe("1042", sent))
        #expect(document(sent, ownersNumber: "1042").canBe("1042", sent))
        // Split or begun, it still names the order that it came from.
        #expect(document([sent[1]], ownersNumber: "1042").canBe("1042", sent))
        #expect(!document([sent[1]]).canBe("1042", sent))
        #expect(!document(sent, ownersNumber: "7").canBe("1042", sent))
        #expect(!document([line("A-1", "CHAIR", "5")], ownersNumber: "1042").canBe("1042", sent))
    }

    // MARK: What the journal does not know

    private func document(_ number: String, of origin: String?, _ lines: [PushedLine]) -> WarehouseDocument {
        WarehouseDocument(
            id: WarehouseID(9), number: number, ownersNumber: origin, isCancelled: false, status: "200 Open", hasBegun: false,
            lines: lines)
    }

    private func push(in state: DocumentPush.State, id: Int? = nil) -> DocumentPush {
        DocumentPush(
            PushRecord(
                document: RecordRef(.order, "1042"), warehouseNumber: "1042", warehouseID: id.map { WarehouseID($0) },
                generation: 0, state: state, deliveryDate: nil),
            settlingTime: .seconds(120), pauses: [], revivesCancelledNumbers: false, adoptsExisting: true)
    }

    /// The warehouse works on a document that the journal does not know: its number there, the goods owner's own id, and how often the
    /// number was given up by then; `nil`: it is somebody else's.
    @Test(
        arguments: [
            ("1042", "1042", 0), ("1042", nil, 0), ("1042-2", "1042", 1), ("1042-3", nil, 2), ("W-77", "1042", 0),
            ("1042", "WEB-1", nil), ("1043", nil, nil), ("1042-1", nil, nil), ("1042-02", nil, nil), ("W-77", nil, nil),
        ] as [(String, String?, Int?)])
    func whatCameFromADocumentIsKnownByItsNumberAndALine(number: String, origin: String?, generation: Int?) {
        for state in [DocumentPush.State.nothing, .cancelled] {
            // Five were sent; the line has eight by now.
            let shown = document(number, of: origin, [line("1", "CHAIR", "5")])
            var push = push(in: state, id: state == .cancelled ? 7 : nil)
            let directive = push.isShownUnknown(shown, of: [line("1", "CHAIR", "8")])
            guard let generation else {
                #expect(directive == .decide)
                #expect(push.state == state)
                continue
            }
            // No list is believed.
            #expect(directive == .read(WarehouseID(9)))
            #expect(push.takeChange() == nil)
            #expect(push.wasRead(shown, recorded: [], at: Moment(milliseconds: 0)) == .decide)
            #expect(push.state == .held(HeldContent(nil)))
            #expect(push.takeChange()?.lines == [line("1", "CHAIR", "5")])
            #expect(push.record.warehouseID == WarehouseID(9))
            #expect(push.record.warehouseNumber == number)
            #expect(push.record.generation == generation)
            #expect(push.takeNotes() == [.differed(.unknownDocument)])
        }
    }

    /// Read again it is cancelled, gone, or was only shown so by an old list.
    @Test func whatIsGoneWhenItIsReadIsLeftAlone() {
        var cancelled = document("1042", of: "1042", sent)
        cancelled.isCancelled = true
        for now in [nil, cancelled, document("1042", of: "1042", [line("9", "LAMP", "1")])] {
            var push = push(in: .nothing)
            #expect(push.isShownUnknown(document("1042", of: "1042", sent), of: sent) == .read(WarehouseID(9)))
            #expect(push.wasRead(now, recorded: [], at: Moment(milliseconds: 0)) == .decide)
            #expect(push.state == .nothing)
            #expect(push.takeChange() == nil)
        }
    }

    @Test func whatTheJournalKnowsIsLookedAtOtherwise() {
        let states: [DocumentPush.State] = [
            .held(HeldContent(nil)), .sending(Fingerprint(text: "five"), over: nil, since: Moment(milliseconds: 0)),
            .cancelling(.held(HeldContent(nil)), since: Moment(milliseconds: 0)),
            .cancelUnseen(sending: nil, since: Moment(milliseconds: 0)), .cancelledByWarehouse(isToBeResent: false),
        ]
        for state in states {
            var push = push(in: state, id: 7)
            #expect(push.isShownUnknown(document("1042", of: "1042", sent), of: sent) == .decide)
            #expect(push.state == state)
        }
        // The one that was cancelled is live again: that is another event.
        var push = push(in: .cancelled, id: 9)
        #expect(push.isShownUnknown(document("1042", of: "1042", sent), of: sent) == .decide)
    }

    /// Rackbeat does not find the document: a number alone is no proof, and other systems have numbers too.
    @Test(
        arguments: [
            ("1042", "1042", "1050", true), ("1042-2", "1042", "1050", true), ("1042", nil, "1042", true),
            ("1042", "1042", nil, true), ("1051", "1051", "1050", false), ("W-77", "1042", "1050", false),
            ("WEB-7", "WEB-7", "1050", false), ("01042", "01042", "1050", false),
        ] as [(String, String?, String?, Bool)])
    func whatMayHaveBeenDeletedHasANumberThatRackbeatHasGiven(
        number: String, origin: String?, newest: String?, expected: Bool
    ) {
        #expect(document(number, of: origin, sent).mayHaveComeFromDeleted(newest: newest) == expected)
    }

    // MARK: When it is due

    private func due(after moment: String, at minutes: Int? = 180) -> String? {
        var schedule = Schedule()
        schedule.reconcile = minutes
        return schedule.reconcileDue(after: Moment(iso: moment)!)?.iso(in: .utc)
    }

    /// Three o'clock in Denmark, whatever the season.
    @Test func theComparisonIsDueOnceANight() {
        #expect(due(after: "2026-03-02T01:59:00Z") == Moment(iso: "2026-03-02T02:00:00Z")?.iso(in: .utc))
        #expect(due(after: "2026-03-02T02:00:00Z") == Moment(iso: "2026-03-03T02:00:00Z")?.iso(in: .utc))
        #expect(due(after: "2026-07-02T02:00:00Z") == Moment(iso: "2026-07-03T01:00:00Z")?.iso(in: .utc))
        #expect(due(after: "2026-03-02T02:00:00Z", at: nil) == nil)
    }

    /// The night in which half past two does not exist, and the one in which it comes twice, have one comparison each.
    @Test(arguments: ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"])
    func aNightOfAClockChangeHasOneComparison(noon: String) throws {
        var schedule = Schedule()
        schedule.reconcile = 150
        let first = try #require(schedule.reconcileDue(after: Moment(iso: noon)!))
        let second = try #require(schedule.reconcileDue(after: first))
        #expect(first - Moment(iso: noon)! < .seconds(16 * 3600))
        #expect(second - first > .seconds(22 * 3600))
    }

    /// What is held and in which part booked, of five chairs and one table that are wanted by now.
    @Test(
        arguments: [
            (["1 CHAIR 3", "2 TABLE 1"], ["1": "3", "2": "1"], true), (["1 CHAIR 3"], ["1": "3"], true),
            // A back order has shipped more of the line.
            (["1 CHAIR 3"], ["1": "5"], true),
            (["1 CHAIR 3", "2 TABLE 1"], ["1": "3"], false), (["1 CHAIR 3"], ["1": "2"], false), (["1 CHAIR 3"], [:], false),
            // More than is wanted, or something else: somebody has to look.
            (["1 CHAIR 6"], ["1": "6"], false), (["1 LAMP 3"], ["1": "3"], false), (["3 LAMP 1"], ["3": "1"], false),
            ([], [:], false),
        ] as [([String], [String: String], Bool)])
    func aDocumentIsDeliveredWhenAllThatIsHeldIsBooked(held: [String], booked: [String: String], expected: Bool) {
        let lines = held.map { text in
            let parts = text.split(separator: " ").map(String.init)
            return line(parts[0], parts[1], parts[2])
        }
        let quantities = Dictionary(uniqueKeysWithValues: booked.map { (LineID($0.key), Quantity($0.value)!) })
        #expect(document(lines).isDelivered(of: sent, booked: quantities) == expected)
    }

    /// Five were wanted when it was sent, and eight are by now: what the warehouse shows, what is booked, and what becomes of it.
    @Test(arguments: [("5", true), ("3", false), (nil, false)] as [(String?, Bool)])
    func whatTheWarehouseDeliveredIsNotCancelledForTheRest(booked: String?, isDelivered: Bool) {
        let held = [line("1", "CHAIR", "5")]
        let content = PushContent(
            fingerprint: Fingerprint(text: "eight"), lines: [line("1", "CHAIR", "8")], deliveryDate: nil)
        let now = Moment(milliseconds: 1_000_000)
        var push = fiveHeld()
        let quantities = booked.map { [LineID("1"): Quantity($0)!] } ?? [:]
        var directive = push.isFinished(.finishedByOthers, content, booked: quantities, at: now)
        if booked == nil {
            #expect(directive == .find)
            return
        }
        #expect(directive == .read(WarehouseID(7)))
        directive = push.wasRead(document(held), recorded: held, at: now)
        guard isDelivered else {
            #expect(directive == .find)
            #expect(push.wasFound([document(held)], recorded: held, at: now) == .cancel(WarehouseID(7)))
            return
        }
        #expect(directive == .findRest(WarehouseID(7)))
        #expect(push.restWasFound([]) == .compareHead(WarehouseID(7)))
        var other = push
        #expect(push.wasCompared(isSame: true, at: now) == .settle(.nothing))
        // The address was changed as well: the parcel is on its way to the old one.
        guard case .park(let failure) = other.wasCompared(isSame: false, at: now) else {
            Issue.record("nobody was told")
            return
        }
        #expect(failure.kind == .changedWhenDone)
    }

    /// The price of a line was changed when all of it had arrived already, so the warehouse works by the old one.
    @Test func theLinesOfWhatWasDeliveredWholeAreComparedToo() {
        let lines = [line("1", "CHAIR", "5")]
        let content = PushContent(fingerprint: Fingerprint(text: "five, dearer"), lines: lines, deliveryDate: nil)
        let now = Moment(milliseconds: 1_000_000)
        var push = fiveHeld()
        #expect(push.isDone(content, booked: [LineID("1"): Quantity("5")!], at: now) == .read(WarehouseID(7)))
        #expect(push.wasRead(document(lines), recorded: lines, at: now) == .findRest(WarehouseID(7)))
        #expect(push.restWasFound([]) == .compare(WarehouseID(7)))
        guard case .park(let failure) = push.wasCompared(isSame: false, at: now) else {
            Issue.record("nobody was told")
            return
        }
        #expect(failure.kind == .changedWhenDone)
    }

    /// Three of five are shipped and the rest is given up, while the warehouse has it on a back order.
    @Test func whatWasSplitOffIsCancelledWhenTheRestIsGivenUp() {
        var push = givenUp()
        let rest = WarehouseDocument(
            id: WarehouseID(8), number: "1042-B", isCancelled: false, status: "200 Open", hasBegun: false,
            lines: [line("1", "CHAIR", "2")])
        #expect(push.restWasFound([rest]) == .cancelRest(WarehouseID(8), number: "1042-B"))
        let before = push
        var refused = push
        var unseen = push
        #expect(push.restWasCancelled() == .findRest(WarehouseID(7)))
        #expect(push.restWasFound([]) == .compareHead(WarehouseID(7)))
        // Refused because it is gone already is as good as cancelled.
        var gone = before
        #expect(gone.restWasRefused("It is cancelled already.", outcomeUnknown: false) == .findRest(WarehouseID(7)))
        #expect(gone.restWasFound([]) == .compareHead(WarehouseID(7)))
        #expect(refused.restWasRefused("Picking has begun.", outcomeUnknown: false) == .findRest(WarehouseID(7)))
        guard case .park(let failure) = refused.restWasFound([rest]) else {
            Issue.record("nobody was told of the refusal")
            return
        }
        #expect(!failure.isTransient)
        #expect(failure.text.reason.hasSuffix("refused to cancel back order 1042-B: Picking has begun."))
        // The list may be some seconds old: it is not cancelled again and again.
        _ = unseen.restWasCancelled()
        guard case .park(let later) = unseen.restWasFound([rest]) else {
            Issue.record("the back order was cancelled twice in a row")
            return
        }
        #expect(later.isTransient)
    }

    /// A purchase order that the warehouse is done with awaits nothing more, whatever it was told to expect.
    @Test(arguments: [(true, true), (false, false)]) func whatTheWarehouseIsDoneWithAwaitsNothing(isComplete: Bool, isLeft: Bool)
    {
        var push = DocumentPush(
            PushRecord(
                document: RecordRef(.purchaseOrder, "3001"), warehouseNumber: "3001", warehouseID: WarehouseID(7), generation: 0,
                state: .held(HeldContent(Fingerprint(text: "ten"))), deliveryDate: nil),
            settlingTime: .seconds(120), pauses: [], revivesCancelledNumbers: false, adoptsExisting: true)
        let sent = [line("1", "CHAIR", "10")]
        let content = PushContent(fingerprint: Fingerprint(text: "ten"), lines: sent, deliveryDate: nil)
        let now = Moment(milliseconds: 1_000_000)
        let directive = push.isFinished(.restGivenUp, content, booked: [LineID("1"): Quantity("6")!], at: now)
        #expect(directive == .read(WarehouseID(7)))
        var shown = document(sent)
        shown.isComplete = isComplete
        #expect(push.wasRead(shown, recorded: sent, at: now) == (isLeft ? .findRest(WarehouseID(7)) : .find))
    }

    /// An order of which the warehouse holds what was sent last.
    private func fiveHeld() -> DocumentPush {
        DocumentPush(
            PushRecord(
                document: RecordRef(.order, "1042"), warehouseNumber: "1042", warehouseID: WarehouseID(7), generation: 0,
                state: .held(HeldContent(Fingerprint(text: "five"))), deliveryDate: nil),
            settlingTime: .seconds(120), pauses: [], revivesCancelledNumbers: false, adoptsExisting: true)
    }

    private func givenUp() -> DocumentPush {
        let sent = [line("1", "CHAIR", "5")]
        let content = PushContent(fingerprint: Fingerprint(text: "five"), lines: sent, deliveryDate: nil)
        var push = fiveHeld()
        let now = Moment(milliseconds: 1_000_000)
        _ = push.isFinished(.restGivenUp, content, booked: [LineID("1"): Quantity("3")!], at: now)
        #expect(push.wasRead(document([line("1", "CHAIR", "3")]), recorded: sent, at: now) == .findRest(WarehouseID(7)))
        return push
    }
}
