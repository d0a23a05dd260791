import SyncCore
import Testing
import Units

struct NudgePaceTests {
    private let start = Moment(iso: "2026-03-02T12:00:00Z")!
    private let distance = Duration.seconds(10)

    private func at(_ seconds: Int) -> Moment { start + .seconds(seconds) }

    /// Began, ended with a pause, nudged, due anyway, due then; in seconds.
    @Test(
        arguments: [
            (nil, nil, 0, 300, 0), (0, nil, 100, 300, 100), (0, nil, 10, 300, 10), (0, nil, 9, 300, 10), (0, nil, 0, 300, 10),
            // A job that is due anyway does not wait.
            (0, nil, 5, 7, 7), (0, nil, 5, 3, 3),
            // A server that asked for silence gets it.
            (0, 60, 20, 300, 61), (0, 60, 62, 300, 62), (0, 600, 20, 300, 300),
            // The clock was set back since the run began.
            (5000, nil, 20, 300, 20),
        ] as [(Int?, Int?, Int, Int, Int)])
    func aNudgeIsFollowedAtOnceButNotAgainWithinTheDistance(began: Int?, pause: Int?, nudged: Int, due: Int, then: Int) {
        var pace = NudgePace()
        if let began {
            pace.began(at: at(began))
            pace.ended(at: at(began + 1), pause: pause.map { .seconds($0) })
        }
        #expect(pace.nudged(at: at(nudged), due: at(due), distance: distance) == at(then))
    }

    @Test func aFloodOfNudgesMakesOneRunInTenSeconds() {
        var pace = NudgePace()
        var due = at(300)
        var runs = 0
        for tick in 0..<60_000 {
            let now = start + .milliseconds(tick)
            due = pace.nudged(at: now, due: due, distance: distance)
            guard due <= now else { continue }
            runs += 1
            pace.began(at: now)
            pace.ended(at: now, pause: nil)
            due = now + .seconds(300)
        }
        #expect(runs == 6)
    }
}
