import Contract
import Exchange
import HTTPTypes
import JSON
import Service
import Synchronization
import Testing
import Units

/// `tandem verify --allow-writes` against the fakes.
@Suite struct CanaryTests {
    private static func world(_ maxWrites: Int = 20, confirmed: Int? = 42) -> VerifiedWorld {
        var world = VerifiedWorld()
        world.options.canary = CanaryPlan(allowed: [42], confirmed: confirmed, maxWrites: maxWrites)
        return world
    }

    private static func assumption(_ key: String, _ verification: Verification) -> String? {
        for finding in verification.findings {
            if case .assumption(let assumption, _, let outcome) = finding.kind, assumption.key == key { return outcome.word }
        }
        return nil
    }

    @Test func theCanaryTellsWhatReadingCannotAndLeavesNothing() throws {
        let outcome = try Self.world().verify()
        let verification = outcome.verification
        #expect(
            verification.findings(in: .canary).map(\.words.isSo) == [
                "written, read back, updated, cancelled and removed in 19 writes"
            ],
            "\(verification.text)")
        #expect(outcome.writes.count <= 20, "\(outcome.writes)")
        #expect(outcome.world.left == [])
        for key in [
            "shipment.partial_mode", "shipment.create_also_ships", "receipt.partial_mode",
            "adjustment.needs_booking", "adjustment.deletable", "put.missing_lines", "put.null_members",
        ] {
            #expect(Self.assumption(key, verification) == "confirmed", "\(key)")
        }
        #expect(verification.verdict == .ready, "\(verification.conclusion)")
        let warnings = verification.findings.filter { $0.severity == .warning }.map(\.words.isSo)
        #expect(warnings == [], "what it sends is as the contract says")
    }

    /// With a budget for it, every question that documents of its own can answer.
    @Test func withMoreWritesItTellsMore() throws {
        let outcome = try Self.world(30).verify()
        #expect(outcome.writes.count <= 30, "\(outcome.writes)")
        #expect(outcome.world.left == [])
        for key in Self.further {
            #expect(Self.assumption(key, outcome.verification) == "confirmed", "\(key) \(outcome.verification.text)")
        }
        let few = try Self.world().verify().verification
        for key in Self.further { #expect(Self.assumption(key, few) != "confirmed", "\(key)") }
    }

    private static let further = [
        "put.cancelled_number", "article.number_case", "null_line_location", "receipt.line_put_quantity_alone",
    ]

    @Test(arguments: [
        (#"ongoing: { put.cancelled_number: "revive" }"#, "put.cancelled_number"),
        (#"ongoing: { article.number_case: "exact" }"#, "article.number_case"),
        (#"rackbeat: { receipt.line_put_quantity_alone: "false" }"#, "receipt.line_put_quantity_alone"),
    ]) func whatMoreWritesShowIsNamed(fakes: String, key: String) throws {
        var world = Self.world(30)
        world.fakes = fakes
        let outcome = try world.verify()
        #expect(Self.assumption(key, outcome.verification) == "refuted", "\(outcome.verification.text)")
        #expect(outcome.world.left == [])
    }

    /// Whether the account takes a flag for changes of stock, a draft that it refuses shows.
    @Test(arguments: [
        ("relative_flag", "relative_flag", "is_relative", "confirmed", "confirmed"),
        ("absolute_via_read", "relative_flag", "is_relative", "refuted", "stated"),
        ("relative_flag", "relative_flag", "relative", "refuted", "stated"),
        ("relative_flag", "absolute_via_read", "is_relative", "stated", "confirmed"),
        ("absolute_via_read", "absolute_via_read", "is_relative", "stated", "stated"),
    ])
    func whetherTheAccountTakesChangesOfStockIsSeenWithoutBooking(
        account: String, assumed: String, flag: String, mode: String, name: String
    ) throws {
        var world = Self.world(30)
        world.fakes = "rackbeat: { adjustment.mode: \(account) }"
        world.rackbeatProfile = "{ adjustment.mode: \(assumed), adjustment.relative_flag_name: \(flag) }"
        let outcome = try world.verify()
        let verification = outcome.verification
        #expect(Self.assumption("adjustment.mode", verification) == mode, "\(verification.text)")
        #expect(Self.assumption("adjustment.relative_flag_name", verification) == name, "\(verification.text)")
        #expect(outcome.world.left == [])
        #expect(!outcome.writes.contains { $0.contains("inventory-adjustments") && $0.hasSuffix("/book") })
    }

    /// What only booking tells is said to be so, with what to do instead.
    @Test func whatOnlyBookingTellsIsSaidToBeSo() throws {
        var world = Self.world(30)
        world.replacing = ["location: 1001": "location: 1001\n    stock-sync: on"]
        let verification = try world.verify().verification
        for key in ["adjustment.mode", "adjustment.line_quantity"] {
            #expect(Self.assumption(key, verification) == "untested", "\(key)")
            let finding = verification.findings.first { $0.words.isSo.contains(" \(key): ") }
            #expect(finding?.words.isSo.contains("only booking tells: the canary's product has no stock") == true, "\(key)")
        }
    }

    /// An account that books at once moves the stock of the test product: the adjustment that takes it back tells both.
    @Test(arguments: [("change", "confirmed"), ("total", "refuted")])
    func anAccountThatBooksAtOnceTellsWhatAQuantityMeans(shown: String, outcome expected: String) throws {
        var world = Self.world(30)
        world.replacing = ["location: 1001": "location: 1001\n    stock-sync: on"]
        world.fakes = "rackbeat: { adjustment.needs_booking: false, adjustment.line_quantity: \(shown) }"
        let verification = try world.verify().verification
        #expect(Self.assumption("adjustment.needs_booking", verification) == "refuted")
        #expect(Self.assumption("adjustment.mode", verification) == "confirmed", "\(verification.text)")
        #expect(Self.assumption("adjustment.line_quantity", verification) == expected, "\(verification.text)")
    }

    @Test func itNeedsTheGoodsOwnerTwice() throws {
        let unconfirmed = try Self.world(confirmed: 43).verify()
        #expect(unconfirmed.writes == [])
        #expect(unconfirmed.verification.findings(in: .canary).map(\.kind) == [.canaryRefused(.notConfirmed(goodsOwner: 42))])
        var world = VerifiedWorld()
        world.options.canary = CanaryPlan(allowed: [], confirmed: 42, maxWrites: 20)
        let outcome = try world.verify()
        #expect(outcome.writes == [])
        #expect(outcome.verification.findings(in: .canary).map(\.kind) == [.canaryRefused(.notAllowed(goodsOwner: 42))])
    }

    /// The transport counts, whoever sends.
    @Test(arguments: [0, 1, 6, 12, 19]) func theBudgetIsKept(most: Int) throws {
        let outcome = try Self.world(most).verify()
        #expect(outcome.writes.count <= most, "\(outcome.writes)")
        #expect(outcome.world.left == [], "a step that cannot be removed again is not begun")
    }

    /// Whatever the engine of the exchange was when the process was killed: the next run removes what is left and says so.
    @Test func whatAKilledRunLeavesTheNextOneRemoves() throws {
        let whole = Counter()
        var counted = Self.world(30)
        counted.alter = { _, request, response in
            if request.method != .get { _ = whole.next() }
            return response
        }
        _ = try counted.verify()
        #expect(whole.value > 10)
        for fatal in 1...whole.value {
            let outcome = try Self.world(30).verify(runs: [Self.killing(at: fatal), { $2 }])
            #expect(outcome.world.left == [], "killed after write \(fatal)")
        }
    }

    /// The write is carried out, and the process is killed before it sees the response.
    private static func killing(at fatal: Int) -> VerifiedWorld.Alter {
        let writes = Counter()
        return { _, request, response in
            if request.method != .get, writes.next() == fatal { throw VerifiedWorld.Killed() }
            return response
        }
    }

    @Test func aLostResponseIsRemovedInTheSameRunAndAFailureIsTold() throws {
        for lost in [1, 3, 5, 8, 11] {
            let writes = Counter()
            var world = Self.world()
            world.alter = { _, request, response in
                if request.method != .get, writes.next() == lost { throw TransportFailure.closedBeforeResponse }
                return response
            }
            let outcome = try world.verify()
            #expect(outcome.world.left == [], "lost response \(lost): \(outcome.verification.text(of: .canary))")
        }
    }

    /// What a shipment does at its creation, only writing shows. The stock of no product of the account moves.
    @Test(arguments: [
        (#"rackbeat: { shipment.create_also_ships: "true" }"#, "shipment.create_also_ships"),
        (#"rackbeat: { shipment.body_ignored: "true" }"#, "shipment.partial_mode"),
        (#"rackbeat: { shipment.partial_mode: "edit_after_create" }"#, "shipment.partial_mode"),
        (#"rackbeat: { receipt.partial_mode: "lines_in_body" }"#, "receipt.partial_mode"),
        (#"rackbeat: { adjustment.needs_booking: "false" }"#, "adjustment.needs_booking"),
        (#"rackbeat: { adjustment.deletable: "false" }"#, "adjustment.deletable"),
        (#"ongoing: { put.missing_lines: "keep" }"#, "put.missing_lines"),
        (#"ongoing: { put.null_members: "erase" }"#, "put.null_members"),
    ]) func whatWritingShowsIsNamed(fakes: String, key: String) throws {
        var world = Self.world()
        world.fakes = fakes
        let verification = try world.verify().verification
        #expect(Self.assumption(key, verification) == "refuted", "\(verification.text)")
        #expect(verification.verdict != .ready || key == "shipment.create_also_ships", "\(verification.conclusion)")
    }
}
