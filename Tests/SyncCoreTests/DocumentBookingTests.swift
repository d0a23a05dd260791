import SyncCore
import Testing
import Trade
import Units

/// The machine is driven as the engine drives it; what a test compares is the directive that follows.
struct DocumentBookingTests {
    static let noon = Moment(iso: "2026-03-02T12:00:00Z")!
    static let wanted = [
        WantedLine(row: LineID("1"), item: ItemNumber("CHAIR"), location: LocationNumber("1001"), quantity: Quantity("3")!)
    ]

    static func booking(
        mode: DocumentBooking.Mode = .linesInBody, before: Set<DocumentID> = [], state: DocumentBooking.State = .intended,
        open: [OpenLine]? = nil, takesLines: Bool = true
    ) -> DocumentBooking {
        DocumentBooking(
            subject: "order 1042", mode: mode, wanted: wanted, open: open, before: before, settlingTime: .seconds(120),
            pauses: [.seconds(2), .seconds(4)], begun: noon, state: state, takesLines: takesLines)
    }

    static func document(_ id: Int, _ quantity: String = "3", confirmed: Bool = false, row: String? = "1") -> BookedDocument {
        BookedDocument(
            id: DocumentID(id), isConfirmed: confirmed,
            lines: [
                ShipmentLine(
                    id: DocumentID(id * 10), orderLine: row.map { LineID($0) }, item: ItemNumber("CHAIR"),
                    location: LocationNumber("1001"), quantity: Quantity(quantity)!)
            ])
    }

    @Test func aDraftIsComparedInTheListBeforeItIsConfirmed() {
        var booking = Self.booking()
        #expect(booking.resume(at: Self.noon) == .create)
        #expect(booking.state == .creating(since: Self.noon))
        #expect(booking.wasCreated(Self.document(700)) == .list)
        #expect(booking.listed([Self.document(700)], at: Self.noon) == .confirm(DocumentID(700)))
        #expect(booking.state == .confirming(DocumentID(700)))
        #expect(booking.wasConfirmed() == .done(DocumentID(700)))
    }

    /// The request may have been carried out, so the list decides; the draft found there is used, not made again.
    @Test func aLostAnswerIsReadBackAndTheDraftReused() {
        var booking = Self.booking(before: [DocumentID(699)])
        _ = booking.resume(at: Self.noon)
        #expect(booking.creationOutcomeIsUnknown() == .list)
        let found = [Self.document(699), Self.document(700)]
        #expect(booking.listed(found, at: Self.noon) == .confirm(DocumentID(700)))
    }

    /// A slow server may still carry the creation out: only when nothing came of it for long enough is it sent again.
    @Test func aLostRequestIsNotRepeatedBeforeALateAnswerIsOutOfReach() {
        var booking = Self.booking()
        _ = booking.resume(at: Self.noon)
        _ = booking.creationOutcomeIsUnknown()
        #expect(booking.listed([], at: Self.noon + .seconds(119)) == .wait)
        #expect(booking.state == .creating(since: Self.noon))
        #expect(booking.resume(at: Self.noon + .seconds(120)) == .list)
        #expect(booking.listed([], at: Self.noon + .seconds(120)) == .create)
        #expect(booking.state == .creating(since: Self.noon + .seconds(120)))
    }

    /// Between create and confirm the process died. The journal knows the draft.
    @Test func aRestartConfirmsTheDraftItLeft() {
        var booking = Self.booking(state: .drafted(DocumentID(700)))
        #expect(booking.resume(at: Self.noon) == .list)
        #expect(booking.listed([Self.document(700)], at: Self.noon) == .confirm(DocumentID(700)))
    }

    @Test func aRestartInTheMiddleOfConfirmingLooksBeforeItRepeats() {
        var booking = Self.booking(state: .confirming(DocumentID(700)))
        #expect(booking.resume(at: Self.noon) == .read(DocumentID(700)))
        #expect(booking.wasRead(Self.document(700, confirmed: true), at: Self.noon) == .done(DocumentID(700)))
    }

    @Test func aRequestThatWasCarriedOutTwiceLeavesOneDraft() {
        var booking = Self.booking()
        _ = booking.resume(at: Self.noon)
        _ = booking.wasCreated(Self.document(701))
        let both = [Self.document(700), Self.document(701)]
        #expect(booking.listed(both, at: Self.noon) == .remove([DocumentID(700)]))
        #expect(booking.spareDraftsWereRemoved() == .list)
        #expect(booking.listed([Self.document(701)], at: Self.noon) == .confirm(DocumentID(701)))
    }

    /// Where creating ships, a second delivery of the request is only to be seen in a list, and a list may be an old one.
    @Test func aListWithoutOurDocumentIsAskedForAgain() {
        var booking = Self.booking()
        _ = booking.resume(at: Self.noon)
        let (own, twin) = (Self.document(700, confirmed: true), Self.document(701, confirmed: true))
        #expect(booking.wasCreated(own) == .list)
        #expect(booking.listed([], at: Self.noon) == .listAgain(after: .seconds(2)))
        #expect(booking.listed([own, twin], at: Self.noon + .seconds(2)) == .done(own.id, twins: [twin.id]))
    }

    /// No list shows it, not even after a while: the next run looks, and when no list can be so old, what is read is believed.
    @Test func aDocumentThatNoListShowsIsBelievedAfterAWhile() {
        var booking = Self.booking()
        _ = booking.resume(at: Self.noon)
        let own = Self.document(700, confirmed: true)
        _ = booking.wasCreated(own)
        for pause in [2, 4] {
            #expect(booking.listed([], at: Self.noon + .seconds(6)) == .listAgain(after: .seconds(pause)))
        }
        #expect(booking.listed([], at: Self.noon + .seconds(7)) == .read(own.id))
        #expect(booking.wasRead(own, at: Self.noon + .seconds(7)) == .wait)
        #expect(booking.resume(at: Self.noon + .seconds(120)) == .list)
        #expect(booking.listed([], at: Self.noon + .seconds(120)) == .read(own.id))
        #expect(booking.wasRead(own, at: Self.noon + .seconds(120)) == .done(own.id))
    }

    /// A server that ignores the body ships everything that is open.
    @Test func aDraftOfSomethingElseIsRemovedAndPutBeforeAPerson() {
        var booking = Self.booking()
        _ = booking.resume(at: Self.noon)
        _ = booking.wasCreated(Self.document(700, "5"))
        let directive = booking.listed([Self.document(700, "5")], at: Self.noon)
        #expect(
            directive
                == .giveUp(
                    removing: DocumentID(700),
                    RecordFailure(
                        reason: "order 1042: Rackbeat made a draft of something else than was moved: "
                            + "wanted line 1 (CHAIR) 3, found line 1 (CHAIR) 5.",
                        effect: "The draft 700 was removed; nothing was booked.",
                        remedy: "Check the profile's way of booking parts against the account, then retry.")))
        #expect(booking.state == .abandoned)
    }

    /// Somebody in the office may be making a shipment at the same moment: a draft that is not ours is not ours to delete.
    @Test func aStrangersDraftIsLeftAlone() {
        var booking = Self.booking()
        _ = booking.resume(at: Self.noon)
        _ = booking.creationOutcomeIsUnknown()
        guard case .giveUp(removing: let removed, let failure) = booking.listed([Self.document(700, "1")], at: Self.noon) else {
            Issue.record("a stranger's draft was taken for ours")
            return
        }
        #expect(removed == nil)
        #expect(failure.effect == "The draft 700 was left alone; nothing was booked.")
    }

    @Test func aDraftOfAllThatIsOpenIsEditedToWhatWasMoved() {
        let open = ["1", "2"].map {
            OpenLine(row: LineID($0), item: ItemNumber("CHAIR"), location: LocationNumber("1001"))
        }
        var booking = Self.booking(mode: .editAfterCreate, open: open)
        _ = booking.resume(at: Self.noon)
        var draft = Self.document(700, "5", row: nil)
        draft.lines.append(
            ShipmentLine(
                id: DocumentID(7001), orderLine: nil, item: ItemNumber("CHAIR"), location: LocationNumber("1001"),
                quantity: Quantity("4")!))
        _ = booking.wasCreated(draft)
        #expect(
            booking.listed([draft], at: Self.noon)
                == .edit(DocumentID(700), [.set(line: DocumentID(7000), to: Quantity("3")!), .remove(line: DocumentID(7001))]))
        #expect(booking.wasEdited(Self.document(700)) == .confirm(DocumentID(700)))
    }

    /// Two lines of one item, the second moved: the draft about to be confirmed holds its line alone and names none of the order.
    /// Read by the open lines it would be taken for the first.
    @Test func aConfirmationInDoubtIsSentAgainForTheLineItWasFor() {
        var booking = Self.booking(
            mode: .editAfterCreate, state: .confirming(DocumentID(700)), open: [Self.open("2"), Self.open("1")])
        #expect(booking.resume(at: Self.noon) == .read(DocumentID(700)))
        #expect(booking.wasRead(Self.document(700, row: nil), at: Self.noon) == .confirm(DocumentID(700)))
    }

    /// Rackbeat counts an added line for whichever line of the item it likes, so none is added where two are open.
    @Test func noLineIsAddedWhereItCouldCountForAnother() {
        var booking = Self.booking(mode: .editAfterCreate, open: [Self.open("2"), Self.open("1")])
        _ = booking.resume(at: Self.noon)
        let draft = Self.document(700, row: "2")
        _ = booking.wasCreated(draft)
        guard case .giveUp(DocumentID(700), let failure) = booking.listed([draft], at: Self.noon) else {
            Issue.record("the draft was not given up")
            return
        }
        #expect(failure.reason.contains("could count for another of the lines of that item"))
    }

    /// A draft that is made and deleted again is a change of the order, by which the record would be tried once more.
    @Test(
        arguments: [
            (.editAfterCreate, ["1"], "3", false, true), (.editAfterCreate, ["2"], "3", false, false),
            // A receipt takes a line for goods that are not open any more, unless it could count for another line.
            (.editAfterCreate, ["2"], "3", true, true), (.editAfterCreate, ["2", "4"], "3", true, false),
            (.wholeOnly, ["1"], "3", false, true), (.wholeOnly, ["1"], "5", false, false),
            (.wholeOnly, ["1", "2"], "3", false, false), (.wholeOnly, ["2"], "3", false, false),
            // An account that caps what it ships to its stock may make less of it.
            (.wholeOnly, ["1"], "2", false, true), (.linesInBody, [], "3", false, true),
        ] as [(DocumentBooking.Mode, [String], String, Bool, Bool)])
    func whatNoDraftCanHoldIsNotCreated(
        _ mode: DocumentBooking.Mode, _ rows: [String], _ quantity: String, _ takesLines: Bool, _ isCreated: Bool
    ) {
        var booking = Self.booking(
            mode: mode,
            open: rows.map {
                var line = Self.open($0)
                line.quantity = Quantity(quantity)!
                return line
            }, takesLines: takesLines)
        let directive = booking.resume(at: Self.noon)
        #expect((directive == .create) == isCreated)
        if !isCreated {
            guard case .giveUp(removing: nil, let failure) = directive else {
                Issue.record("\(directive)")
                return
            }
            #expect(failure.effect == "Nothing was booked for it in Rackbeat.")
            #expect(booking.state == .abandoned)
        }
    }

    private static func open(_ row: String) -> OpenLine {
        OpenLine(row: LineID(row), item: ItemNumber("CHAIR"), location: LocationNumber("1001"))
    }

    /// A server that says 422 to the confirmation may mean that the lost one went through.
    @Test func aRefusedConfirmationThatIsFoundDoneIsDone() {
        var booking = Self.booking(state: .confirming(DocumentID(700)))
        let document = Self.document(700, confirmed: true)
        #expect(booking.confirmationWasRefused("already shipped", document: document) == .done(DocumentID(700)))
    }

    /// After a doubt a refusal may mean that the first creation used everything up.
    @Test func aRefusedCreationAfterADoubtIsLookedFor() {
        var booking = Self.booking()
        _ = booking.resume(at: Self.noon)
        _ = booking.creationOutcomeIsUnknown()
        _ = booking.listed([], at: Self.noon + .seconds(200))
        #expect(booking.creationWasRefused("nothing is open") == .list)
    }

    /// Whatever has become of it, it can be booked no more; what may have been booked is not denied.
    @Test(
        arguments: [
            (.intended, "Nothing was booked for it in Rackbeat."),
            (.creating(since: noon), "Whether what was moved had been booked on it cannot be seen any more."),
            (.drafted(DocumentID(700)), "Whether what was moved had been booked on it cannot be seen any more."),
            (.confirming(DocumentID(700)), "Whether what was moved had been booked on it cannot be seen any more."),
        ] as [(DocumentBooking.State, String)])
    func aBookingEndsWithItsOrder(_ state: DocumentBooking.State, _ effect: String) {
        var booking = Self.booking(state: state)
        guard case .giveUp(removing: nil, let failure) = booking.orderIsGone() else {
            Issue.record("it goes on")
            return
        }
        #expect(failure.reason == "order 1042 is not in Rackbeat any more, and the warehouse has moved goods of it.")
        #expect(failure.effect == effect)
        #expect(booking.state == .abandoned)
    }

    /// A creation that was refused for somebody's draft is not sent again while the draft stands.
    @Test(
        arguments: [
            ([7], false, 7), ([7], true, nil), ([8], false, nil), ([], false, nil), ([7, 8], false, 7),
        ] as [(Set<Int>, Bool, Int?)])
    func aDraftIsInTheWayAsLongAsItStands(_ named: Set<Int>, _ isConfirmed: Bool, _ inTheWay: Int?) {
        let draft = BookedDocument(id: DocumentID(7), isConfirmed: isConfirmed, lines: [])
        let found = DocumentBooking.draftInTheWay(Set(named.map { DocumentID($0) }), of: [draft])
        #expect(found == inTheWay.map { DocumentID($0) })
    }
}
