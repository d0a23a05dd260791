import Contract
import Exchange
import OngoingClient
import OngoingFake
import RackbeatClient
import RackbeatFake
import Simulation
import SyncCore
import SyncEngine
import Trade
import Units

/// Two fakes and two clients: one location, forty products, two hundred booked orders of two lines.
final class ClientFixture {
    let location = LocationNumber("1001")
    let items: [ItemNumber]
    /// As they are sent to the warehouse.
    let orders: [OutboundOrder]
    let network: SimulatedNetwork
    let rackbeat: RackbeatClient
    let ongoing: OngoingClient
    private(set) var violations: [Violation] = []

    private static let goodsOwner = 7
    private static let paths: [System: String] = [.rackbeat: "/api", .ongoing: "/demo/api/v1"]

    init(observes: Bool) throws {
        let clock = VirtualClock(startingAt: Moment(iso: "2026-03-02T08:00:00+01:00")!)
        network = SimulatedNetwork(clock: clock, chance: Chance(seed: 1))
        network.journal.keepsEntries = false
        let ledger = AssumptionLedger.standard
        let numbers = (1...40).map { "STOL-\($0)" }
        items = numbers.map { ItemNumber($0) }
        orders = (1042..<1242).map { Self.order($0, numbers) }

        let rackbeatFake = RackbeatFake(profile: ledger.profile(for: .rackbeat), token: "token", clock: clock.now)
        try Self.fill(rackbeatFake, numbers)
        let ongoingFake = OngoingFake(profile: ledger.profile(for: .ongoing), clock: clock.now)
        ongoingFake.addGoodsOwner(id: Self.goodsOwner, name: "Møbelhuset")
        ongoingFake.addUser(name: "user", password: "password", goodsOwners: [Self.goodsOwner])
        for number in numbers { ongoingFake.openStock(goodsOwner: Self.goodsOwner, article: number, quantity: 1000) }

        let factory = EngineFactory(
            rackbeat: EngineFactory.RackbeatAccess(
                basePath: Self.paths[.rackbeat]!, token: "token", profile: ledger.profile(for: .rackbeat),
                applicationName: "Tandem", email: "tandem@example.test"),
            clock: clock,
            transport: { [network] system, connection in
                network.transport(
                    to: system, connection: connection, basePath: Self.paths[system]!,
                    server: system == .rackbeat ? rackbeatFake.respond(to:) : ongoingFake.respond(to:))
            }, random: { _, _ in SeededRandom(seed: 2) })
        let clients = try factory.clients(
            of: ConnectionSettings(name: "main", location: location, goodsOwner: Self.goodsOwner),
            EngineFactory.OngoingAccess(
                basePath: Self.paths[.ongoing]!, user: "user", password: "password", profile: ledger.profile(for: .ongoing)))
        rackbeat = clients.rackbeat
        ongoing = clients.ongoing
        for order in orders { try ongoing.put(order) }
        if observes { observe() }
    }

    private func observe() {
        let observer = Observer()
        network.observe = { [unowned self] exchange in
            violations += observer.violations(in: exchange, basePath: Self.paths[exchange.system]!)
        }
    }

    private static func fill(_ rackbeatFake: RackbeatFake, _ numbers: [String]) throws {
        try rackbeatFake.addLocation(LocationSeed(number: 1001, name: "Lager Syd", isDefault: true))
        try rackbeatFake.addGroup(GroupSeed())
        for number in numbers {
            try rackbeatFake.addProduct(
                ProductSeed(
                    number: number, name: "Stol \(number), eg", barcode: "5701234567890", price: ExactDecimal("79.96")!,
                    group: 1, stock: [1001: 1000]))
        }
        let address = Address(
            name: "Møbelhuset Nørrebro ApS", street: "Nørrebrogade 12, 2. th", zipcode: "2200", city: "København N",
            country: "Danmark", email: "lager@example.test", phone: "+45 12 34 56 78")
        try rackbeatFake.addCustomer(CustomerSeed(number: 88, address: address))
        for number in 1042..<1242 {
            let lines = twoOf(numbers, number).enumerated().map { index, item in
                LineSeed(id: number * 10 + index, item: item, quantity: 3, location: 1001)
            }
            try rackbeatFake.addOrder(
                OrderSeed(
                    number: number, customer: 88, deliverAt: CivilDate("2026-03-05"), note: "Ring på døren\nog vent bag porten",
                    lines: lines), book: true)
        }
    }

    private static func order(_ number: Int, _ numbers: [String]) -> OutboundOrder {
        var consignee = WarehouseAddress()
        consignee.name = "Møbelhuset Nørrebro ApS"
        consignee.address1 = "Nørrebrogade 12, 2. th"
        consignee.postCode = "2200"
        consignee.city = "København N"
        consignee.countryCode = "DK"
        consignee.email = "lager@example.test"
        consignee.phone = "+45 12 34 56 78"
        let lines = twoOf(numbers, number).enumerated().map { index, item in
            OutboundLine(
                row: LineID("\(number * 10 + index)"), article: ItemNumber(item), quantity: Quantity(3),
                totalWithVAT: Money("299.85"))
        }
        var order = OutboundOrder(
            number: OrderNumber("\(number)"), erpNumber: OrderNumber("\(number)"), deliveryDate: CivilDate("2026-03-05")!,
            consignee: consignee, lines: lines)
        order.currency = "DKK"
        order.deliveryInstruction = "Ring på døren\nog vent bag porten"
        order.customerNumber = "88"
        return order
    }

    private static func twoOf(_ numbers: [String], _ order: Int) -> [String] {
        [numbers[order % numbers.count], numbers[(order * 7 + 3) % numbers.count]]
    }
}
