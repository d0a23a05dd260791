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

/// The whole thing at work: both fakes, the real engine with its journal in memory, and people who trade.
///
/// Both limits are kept and modelled: Rackbeat's of 480 calls a minute, and one of as many for the warehouse, which has none of
/// its own by default. No observer looks on and no exchange is kept, as nothing is judged.
final class TradingHouse {
    let clock: VirtualClock
    let network: SimulatedNetwork
    let shop: RackbeatFake
    let warehouse: OngoingFake
    let engine: Engine

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
        shop = RackbeatFake(profile: rackbeatProfile, basePath: Self.paths[.rackbeat]!, token: Self.token, clock: clock.now)
        warehouse = OngoingFake(profile: ongoingProfile, basePath: Self.paths[.ongoing]!, clock: clock.now)
        try Self.furnish(shop, warehouse)

        var settings = ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: Self.goodsOwner)
        settings.stockSync = .on
        for job in Job.allCases { settings.schedule[job] = interval }
        let factory = EngineFactory(
            rackbeat: EngineFactory.RackbeatAccess(
                basePath: Self.paths[.rackbeat]!, token: Self.token, profile: rackbeatProfile, applicationName: "Tandem",
                email: "tandem@example.test"),
            clock: clock,
            transport: { [network, shop, warehouse] system, connection in
                network.transport(
                    to: system, connection: connection, basePath: Self.paths[system]!,
                    server: system == .rackbeat ? shop.answer : warehouse.answer)
            }, random: { _, _ in SeededRandom(seed: 2) })
        let ongoing = EngineFactory.OngoingAccess(
            basePath: Self.paths[.ongoing]!, user: "user", password: "password", profile: ongoingProfile)
        engine = try factory.engine(of: [(settings, ongoing)], journal: .inMemory())
    }

    private static func furnish(_ shop: RackbeatFake, _ warehouse: OngoingFake) throws {
        try shop.addLocation(LocationSeed(number: 1001, name: "Lager Syd", isDefault: true))
        try shop.addGroup(GroupSeed(number: 1, name: "Varer"))
        try shop.addSupplier(SupplierSeed(number: 20))
        let address = Address(
            name: "Møbelhuset Nørrebro ApS", street: "Nørrebrogade 12, 2. th", zipcode: "2200", city: "København N",
            country: "Danmark", email: "lager@example.test", phone: "+45 12 34 56 78")
        try shop.addCustomer(CustomerSeed(number: 88, address: address))
        warehouse.addGoodsOwner(id: goodsOwner, name: "Møbelhuset")
        warehouse.addUser(name: "user", password: "password", goodsOwners: [goodsOwner])
        for item in items {
            let seed = ProductSeed(
                number: item, name: "Vare \(item)", barcode: "5701234567890", price: ExactDecimal("79.96")!, group: 1,
                stock: [1001: 1_000_000])
            try shop.addProduct(seed)
            warehouse.openStock(goodsOwner: goodsOwner, article: item, quantity: 1_000_000)
        }
    }

    // MARK: People

    /// The office books an order of two lines.
    func book(order number: Int) throws {
        let lines = [number, number * 7 + 3].enumerated().map { index, item in
            LineSeed(
                id: number * 10 + index, item: Self.items[item % Self.items.count], quantity: ExactDecimal(2 + index),
                location: 1001)
        }
        try shop.addOrder(OrderSeed(number: number, customer: 88, note: "Ring på døren", lines: lines), book: true)
    }

    /// The warehouse picks all of an order and sends it; one that has not arrived is left.
    ///
    /// - Returns: Whether it was there.
    func ship(order number: Int) throws -> Bool {
        let name = String(number)
        guard warehouse.order(name, of: Self.goodsOwner) != nil else { return false }
        try warehouse.pick(goodsOwner: Self.goodsOwner, order: name)
        try warehouse.send(goodsOwner: Self.goodsOwner, order: name)
        return true
    }

    /// The office books a purchase order of two lines.
    func book(purchaseOrder number: Int) throws {
        let lines = [number, number * 11 + 5].enumerated().map { index, item in
            LineSeed(id: number * 10 + index, item: Self.items[item % Self.items.count], quantity: 40, location: 1001)
        }
        try shop.addPurchaseOrder(PurchaseOrderSeed(number: number, supplier: 20, lines: lines), book: true)
    }

    /// The warehouse receives all of a purchase order; one that has not arrived is left.
    func receive(purchaseOrder number: Int) throws -> Bool {
        let name = String(number)
        guard warehouse.purchaseOrder(name, of: Self.goodsOwner) != nil else { return false }
        try warehouse.receive(goodsOwner: Self.goodsOwner, purchaseOrder: name)
        try warehouse.finish(goodsOwner: Self.goodsOwner, purchaseOrder: name)
        return true
    }

    func adjust(_ item: Int) throws {
        _ = try warehouse.adjust(
            goodsOwner: Self.goodsOwner,
            rows: [OngoingFake.AdjustmentRow(article: Self.items[item % Self.items.count], change: -1, cause: "COUNT")])
    }

    func change(product item: Int) throws {
        try shop.changeProduct(
            Self.items[item % Self.items.count], ["name": .string("Vare, ny \(clock.now().milliseconds)")])
    }

    // MARK: Afterwards

    /// Stops when the two sides do not hold the same: figures of work that was not done mean nothing.
    func checkStock() {
        for item in Self.items {
            let inShop = shop.stockOnHand(item, at: 1001)
            let inWarehouse = warehouse.ledger.stock(of: item, at: String(Self.goodsOwner))
            precondition(inShop == inWarehouse, "\(item): the shop holds \(inShop), the warehouse \(inWarehouse)")
        }
    }
}
