import Exchange
import HTTPTypes
import JSON
import OngoingFake
import ScenarioKit
import Service
import Synchronization
import Testing
import Trade
import Units

/// `tandem verify --allow-writes --with-operator` against the fakes, with an operator who works in the fake's warehouse.
@Suite struct OperatorTrialTests {
    typealias People = @Sendable (World, OperatorTask) throws -> Void

    private static func world(_ maxWrites: Int = 26, _ people: @escaping People) -> VerifiedWorld {
        var world = VerifiedWorld()
        world.options.canary = CanaryPlan(allowed: [42], confirmed: 42, maxWrites: maxWrites)
        world.people = people
        return world
    }

    /// Does what is asked, or as much of it as `instead` says.
    private static func work(
        in world: World, on task: OperatorTask, receiving: String? = nil, picking: String? = nil
    ) throws {
        let warehouse = world.ongoing
        func line(_ quantity: Quantity, _ instead: String?) -> [OngoingFake.LineQuantity] {
            [.init(row: "1", quantity: ExactDecimal(instead ?? "\(quantity)")!)]
        }
        switch task {
        case .receive(let quantity, _, _, let number):
            try warehouse.receive(goodsOwner: 42, purchaseOrder: number, lines: line(quantity, receiving))
        case .finish(let remaining, _, let number):
            if remaining.isPositive {
                try warehouse.receive(goodsOwner: 42, purchaseOrder: number, lines: line(remaining, nil))
            }
            try warehouse.finish(goodsOwner: 42, purchaseOrder: number)
        case .pick(let quantity, _, _, let number):
            try warehouse.pick(goodsOwner: 42, order: number, lines: line(quantity, picking))
        case .send(let number): try warehouse.send(goodsOwner: 42, order: number)
        case .adjust(let change, let article):
            try warehouse.adjust(
                goodsOwner: 42, rows: [.init(article: article, change: ExactDecimal("\(change)")!, cause: "COUNT")])
        }
    }

    /// The findings about people, without the number that the clock gives and the mark of the adjustment.
    private static func told(_ verification: Verification) -> [String] {
        verification.findings(in: .canary).map { finding in
            "\(finding.severity.rawValue): \(finding.words.isSo)"
                .replacing(#/TANDEM-CANARY-P[0-9]+/#, with: "TANDEM-CANARY-P").replacing(
                    #/WMS adj .*#[0-9a-f]+/#, with: "WMS adj")
        }
    }

    @Test func whatPeopleDoIsShownAsTheEngineWouldBookItAndNothingIsBooked() throws {
        let outcome = try Self.world { try Self.work(in: $0, on: $1) }.verify()
        let verification = outcome.verification
        #expect(
            Self.told(verification) == [
                "good: partial receipt, 3 received: the engine would book nothing yet",
                "good: end of the purchase order, 4 received: the engine would receive purchase order TANDEM-CANARY-P: line 1, TANDEM-CANARY-ARTICLE at 1001: 4",
                "good: partial pick, 1 picked: the engine would book nothing yet",
                "good: sending, 1 picked: the engine would ship order TANDEM-CANARY-P: line 1, TANDEM-CANARY-ARTICLE at 1001: 1",
                "good: adjustment, stock -3: the engine would adjust TANDEM-CANARY-ARTICLE at 1001: stock: -3; reason: WMS adj",
                "news: stays in the warehouse, which removes nothing that was worked on: purchase order TANDEM-CANARY-P, order TANDEM-CANARY-P",
                "good: written, read back, updated, cancelled and removed in 23 writes",
            ], "\(verification.text)")
        #expect(verification.verdict == .ready, "\(verification.conclusion)")
        // What people dealt with is nothing to compare.
        #expect(verification.findings(in: .stock).map(\.severity) == [.good], "\(verification.text)")
        #expect(outcome.writes.count <= 26, "\(outcome.writes)")
        for word in ["/book", "mark-shipped", "mark-received"] {
            let calls = outcome.writes.filter { $0.contains(word) }
            #expect(
                calls.allSatisfy { $0.contains("/orders/") && $0.hasSuffix("/book") },
                "the order of the canary is booked, nothing else")
        }
        #expect(outcome.world.left == ["Ongoing order", "Ongoing purchase order"], "what was worked on stays, and is named")
        #expect(verification.json["findings"]?.array?.contains { $0["wouldBook"]?[0]?["action"] == "ship" } == true)
    }

    @Test func anImmediateTriggerShowsTheReceiptAtOnce() throws {
        var world = Self.world { try Self.work(in: $0, on: $1) }
        world.replacing = ["location: 1001": "location: 1001\n    receipt-trigger: immediate"]
        let told = Self.told(try world.verify().verification)
        #expect(
            told.first
                == "good: partial receipt, 3 received: the engine would receive purchase order TANDEM-CANARY-P: line 1, TANDEM-CANARY-ARTICLE at 1001: 3"
        )
    }

    /// Waiting takes no more looks than the limit allows, and ends with the one task that nobody did.
    @Test func anOperatorWhoNeverComesIsWaitedForWithALimit() throws {
        let asked = Mutex<[OperatorTask]>([])
        let reads = Counter()
        var world = Self.world { _, task in asked.withLock { $0.append(task) } }
        world.alter = { _, request, response in
            if asked.withLock({ !$0.isEmpty }), request.path.contains("/purchaseOrders/") { _ = reads.next() }
            return response
        }
        let outcome = try world.verify()
        let count = asked.withLock { $0.count }
        #expect(count == 1)
        #expect(reads.value <= 66, "600 seconds, one look in ten")
        #expect(
            Self.told(outcome.verification) == [
                "unknown: partial receipt: not seen in 10m; status 100 'Notified', 0 received"
            ], "\(outcome.verification.text)")
        #expect(outcome.verification.word == "cannot know", "\(outcome.verification.conclusion)")
        #expect(outcome.world.left == [])
    }

    @Test func anotherQuantityIsBookedAsItIsAndSaidToBeAnother() throws {
        let outcome = try Self.world { try Self.work(in: $0, on: $1, receiving: "4", picking: "2") }.verify()
        let told = Self.told(outcome.verification)
        #expect(told.contains("news: partial receipt, 4 received, 3 asked for: the engine would book nothing yet"), "\(told)")
        #expect(
            told.contains(
                "good: sending, 2 picked: the engine would ship order TANDEM-CANARY-P: line 1, TANDEM-CANARY-ARTICLE at 1001: 2"),
            "\(told)")
        #expect(told.contains { $0.hasPrefix("good: adjustment, stock -2") }, "what is left is asked for: \(told)")
        #expect(outcome.verification.verdict == .ready)
    }

    /// The order was sent before the next thing was asked: nobody is asked for what is done.
    @Test func whatWasDoneAtOnceIsNotAskedFor() throws {
        let asked = Mutex<[OperatorTask]>([])
        let outcome = try Self.world { world, task in
            asked.withLock { $0.append(task) }
            try Self.work(in: world, on: task)
            if case .pick(_, _, _, let number) = task { try Self.work(in: world, on: .send(order: number)) }
        }.verify()
        let count = asked.withLock { $0.count }
        #expect(count == 4)
        #expect(outcome.verification.verdict == .ready, "\(outcome.verification.text)")
    }

    @Test func aCancelledDocumentAnswersNothing() throws {
        let outcome = try Self.world { world, task in
            guard case .pick(_, _, _, let number) = task else { return try Self.work(in: world, on: task) }
            try world.ongoing.cancelOrder(goodsOwner: 42, order: number)
        }.verify()
        #expect(
            Self.told(outcome.verification).contains("unknown: partial pick: the warehouse cancelled the document instead"),
            "\(outcome.verification.text)")
    }

    /// The warehouse calls another status the one of what is sent.
    @Test func aStatusThatTheSettingsDoNotCountIsSaid() throws {
        var world = Self.world { try Self.work(in: $0, on: $1) }
        world.replacing = ["location: 1001": "location: 1001\n    shipped-status-from: 500"]
        let verification = try world.verify().verification
        let away = verification.findings(in: .canary).first { $0.severity == .unknown }
        #expect(away?.words.isSo == "sending: not seen in 10m; status 450 'Sent', 1 picked", "\(verification.text)")
        #expect(away?.words.remedy?.contains("'shipped-status-from'") == true)
    }

    /// A purchase order that is finished short has another status, which the settings do not count by default.
    @Test func aDeviationThatTheSettingsDoNotCountIsSaid() throws {
        let people: People = { world, task in
            guard case .finish(_, _, let number) = task else { return try Self.work(in: world, on: task) }
            try world.ongoing.finish(goodsOwner: 42, purchaseOrder: number)
        }
        let verification = try Self.world(26, people).verify().verification
        let away = verification.findings(in: .canary).first { $0.severity == .unknown }
        #expect(
            away?.words.isSo == "end of the purchase order: not seen in 10m; status 400 'Deflection', 3 received",
            "\(verification.text)")
        #expect(away?.words.remedy?.contains("'completed-statuses'") == true)
        #expect(
            Self.told(verification).contains {
                $0.hasPrefix("news: stays in the warehouse")
                    && $0.contains("purchase order TANDEM-CANARY-P, received and not finished")
            }, "\(verification.text)")
        #expect(verification.word == "cannot know")
        var counting = Self.world(26, people)
        counting.replacing = ["location: 1001": "location: 1001\n    completed-statuses: [ 400, 500 ]"]
        let counted = Self.told(try counting.verify().verification)
        #expect(
            counted.contains { $0.hasPrefix("good: end of the purchase order, 3 received: the engine would receive") },
            "\(counted)")
    }

    /// Ctrl-C while somebody is waited for: the next run removes what stands, and says so.
    @Test func whatAnInterruptionLeavesTheNextRunRemoves() throws {
        let stop = StopRequest()
        let asked = Counter()
        // Removing what the first run left takes writes of the second one too.
        var world = Self.world(30) { world, task in
            guard asked.next() > 1 else {
                // The next run has another second, and with it other numbers.
                try world.pass(until: world.now + .seconds(60))
                return stop.stop()
            }
            try Self.work(in: world, on: task)
        }
        world.stops = [stop]
        let outcome = try world.verify(runs: [{ $2 }, { $2 }])
        let told = Self.told(outcome.verification)
        #expect(
            told.first
                == "news: removed what an earlier canary left: order TANDEM-CANARY-P in Ongoing, purchase order TANDEM-CANARY-P in Ongoing, article TANDEM-CANARY-ARTICLE in Ongoing",
            "\(told)")
        #expect(outcome.verification.verdict == .ready, "\(outcome.verification.text)")
        #expect(
            outcome.world.left == ["Ongoing order", "Ongoing purchase order"], "those of the second run, which were worked on")
    }

    @Test func aLostResponseLeavesNothingAndAsksNobody() throws {
        let asked = Counter()
        // Each of the tries is a write.
        var world = Self.world(40) { _, _ in _ = asked.next() }
        world.alter = { system, request, response in
            if system == .ongoing, request.method == .put, request.path.hasSuffix("/orders"),
                String(decoding: request.body, as: UTF8.self).contains("TANDEM-CANARY-P")
            {
                throw TransportFailure.closedBeforeResponse
            }
            return response
        }
        let outcome = try world.verify()
        #expect(asked.value == 0)
        #expect(Self.told(outcome.verification).contains { $0.hasPrefix("failure: documents for people failed: ") })
        #expect(outcome.world.left == [])
    }

    /// A look that fails while people work is followed by the next.
    @Test func aLookThatFailsEndsNothing() throws {
        let looks = Counter()
        var world = Self.world { try Self.work(in: $0, on: $1) }
        world.alter = { system, request, response in
            guard system == .ongoing, request.method == .get, request.path.contains("/purchaseOrders/"), looks.next() % 2 == 1
            else {
                return response
            }
            throw TransportFailure.closedBeforeResponse
        }
        let verification = try world.verify().verification
        #expect(Self.told(verification).contains { $0.hasPrefix("good: sending, 1 picked") }, "\(verification.text)")
    }

    @Test(arguments: [0, 5, 19, 22]) func theBudgetIsKeptAndPeopleComeLast(most: Int) throws {
        let asked = Counter()
        let outcome = try Self.world(most) { world, task in
            _ = asked.next()
            try Self.work(in: world, on: task)
        }.verify()
        #expect(outcome.writes.count <= most)
        #expect(asked.value == 0, "\(outcome.verification.text)")
        #expect(outcome.world.left == [])
    }
}
