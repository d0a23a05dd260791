import Exchange
import Invariants
import StrictYAML
import Units

/// Checks the end state of a run against the invariants and the expectations of the scenario.
struct Judge {
    let scenario: Scenario
    let world: World
    /// Whether the run ended before its last step. What it was to show is not expected then.
    var isStopped = false

    /// - Returns: The verdict of every invariant.
    func judge(_ result: inout ScenarioResult) throws -> [InvariantResult] {
        let evidence = try world.evidence()
        let endState = EndState(
            evidence: evidence, findings: try world.findings(), basePaths: BasePaths(),
            checksTheWay: world.runOptions.demands == .everything)
        let invariantResults = AllInvariants.judge(evidence)
        let failed = isStopped ? [] : failed(endState)
        result.failedExpectations = failed.map(\.failure) + (isStopped ? [] : world.unappliedFaults)
        result.invariantResults = invariantResults.filter { $0.verdict != .holds }
        if scenario.caughtBy.isEmpty {
            result.outcome = result.invariantResults.isEmpty && result.failedExpectations.isEmpty ? .passed : .failed
        } else {
            judgeCatch(invariantResults, &result)
        }
        if world.runOptions.showsExchanges {
            result.excerpts = evidence.exchanges.map(excerpt)
            return invariantResults
        }
        guard !result.outcome.isGood else { return invariantResults }
        let subjects = failed.flatMap { $0.subjects.flatMap { evidence.identity.records(numbered: $0) } }
        result.expectationRecords = Set(subjects)
        let numbers = exchanges(behind: result.invariantResults) + subjects.flatMap { evidence.writes(about: $0) }
        result.excerpts = excerpts(Set(numbers), evidence.exchanges)
        return invariantResults
    }

    private func failed(_ endState: EndState) -> [(failure: FailedExpectation, subjects: [String])] {
        demanded.flatMap { expectation in
            expectation.kind.check(expectation.value, endState).map { mismatch in
                (
                    FailedExpectation(
                        expectation: expectation.kind.name, line: mismatch.place.line, expected: mismatch.expected,
                        found: mismatch.found), expectation.value.subjects
                )
            }
        }
    }

    /// The expectations that the options of this run require.
    private var demanded: [Scenario.Expectation] {
        switch world.runOptions.demands {
        case .everything: scenario.expectations
        case .endState: scenario.expectations.filter { $0.kind.scope == .end }
        case .nothing: []
        }
    }

    /// A scenario with a mutant passes when each invariant that must catch it is violated.
    private func judgeCatch(_ invariantResults: [InvariantResult], _ result: inout ScenarioResult) {
        let missed = scenario.caughtBy.filter { !isCaught($0, invariantResults) }
        // The record that a mutant fails to park is what nothing-stuck has caught.
        if missed.isEmpty, scenario.caughtBy.contains(where: { $0.invariantName == NothingStuck.id }) {
            result.failedExpectations.removeAll { $0.expectation == "parked" }
        }
        guard missed.isEmpty, result.failedExpectations.isEmpty else {
            result.outcome = .missed
            guard !missed.isEmpty else {
                result.problem = "the invariants caught the mutant, but an expectation is not met"
                return
            }
            let broken = result.invariantResults.map(\.invariant)
            result.problem =
                "\(Shape.alternatives(missed.map(\.invariantName)).replacing(" or ", with: " and ")) did not catch the mutant; "
                + (broken.isEmpty ? "every invariant holds" : "violated: \(broken.joined(separator: ", "))")
            result.line = missed[0].place.line
            result.column = missed[0].place.column
            return
        }
        result.outcome = .caught
        // The findings were expected, so none is a failure.
        result.catches = result.invariantResults
        result.invariantResults = []
    }

    private func isCaught(_ wanted: Value, _ invariantResults: [InvariantResult]) -> Bool {
        guard let invariantResult = invariantResults.first(where: { $0.invariant == wanted.invariantName }),
            case .broken(let findings) = invariantResult.verdict
        else { return false }
        guard wanted.isRecord, let words = wanted["finding"]?.text else { return true }
        return findings.contains { "\($0.subject): \($0.sentence)".contains(words) }
    }

    // MARK: Exchanges to show

    private func exchanges(behind invariantResults: [InvariantResult]) -> [Int] {
        invariantResults.flatMap { invariantResult -> [Int] in
            guard case .broken(let findings) = invariantResult.verdict else { return [] }
            return findings.flatMap(\.exchanges)
        }
    }

    private func excerpts(_ numbers: Set<Int>, _ exchanges: [Exchanged]) -> [ExchangeExcerpt] {
        exchanges.filter { numbers.contains($0.number) }.sorted { $0.number < $1.number }.map { excerpt($0) }
    }

    private func excerpt(_ exchange: Exchanged) -> ExchangeExcerpt {
        let response: (text: String, body: [UInt8]) =
            switch exchange.outcome {
            case .response(let response): (String(response.status), response.body)
            case .failed(let failure): (failure.description, [])
            }
        return ExchangeExcerpt(
            number: exchange.number, after: exchange.startedAt - world.plan.startedAt, connection: exchange.connection,
            request: "\(exchange.system) \(exchange.request.method) \(exchange.request.target)",
            requestBody: String(decoding: exchange.request.body, as: UTF8.self), response: response.text,
            responseBody: String(decoding: response.body, as: UTF8.self), fault: exchange.fault?.description)
    }
}

extension Value {
    /// The invariant that an entry of `caught-by` names, alone or with words of the finding.
    var invariantName: String { isRecord ? required("invariant").text : text }

    /// The orders and items that an expectation is about.
    fileprivate var subjects: [String] {
        switch content {
        case .list(let values): return values.flatMap(\.subjects)
        case .table(let entries):
            // Items by name. Lines have numbers and belong to the order around them.
            return entries.compactMap { if case .text(let name) = $0.key.content { name } else { nil } }
        case .record(let members):
            return members.filter { ["number", "order", "purchase-order", "item", "subject"].contains($0.name) }
                .compactMap { if case .text(let name) = $0.value.content { name } else { nil } }
        default: return []
        }
    }
}
