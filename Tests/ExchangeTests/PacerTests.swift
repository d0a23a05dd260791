import Exchange
import Testing
import Units

@Suite struct PacerTests {
    private let start = Moment(milliseconds: 1_000_000)

    /// The window slides: the fourth call waits until the first is a whole window old, the fifth for the second.
    @Test func noWindowHoldsMoreCallsThanAllowed() {
        let pacer = Pacer(calls: 3, window: .seconds(60))
        for second in [0, 10, 20] {
            #expect(pacer.delay(at: start + .seconds(second)) == .zero)
            pacer.passed(at: start + .seconds(second))
        }
        #expect(pacer.delay(at: start + .seconds(25)) == .seconds(35))
        #expect(pacer.delay(at: start + .seconds(60)) == .zero)
        pacer.passed(at: start + .seconds(60))
        #expect(pacer.delay(at: start + .seconds(60)) == .seconds(10))
        pacer.passed(at: start + .seconds(70))
        #expect(pacer.delay(at: start + .seconds(71)) == .seconds(9))
    }

    /// However the caller comes, as fast as it is let, any window holds at most the limit.
    @Test func aCallerThatNeverRestsIsHeldToTheLimit() {
        let pacer = Pacer(calls: 7, window: .seconds(10))
        var now = start
        var calls: [Moment] = []
        for _ in 0..<100 {
            now = now + pacer.delay(at: now)
            pacer.passed(at: now)
            calls.append(now)
            now = now + .milliseconds(3)
        }
        let crowded = calls.indices.dropFirst(7).filter { calls[$0] - calls[$0 - 7] < .seconds(10) }
        #expect(crowded.isEmpty)
        #expect(calls.last! - start < .seconds(141), "and it is not held longer than needed")
    }

    @Test func withoutALimitOnlyTheServerClosesTheGate() {
        let pacer = Pacer(calls: nil)
        for _ in 0..<1000 { pacer.passed(at: start) }
        #expect(pacer.delay(at: start) == .zero)
        pacer.close(until: start + .seconds(30))
        pacer.close(until: start + .seconds(10))
        #expect(pacer.delay(at: start + .seconds(5)) == .seconds(25), "a shorter pause does not open it earlier")
        #expect(pacer.delay(at: start + .seconds(30)) == .zero)
    }

    /// 440 of 480: the rest is for other users of the same credentials.
    @Test(arguments: [(480, 440), (12, 11), (1, 1)] as [(Int, Int)]) func someOfTheLimitIsLeftToOthers(limit: Int, calls: Int) {
        let pacer = Pacer.below(limit: limit, window: .seconds(60))
        for _ in 0..<calls {
            #expect(pacer.delay(at: start) == .zero)
            pacer.passed(at: start)
        }
        #expect(pacer.delay(at: start) == .seconds(60))
    }

    @Test func aLimitOfZeroIsNoLimit() {
        let pacer = Pacer.below(limit: 0, window: .seconds(60))
        for _ in 0..<1000 { pacer.passed(at: start) }
        #expect(pacer.delay(at: start) == .zero)
    }

    /// Two threads that both looked first and then went would both take the last place.
    @Test func aPlaceIsTakenInOneStep() {
        let pacer = Pacer(calls: 2, window: .seconds(60))
        #expect(pacer.take(at: start) == .zero)
        #expect(pacer.take(at: start + .seconds(1)) == .zero)
        #expect(pacer.take(at: start + .seconds(2)) == .seconds(58))
        #expect(pacer.take(at: start + .seconds(2)) == .seconds(58), "who has to wait has taken no place")
        #expect(pacer.take(at: start + .seconds(60)) == .zero)
    }
}
