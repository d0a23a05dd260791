import SyncCore
import Testing
import Trade
import Units

/// What becomes of an adjustment that the journal calls a draft. The journal may be an older copy, and it is booked since.
extension AdjustmentBookingTests {
    /// What there is to be known of a draft that the journal calls a draft, and that another engine may have booked meanwhile.
    struct Recorded: Sendable, CustomStringConvertible {
        var description: String
        var account = usual
        var ledger: AdjustmentBooking.Ledger
        /// What its line shows. Ten were there when it was made, to make them eight.
        var shown = "-2"
        /// What is there now.
        var stock: String
        var ends: End

        enum End: Sendable {
            /// Taken over without another write.
            case takenOver(shortfall: String)
            /// Taken over when it turns out that it cannot be deleted.
            case takenOverUndeleted
            case asked
            case booked
        }
    }

    static let recorded: [Recorded] = [
        Recorded(
            description: "the ledger has it", ledger: .rows([entry("-2")]), stock: "8", ends: .takenOver(shortfall: "0")),
        Recorded(
            description: "the ledger has it, and stock is as before", ledger: .rows([entry("-2")]), stock: "10",
            ends: .takenOver(shortfall: "0")),
        Recorded(
            description: "the ledger says that it changed something else", ledger: .rows([entry("1")]), stock: "8",
            ends: .takenOver(shortfall: "-3")),
        Recorded(
            description: "the ledger has it, and no draft can be deleted", account: undeletable, ledger: .rows([entry("-2")]),
            stock: "8", ends: .takenOver(shortfall: "0")),
        Recorded(
            description: "only its line tells: a draft of a total would show one more", ledger: .unknownForm, stock: "7",
            ends: .takenOverUndeleted),
        Recorded(
            description: "nothing tells: the line shows what a draft would", ledger: .unknownForm, shown: "1", stock: "7",
            ends: .asked),
        Recorded(
            description: "nothing tells: lines show totals", account: totals, ledger: .unknownForm, shown: "8", stock: "7",
            ends: .asked),
        Recorded(description: "a draft it is", ledger: .rows([]), stock: "10", ends: .booked),
    ]

    @Test(arguments: recorded) func aRecordedDraftIsLookedAtBeforeAnythingIsSent(_ example: Recorded) {
        var booking = AdjustmentBooking(
            subject: "adjustment 5001, CHAIR -2", change: Quantity("-2")!, account: example.account, settlingTime: .seconds(120),
            state: .drafted(Self.id, base: Quantity("10")!))
        #expect(booking.resume(at: Self.noon) == .search)
        #expect(booking.searched([Self.draft(example.shown)], at: Self.noon) == .readLedger)
        let directive = booking.ledgerWasRead(example.ledger, location: LocationNumber("1001"), at: Self.noon)
        if case .takenOver(let shortfall) = example.ends {
            #expect(directive == .done(Self.id, shortfall: Quantity(shortfall)!))
            #expect(booking.state == .booked(Self.id))
            return
        }
        #expect(directive == .readStock)
        let next = booking.stockWasRead(Quantity(example.stock)!, at: Self.noon)
        if case .booked = example.ends {
            #expect(next == .book(Self.id))
            return
        }
        #expect(next == .delete([Self.id]))
        let ending = booking.deletionWasRefused("it is booked", of: Self.id)
        #expect(booking.state == .booked(Self.id))
        if case .takenOverUndeleted = example.ends {
            #expect(ending == .done(Self.id, shortfall: .zero))
            return
        }
        guard case .giveUp(removing: nil, let failure)? = ending else {
            Issue.record("\(String(describing: ending))")
            return
        }
        #expect(failure.effect == "Whether an earlier attempt has booked it is not known.")
        #expect(failure.documents == [Self.id])
    }

    /// A draft that asks for something else is given up, and turns out to be booked: a person is asked once, and nothing is begun anew.
    @Test func aRecordedDraftThatIsGivenUpAndCannotBeDeletedIsAskedAbout() {
        let account = AdjustmentBooking.Account(
            mode: .relativeFlag, needsBooking: true, linesShowChange: true, draftsCanBeDeleted: true)
        var booking = AdjustmentBooking(
            subject: "adjustment 5001, CHAIR -2", change: Quantity("-2")!, account: account, settlingTime: .seconds(120),
            state: .drafted(Self.id, base: Quantity("10")!))
        _ = booking.resume(at: Self.noon)
        _ = booking.searched([Self.draft("-12")], at: Self.noon)
        _ = booking.ledgerWasRead(.unknownForm, location: LocationNumber("1001"), at: Self.noon)
        guard case .giveUp(removing: Self.id, _) = booking.stockWasRead(Quantity("10")!, at: Self.noon),
            case .giveUp(removing: nil, _)? = booking.deletionWasRefused("it is booked", of: Self.id)
        else {
            Issue.record("it was not given up")
            return
        }
        #expect(booking.state == .booked(Self.id))
    }

    /// Nobody can have booked a draft of this round: a refused deletion says nothing about it.
    @Test func aRefusedDeletionOfAFreshDraftIsNoAnswer() {
        var booking = Self.drafted("-2", at: "10")
        _ = booking.stockWasRead(Quantity("7")!, at: Self.noon)
        #expect(booking.deletionWasRefused("not now", of: Self.id) == nil)
    }
}
