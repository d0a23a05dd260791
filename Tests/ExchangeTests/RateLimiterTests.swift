import Exchange
import Testing
import Units

@Suite struct RateLimiterTests {
    private let start = Moment(milliseconds: 1_000_000)

    /// The window slides: the fourth call waits until the first is a whole window old, the fifth for the second.
    @Test func noWindowHoldsMoreCallsThanAllowed() {
        let rateLimiter = RateLimiter(calls: 3, window: .seconds(60))
        for second in [0, 10, 20] {
            #expect(rateLimiter.delay(at: start + .seconds(second)) == .zero)
            rateLimiter.passed(at: start + .seconds(second))
        }
        #expect(rateLimiter.delay(at: start + .seconds(25)) == .seconds(35))
        #expect(rateLimiter.delay(at: start + .seconds(60)) == .zero)
        rateLimiter.passed(at: start + .seconds(60))
        #expect(rateLimiter.delay(at: start + .seconds(60)) == .seconds(10))
        rateLimiter.passed(at: start + .seconds(70))
        #expect(rateLimiter.delay(at: start + .seconds(71)) == .seconds(9))
    }

    /// However the caller comes, as fast as it is let, any window holds at most the limit.
    @Test func aCallerThatNeverRestsIsHeldToTheLimit() {
        let rateLimiter = RateLimiter(calls: 7, window: .seconds(10))
        var now = start
        var calls: [Moment] = []
        for _ in 0..<100 {
            now = now + rateLimiter.delay(at: now)
            rateLimiter.passed(at: now)
            calls.append(now)
            now = now + .milliseconds(3)
        }
        let crowded = calls.indices.dropFirst(7).filter { calls[$0] - calls[$0 - 7] < .seconds(10) }
        #expect(crowded.isEmpty)
        #expect(calls.last! - start < .seconds(141), "and it is not held longer than needed")
    }

    @Test func withoutALimitOnlyTheServerClosesTheGate() {
        let rateLimiter = RateLimiter(calls: nil)
        for _ in 0..<1000 { rateLimiter.passed(at: start) }
        #expect(rateLimiter.delay(at: start) == .zero)
        rateLimiter.close(until: start + .seconds(30))
        rateLimiter.close(until: start + .seconds(10))
        #expect(rateLimiter.delay(at: start + .seconds(5)) == .seconds(25), "a shorter pause does not open it earlier")
        #expect(rateLimiter.delay(at: start + .seconds(30)) == .zero)
    }

    /// 440 of 480: the rest is for other users of the same credentials.
    @Test(arguments: [(480, 440), (12, 11), (1, 1)] as [(Int, Int)]) func someOfTheLimitIsLeftToOthers(limit: Int, calls: Int) {
        let rateLimiter = RateLimiter.below(limit: limit, window: .seconds(60))
        for _ in 0..<calls {
            #expect(rateLimiter.delay(at: start) == .zero)
            rateLimiter.passed(at: start)
        }
        #expect(rateLimiter.delay(at: start) == .seconds(60))
    }

    @Test func aLimitOfZeroIsNoLimit() {
        let rateLimiter = RateLimiter.below(limit: 0, window: .seconds(60))
        for _ in 0..<1000 { rateLimiter.passed(at: start) }
        #expect(rateLimiter.delay(at: start) == .zero)
    }

    /// Two threads that both looked first and then went would both take the last place.
    @Test func aPlaceIsTakenInOneStep() {
        let rateLimiter = RateLimiter(calls: 2, window: .seconds(60))
        #expect(rateLimiter.take(at: start) == .zero)
        #expect(rateLimiter.take(at: start + .seconds(1)) == .zero)
        #expect(rateLimiter.take(at: start + .seconds(2)) == .seconds(58))
        #expect(rateLimiter.take(at: start + .seconds(2)) == .seconds(58), "who has to wait has taken no place")
        #expect(rateLimiter.take(at: start + .seconds(60)) == .zero)
    }
}
