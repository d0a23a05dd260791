import JSON
import Simulation
import Stage

/// What people do in Rackbeat and in the warehouse in one round, drawn from the seed.
///
/// They do only what the engine can settle without a person: an order is either picked, or changed or cancelled, because picked goods
/// cannot be cancelled.
final class People {
    private struct Order {
        let number: Int
        /// The quantity still to pick, by line, in hundredths.
        var open: [(line: Int, hundredths: Int)]
        var fate: Fate
        var hasPicks = false
        var isSent = false
        var isCollected = false
    }

    private enum Fate { case shipped, changed, cancelled, cancelledAlready }

    private struct Purchase {
        let number: Int
        var open: [(line: Int, hundredths: Int)]
        var isFinished = false
    }

    private let fakes: Fakes
    private var random: SeededRandom
    private var orders: [Order] = []
    private var purchases: [Purchase] = []
    private(set) var steps = 0
    private(set) var adjustments = 0

    static let products = ["CHAIR-01", "TABLE-02", "ROPE-03"]

    init(_ fakes: Fakes, random: SeededRandom) {
        self.fakes = fakes
        self.random = random
    }

    /// Takes one action. One that is not possible yet, such as picking an order that has not arrived, is skipped.
    func act() throws {
        switch random.draw(1...10) {
        case 1, 2: try bookOrder()
        case 3: try bookPurchase()
        case 4, 5, 6: try workOnOrder()
        case 7, 8: try workOnPurchase()
        case 9: try erpWork()
        default: try adjust()
        }
    }

    // MARK: Rackbeat

    func bookOrder() throws {
        let number = 1000 + orders.count + 1
        let lines = (1...Int(random.draw(1...3))).map { (line: number * 10 + $0, hundredths: quantity()) }
        let fate = random.pick([Fate.shipped, .shipped, .shipped, .changed, .cancelled])
        let order: JSON = [
            "number": JSON(number),
            "lines": .array(
                lines.map {
                    ["id": JSON($0.line), "item": .string(random.pick(Self.products)), "quantity": decimal($0.hundredths)]
                }),
        ]
        if try take("rackbeat.book-order", order) { orders.append(Order(number: number, open: lines, fate: fate)) }
    }

    private func bookPurchase() throws {
        let number = 3000 + purchases.count + 1
        let lines = (1...Int(random.draw(1...2))).map { (line: number * 10 + $0, hundredths: quantity()) }
        let order: JSON = [
            "number": JSON(number),
            "lines": .array(
                lines.map {
                    ["id": JSON($0.line), "item": .string(random.pick(Self.products)), "quantity": decimal($0.hundredths)]
                }),
        ]
        if try take("rackbeat.book-purchase-order", order) { purchases.append(Purchase(number: number, open: lines)) }
    }

    /// Changes or cancels an order that the warehouse has not started to pick.
    private func erpWork() throws {
        let candidates = orders.indices.filter { orders[$0].fate == .changed || orders[$0].fate == .cancelled }
        guard !candidates.isEmpty else { return try bookOrder() }
        let index = random.pick(candidates)
        let number = JSON(orders[index].number)
        if orders[index].fate == .cancelled {
            if try take("rackbeat.cancel-order", ["order": number]) { orders[index].fate = .cancelledAlready }
            return
        }
        let new = quantity()
        guard try take("rackbeat.reopen-order", ["order": number]) else { return }
        orders[index].open[0].hundredths = new
        let line = "\(orders[index].open[0].line)"
        _ = try take("rackbeat.change-order", ["order": number, "quantities": .object([line: decimal(new)])])
        _ = try take("rackbeat.book-draft", ["order": number])
    }

    // MARK: The warehouse

    private func workOnOrder() throws {
        let candidates = orders.indices.filter { orders[$0].fate == .shipped && !orders[$0].isCollected }
        guard !candidates.isEmpty else { return try bookOrder() }
        try work(on: random.pick(candidates))
    }

    private func work(on index: Int) throws {
        let number = JSON.string("\(orders[index].number)")
        let lines = orders[index].open.indices.filter { orders[index].open[$0].hundredths > 0 }
        if orders[index].isSent {
            if try take("ongoing.collect", ["order": number]) { orders[index].isCollected = true }
        } else if !lines.isEmpty, !orders[index].hasPicks || !random.once(in: 3) {
            let line = random.pick(lines)
            let all = orders[index].open[line].hundredths
            let part = random.once(in: 2) ? all : Int(random.draw(1...Int64(all)))
            let picked: JSON = .object(["\(orders[index].open[line].line)": decimal(part)])
            if try take("ongoing.pick", ["order": number, "lines": picked]) {
                orders[index].open[line].hundredths -= part
                orders[index].hasPicks = true
            }
        } else if try take("ongoing.send", ["order": number]) {
            orders[index].isSent = true
        }
    }

    private func workOnPurchase() throws {
        let candidates = purchases.indices.filter { !purchases[$0].isFinished }
        guard !candidates.isEmpty else { return try bookPurchase() }
        let index = random.pick(candidates)
        let number = JSON.string("\(purchases[index].number)")
        let lines = purchases[index].open.indices.filter { purchases[index].open[$0].hundredths > 0 }
        if lines.isEmpty || random.once(in: 5) {
            if try take("ongoing.finish", ["purchase-order": number]) { purchases[index].isFinished = true }
            return
        }
        let line = random.pick(lines)
        let all = purchases[index].open[line].hundredths
        let part = random.once(in: 2) ? all : Int(random.draw(1...Int64(all)))
        let received: JSON = .object(["\(purchases[index].open[line].line)": decimal(part)])
        if try take("ongoing.receive", ["purchase-order": number, "lines": received]) {
            purchases[index].open[line].hundredths -= part
        }
    }

    private func adjust() throws {
        let change = Int(random.draw(1...500)) * (random.once(in: 2) ? -1 : 1)
        let adjustment: JSON = ["item": .string(random.pick(Self.products)), "change": decimal(change)]
        if try take("ongoing.adjust", adjustment) { adjustments += 1 }
    }

    /// Picks, sends, receives and finishes everything that is left.
    func finishTheDay() throws {
        for index in orders.indices where orders[index].fate == .changed { orders[index].fate = .shipped }
        for index in orders.indices where orders[index].fate == .shipped {
            for _ in 0..<12 where !orders[index].isCollected { try work(on: index) }
        }
        for index in purchases.indices where !purchases[index].isFinished {
            let number = JSON.string("\(purchases[index].number)")
            _ = try take("ongoing.receive", ["purchase-order": number])
            if try take("ongoing.finish", ["purchase-order": number]) { purchases[index].isFinished = true }
        }
    }

    // MARK: Values

    private func take(_ name: String, _ value: JSON) throws -> Bool {
        let isTaken = try fakes.take(name, value)
        if isTaken { steps += 1 }
        return isTaken
    }

    /// Whole numbers, halves, and amounts that a binary fraction cannot represent.
    private func quantity() -> Int { random.pick([100, 200, 300, 500, 150, 10, 33, 1207, 7]) }

    private func decimal(_ hundredths: Int) -> JSON {
        let sign = hundredths < 0 ? "-" : ""
        let amount = abs(hundredths)
        let fraction = amount % 100
        let text = fraction == 0 ? "\(amount / 100)" : "\(amount / 100).\(fraction < 10 ? "0" : "")\(fraction)"
        guard let json = try? JSON.parse(sign + text) else { preconditionFailure("\(text) is a number") }
        return json
    }
}
