import OngoingFake
import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import SyncCore
import Units

/// Draws what people do next from what both systems hold at that moment. It draws only actions that are possible, so that a case
/// is not a list of refusals.
struct CaseActions {
    typealias Action = (word: String, argument: Value?)

    let options: CaseOptions
    let world: CaseWorld
    let recorder: ScenarioRecorder
    var random: SeededRandom
    /// For the actions that only some cases know.
    var rareRandom: SeededRandom
    /// For what happens beside the flow of goods.
    var besideRandom: SeededRandom
    /// For what people do by hand to documents.
    var handRandom: SeededRandom
    /// Products that are deleted sooner or later.
    var productsToGo: [String] = []
    private var nextOrder = 1001
    private var nextPurchase = 3001
    private var nextProduct = 1
    /// The highest line id that an order or a purchase order ever had; Rackbeat never reuses one.
    private var highestLine: [Int: Int] = [:]
    /// The warehouse's ids of orders from which goods were unpicked. They get no back order: the bookings of an order and its back
    /// order could not be told apart.
    var unpicked: Set<Int> = []
    /// The order that the next action is about; `nil`: any.
    var focus: Int?

    init(
        options: CaseOptions, world: CaseWorld, recorder: ScenarioRecorder, random: SeededRandom, rareRandom: SeededRandom,
        besideRandom: SeededRandom, handRandom: SeededRandom
    ) {
        self.options = options
        self.world = world
        self.recorder = recorder
        self.random = random
        self.rareRandom = rareRandom
        self.besideRandom = besideRandom
        self.handRandom = handRandom
    }

    /// An action of the ERP or of a warehouse; `nil` when no drawn action is possible now.
    mutating func draw() -> Action? {
        if hasRareActions, rareRandom.percent(25), let action = rareAction() { return action }
        if hasActionsBeside, focus == nil, besideRandom.percent(15), let action = actionBeside() { return action }
        if hasActionsByHand, focus == nil, handRandom.percent(20), let action = actionByHand() { return action }
        for _ in 0..<4 {
            if let action = random.percent(45) ? erpActor() : warehouseActor() { return action }
        }
        return erpActor()
    }

    // MARK: Shared

    func connectionArgument(_ index: Int) -> (name: String, value: Value?) {
        // With one connection the argument is not needed.
        ("connection", recorder.connections.count > 1 ? .text(recorder.connections[index].name) : nil)
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

    /// Call it before lines change: a line that is removed may have had the highest id.
    mutating func noteLines(_ lines: [Int], of number: Int) {
        highestLine[number] = max(highestLine[number] ?? 0, lines.max() ?? 0)
    }

    mutating func newOrderNumber() -> Int { nextNumber(\.nextOrder) }
    mutating func newPurchaseNumber() -> Int { nextNumber(\.nextPurchase) }
    mutating func newProductNumber() -> Int { nextNumber(\.nextProduct) }
}
