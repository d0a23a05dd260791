import OngoingFake
import RackbeatFake
import ScenarioKit
import Simulation
import SyncCore
import Units

/// Draws what people do next, from what both systems hold at that moment: only what can be done, so that a story is not a list of
/// refusals.
struct Acts {
    typealias Act = (word: String, argument: Value?)

    let options: ExploreOptions
    let world: CaseWorld
    let rehearsal: Rehearsal
    var random: SeededRandom
    private var nextOrder = 1001
    private var nextPurchase = 3001
    private var nextProduct = 1
    /// The highest line id that an order or a purchase order ever had: Rackbeat gives none twice.
    private var highestLine: [Int: Int] = [:]
    /// The warehouse's ids of orders of which picked goods went back: what is booked of one of several documents cannot be told
    /// from what is booked of the others, so these get no back order.
    var takenBack: Set<Int> = []
    /// The order that both sides are to turn to at once; `nil`: whichever.
    var focus: Int?

    init(options: ExploreOptions, world: CaseWorld, rehearsal: Rehearsal, random: SeededRandom) {
        self.options = options
        self.world = world
        self.rehearsal = rehearsal
        self.random = random
    }

    /// An act of the office or of a warehouse; `nil` when what was drawn cannot be done now.
    mutating func draw() -> Act? {
        for _ in 0..<4 {
            if let act = random.percent(45) ? erpActor() : warehouseActor() { return act }
        }
        return erpActor()
    }

    // MARK: Shared

    func connectionArgument(_ index: Int) -> (name: String, value: Value?) {
        // With one connection nobody has to say which is meant.
        ("connection", rehearsal.connections.count > 1 ? .text(rehearsal.connections[index].name) : nil)
    }

    mutating func quantity(of item: CaseWorld.Item) -> ExactDecimal {
        guard options.has(.decimals), !item.hasSerials, random.percent(30) else { return ExactDecimal(random.whole(1...6)) }
        return ExactDecimal(millionths: Int128(random.whole(1...18)) * 250_000)
    }

    mutating func nextNumber(_ counter: WritableKeyPath<Self, Int>) -> Int {
        defer { self[keyPath: counter] += 1 }
        return self[keyPath: counter]
    }

    mutating func newLine(of number: Int) -> Int {
        highestLine[number, default: 0] += 1
        return highestLine[number]!
    }

    /// To be told before lines are changed: what is removed now was the highest once.
    mutating func noteLines(_ lines: [Int], of number: Int) {
        highestLine[number] = max(highestLine[number] ?? 0, lines.max() ?? 0)
    }

    mutating func newOrderNumber() -> Int { nextNumber(\.nextOrder) }
    mutating func newPurchaseNumber() -> Int { nextNumber(\.nextPurchase) }
    mutating func newProductNumber() -> Int { nextNumber(\.nextProduct) }
}
