import ScenarioKit

/// A failing run made small and written down, to be kept and played again.
package struct Find: Sendable {
    /// The file's name without its ending: the promise that was broken, and where the find came from.
    package let name: String
    /// The whole file.
    package let text: String
    package let steps: Int
    /// How many candidates were played.
    package let runs: Int
    package let ranOutOfTime: Bool

    /// - Parameters:
    ///   - isOver: Whether the time that shrinking may take is up.
    /// - Returns: `nil` when the failure does not come again by what its scenario says.
    package static func of(_ failure: Failure, isOver: @escaping () -> Bool) -> Find? {
        guard let (told, manner) = said(failure) else { return nil }
        var scenario = told
        // What is to end before a person is foreseen anew for each candidate.
        if manner.foreseesParked { scenario = scenario.with(expectations: []) }
        guard let small = Shrinker.shrink(scenario, manner: manner, isOver: isOver) else { return nil }
        var written = small.scenario
        if manner.foreseesParked { written = written.with(expectations: small.played.foreseen) }
        let result = small.played.result
        // A scenario with a defect made on purpose says which rule notices it.
        if written.sabotage != nil, let rule = result.judgements.first?.rule { written = written.catching(rule) }
        let broken = result.judgements.first?.rule ?? (result.outcome == .error ? "the-run-ends" : "expectations")
        let finding = result.judgements.first.flatMap { judgement -> String? in
            guard case .broken(let findings) = judgement.verdict, let first = findings.first else { return nil }
            return "\(first.subject): \(first.sentence)"
        }
        let story = ([finding ?? result.problem ?? ""] + ["Found by: tandem \(failure.replay)"]).filter { !$0.isEmpty }
            .joined(separator: "\n")
        return Find(
            name: "\(broken)-\(failure.scenario.title.replacing("/", with: "-"))",
            text: ScenarioWriting.text(written, story: story), steps: written.steps.count, runs: small.runs,
            ranOutOfTime: small.ranOutOfTime)
    }

    /// The failing run as one scenario: blows that were aimed by number become faults and crashes that it says itself.
    private static func said(_ failure: Failure) -> (Scenario, Manner)? {
        guard !failure.manner.blows.isEmpty else { return (failure.scenario, failure.manner) }
        var struckManner = failure.manner
        struckManner.listsExchanges = true
        let struck = Runner.play(failure.scenario, failure.variant, manner: struckManner)
        guard let scenario = failure.scenario.saying(failure.manner.blows, of: struck) else { return nil }
        var manner = Manner()
        // What a scenario expects may rest on nothing going wrong; the rules may not.
        manner.foreseesParked = failure.result.failedExpectations.isEmpty
        return (scenario.playing(failure.variant, settling: longestSettle), manner)
    }

    /// More than two periods of the slowest job and the engine's longest pause, whatever the scenario's schedule is.
    private static let longestSettle = Duration.seconds(3 * 3600)
}
