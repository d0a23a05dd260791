import Contract
import Exchange
import FakeKit
import JSON
import OngoingClient
import OngoingFake
import RackbeatClient
import RackbeatFake
import Simulation
import SyncCore
import SyncEngine
import Trade
import Units

/// Both fakes, the real engine with its journal in memory, and the actions of people.
///
/// Both limits are modelled and kept: Rackbeat's of 480 calls a minute, and one of as many for the warehouse, which has none of
/// its own by default. No observer checks and no exchange is kept.
final class EngineFixture {
    let clock: VirtualClock
    let network: SimulatedNetwork
    let rackbeatFake: RackbeatFake
    let ongoingFake: OngoingFake
    let engine: Engine
    let settings: ConnectionSettings
    let journal: Journal
    private let factory: EngineFactory
    private let access: EngineFactory.OngoingAccess

    static let goodsOwner = 42
    static let items = (1...500).map { "VARE-\($0)" }
    private static let token = "token"
    private static let paths: [System: String] = [.rackbeat: "/api", .ongoing: "/demo/api/v1"]

    /// - Parameter interval: How often each job runs.
    init(every interval: Duration) throws {
        let clock = VirtualClock(startingAt: Moment(iso: "2026-01-05T08:00:00+01:00")!)
        self.clock = clock
        network = SimulatedNetwork(clock: clock, chance: Chance(seed: 1))
        network.journal.keepsEntries = false
        let rackbeatProfile = AssumptionLedger.standard.profile(for: .rackbeat)
        let ongoingProfile = AssumptionLedger.standard.profile(for: .ongoing).changing(["rate_limit": "480"])
        rackbeatFake = RackbeatFake(
            profile: rackbeatProfile, basePath: Self.paths[.rackbeat]!, token: Self.token, clock: clock.now)
        ongoingFake = OngoingFake(profile: ongoingProfile, basePath: Self.paths[.ongoing]!, clock: clock.now)
        try Self.fill(rackbeatFake, ongoingFake)

        var settings = ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: Self.goodsOwner)
        settings.stockSync = .on
        for job in Job.ofRound { settings.schedule[job] = interval }
        let factory = EngineFactory(
            rackbeat: EngineFactory.RackbeatAccess(
                basePath: Self.paths[.rackbeat]!, token: Self.token, profile: rackbeatProfile, applicationName: "Tandem",
                email: "tandem@example.test"),
            clock: clock,
            transport: { [network, rackbeatFake, ongoingFake] system, connection in
                network.transport(
                    to: system, connection: connection, basePath: Self.paths[system]!,
                    server: system == .rackbeat ? rackbeatFake.respond(to:) : ongoingFake.respond(to:))
            }, random: { _, _ in SeededRandom(seed: 2) })
        let ongoing = EngineFactory.OngoingAccess(
            basePath: Self.paths[.ongoing]!, user: "user", password: "password", profile: ongoingProfile)
        self.settings = settings
        self.factory = factory
        access = ongoing
        journal = try Journal.inMemory()
        engine = try factory.engine(of: [(settings, ongoing)], journal: journal)
    }

    /// Clients of their own, beside the engine's.
    func clients() throws -> EngineFactory.Clients { try factory.clients(of: settings, access) }

    private static func fill(_ rackbeatFake: RackbeatFake, _ ongoingFake: OngoingFake) throws {
        try rackbeatFake.addLocation(LocationSeed(number: 1001, name: "Lager Syd", isDefault: true))
        try rackbeatFake.addGroup(GroupSeed(number: 1, name: "Varer"))
        try rackbeatFake.addSupplier(SupplierSeed(number: 20))
        let address = Address(
            name: "Møbelhuset Nørrebro ApS", street: "Nørrebrogade 12, 2. th", zipcode: "2200", city: "København N",
            country: "Danmark", email: "lager@example.test", phone: "+45 12 34 56 78")
        try rackbeatFake.addCustomer(CustomerSeed(number: 88, address: address))
        ongoingFake.addGoodsOwner(id: goodsOwner, name: "Møbelhuset")
        ongoingFake.addUser(name: "user", password: "password", goodsOwners: [goodsOwner])
        for item in items {
            let seed = ProductSeed(
                number: item, name: "Vare \(item)", barcode: "5701234567890", price: ExactDecimal("79.96")!, group: 1,
                stock: [1001: 1_000_000])
            try rackbeatFake.addProduct(seed)
            ongoingFake.openStock(goodsOwner: goodsOwner, article: item, quantity: 1_000_000)
        }
    }

    // MARK: Actions

    /// Books an order of two lines in Rackbeat.
    func book(order number: Int) throws {
        let lines = [number, number * 7 + 3].enumerated().map { index, item in
            LineSeed(
                id: number * 10 + index, item: Self.items[item % Self.items.count], quantity: ExactDecimal(2 + index),
                location: 1001)
        }
        try rackbeatFake.addOrder(OrderSeed(number: number, customer: 88, note: "Ring på døren", lines: lines), book: true)
    }

    /// Picks and ships a whole order in the warehouse, when it has arrived.
    ///
    /// - Returns: Whether it had arrived.
    func ship(order number: Int) throws -> Bool {
        let name = String(number)
        guard ongoingFake.order(name, of: Self.goodsOwner) != nil else { return false }
        try ongoingFake.pick(goodsOwner: Self.goodsOwner, order: name)
        try ongoingFake.send(goodsOwner: Self.goodsOwner, order: name)
        return true
    }

    /// Books a purchase order of two lines in Rackbeat.
    func book(purchaseOrder number: Int) throws {
        let lines = [number, number * 11 + 5].enumerated().map { index, item in
            LineSeed(id: number * 10 + index, item: Self.items[item % Self.items.count], quantity: 40, location: 1001)
        }
        try rackbeatFake.addPurchaseOrder(PurchaseOrderSeed(number: number, supplier: 20, lines: lines), book: true)
    }

    /// Receives a whole purchase order in the warehouse, when it has arrived.
    func receive(purchaseOrder number: Int) throws -> Bool {
        let name = String(number)
        guard ongoingFake.purchaseOrder(name, of: Self.goodsOwner) != nil else { return false }
        try ongoingFake.receive(goodsOwner: Self.goodsOwner, purchaseOrder: name)
        try ongoingFake.finish(goodsOwner: Self.goodsOwner, purchaseOrder: name)
        return true
    }

    func adjust(_ item: Int) throws {
        _ = try ongoingFake.adjust(
            goodsOwner: Self.goodsOwner,
            rows: [OngoingFake.AdjustmentRow(article: Self.items[item % Self.items.count], change: -1, cause: "COUNT")])
    }

    func change(product item: Int) throws {
        try rackbeatFake.changeProduct(
            Self.items[item % Self.items.count], ["name": .string("Vare, ny \(clock.now().milliseconds)")])
    }

    // MARK: Checks

    /// Stops when the stocks of both systems differ: figures of work that was not done mean nothing.
    func checkStock() {
        for item in Self.items {
            let inRackbeat = rackbeatFake.stockOnHand(item, at: 1001)
            let inWarehouse = ongoingFake.ledger.stock(of: item, at: String(Self.goodsOwner))
            precondition(inRackbeat == inWarehouse, "\(item): Rackbeat has \(inRackbeat), the warehouse \(inWarehouse)")
        }
    }
}
