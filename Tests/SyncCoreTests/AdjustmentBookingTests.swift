import SyncCore
import Testing
import Trade
import Units

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

    @Test func aChangeBecomesANewTotalAndIsReadAgainBeforeItIsBooked() {
        var booking = Self.booking("-2")
        #expect(booking.resume(at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("10")!, at: Self.noon) == .create(quantity: Quantity("8")!, isRelative: false))
        #expect(booking.wasCreated(Self.draft("-2")) == .search)
        #expect(booking.searched([Self.draft("-2")], at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("10")!, at: Self.noon) == .book(Self.id))
        #expect(booking.wasBooked() == .readLedger)
        #expect(
            booking.ledgerWasRead([Self.entry("-2")], location: LocationNumber("1001"), at: Self.noon)
                == .done(Self.id, shortfall: .zero))
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
        #expect(
            booking.ledgerWasRead([Self.entry("1")], location: LocationNumber("1001"), at: Self.noon)
                == .done(Self.id, shortfall: Quantity("-3")!))
    }

    /// Stock became by itself what the draft asks for, so Rackbeat refuses it as no change; the adjustment is still owed.
    @Test func aRefusalBecauseNothingWouldChangeBeginsAnew() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        #expect(booking.bookingWasRefused("nothing changes") == .readLedger)
        #expect(booking.ledgerWasRead([], location: LocationNumber("1001"), at: Self.noon) == .readStock)
        #expect(booking.stockWasRead(Quantity("8")!, at: Self.noon) == .delete([Self.id]))
    }

    /// The same where nobody may delete a draft: it is left and told of, and the change is booked without it.
    @Test func aDraftThatNobodyMayDeleteAndThatWouldChangeNothingIsLeft() {
        var booking = Self.refused(Self.undeletable)
        #expect(booking.ledgerWasRead([], location: LocationNumber("1001"), at: Self.noon) == .readStock)
        #expect(
            booking.stockWasRead(Quantity("8")!, at: Self.noon)
                == .done(Self.id, shortfall: Quantity("-2")!, spare: [Self.id]))
    }

    /// Refused for another reason, a draft that nobody may delete is a matter for a person, who is told where it lies.
    @Test func aDraftThatNobodyMayDeleteAndThatIsRefusedIsGivenUpWhereItLies() {
        var booking = Self.refused(Self.undeletable)
        #expect(booking.ledgerWasRead([], location: LocationNumber("1001"), at: Self.noon) == .readStock)
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

    @Test func aLostBookingIsLookedForInTheLedgerBeforeItIsRepeated() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        #expect(booking.bookingOutcomeIsUnknown() == .readLedger)
        #expect(
            booking.ledgerWasRead([Self.entry("-2")], location: LocationNumber("1001"), at: Self.noon)
                == .done(Self.id, shortfall: .zero))
    }

    @Test func aLostCreationIsSearchedByItsReason() {
        var booking = Self.booking("-2")
        _ = booking.resume(at: Self.noon)
        _ = booking.stockWasRead(Quantity("10")!, at: Self.noon)
        #expect(booking.creationOutcomeIsUnknown() == .search)
        #expect(booking.searched([], at: Self.noon) == .wait)
        #expect(booking.resume(at: Self.noon + .seconds(130)) == .search)
        #expect(booking.searched([Self.draft("-2")], at: Self.noon + .seconds(130)) == .readStock)
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

    /// The account books what it is sent at once, and a proxy sent it twice: nothing can be deleted any more.
    @Test(arguments: [false, true]) func whatWasBookedTwiceAtOnceIsMadeGood(afterARestart: Bool) {
        let account = AdjustmentBooking.Account(
            mode: .relativeFlag, needsBooking: false, linesShowChange: true, draftsCanBeDeleted: true)
        var booking = Self.booking("-2", account)
        #expect(booking.resume(at: Self.noon) == .create(quantity: Quantity("-2")!, isRelative: true))
        #expect(booking.wasCreated(Self.draft("-2")) == .search)
        if afterARestart {
            booking = AdjustmentBooking(
                subject: booking.subject, change: booking.change, account: account, settlingTime: .seconds(120),
                state: booking.state)
            #expect(booking.resume(at: Self.noon) == .search)
        }
        let second = StockAdjustment(id: DocumentID(56), reason: "WMS adj", lines: Self.draft("-2").lines)
        #expect(booking.searched([second, Self.draft("-2")], at: Self.noon) == .readLedger)
        var entries = [Self.entry("-2"), Self.entry("-2")]
        entries[1].document = second.id
        #expect(
            booking.ledgerWasRead(entries, location: LocationNumber("1001"), at: Self.noon)
                == .done(Self.id, shortfall: Quantity("2")!))
    }

    /// A server that ignores the flag would set stock to the difference.
    @Test func anIgnoredFlagIsSeenInTheDraft() {
        let account = AdjustmentBooking.Account(
            mode: .relativeFlag, needsBooking: true, linesShowChange: true, draftsCanBeDeleted: true)
        var booking = Self.booking("-2", account)
        #expect(booking.resume(at: Self.noon) == .create(quantity: Quantity("-2")!, isRelative: true))
        _ = booking.wasCreated(Self.draft("-12"))
        #expect(
            booking.searched([Self.draft("-12")], at: Self.noon)
                == .giveUp(
                    removing: Self.id,
                    RecordFailure(
                        reason: "adjustment 5001, CHAIR -2: the draft would change stock by -12 instead of -2.",
                        effect: "Nothing was booked. The draft was removed.",
                        remedy: "Check the profile's way of adjusting against the account, then retry.")))
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
