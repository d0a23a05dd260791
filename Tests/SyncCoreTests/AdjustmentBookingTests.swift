import Testing
import Trade
import Units

@testable import SyncCore

struct AdjustmentBookingTests {
    static let noon = Moment(iso: "2026-03-02T12:00:00Z")!
    static let id = DocumentID(55)
    static let usual = AdjustmentBooking.Account(
        mode: .absoluteViaRead, needsBooking: true, linesShowChange: true, draftsCanBeDeleted: true)

    static func booking(_ change: String, _ account: AdjustmentBooking.Account = usual) -> AdjustmentBooking {
        AdjustmentBooking(
            subject: "adjustment 5001, CHAIR \(change)", change: Quantity(change)!, account: account, settlingTime: .seconds(120))
    }

    static func draft(_ quantity: String) -> StockAdjustment {
        StockAdjustment(
            id: id, reason: "WMS adj",
            lines: [.init(item: ItemNumber("CHAIR"), location: LocationNumber("1001"), quantity: Quantity(quantity)!)])
    }

    static func entry(_ change: String) -> LedgerEntry {
        LedgerEntry(
            location: LocationNumber("1001"), change: Quantity(change)!, kind: "inventory_adjustment", document: id)
    }

    /// Drives the machine to the point where the draft stands and stock is to be read again.
    static func drafted(_ change: String, at stock: String) -> AdjustmentBooking {
        var booking = booking(change)
        _ = booking.resume(at: noon)
        _ = booking.stockWasRead(Quantity(stock)!, at: noon)
        _ = booking.wasCreated(draft(change))
        _ = booking.searched([draft(change)], at: noon)
        return booking
    }

    /// Lets the machine look at the stock and at the ledger, as it asks for both in this order.
    static func look(
        _ booking: inout AdjustmentBooking, stock: String?, _ ledger: AdjustmentBooking.Ledger, at now: Moment = noon
    ) -> AdjustmentBooking.Directive {
        #expect(booking.stockWasRead(stock.map { Quantity($0)! }, at: now) == .readLedger)
        return booking.ledgerWasRead(ledger, location: LocationNumber("1001"), at: now)
    }

    @Test func aChangeBecomesANewTotalAndIsReadAgainBeforeItIsBooked() {
        var booking = Self.booking("-2")
        #expect(booking.resume(at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("10")!, at: Self.noon) == .create(quantity: Quantity("8")!, isRelative: false))
        #expect(booking.wasCreated(Self.draft("-2")) == .search)
        #expect(booking.searched([Self.draft("-2")], at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("10")!, at: Self.noon) == .book(Self.id))
        #expect(booking.wasBooked() == .readStock)
        #expect(Self.look(&booking, stock: "8", .rows([Self.entry("-2")])) == .done(Self.id, shortfall: .zero))
    }

    /// A shipment left between the reading and the booking: the total would bring its goods back.
    @Test func aDraftOnAnOldReadingIsThrownAway() {
        var booking = Self.drafted("-2", at: "10")
        #expect(booking.stockWasRead(Quantity("7")!, at: Self.noon) == .delete([Self.id]))
        #expect(booking.wereDeleted([Self.id], at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("7")!, at: Self.noon) == .create(quantity: Quantity("5")!, isRelative: false))
    }

    /// A shipment of three left between the second reading and the booking: the ledger shows that the booking gave one back.
    @Test func whatFellInBetweenIsMadeGood() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasBooked()
        #expect(Self.look(&booking, stock: "8", .rows([Self.entry("1")])) == .done(Self.id, shortfall: Quantity("-3")!))
    }

    /// Documents of another kind have numbers of their own: a shipment of the same number is not the adjustment.
    @Test func aRowOfAnotherKindOfDocumentSaysNothing() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasBooked()
        var shipment = Self.entry("-3")
        shipment.kind = "shipment"
        #expect(Self.look(&booking, stock: "8", .rows([shipment, Self.entry("-2")])) == .done(Self.id, shortfall: .zero))
    }

    /// Stock became by itself what the draft asks for, so Rackbeat refuses it as no change; the adjustment is still owed.
    @Test func aRefusalBecauseNothingWouldChangeBeginsAnew() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        #expect(booking.bookingWasRefused("nothing changes") == .readStock)
        #expect(Self.look(&booking, stock: "8", .rows([])) == .delete([Self.id]))
        #expect(booking.wereDeleted([Self.id], at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("8")!, at: Self.noon) == .create(quantity: Quantity("6")!, isRelative: false))
    }

    /// Refused although stock stood still: it is not made anew over and over, but begun once more in a later round.
    @Test func aRefusalOnAStockThatStoodStillEndsTheRound() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.bookingWasRefused("the period is closed")
        #expect(Self.look(&booking, stock: "10", .rows([])) == .delete([Self.id]))
        guard case .beginLater(let failure) = booking.wereDeleted([Self.id], at: Self.noon) else {
            Issue.record("a refusal did not end the round")
            return
        }
        #expect(failure.effect == "Nothing was booked.")
    }

    /// The same where nobody may delete a draft: it is left and told of, and the change is booked without it.
    @Test func aDraftThatNobodyMayDeleteAndThatWouldChangeNothingIsLeft() {
        var booking = Self.refused(Self.undeletable)
        #expect(Self.look(&booking, stock: "8", .rows([])) == .readStock)
        #expect(
            booking.stockWasRead(Quantity("8")!, at: Self.noon)
                == .done(Self.id, shortfall: Quantity("-2")!, spare: [Self.id]))
    }

    /// Refused for another reason, a draft that nobody may delete is a matter for a person, who is told where it lies.
    @Test func aDraftThatNobodyMayDeleteAndThatIsRefusedIsGivenUpWhereItLies() {
        var booking = Self.refused(Self.undeletable)
        #expect(Self.look(&booking, stock: "10", .rows([])) == .readStock)
        guard case .giveUp(removing: nil, let failure) = booking.stockWasRead(Quantity("10")!, at: Self.noon) else {
            Issue.record("a draft that nobody may delete was to be removed")
            return
        }
        #expect(failure.effect == "Nothing was booked. The draft 55 is left in Rackbeat.")
    }

    static let undeletable = AdjustmentBooking.Account(
        mode: .absoluteViaRead, needsBooking: true, linesShowChange: true, draftsCanBeDeleted: false)

    /// A draft of two less, made when there were ten, whose booking was refused.
    static func refused(_ account: AdjustmentBooking.Account) -> AdjustmentBooking {
        var booking = booking("-2", account)
        _ = booking.resume(at: noon)
        _ = booking.stockWasRead(Quantity("10")!, at: noon)
        _ = booking.wasCreated(draft("-2"))
        _ = booking.searched([draft("-2")], at: noon)
        _ = booking.stockWasRead(Quantity("10")!, at: noon)
        _ = booking.bookingWasRefused("nothing changes")
        return booking
    }

    @Test func aLostBookingIsLookedForBeforeItIsRepeated() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        #expect(booking.bookingOutcomeIsUnknown() == .readStock)
        #expect(Self.look(&booking, stock: "8", .rows([Self.entry("-2")])) == .done(Self.id, shortfall: .zero))
    }

    /// A booking that fails ends the round; the next one sends it once more.
    @Test func aFailedBookingIsRepeatedOnceInEachRound() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.bookingOutcomeIsUnknown()
        guard case .lookLater(let failure) = Self.look(&booking, stock: "10", .rows([])) else {
            Issue.record("the round went on after a booking that failed")
            return
        }
        #expect(failure.effect == "Rackbeat may or may not have changed its stock.")
        var next = Self.again(booking)
        #expect(next.resume(at: Self.noon + .seconds(900)) == .readStock)
        #expect(Self.look(&next, stock: "10", .rows([])) == .book(Self.id))
    }

    /// A later process, or a later round, goes on from what the journal holds.
    static func again(_ booking: AdjustmentBooking) -> AdjustmentBooking {
        AdjustmentBooking(
            subject: booking.subject, change: booking.change, account: booking.account, settlingTime: booking.settlingTime,
            state: booking.state)
    }

    /// The total on a draft's line was made of the stock of then. Only where lines show what they would change, and stock has moved since,
    /// does a line that still shows the change tell that it is booked.
    @Test(
        arguments: [
            (AdjustmentBooking.Mode.absoluteViaRead, true, "-2", "10", "8", true),
            (.absoluteViaRead, true, "-2", "10", "10", false),
            (.absoluteViaRead, true, "-4", "10", "8", false), (.absoluteViaRead, true, "-2", nil, "8", false),
            (.absoluteViaRead, false, "-2", "10", "8", false), (.relativeFlag, true, "-2", "10", "8", false),
        ] as [(AdjustmentBooking.Mode, Bool, String, String?, String, Bool)])
    func aLineTellsThatItIsBookedWhenStockHasMoved(
        mode: AdjustmentBooking.Mode, linesShowChange: Bool, line: String, base: String?, stock: String, expected: Bool
    ) {
        let account = AdjustmentBooking.Account(
            mode: mode, needsBooking: true, linesShowChange: linesShowChange, draftsCanBeDeleted: true)
        var booking = Self.booking("-2", account)
        booking.created = Self.draft(line)
        booking.stock = Quantity(stock)!
        #expect(booking.isShownAsBooked(base.map { Quantity($0)! }) == expected)
    }

    // MARK: Evidence

    /// The rows of the ledger are of a form that we do not know. The line of the adjustment shows what it changed.
    @Test func withoutALedgerTheLineShowsWhatWasBooked() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasBooked()
        #expect(Self.look(&booking, stock: "8", .unknownForm) == .search)
        // Three left between the second reading and the booking.
        #expect(booking.searched([Self.draft("1")], at: Self.noon) == .done(Self.id, shortfall: Quantity("-3")!))
    }

    static let totals = AdjustmentBooking.Account(
        mode: .absoluteViaRead, needsBooking: true, linesShowChange: false, draftsCanBeDeleted: true)

    /// Neither ledger nor lines say what was changed: the stock before and after does.
    @Test(arguments: [AdjustmentBooking.Ledger.unknownForm, .rows([])])
    func withoutALedgerTheStockShowsThatItIsBooked(ledger: AdjustmentBooking.Ledger) {
        var booking = Self.booking("-2", Self.totals)
        _ = booking.resume(at: Self.noon)
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasCreated(Self.draft("8"))
        _ = booking.searched([Self.draft("8")], at: Self.noon)
        #expect(booking.stockWasRead(Quantity("10")!, at: Self.noon) == .book(Self.id))
        #expect(booking.bookingOutcomeIsUnknown() == .readStock)
        #expect(Self.look(&booking, stock: "8", ledger) == .done(Self.id, shortfall: .zero))
    }

    /// Rackbeat says that it is booked and shows another stock: after a while a person has to look, and no other may follow.
    @Test func aStockThatDoesNotShowTheBookingStopsTheJob() {
        var booking = AdjustmentBooking(
            subject: "adjustment 5001, CHAIR -2", change: Quantity("-2")!, account: Self.totals, settlingTime: .seconds(120),
            state: .verifying(Self.id, base: Quantity("10")!, since: Self.noon))
        #expect(booking.resume(at: Self.noon) == .readStock)
        guard case .lookLater = Self.look(&booking, stock: "18", .unknownForm) else {
            Issue.record("a late reading stopped the job")
            return
        }
        booking = Self.again(booking)
        _ = booking.resume(at: Self.noon + .seconds(120))
        guard case .stop(let failure) = Self.look(&booking, stock: "18", .unknownForm, at: Self.noon + .seconds(120)) else {
            Issue.record("a booking of something else was taken for ours")
            return
        }
        #expect(failure.effect == "Rackbeat's stock may be off by +10.")
    }

    /// The account takes the total for a change.
    @Test func aTotalThatWasTakenForAChangeStopsTheJob() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasBooked()
        guard case .stop(let failure) = Self.look(&booking, stock: "18", .rows([Self.entry("8")])) else {
            Issue.record("a booking of something else was taken for ours")
            return
        }
        #expect(failure.reason == "adjustment 5001, CHAIR -2: the account booked +8 instead of -2.")
    }

    /// What was booked cannot be deleted, so a draft that cannot be deleted is perhaps booked, and is not begun anew.
    @Test func aDraftThatCannotBeDeletedIsNotBegunAnewAfterAnUnknownBooking() {
        var booking = AdjustmentBooking(
            subject: "adjustment 5001, CHAIR -2", change: Quantity("-2")!, account: Self.usual, settlingTime: .seconds(120),
            state: .booking(Self.id, base: Quantity("10")!, since: Self.noon))
        _ = booking.resume(at: Self.noon)
        #expect(Self.look(&booking, stock: "5", .unknownForm) == .delete([Self.id]))
        guard case .giveUp(removing: nil, let failure)? = booking.deletionWasRefused("it is booked", of: Self.id) else {
            Issue.record("the adjustment goes on")
            return
        }
        #expect(failure.effect == "Whether an earlier attempt has booked it is not known.")
        #expect(booking.state == .booked(Self.id))
    }

    @Test func aLostCreationIsSearchedByItsReason() {
        var booking = Self.booking("-2")
        _ = booking.resume(at: Self.noon)
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        #expect(booking.creationOutcomeIsUnknown() == .search)
        guard case .lookLater = booking.searched([], at: Self.noon) else {
            Issue.record("the creation was not looked for later")
            return
        }
        #expect(booking.resume(at: Self.noon + .seconds(130)) == .search)
        // Another process may have booked it since.
        #expect(booking.searched([Self.draft("-2")], at: Self.noon + .seconds(130)) == .readLedger)
    }

    @Test func aCreationThatWasCarriedOutTwiceLeavesOneDraft() {
        var booking = Self.booking("-2")
        _ = booking.resume(at: Self.noon)
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasCreated(Self.draft("-2"))
        let second = StockAdjustment(id: DocumentID(56), reason: "WMS adj", lines: Self.draft("-2").lines)
        #expect(booking.searched([Self.draft("-2"), second], at: Self.noon) == .delete([DocumentID(56)]))
        #expect(booking.wereDeleted([DocumentID(56)], at: Self.noon) == .readStock)
    }

    /// An engine with another journal has booked the change: what bears our reason cannot be deleted, as it is no draft.
    @Test func whatAnotherJournalHasBookedIsTakenOver() {
        var booking = Self.drafted("-2", at: "10")
        let second = StockAdjustment(id: DocumentID(54), reason: "WMS adj", lines: Self.draft("-2").lines)
        #expect(booking.searched([second, Self.draft("-2")], at: Self.noon) == .delete([DocumentID(54)]))
        #expect(booking.deletionWasRefused("it is booked", of: DocumentID(54)) == .delete([Self.id]))
        #expect(booking.wereDeleted([Self.id], at: Self.noon) == .done(DocumentID(54), shortfall: .zero))
        #expect(booking.state == .booked(DocumentID(54)))
    }

    /// The same where no draft can be deleted: the ledger tells what is booked.
    @Test(arguments: [true, false]) func whereNothingCanBeDeletedTheLedgerTellsWhatIsBooked(isBooked: Bool) {
        var booking = Self.booking("-2", Self.undeletable)
        _ = booking.resume(at: Self.noon)
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasCreated(Self.draft("-2"))
        let second = StockAdjustment(id: DocumentID(54), reason: "WMS adj", lines: Self.draft("-2").lines)
        #expect(booking.searched([second, Self.draft("-2")], at: Self.noon) == .readLedger)
        var entry = Self.entry("-2")
        entry.document = DocumentID(54)
        #expect(
            booking.ledgerWasRead(.rows(isBooked ? [entry] : []), location: LocationNumber("1001"), at: Self.noon)
                == (isBooked ? .done(DocumentID(54), shortfall: .zero, spare: [Self.id]) : .readStock))
    }

    /// The account books what it is sent at once, and a proxy sent it twice: nothing can be deleted any more.
    @Test(arguments: [false, true]) func whatWasBookedTwiceAtOnceIsMadeGood(afterARestart: Bool) {
        let account = AdjustmentBooking.Account(
            mode: .relativeFlag, needsBooking: false, linesShowChange: true, draftsCanBeDeleted: true)
        var booking = Self.booking("-2", account)
        #expect(booking.resume(at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("10")!, at: Self.noon) == .create(quantity: Quantity("-2")!, isRelative: true))
        #expect(booking.wasCreated(Self.draft("-2")) == .search)
        if afterARestart {
            booking = AdjustmentBooking(
                subject: booking.subject, change: booking.change, account: account, settlingTime: .seconds(120),
                state: booking.state)
            #expect(booking.resume(at: Self.noon) == .search)
        }
        let second = StockAdjustment(id: DocumentID(56), reason: "WMS adj", lines: Self.draft("-2").lines)
        #expect(booking.searched([second, Self.draft("-2")], at: Self.noon) == .readStock)
        var entries = [Self.entry("-2"), Self.entry("-2")]
        entries[1].document = second.id
        #expect(Self.look(&booking, stock: "6", .rows(entries)) == .done(Self.id, shortfall: Quantity("2")!))
    }

    /// A server that ignores the flag would set stock to the difference. The draft shows it, whichever way its lines are meant.
    @Test(arguments: [(true, "-12"), (false, "-2")]) func anIgnoredFlagIsSeenInTheDraft(linesShowChange: Bool, shown: String) {
        let account = AdjustmentBooking.Account(
            mode: .relativeFlag, needsBooking: true, linesShowChange: linesShowChange, draftsCanBeDeleted: true)
        var booking = Self.booking("-2", account)
        #expect(booking.resume(at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("10")!, at: Self.noon) == .create(quantity: Quantity("-2")!, isRelative: true))
        _ = booking.wasCreated(Self.draft(shown))
        #expect(booking.searched([Self.draft(shown)], at: Self.noon) == .readStock)
        #expect(
            booking.stockWasRead(Quantity("10")!, at: Self.noon)
                == .giveUp(
                    removing: Self.id,
                    RecordFailure(
                        reason: "adjustment 5001, CHAIR -2: the draft would change stock by -12 instead of -2.",
                        effect: "Nothing was booked. The draft was removed.",
                        remedy:
                            "Check adjustment.mode and adjustment.line_quantity of the profile against the account, then retry."))
        )
    }

    /// Stock moved since the draft was shown, whose lines show the stock that it leads to: it is looked at again.
    @Test func aDraftThatShowsTotalsIsComparedWithTheStockOfItsTime() {
        let account = AdjustmentBooking.Account(
            mode: .relativeFlag, needsBooking: true, linesShowChange: false, draftsCanBeDeleted: true)
        var booking = Self.booking("-2", account)
        _ = booking.resume(at: Self.noon)
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        _ = booking.wasCreated(Self.draft("8"))
        #expect(booking.searched([Self.draft("8")], at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("7")!, at: Self.noon) == .search)
        #expect(booking.searched([Self.draft("5")], at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("7")!, at: Self.noon) == .book(Self.id))
    }

    @Test func anUnknownItemIsPutBeforeAPerson() {
        var booking = Self.booking("3")
        _ = booking.resume(at: Self.noon)
        guard case .giveUp(removing: nil, let failure) = booking.stockWasRead(nil, at: Self.noon) else {
            Issue.record("an unknown item was adjusted")
            return
        }
        #expect(failure.reason == "adjustment 5001, CHAIR 3: Rackbeat has no such item at this location.")
    }
}
