import ScenarioKit
import Simulation
import Testing

@testable import Exploration

struct SweepTests {
    @Test(arguments: ["response-lost@12", "crash-before@1", "crash-after@3", "crash-before-commit@7", "crash-after-commit@9"])
    func aFaultReadsBackAsItIsWritten(text: String) {
        #expect(InjectedFault(text)?.description == text)
    }

    @Test(arguments: [
        "", "response-lost", "response-lost@", "response-lost@0", "response-lost@-1", "response-lost@1@2", "lost@1",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(InjectedFault(text) == nil)
    }

    @Test func severalFaultsMakeOnePoint() {
        let point = SweepPoint("slow@30,crash-after-commit@7")
        #expect(point?.injectedFaults == [.fault(.slow, exchange: 30), .crash(.after, .commit(7))])
        #expect(point?.text == "slow@30,crash-after-commit@7")
        #expect(SweepPoint("slow@30,haste@31") == nil)
    }

    @Test func shardsTogetherAreTheWhole() {
        let shards = (1...3).map { Shard("\($0)/3")! }
        let items = (0..<10).map { item in shards.filter { $0.has(item) }.count }
        #expect(items == Array(repeating: 1, count: 10))
        #expect(["0/3", "4/3", "3", "a/b", "1/0", "1/2/3"].allSatisfy { Shard($0) == nil })
    }
}
