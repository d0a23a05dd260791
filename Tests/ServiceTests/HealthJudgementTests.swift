import SyncCore
import Testing
import Trade
import Units

@testable import Service

/// What `/health` says, as a table of what is known and what follows from it.
struct HealthJudgementTests {
    private static let hour = 3600

    private func evidence(at seconds: Int, _ change: (inout HealthJudgement.Evidence) -> Void = { _ in })
        -> HealthJudgement.Evidence
    {
        var evidence = HealthJudgement.Evidence(
            settings: ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: 42),
            now: noon + .seconds(seconds), startedAt: noon)
        for job in Job.allCases {
            evidence.jobs[job] = ServiceHealth.JobHealth(lastEnd: evidence.now, lastSuccess: evidence.now)
        }
        change(&evidence)
        return evidence
    }

    private func kinds(_ evidence: HealthJudgement.Evidence) -> [String] {
        HealthJudgement(evidence).reasons.map {
            "\($0.status.rawValue) \($0.kind.rawValue)" + ($0.job.map { " \($0.rawValue)" } ?? "")
        }
    }

    @Test func whatRunsWhenItIsDueIsOk() { #expect(kinds(evidence(at: 86_400)) == []) }

    /// Orders come to nobody's notice for a week while everything else runs.
    @Test func eachJobHasItsOwnDeadline() {
        func orders(silentFor seconds: Int) -> [String] {
            kinds(evidence(at: 8 * 86_400) { $0.jobs[.orders]!.lastSuccess = $0.now - .seconds(seconds) })
        }
        #expect(orders(silentFor: 600) == [])
        #expect(orders(silentFor: 600 + 3900) == [])
        #expect(orders(silentFor: 600 + 3901) == ["degraded job-late orders"])
        #expect(orders(silentFor: 600 + 4 * Self.hour) == ["degraded job-late orders"])
        #expect(orders(silentFor: 600 + 4 * Self.hour + 1) == ["failing job-late orders"])
        #expect(orders(silentFor: 7 * 86_400) == ["failing job-late orders"])
    }

    /// The nightly comparison is a job like any other, with a day between two.
    @Test func theNightlyComparisonHasADeadlineToo() {
        #expect(kinds(evidence(at: 2 * 86_400 + 3901) { $0.jobs[.reconcile] = nil }) == ["degraded job-late reconcile"])
        #expect(
            kinds(
                evidence(at: 3 * 86_400) {
                    $0.settings.schedule.reconcile = nil
                    $0.jobs[.reconcile] = nil
                }) == [])
    }

    /// While a long first run of the catalogue goes on, no other job can run.
    @Test func othersAreNotLateBecauseOneRuns() {
        let evidence = evidence(at: 7000) {
            $0.running = (.products, noon + .seconds(10))
            for job in Job.ofRound { $0.jobs[job] = nil }
        }
        #expect(kinds(evidence) == [])
        var later = evidence
        later.now = noon + .seconds(7211)
        #expect(kinds(later) == ["failing run-takes-long products"])
    }

    @Test func aJobThatFailsIsDegradedAtOnceAndFailingLater() {
        func failing(for seconds: Int) -> [String] {
            kinds(evidence(at: 86_400) { $0.jobs[.orders]!.failingSince = $0.now - .seconds(seconds) })
        }
        #expect(failing(for: 0) == ["degraded job-fails orders"])
        #expect(failing(for: 4 * Self.hour - 1) == ["degraded job-fails orders"])
        #expect(failing(for: 4 * Self.hour) == ["failing job-fails orders"])
    }

    @Test func aPauseIsToldUntilItsEndAndRefusedCredentialsUntilTheyWork() {
        func paused(isRefused: Bool, until seconds: Int) -> [String] {
            kinds(
                evidence(at: 600) {
                    $0.pause = ServiceHealth.Pause(since: noon, until: noon + .seconds(seconds), isRefused: isRefused)
                })
        }
        #expect(paused(isRefused: false, until: 601) == ["degraded paused"])
        #expect(paused(isRefused: false, until: 600) == [])
        #expect(paused(isRefused: true, until: 601) == ["failing credentials-refused"])
        #expect(paused(isRefused: true, until: 600) == ["failing credentials-refused"])
    }

    @Test func theWorstComesFirst() {
        let evidence = evidence(at: 7200) {
            $0.parked = [noon]
            $0.unknown = [noon]
            $0.cursors = [.orders: noon + .seconds(86_400 * 365), .products: noon + .seconds(7200 + 3600)]
            $0.journalProblem = "the disk is full"
            $0.hasEnded = true
        }
        #expect(
            kinds(evidence) == [
                "failing thread-ended", "failing journal-unusable", "degraded outcomes-unknown", "degraded records-parked",
                "degraded cursor-ahead orders",
            ])
        #expect(HealthJudgement(evidence).status == .failing)
    }

    @Test func theNextAttemptIsTheIntervalOrTheEndOfThePause() {
        func next(_ pause: ServiceHealth.Pause?) -> Moment? {
            HealthJudgement(
                evidence(at: 600) {
                    $0.jobs[.orders]!.failingSince = noon
                    $0.pause = pause
                }
            ).reasons.first { $0.kind == .jobFails }?.nextAttempt
        }
        #expect(next(nil) == noon + .seconds(900))
        #expect(next(ServiceHealth.Pause(since: noon, until: noon + .seconds(5000), isRefused: false)) == noon + .seconds(5000))
    }
}
