import Exchange
import Units

/// Holds what came of a run against the standing rules and against what the scenario expects.
struct Judge {
    let scenario: Scenario
    let world: World

    func judge(_ result: inout ScenarioResult) throws {
        let evidence = try world.evidence()
        let aftermath = Aftermath(evidence: evidence, findings: try world.findings(), basePaths: BasePaths())
        let judgements = StandingRules.all.map { rule in
            Judgement(rule: rule.name, promise: rule.promise, verdict: rule.init().judge(evidence))
        }
        result.failedExpectations = failed(aftermath) + world.idleTrouble
        result.judgements = judgements.filter { $0.verdict != .holds }
        if scenario.mustCatch.isEmpty {
            result.outcome = result.judgements.isEmpty && result.failedExpectations.isEmpty ? .passed : .failed
        } else {
            judgeCatch(judgements, &result)
        }
        result.excerpts = excerpts(result, evidence.exchanges)
    }

    private func failed(_ aftermath: Aftermath) -> [FailedExpectation] {
        scenario.expectations.flatMap { expectation in
            expectation.kind.check(expectation.value, aftermath).map {
                FailedExpectation(
                    expectation: expectation.kind.name, line: $0.place.line, expected: $0.expected, found: $0.found)
            }
        }
    }

    /// A scenario that names rules which must be broken passes when each of them is.
    private func judgeCatch(_ judgements: [Judgement], _ result: inout ScenarioResult) {
        let missed = scenario.mustCatch.filter { !isCaught($0, judgements) }
        guard missed.isEmpty, result.failedExpectations.isEmpty else {
            result.outcome = .notCaught
            guard !missed.isEmpty else { return }
            let broken = result.judgements.map(\.rule)
            result.problem =
                "\(Shape.alternatives(missed.map(\.ruleName)).replacing(" or ", with: " and ")) had to find it, and did not; "
                + (broken.isEmpty ? "every rule held" : "broken: \(broken.joined(separator: ", "))")
            result.line = missed[0].place.line
            result.column = missed[0].place.column
            return
        }
        result.outcome = .caught
        // What was found is what was wanted: nothing of it is a failure.
        result.judgements = []
    }

    private func isCaught(_ wanted: Value, _ judgements: [Judgement]) -> Bool {
        guard let judgement = judgements.first(where: { $0.rule == wanted.ruleName }),
            case .broken(let findings) = judgement.verdict
        else { return false }
        guard wanted.isRecord, let words = wanted["finding"]?.text else { return true }
        return findings.contains { "\($0.subject): \($0.sentence)".contains(words) }
    }

    // MARK: Exchanges to show

    private func excerpts(_ result: ScenarioResult, _ exchanges: [Exchanged]) -> [ExchangeExcerpt] {
        let numbers = Set(
            result.judgements.flatMap { judgement -> [Int] in
                guard case .broken(let findings) = judgement.verdict else { return [] }
                return findings.flatMap(\.exchanges)
            })
        return exchanges.filter { numbers.contains($0.number) }.sorted { $0.number < $1.number }.map { excerpt($0) }
    }

    private func excerpt(_ exchange: Exchanged) -> ExchangeExcerpt {
        let answer: (text: String, body: [UInt8]) =
            switch exchange.outcome {
            case .answered(let response): (String(response.status), response.body)
            case .failed(let failure): (failure.description, [])
            }
        return ExchangeExcerpt(
            number: exchange.number, after: exchange.startedAt - world.plan.startedAt, connection: exchange.connection,
            request: "\(exchange.system) \(exchange.request.method) \(exchange.request.target)",
            requestBody: String(decoding: exchange.request.body, as: UTF8.self), answer: answer.text,
            answerBody: String(decoding: answer.body, as: UTF8.self), fault: exchange.fault)
    }
}

extension Value {
    /// The rule that `must-catch` names, alone or with words of the finding.
    fileprivate var ruleName: String { isRecord ? required("rule").text : text }
}
