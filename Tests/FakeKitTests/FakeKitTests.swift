import FakeKit
import Testing
import Units

struct OrderedIndexTests {
    /// Long enough to split runs many times, and with removals that empty some of them.
    @Test func offsetsAgreeWithASortedArray() {
        var index = OrderedIndex<Int>()
        var sorted: [Int] = []
        for step in 0..<4000 { index.insert(step * 7919 % 4001) }
        for step in 0..<4000 { sorted.append(step * 7919 % 4001) }
        for gone in 1000..<2500 {
            index.remove(gone)
            sorted.removeAll { $0 == gone }
        }
        sorted.sort()
        #expect(index.count == sorted.count)
        #expect(index.elements(0..<index.count) == sorted)
        #expect(index.elements(700..<1300) == Array(sorted[700..<1300]))
        #expect(index.elements(700..<1300, descending: true) == sorted[700..<1300].reversed())
        #expect(index.offset { $0 >= 2600 } == sorted.firstIndex { $0 >= 2600 })
        #expect(index.offset { $0 >= 999_999 } == sorted.count)
    }

    @Test func offsetsBehindTheEndAreEmptyAndUnknownElementsAreIgnored() {
        var index = OrderedIndex<Int>()
        index.remove(3)
        index.insert(1)
        index.remove(2)
        #expect(index.elements(0..<9) == [1])
        #expect(index.elements(5..<9).isEmpty)
        index.remove(1)
        #expect(index.count == 0)
        #expect(index.offset { $0 >= 0 } == 0)
    }
}

struct FixedWindowTests {
    private func at(_ seconds: Int64) -> Moment { Moment(milliseconds: seconds * 1000) }

    @Test func theWindowOpensWithTheFirstCallAndNotOnTheMinute() {
        var window = FixedWindow(limit: 2, length: .seconds(60))
        #expect(window.count(at: at(50)).remaining == 1)
        #expect(window.count(at: at(70)).isAdmitted)
        let refused = window.count(at: at(109))
        #expect(!refused.isAdmitted && refused.remaining == 0 && refused.closesAt == at(110))
        #expect(window.count(at: at(110)).isAdmitted)
    }

    /// A scenario may set the clock back; callers must not be locked out until it has caught up.
    @Test func aClockSetBackOpensANewWindow() {
        var window = FixedWindow(limit: 1, length: .seconds(60))
        #expect(window.count(at: at(1000)).isAdmitted)
        #expect(window.count(at: at(10)).isAdmitted)
    }
}

struct StockLedgerTests {
    @Test func tamperedStockIsFoundAsAnImbalance() {
        let ledger = StockLedger()
        ledger.move("A", at: "1001", by: 5, cause: "opening", time: Moment(milliseconds: 0))
        #expect(ledger.imbalances().isEmpty)
        ledger.tamper("A", at: "1001", by: 1)
        let found = ledger.imbalances()
        #expect(found.count == 1 && found[0].stock == 6 && found[0].sum == 5)
    }
}
