import Contract
import Exchange
import FakeKit
import HTTPTypes
import JSON
import OngoingFake
import RackbeatFake
import ScenarioKit
import Simulation
import Units

/// One fake with enough data for every operation, and with people who keep working in it.
final class FuzzedWorld {
    let system: System
    let basePath: String
    let headers: HTTPFields
    var pool = ValuePool()
    private(set) var now = WorldDefaults.start
    private var rackbeat: RackbeatFake?
    private var ongoing: OngoingFake?

    private static let items = ["STOL-1", "BORD 2", "LAMPE/3", "KASSE-4", "SÆT-5"]

    init(_ system: System, choices: [String: String]) {
        self.system = system
        // With a rate limit most responses would be 429.
        var choices = choices
        choices["rate_limit"] = "0"
        let profile = AssumptionLedger.standard.profile(for: system).changing(choices)
        var headers: HTTPFields = [.accept: "application/json"]
        switch system {
        case .rackbeat:
            basePath = "/api"
            headers[.authorization] = "Bearer \(Credentials.simulated.token)"
            headers[.userAgent] = "Fuzz (fuzz@example.test)"
            headers[HTTPField.Name("Consumer-Name")!] = "Fuzz"
            headers[HTTPField.Name("Consumer-Contact")!] = "fuzz@example.test"
        case .ongoing:
            basePath = "/demo/api/v1"
            // WSI-fuzz:fuzz
            headers[.authorization] = "Basic V1NJLWZ1eno6ZnV6eg=="
        }
        self.headers = headers
        switch system {
        case .rackbeat: rackbeat = makeRackbeat(profile)
        case .ongoing: ongoing = makeOngoing(profile)
        }
    }

    func answer(_ request: Request) -> Response { rackbeat?.respond(to: request) ?? ongoing!.respond(to: request) }

    var imbalances: [String] {
        if let rackbeat {
            return rackbeat.ledger.imbalances().map { "stock of \($0.item) at \($0.place) is \($0.stock), not \($0.sum)" }
        }
        return ongoing?.imbalances() ?? []
    }

    // MARK: Seeding

    private func makeRackbeat(_ profile: Profile) -> RackbeatFake {
        let fake = RackbeatFake(
            profile: profile, basePath: basePath, token: Credentials.simulated.token, clock: { [unowned self] in now })
        do {
            try fake.seedAccount(with: nil, stockAt: 1001)
            try fake.addLocation(LocationSeed(number: 1002, name: "Shop"))
            try fake.addLocation(LocationSeed(number: 1003, name: "Shelf", parent: 1001))
            try fake.addSupplierGroup(SupplierGroupSeed())
            try fake.addDeliveryTerm(DeliveryTermSeed())
            for (index, number) in Self.items.enumerated() {
                try fake.addProduct(
                    ProductSeed(
                        number: number, kind: index == 4 ? .lot : .product, barcode: "570000000000\(index)", price: 80, group: 1,
                        stock: [1001: 100, 1002: 5], isBatch: index == 3, defaultLocation: 1001))
            }
            // Products on no line can be deleted. Only deletions use these.
            for number in ["LEDIG-1", "LEDIG-2", "LEDIG-3"] {
                try fake.addProduct(ProductSeed(number: number, group: 1))
                pool.add(.string(number), under: "numbers.number")
            }
            for index in 0..<4 {
                let lines = [
                    LineSeed(item: Self.items[index], quantity: 5, location: 1001), LineSeed(item: Self.items[0], quantity: 2),
                ]
                try fake.addOrder(OrderSeed(customer: 501, lines: lines), book: index > 0)
                try fake.addPurchaseOrder(PurchaseOrderSeed(supplier: 20, lines: lines), book: index > 0)
            }
        } catch {
            preconditionFailure("the fuzzed Rackbeat cannot be seeded: \(error)")
        }
        for event in ["order.created", "product.updated", "inventory.changed"] { pool.add(.string(event), under: "event") }
        pool.add("https://example.test/hook", under: "url")
        pool.add("currency", under: "key")
        for path in ["items", "locations", "customers", "suppliers", "orders", "purchase-orders", "payment-terms", "employees"] {
            learn(fake.respond(to: Request(.get, basePath + "/" + path, headers: headers)))
        }
        return fake
    }

    private func makeOngoing(_ profile: Profile) -> OngoingFake {
        let fake = OngoingFake(profile: profile, basePath: basePath, clock: { [unowned self] in now })
        fake.addGoodsOwner(id: WorldDefaults.goodsOwner, name: "Fuzz")
        fake.addUser(name: "WSI-fuzz", password: "fuzz", goodsOwners: [WorldDefaults.goodsOwner])
        fake.configureWebhook(.init(target: "/hooks", token: "fuzz"))
        for number in Self.items { fake.openStock(goodsOwner: WorldDefaults.goodsOwner, article: number, quantity: 50) }
        pool.add(JSON(WorldDefaults.goodsOwner), under: "goodsOwnerId")
        for status in [150, 200, 300, 320, 400, 450, 500, 800, 1000] { pool.add(JSON(status), under: "orderStatusNumber") }
        for status in [100, 200, 300, 400, 500, 900] {
            pool.add(JSON(status), under: "purchaseOrderStatusNumber")
            pool.add(JSON(status), under: "returnOrderStatusNumber")
        }
        pool.add("Structure", under: "articleKind")
        pool.add(1, under: "warehouseId")
        learn(fake.respond(to: Request(.get, "\(basePath)/articles?goodsOwnerId=\(WorldDefaults.goodsOwner)", headers: headers)))
        return fake
    }

    private func learn(_ response: Response) {
        if let json = try? JSON.parse(response.body) { pool.gather(json) }
    }

    // MARK: People

    /// Lets time pass, and now and then somebody does something. What cannot be done is skipped.
    func advance(using random: inout SeededRandom) {
        now = now + .milliseconds(random.draw(0...3000))
        if random.once(in: 200) { now = now + .seconds(random.draw(1...200_000)) }
        guard random.once(in: 10) else { return }
        if let rackbeat { work(in: rackbeat, &random) }
        if let ongoing { work(in: ongoing, &random) }
    }

    private func work(in rackbeat: RackbeatFake, _ random: inout SeededRandom) {
        let order = Int(random.draw(1001...1010))
        switch random.draw(0...6) {
        case 0: _ = try? rackbeat.bookOrder(order)
        case 1: _ = try? rackbeat.shipByHand(order: order)
        case 2: _ = try? rackbeat.receiveByHand(purchaseOrder: order)
        case 3: _ = try? rackbeat.cancelOrder(order)
        case 4: _ = try? rackbeat.bookPurchaseOrder(order)
        case 5: _ = try? rackbeat.draftShipmentByHand(order: order)
        default:
            _ = try? rackbeat.countStock(
                random.pick(Self.items), at: 1001, to: ExactDecimal(Int(random.draw(0...90))), cause: "count")
        }
    }

    private func work(in ongoing: OngoingFake, _ random: inout SeededRandom) {
        let owner = WorldDefaults.goodsOwner
        let article = random.pick(Self.items)
        if random.once(in: 4) {
            let change = ExactDecimal(Int(random.draw(-3...9)))
            _ = try? ongoing.adjust(goodsOwner: owner, rows: [.init(article: article, change: change, cause: "FOUND")])
        } else if random.once(in: 2), let order = pool.value(for: "orderNumber", wantsText: true, using: &random)?.string {
            switch random.draw(0...4) {
            case 0: _ = try? ongoing.release(goodsOwner: owner, order: order)
            case 1: _ = try? ongoing.allocate(goodsOwner: owner, order: order)
            case 2: _ = try? ongoing.pick(goodsOwner: owner, order: order)
            case 3: _ = try? ongoing.send(goodsOwner: owner, order: order)
            default: _ = try? ongoing.collect(goodsOwner: owner, order: order)
            }
        } else if let order = pool.value(for: "purchaseOrderNumber", wantsText: true, using: &random)?.string {
            switch random.draw(0...2) {
            case 0: _ = try? ongoing.receive(goodsOwner: owner, purchaseOrder: order)
            case 1: _ = try? ongoing.finish(goodsOwner: owner, purchaseOrder: order)
            default: _ = try? ongoing.setPurchaseStatus(goodsOwner: owner, purchaseOrder: order, to: 300)
            }
        }
    }
}
