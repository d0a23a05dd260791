import Testing
import Units

@testable import Simulation

@Suite struct VirtualClockTests {
    private let start = Moment(iso: "2026-03-02T08:00:00Z")!

    /// Two scenario steps at one time happen in the order in which the file has them.
    @Test func eventsOfOneMomentHappenInTheOrderOfEntry() throws {
        let clock = VirtualClock(startingAt: start)
        var seen: [String] = []
        for name in ["a", "b", "c"] { clock.at(start + .seconds(5)) { seen.append(name) } }
        clock.at(start + .seconds(1)) { seen.append("first") }
        try clock.wait(for: .seconds(10))
        #expect(seen == ["first", "a", "b", "c"])
        #expect(clock.now() == start + .seconds(10))
    }

    @Test func anEventSeesTheTimeForWhichItWasEntered() throws {
        let clock = VirtualClock(startingAt: start)
        var time: Moment?
        clock.at(start + .milliseconds(1500)) { time = clock.now() }
        try clock.wait(for: .seconds(10))
        #expect(time == start + .milliseconds(1500))
    }

    @Test func anEventOnTheLastMomentOfAWaitHappensWithinIt() throws {
        let clock = VirtualClock(startingAt: start)
        var happened = false
        clock.at(start + .seconds(10)) { happened = true }
        try clock.wait(for: .seconds(10))
        #expect(happened)
    }

    /// A webhook may nudge the engine while it handles another event; time must not run backwards for anybody.
    @Test func anEventThatWaitsTakesTheClockPastLaterEventsWhichThenHappenLate() throws {
        let clock = VirtualClock(startingAt: start)
        var seen: [Duration] = []
        clock.at(start + .seconds(1)) { try clock.wait(for: .seconds(5)) }
        clock.at(start + .seconds(2)) { seen.append(clock.now() - start) }
        clock.at(start + .seconds(7)) { seen.append(clock.now() - start) }
        try clock.wait(for: .seconds(3))
        #expect(seen == [.seconds(2)])
        #expect(clock.now() == start + .seconds(6))
        try clock.wait(for: .seconds(3))
        #expect(seen == [.seconds(2), .seconds(7)])
        #expect(clock.now() == start + .seconds(9))
    }

    @Test func anEventInThePastIsDueAtOnce() throws {
        let clock = VirtualClock(startingAt: start)
        var time: Moment?
        clock.at(start - .seconds(60)) { time = clock.now() }
        try clock.wait(for: .zero)
        #expect(time == start)
    }

    private struct Stop: Error {}

    /// A step that cannot be taken ends the run at its own time, and what came later has not happened.
    @Test func whatAnEventThrowsComesOutOfTheWait() {
        let clock = VirtualClock(startingAt: start)
        var happened = false
        clock.at(start + .seconds(1)) { throw Stop() }
        clock.at(start + .seconds(2)) { happened = true }
        #expect(throws: Stop.self) { try clock.wait(for: .seconds(10)) }
        #expect(clock.now() == start + .seconds(1))
        #expect(!happened)
        #expect(clock.waitingEvents == 1)
    }

    @Test func aNudgeEndsAWaitAtTheEventThatBroughtIt() throws {
        let clock = VirtualClock(startingAt: start)
        var isNudged = false
        clock.at(start + .seconds(3)) { isNudged = true }
        try clock.wait(for: .seconds(10), unless: { isNudged })
        #expect(clock.now() == start + .seconds(3))
    }

    /// The heap is only right when any order of entry comes out sorted.
    @Test func aThousandEventsComeOutInTheOrderOfTheirTimes() throws {
        let clock = VirtualClock(startingAt: start)
        var random = SeededRandom(seed: 1)
        var seen: [Moment] = []
        for _ in 0..<1000 {
            let time = start + Duration.milliseconds(random.draw(0...500))
            clock.at(time) { seen.append(time) }
        }
        try clock.wait(for: .seconds(1))
        #expect(seen.count == 1000)
        #expect(seen == seen.sorted())
    }
}
