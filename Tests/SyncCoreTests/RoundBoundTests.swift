import SyncCore
import Testing
import Trade
import Units

/// One round of a machine ends by itself, whatever the other system responds. The servers here are drawn at random and do their
/// worst: what was sent fails, is refused or has no known outcome; lists and readings show nothing, too much, or the state of before.
///
/// The bound is 40 directives, each of which is one call (the pages of a list and the edits of a draft aside): the longest round that
/// gets somewhere is an adjustment whose stock moves four times between reading and booking, with 6 directives for each time. It is
/// below what `CallBudget` allows, which holds for the drivers as well.
struct RoundBoundTests {
    static let bound = 40
    static let seeds = 3000

    struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(next() % UInt64(values.count))] }
    }

    @Test func aRoundOfAnAdjustmentEnds() {
        var longest = 0
        for seed in 0..<UInt64(Self.seeds) {
            var dice = Dice(state: seed)
            var booking = AdjustmentBooking(
                subject: "adjustment", change: Quantity("2")!,
                account: AdjustmentBooking.Account(
                    mode: dice.pick([.absoluteViaRead, .relativeFlag]), needsBooking: dice.pick([true, true, false]),
                    linesShowChange: dice.pick([true, false]), draftsCanBeDeleted: dice.pick([true, true, false])),
                settlingTime: .seconds(120))
            var now = AdjustmentBookingTests.noon
            for _ in 0..<4 {
                let directives = Self.round(&booking, at: now, &dice)
                #expect(directives <= Self.bound, "seed \(seed)")
                longest = max(longest, directives)
                booking = AdjustmentBookingTests.again(booking)
                now = now + .seconds(dice.pick([60, 900]))
            }
        }
        #expect(longest > 15, "the servers are too kind")
    }

    /// - Returns: How many directives were carried out.
    static func round(_ booking: inout AdjustmentBooking, at now: Moment, _ dice: inout Dice) -> Int {
        func stock(_ dice: inout Dice) -> Quantity { Quantity(dice.pick(["8", "10", "10", "10", "12"]))! }
        func document(_ dice: inout Dice) -> StockAdjustment {
            StockAdjustment(
                id: DocumentID(dice.pick([55, 55, 56, 57])), reason: "adjustment",
                lines: [.init(item: ItemNumber("CHAIR"), location: nil, quantity: Quantity(dice.pick(["0", "2", "12"]))!)])
        }
        var directive = booking.resume(at: now)
        for count in 0...bound {
            switch directive {
            case .lookLater, .done, .stop, .giveUp, .beginLater: return count
            case .readStock: directive = booking.stockWasRead(stock(&dice), at: now)
            case .create:
                switch dice.pick([0, 0, 1, 2]) {
                case 0: directive = booking.wasCreated(document(&dice))
                case 1: directive = booking.creationWasRefused("no")
                default: directive = booking.creationOutcomeIsUnknown()
                }
            case .search: directive = booking.searched((0..<dice.pick([0, 1, 1, 2])).map { _ in document(&dice) }, at: now)
            case .delete(let ids): directive = booking.wereDeleted(ids, at: now)
            case .book:
                switch dice.pick([0, 1, 2]) {
                case 0: directive = booking.wasBooked()
                case 1: directive = booking.bookingWasRefused("no")
                default: directive = booking.bookingOutcomeIsUnknown()
                }
            case .readLedger:
                let entry = LedgerEntry(
                    location: LocationNumber("1001"), change: Quantity("2")!, kind: "inventory_adjustment",
                    document: DocumentID(dice.pick([55, 99, 99])))
                directive = booking.ledgerWasRead(
                    dice.pick([.rows([]), .rows([]), .unavailable, .unknownForm, .rows([entry])]),
                    location: LocationNumber("1001"), at: now)
            }
        }
        return bound + 1
    }

    @Test func aRoundOfAShipmentEnds() {
        var longest = 0
        for seed in 0..<UInt64(Self.seeds) {
            var dice = Dice(state: seed)
            let mode = dice.pick([DocumentBooking.Mode.linesInBody, .editAfterCreate, .wholeOnly])
            let open = [
                OpenLine(row: LineID("1"), item: ItemNumber("CHAIR"), location: LocationNumber("1001"))
            ]
            let state = dice.pick([
                DocumentBooking.State.intended, .creating(since: AdjustmentBookingTests.noon), .drafted(DocumentID(700)),
                .confirming(DocumentID(700)),
            ])
            var booking = DocumentBookingTests.booking(mode: mode, state: state, open: open)
            let now = AdjustmentBookingTests.noon + .seconds(dice.pick([0, 60, 900]))
            let directives = Self.round(&booking, at: now, &dice)
            #expect(directives <= Self.bound, "seed \(seed)")
            longest = max(longest, directives)
        }
        #expect(longest > 6, "the servers are too kind")
    }

    static func round(_ booking: inout DocumentBooking, at now: Moment, _ dice: inout Dice) -> Int {
        // Whatever was deleted is shown again and again.
        func document(_ dice: inout Dice) -> BookedDocument {
            DocumentBookingTests.document(
                dice.pick([700, 700, 701, 702]), dice.pick(["3", "3", "5"]), confirmed: dice.pick([false, false, true]),
                row: dice.pick(["1", nil]))
        }
        var directive = booking.resume(at: now)
        for count in 0...bound {
            switch directive {
            case .wait, .done, .giveUp: return count
            case .list, .listAgain:
                directive = booking.listed((0..<dice.pick([0, 1, 2, 3])).map { _ in document(&dice) }, at: now)
            case .create:
                switch dice.pick([0, 0, 1, 2]) {
                case 0: directive = booking.wasCreated(document(&dice))
                case 1: directive = booking.creationWasRefused("no")
                default: directive = booking.creationOutcomeIsUnknown()
                }
            case .edit(let id, _):
                directive =
                    dice.pick([true, false])
                    ? booking.wasEdited(dice.pick([document(&dice), nil])) : booking.editWasRefused("no", draft: id)
            case .remove: directive = booking.spareDraftsWereRemoved()
            case .confirm:
                switch dice.pick([0, 1, 2]) {
                case 0: directive = booking.wasConfirmed()
                case 1: directive = booking.confirmationWasRefused("no", document: dice.pick([document(&dice), nil]))
                // The driver ends the round with the error.
                default: return count
                }
            case .read: directive = booking.wasRead(dice.pick([document(&dice), nil]), at: now)
            }
        }
        return bound + 1
    }

    @Test func aRoundOfAnOrderEnds() {
        var longest = 0
        let (a, b) = (Fingerprint(text: "a"), Fingerprint(text: "b"))
        for seed in 0..<UInt64(Self.seeds) {
            var dice = Dice(state: seed)
            let since = AdjustmentBookingTests.noon
            var record = PushRecord(nothingOf: RecordRef(.order, "1042"))
            record.state = dice.pick([
                .nothing, .held(HeldContent(a)), .held(HeldContent(nil)), .sending(a, over: nil, since: since),
                .sending(b, over: HeldContent(a), since: since), .cancelled,
                .cancelling(.held(HeldContent(a, cancelRequested: true)), since: since),
                .cancelUnseen(sending: nil, since: since),
            ])
            if record.state.mayBeHeld { record.warehouseID = WarehouseID(31) }
            var push = DocumentPush(
                record, settlingTime: .seconds(120), pauses: [.seconds(2), .seconds(4), .seconds(8)],
                revivesCancelledNumbers: dice.pick([true, false]), adoptsExisting: dice.pick([true, false]))
            let now = since + .seconds(dice.pick([0, 60, 900]))
            let directives = Self.round(&push, at: now, &dice)
            #expect(directives <= Self.bound, "seed \(seed)")
            longest = max(longest, directives)
        }
        #expect(longest > 6, "the servers are too kind")
    }

    static func round(_ push: inout DocumentPush, at now: Moment, _ dice: inout Dice) -> Int {
        let content = PushContent(
            fingerprint: Fingerprint(text: "a"),
            lines: [PushedLine(row: LineID("1"), item: ItemNumber("CHAIR"), quantity: Quantity("3")!)], deliveryDate: nil)
        func document(_ dice: inout Dice) -> WarehouseDocument? {
            guard dice.pick([true, true, false]) else { return nil }
            return WarehouseDocument(
                id: WarehouseID(31), number: "1042", isCancelled: dice.pick([false, false, true]), status: "200", hasBegun: false,
                lines: dice.pick([content.lines, []]))
        }
        var directive = push.begin()
        var hasDecided = false
        for count in 0...bound {
            switch directive {
            case .park, .settle, .passErrorOn: return count
            case .decide:
                // The driver tells what Rackbeat wants once.
                guard !hasDecided else { return count }
                hasDecided = true
                switch dice.pick([0, 0, 1, 2, 3]) {
                case 0: directive = push.isWanted(content, at: now)
                case 1: directive = push.isNotWanted(.cancelled, at: now)
                case 2: directive = push.isDone(content, at: now)
                default: directive = push.needsNothing(at: now)
                }
            case .find, .findAgain:
                directive = push.wasFound(
                    (0..<dice.pick([0, 1, 2])).compactMap { _ in document(&dice) }, recorded: content.lines, at: now)
            case .read, .readAgain: directive = push.wasRead(document(&dice), recorded: content.lines, at: now)
            case .findRest: directive = push.restWasFound(dice.pick([true, false]) ? document(&dice).map { [$0] } ?? [] : [])
            case .cancelRest:
                directive =
                    dice.pick([true, false])
                    ? push.restWasCancelled() : push.restWasRefused("no", outcomeUnknown: dice.pick([true, false]))
            case .compare, .compareHead: directive = push.wasCompared(isSame: dice.pick([true, false]), at: now)
            case .ensureArticles: directive = push.articlesAreThere(at: now)
            case .put:
                switch dice.pick([0, 1, 1, 2]) {
                case 0: directive = push.putWasAccepted(WarehouseID(31))
                case 1: directive = push.putWasRefused("no", outcomeUnknown: dice.pick([true, false]))
                default: directive = push.putFailed(outcomeUnknown: dice.pick([true, false]))
                }
            case .cancel:
                switch dice.pick([0, 1, 2]) {
                case 0: directive = push.cancelWasAccepted()
                case 1:
                    directive = push.cancelWasRefused(
                        "no", isMissing: dice.pick([true, false]), outcomeUnknown: dice.pick([true, false]))
                default: directive = push.cancelFailed()
                }
            }
        }
        return bound + 1
    }
}
