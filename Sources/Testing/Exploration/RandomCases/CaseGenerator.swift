import RackbeatFake
package import ScenarioKit
import Simulation
import SyncCore
package import SyncEngine
import Units

/// From one seed a whole story: a world, what people do in it, when the engine looks, and what goes wrong; then trouble stops, the
/// schedule runs on, and the rules judge.
///
/// The story comes out as a scenario. Played as such, it takes the same steps at the same moments and comes to the same digest.
package final class CaseGenerator {
    package struct RandomCase: Sendable {
        package let seed: UInt64
        package let options: ExploreOptions
        package let scenario: Scenario
        package let played: ScenarioRun
    }

    private let seed: UInt64
    private let options: ExploreOptions
    private let rehearsal: Rehearsal
    private let world: CaseWorld
    private var acts: Acts
    private var disturbances: Disturbances
    /// When things happen.
    private var timing: SeededRandom
    /// What becomes of webhooks.
    private var post: SeededRandom
    private var actsLeft: Int

    /// - Parameters:
    ///   - mutant: the name of a defect made on purpose; `nil` for the sound engine.
    ///   - journal: an empty one in memory; `nil`: one is made.
    /// - Throws: when the world that was drawn cannot be set up, which is a defect of the drawing.
    package static func story(
        seed: UInt64, options: ExploreOptions? = nil, mutant: String? = nil, journal: Journal? = nil
    ) throws -> RandomCase {
        let walk = try CaseGenerator(seed: seed, options: options ?? ExploreOptions(seed: seed), mutant: mutant, journal: journal)
        let (scenario, played) = walk.play()
        return RandomCase(seed: seed, options: walk.options, scenario: scenario, played: played)
    }

    private init(seed: UInt64, options: ExploreOptions, mutant: String?, journal: Journal?) throws {
        self.seed = seed
        self.options = options
        let chance = Chance(seed: seed)
        var world = CaseWorld(
            options: options, random: chance.generator(for: "walk: world"), clocks: chance.generator(for: "walk: clocks"))
        let value = world.draw()
        self.world = world
        let name = "seed-\(seed)"
        rehearsal = try Rehearsal(
            Scenario(
                path: "\(name).yaml", title: name, seed: seed, world: value, steps: [], mutant: mutant.map { .text($0) }),
            journal: journal)
        acts = Acts(options: options, world: world, rehearsal: rehearsal, random: chance.generator(for: "walk: people"))
        disturbances = Disturbances(options: options, random: chance.generator(for: "walk: trouble"))
        timing = chance.generator(for: "walk: times")
        post = chance.generator(for: "walk: webhooks")
        actsLeft = options.acts
    }

    private func play() -> (scenario: Scenario, played: ScenarioRun) {
        // Stock sync compares both sides before it begins: what people did until then would have to be explained. A second round
        // finds what a slow list did not show the first.
        if options.has(.stockSync) {
            rehearsal.take("engine.sync")
            rehearsal.take("wait", .duration(.seconds(60)))
            rehearsal.take("engine.sync")
        }
        // Stretches in which nothing could be done still cost one: the story ends.
        for _ in 0..<40 where actsLeft > 0 && !rehearsal.hasFailed { stretch() }
        let now = rehearsal.now - rehearsal.startedAt
        // Trouble ends when the last of it has come.
        if rehearsal.latest >= now { rehearsal.take("run-until", .time(rehearsal.latest + .seconds(1))) }
        return rehearsal.conclude(settle: settle, story: "Seed \(seed): \(options.text).")
    }

    /// Two periods of the slowest job, after what may keep a job from running at all: two refusals of its credentials in a row
    /// close the way for ten minutes, and a process that crashed is started again after one.
    private var settle: Duration {
        let pause = rehearsal.strikes > 0 ? 12 : options.has(.crashes) ? 2 : 0
        return rehearsal.twoRounds + .seconds(60 * pause)
    }

    // MARK: A stretch of the story

    /// Some acts, now or while the engine is at work, and then the engine's turn.
    private func stretch() {
        for (word, argument) in disturbances.draw() { rehearsal.take(word, argument) }
        let isRound = timing.percent(60)
        let length: Duration = isRound ? .seconds(3) : timing.duration(1...12, of: .seconds(60))
        acts.focus = nil
        let count = min(actsLeft, timing.whole(1...6))
        actsLeft -= count
        for _ in 0..<count {
            if timing.percent(40) {
                if let (word, argument) = acts.draw() { take(word, argument) }
            } else {
                meet(timing.percent(50) ? timing.duration(0...300, of: .milliseconds(10)) : moment(within: length))
            }
        }
        engine(isRound, length)
    }

    /// A moment of the stretch; often one at which jobs may just be running.
    private func moment(within length: Duration) -> Duration {
        guard length > .seconds(60), timing.percent(60) else {
            return timing.duration(0...max(1, length.milliseconds / 100), of: .milliseconds(100))
        }
        let minutes = Int(timing.draw(0...max(0, length.milliseconds / 60_000 - 1)))
        return .seconds(60 * minutes) + timing.duration(0...40, of: .milliseconds(100))
    }

    /// Somebody does something in so long; sometimes both sides turn to one order at once.
    private func meet(_ delay: Duration) {
        let time = rehearsal.now - rehearsal.startedAt + delay
        rehearsal.later(after: time) { [unowned self] in
            acts.focus = nil
            return acts.draw()
        }
        guard options.has(.sameSecond), timing.percent(25) else { return }
        let after = timing.duration(0...9, of: .milliseconds(100))
        for (index, isOffice) in [true, false].enumerated() {
            rehearsal.later(after: time + after * index) { [unowned self] in
                acts.focus = acts.focus ?? acts.busiestOrder
                return isOffice ? acts.erpActor() : acts.warehouseActor()
            }
        }
    }

    private func take(_ word: String, _ argument: Value?) {
        guard rehearsal.take(word, argument), options.has(.webhooks) else { return }
        // Lost, late, doubled, overtaken by another, or about something that never happened: a webhook only says *look*.
        for _ in 0..<post.pick([0, 1, 1, 2]) {
            let job = post.pick(Job.allCases)
            let connection = post.pick(rehearsal.connections).name
            let isLate = post.percent(50)
            let nudge = Value.record([("job", .text(job.rawValue)), ("connection", .text(connection))])
            guard isLate else {
                rehearsal.take("engine.nudge", nudge)
                continue
            }
            let time = rehearsal.now - rehearsal.startedAt + post.duration(1...600, of: .milliseconds(500))
            rehearsal.later(after: time) { ("engine.nudge", nudge) }
        }
    }

    private func engine(_ isRound: Bool, _ length: Duration) {
        if isRound {
            rehearsal.take("engine.sync")
        } else if timing.percent(15) {
            rehearsal.take("wait", .duration(length))
        } else if timing.percent(15) {
            let job = timing.pick(Job.allCases)
            let connection = timing.pick(rehearsal.connections).name
            rehearsal.take("engine.run", .record([("job", .text(job.rawValue)), ("connection", .text(connection))]))
        } else {
            rehearsal.take("run-until", .time(rehearsal.now - rehearsal.startedAt + length))
        }
    }
}

extension Acts {
    /// An order that both sides can still do something about.
    fileprivate var busiestOrder: Int? {
        rehearsal.shop.orders.last { $0.state == .booked || $0.state == .draft }?.number
    }
}
