import Exchange
import SyncCore
import Trade
import Units

/// An order or purchase order as the warehouse holds it, for comparing and cancelling.
struct HeldDocument {
    var id: WarehouseID
    var isCancelled: Bool
    /// Such as `320 Allocated`.
    var status: String
    /// Whether something of it is picked or received.
    var hasBegun: Bool
    var lines: [PushedLine]
}

extension HeldDocument {
    /// Whether it has exactly these lines, in whatever order.
    func says(_ lines: [PushedLine]) -> Bool {
        self.lines.sorted { $0.row < $1.row } == lines.sorted { $0.row < $1.row }
    }

    /// Whether it can be what is left of these lines after the warehouse moved the rest to a back order.
    func isLeft(of lines: [PushedLine]) -> Bool {
        !self.lines.isEmpty
            && self.lines.allSatisfy { held in
                lines.contains { $0.row == held.row && $0.item == held.item && held.quantity <= $0.quantity }
            }
    }
}

/// What sending differs in between orders and purchase orders.
struct PushDesk {
    var kind: DocumentKind
    var job: Job
    /// Such as `order`.
    var noun: String
    /// Every document of the goods owner with that number.
    var find: (String) throws -> [HeldDocument]
    var read: (WarehouseID) throws -> HeldDocument?
    var cancel: (WarehouseID) throws -> Void
}

/// One document of the shop, mapped and ready to be sent.
struct Outgoing {
    /// The number in the shop.
    var number: String
    var fingerprint: Fingerprint
    var findings: [MappingFinding]
    var lines: [PushedLine]
    var deliveryDate: CivilDate?
    /// Sends it.
    var put: (_ isUpdate: Bool) throws -> WarehouseID
    /// Whether the warehouse shows its content there, the lines' quantities aside.
    var isShown: (WarehouseID) throws -> Bool
}

extension Worker {
    /// Makes the warehouse hold the document.
    ///
    /// The PUT names the document by its number and says all of it, so sending it again after a doubt does no harm; a refusal
    /// after a doubt may mean that the first one arrived and work has begun since.
    func send(
        _ number: String, with desk: PushDesk, known: PushedRecord?, outgoing: (_ warehouseNumber: String) -> Outgoing
    ) throws {
        var known = known
        if let undecided = known, undecided.pushed.state.awaitsCancelling {
            guard isOver(undecided) else {
                throw TransientFailure(
                    trouble: RecordFailure(
                        reason: "\(desk.noun) \(number) is wanted again, and its cancellation is not to be seen yet.",
                        effect: "The warehouse still shows it as it was sent before, and may yet cancel it.",
                        remedy: "It is looked at again by itself."))
            }
            known = try stillHeld(undecided, desk)
        }
        let generation =
            known.map { $0.pushed.state == .cancelled && !mapping.revivesCancelledNumbers } == true
            ? known!.pushed.generation + 1 : known?.pushed.generation ?? 0
        let warehouseNumber = generation == 0 ? number : "\(number)-\(generation + 1)"
        let document = outgoing(warehouseNumber)
        let isHeld = known?.pushed.state == .held
        try set(document.findings, desk.job, number)
        guard !isHeld || known?.pushed.fingerprint != document.fingerprint else {
            tally.unchanged += 1
            return
        }
        if generation > 0, known?.pushed.state == .cancelled { listener(.reached(connection: name, .numberGivenUp)) }
        try ensureArticles(document.lines.map(\.item))

        // What is there and is not known may be just this.
        let wasInDoubt =
            known?.pushed.state == .sending && known?.pending == document.fingerprint
            || isHeld && [.unknown, document.fingerprint].contains(known?.pushed.fingerprint?.content)
        var held = known?.pushed.state == .cancelled ? nil : known?.pushed.fingerprint
        // Where an earlier sending is in doubt and said something else, either may be what arrives.
        if let known, known.pushed.state == .sending, known.pending != document.fingerprint { held = held?.unsure ?? .unknown }
        var record = PushedRecord(
            number: number,
            pushed: Pushed(
                warehouseNumber: warehouseNumber,
                warehouseID: known.flatMap { $0.pushed.warehouseNumber == warehouseNumber ? $0.pushed.warehouseID : nil },
                generation: generation, state: .sending, fingerprint: held),
            pending: document.fingerprint, deliveryDate: document.deliveryDate, sentAt: clock.now())
        try noteUnknownWrite(of: known, desk)
        // Of the first sending the lines are written down with it: if it arrives, that is what arrived.
        try journal.save(record, lines: record.pushed.fingerprint == nil ? document.lines : nil, desk.kind)
        do {
            let isUpdate = record.pushed.fingerprint != nil
            record.pushed.warehouseID = try writing(document.fingerprint, about: number, of: desk.job) {
                try document.put(isUpdate)
            }
        } catch let error as ExchangeError {
            if case .refused(_, let message) = error.reason {
                record = try refused(
                    message, error, record, document, known: known, mayBeThere: wasInDoubt || error.effect == .unknown, desk)
                if record.pushed.state == .cancelled { return try send(number, with: desk, known: record, outgoing: outgoing) }
            } else {
                // The first that was ever sent under this number: what is there now is what arrived. Asked at once, because work
                // that begins before the next run changes what can be compared.
                guard known == nil, error.effect == .unknown, let held = try desk.find(warehouseNumber).first,
                    !held.isCancelled, held.says(document.lines)
                else { throw error }
                record.pushed.warehouseID = held.id
                listener(.reached(connection: name, .pushFoundDone))
            }
        }
        record.pushed.state = .held
        record.pushed.fingerprint = document.fingerprint
        record.pending = nil
        let wakes = try journal.save(
            record, lines: document.lines, desk.kind, waking: (RecordRef(desk.job.recordKind, number), clock.now()))
        tally.sent += 1
        listener(.pushed(connection: name, desk.job, subject: number))
        if wakes { listener(.reached(connection: name, .recordWoken)) }
    }

    /// The warehouse said no. Either it holds the document already, or a person has to look.
    private func refused(
        _ message: String, _ error: ExchangeError, _ record: PushedRecord, _ document: Outgoing, known: PushedRecord?,
        mayBeThere: Bool, _ desk: PushDesk
    ) throws -> PushedRecord {
        var held = try found(record.pushed.warehouseNumber, desk, mustBeThere: mayBeThere)
        if record.pushed.fingerprint?.isCalledOff == true, let shown = held {
            // The list may be an old one again.
            held = shown.isCancelled ? shown : try desk.read(shown.id) ?? shown
            if held?.isCancelled == true {
                try cancelled(record, desk)
                return try journal.pushed(desk.kind, number: record.number)!
            }
        }
        // Nothing else was ever sent under this number, so what is left of a split order is left of this one.
        let isFirst = record.pushed.fingerprint == nil
        if mayBeThere, let held, !held.isCancelled, held.says(document.lines) || isFirst && held.isLeft(of: document.lines),
            // An update that changed no line may have come too late all the same.
            try isFirst || document.isShown(held.id)
        {
            var arrived = record
            arrived.pushed.warehouseID = held.id
            listener(.reached(connection: name, .pushFoundDone))
            return arrived
        }
        let isOnItsWay = error.effect == .unknown || known.map { $0.pushed.state == .sending && !isOver($0) } ?? false
        // What may be there, and be what it is refused for, is not forgotten because lists are too old to show it.
        if isOnItsWay, held == nil, known?.pushed.state != .held { throw Self.notKnownYet(record, desk) }
        // Certainly not carried out: what the journal says goes back to what it said before.
        if let known, known.pushed.state != .sending {
            try journal.save(known, lines: nil, desk.kind)
        } else if let held, !held.isCancelled {
            var before = record
            before.pushed.state = .held
            before.pushed.warehouseID = held.id
            before.pushed.fingerprint = .unknown
            before.pending = nil
            try journal.save(before, lines: try lines(of: held, record.number, desk), desk.kind)
        } else {
            try journal.forget(desk.kind, number: record.number)
        }
        let reason = "\(desk.noun) \(record.number) was refused by the warehouse" + (message.isEmpty ? "." : ": \(message)")
        throw RecordFailure(
            reason: reason.hasSuffix(".") ? reason : reason + ".",
            effect: held.map {
                $0.isCancelled
                    ? "The warehouse holds it as cancelled."
                    : "The warehouse still holds it as it was sent before, at status \($0.status)."
            } ?? "The warehouse does not hold it.",
            remedy: held == nil
                ? "Mend what it refuses, then retry."
                : "Agree the change with the warehouse, or take it back in Rackbeat.")
    }

    /// What the warehouse shows of a number. Refused after a doubt, it must have arrived: a list may be some seconds late.
    private func found(_ number: String, _ desk: PushDesk, mustBeThere: Bool) throws -> HeldDocument? {
        for pause in mustBeThere ? Self.looks : [] {
            if let held = try desk.find(number).first { return held }
            try clock.wait(for: pause)
        }
        return try desk.find(number).first
    }

    /// A document that the shop calls done and that was changed after it was last sent: the warehouse worked by the old one, and
    /// there is nothing left to send.
    func flagIfChanged(_ document: Outgoing, known: PushedRecord, _ desk: PushDesk) throws {
        let known = try whatArrived(of: known, desk)
        guard known.pushed.state == .held, let held = known.pushed.fingerprint?.content, held != document.fingerprint else {
            return
        }
        if held == .unknown, let id = known.pushed.warehouseID, let there = try desk.read(id), there.says(document.lines),
            try document.isShown(id)
        {
            return
        }
        throw RecordFailure(
            reason: "\(desk.noun) \(document.number) was changed after the warehouse had begun with it, and is done.",
            effect: "The warehouse worked by what it was sent before.",
            remedy: "Look at what was changed, tell the warehouse or the customer, then dismiss this.")
    }

    /// The same when the last sending is in doubt: nothing is sent any more, so what is there is what arrived.
    private func whatArrived(of known: PushedRecord, _ desk: PushDesk) throws -> PushedRecord {
        guard known.pushed.state == .sending else { return known }
        guard let held = try desk.find(known.pushed.warehouseNumber).first(where: { !$0.isCancelled }) else {
            guard isOver(known) else { throw Self.notKnownYet(known, desk) }
            try cancelled(known, desk)
            return try journal.pushed(desk.kind, number: known.number) ?? known
        }
        var record = known
        record.pushed.state = .held
        record.pushed.warehouseID = held.id
        record.pushed.fingerprint = Self.arrived(of: known)
        record.pending = nil
        try journal.save(record, lines: try lines(of: held, known.number, desk), desk.kind)
        return record
    }

    /// The lines that the warehouse was told of a document that is found to be there; `nil` when the journal has them. What is there
    /// may be less by now, because the rest was moved to a back order.
    func lines(of held: HeldDocument, _ number: String, _ desk: PushDesk) throws -> [PushedLine]? {
        let told = try journal.pushedLines(desk.kind, number: number)
        return held.says(told) || held.isLeft(of: told) ? nil : held.lines
    }

    /// Turns again to what the warehouse would not take or let go of, when its people have put back what they had begun: once for
    /// each status in which it is seen so. Also to what it has let go of: the process that saw it may not have taken it off the list.
    func lookWhetherOpen(_ desk: PushDesk, _ decide: (_ number: String) throws -> Void) throws {
        for number in try journal.waitingSubjects(desk.job) {
            guard let known = try journal.pushed(desk.kind, number: number) else { continue }
            let key = "\(desk.noun) \(number)"
            var status = known.pushed.state.rawValue
            if known.pushed.state != .cancelled {
                guard let held = try desk.find(known.pushed.warehouseNumber).first(where: { !$0.isCancelled }) else { continue }
                guard !held.hasBegun else {
                    triedUnbegun[key] = nil
                    continue
                }
                status = held.status
            }
            guard triedUnbegun.updateValue(status, forKey: key) != status else { continue }
            try decide(number)
        }
    }

    private static func notKnownYet(_ known: PushedRecord, _ desk: PushDesk) -> TransientFailure {
        TransientFailure(
            trouble: RecordFailure(
                reason: "Whether \(desk.noun) \(known.number) was sent is not known yet.",
                effect: "The warehouse does not show \(desk.noun) \(known.pushed.warehouseNumber).",
                remedy: "It is looked at again by itself."))
    }

    /// Decides about what was being sent or cancelled when the process ended. The lists may not bring it again, or it may be before
    /// a person already, for what it is.
    func resumePushes(_ desk: PushDesk, _ decide: (_ number: String) throws -> Void) throws {
        for number in try journal.pushesOfUnknownOutcome(desk.kind) {
            // What is put off has its time.
            if try parkedRecord(desk.job, number)?.retryAt != nil { continue }
            try decide(number)
        }
    }
}
