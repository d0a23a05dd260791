import Exchange
import HTTPTypes
import Units

/// A connection makes one call at a time, under the rate limits, and waits when it is asked to.
package struct RateLimitsKept: Invariant {
    package static let id = "rate-limits-kept"
    package static let statement =
        "Each connection makes one call at a time and keeps the rate limits of both systems; otherwise the account is blocked, for "
        + "every program that uses it."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        // A request that the network delivers twice is sent once.
        var evidence = evidence
        evidence.exchanges.removeAll { $0.fault?.isSecondDelivery ?? false }
        return Verdict(inTurn(evidence) + underLimits(evidence) + waitsAsAsked(evidence) + spreadsRetries(evidence))
    }

    /// A connection's next call starts after the previous one has ended.
    private func inTurn(_ evidence: Evidence) -> [Finding] {
        evidence.connections.compactMap { connection in
            var previous: Exchanged?
            for exchange in evidence.exchanges where exchange.connection == connection.name {
                if let previous, exchange.startedAt < previous.endedAt {
                    return Finding(
                        subject: "connection '\(connection.name)'", sentence: "Two calls overlap.",
                        expected: "one call at a time", exchanges: [previous.number, exchange.number])
                }
                previous = exchange
            }
            return nil
        }
    }

    // MARK: Limits

    private func underLimits(_ evidence: Evidence) -> [Finding] {
        var findings: [Finding] = []
        // All connections use the one token of the Rackbeat account; each has credentials of its own in the warehouse.
        if let profile = evidence.connections.first?.rackbeatProfile {
            findings += overrun(
                evidence.exchanges.filter { $0.system == .rackbeat }, "Rackbeat", limit: profile.int("rate_limit"),
                window: .seconds(profile.int("rate_window_s")), evidence.restarts)
        }
        for connection in evidence.connections {
            findings += overrun(
                evidence.exchanges.filter { $0.system == .ongoing && $0.connection == connection.name },
                "Ongoing, connection '\(connection.name)'", limit: connection.ongoingProfile.int("rate_limit"),
                window: .seconds(60), evidence.restarts)
        }
        return findings
    }

    /// More calls in any window than the limit allows, so that it does not matter when the server's own window starts.
    ///
    /// A restarted process knows nothing of the calls before: it keeps the limit with its own calls.
    private func overrun(
        _ calls: [Exchanged], _ subject: String, limit: Int, window: Duration, _ restarts: [Moment]
    ) -> [Finding] {
        guard limit > 0, calls.count > limit else { return [] }
        for last in limit..<calls.count where calls[last].startedAt < calls[last - limit].startedAt + window {
            let began = calls[last - limit].startedAt
            if restarts.contains(where: { began < $0 && $0 <= calls[last].startedAt }) { continue }
            return [
                Finding(
                    subject: subject, sentence: "The calls exceed the rate limit.",
                    expected: "at most \(limit) calls in \(window.forPeople)",
                    exchanges: [calls[last - limit].number, calls[last].number])
            ]
        }
        return []
    }

    // MARK: Retry-After

    /// No call comes before the time that a response names, a 429 or one of a server that is down.
    private func waitsAsAsked(_ evidence: Evidence) -> [Finding] {
        var findings: [Finding] = []
        for (index, exchange) in evidence.exchanges.enumerated() {
            guard case .response(let response) = exchange.outcome,
                [408, 429].contains(response.status) || response.status >= 500,
                let until = Self.until(response, at: exchange.endedAt)
            else { continue }
            let restart = evidence.restarts.first { $0 >= exchange.endedAt }
            let early = evidence.exchanges[(index + 1)...].first { next in
                next.system == exchange.system
                    && (exchange.system == .rackbeat || next.connection == exchange.connection)
            }
            guard let early, early.startedAt < until, restart.map({ early.startedAt < $0 }) ?? true else { continue }
            findings.append(
                Finding(
                    subject: exchange.system.title,
                    sentence:
                        "A call comes \((until - early.startedAt).forPeople) before the end of the pause that a \(response.status) asks for.",
                    expected: "no call for \((until - exchange.endedAt).forPeople)",
                    exchanges: [exchange.number, early.number]))
        }
        return findings
    }

    // MARK: Jitter

    /// That number of pauses, equal to the millisecond, are no accident: with random pauses, one run in a thousand million.
    private static let mostEqualPauses = 6

    /// The pauses before retries differ, so that callers that failed together do not retry together.
    private func spreadsRetries(_ evidence: Evidence) -> [Finding] {
        var previous: [String: (exchange: Exchanged, repetition: Int)] = [:]
        var pauses: [String: [(pause: Duration, exchange: Int)]] = [:]
        for exchange in evidence.exchanges {
            let caller = "\(exchange.system.title), connection '\(exchange.connection)'"
            var repetition = 0
            if let (failed, earlier) = previous[caller], Self.backsOff(failed), failed.request == exchange.request {
                let pause = exchange.startedAt - failed.endedAt
                repetition = earlier + 1
                // A longer pause is not one between retries of one call, and a call that was given up is made again by another job.
                if pause < .seconds(10), repetition < Self.attempts(after: failed) {
                    pauses["\(caller)\n\(repetition)", default: []].append((pause, exchange.number))
                }
            }
            previous[caller] = (exchange, repetition)
        }
        return pauses.sorted { $0.key < $1.key }.compactMap { key, pauses in
            guard pauses.count >= Self.mostEqualPauses, pauses.allSatisfy({ $0.pause == pauses[0].pause }) else { return nil }
            return Finding(
                subject: String(key.prefix { $0 != "\n" }),
                sentence: "Every retry of a failed call comes after exactly \(pauses[0].pause.forPeople).",
                expected: "pauses that differ", exchanges: pauses.prefix(Self.mostEqualPauses).map(\.exchange))
        }
    }

    /// How often one call is made at most.
    private static func attempts(after failed: Exchanged) -> Int {
        let policy = RetryingClient.RetryPolicy()
        if case .failed(.timedOut) = failed.outcome { return policy.attemptsAfterTimeOut }
        return policy.attempts
    }

    /// Whether only the caller's own back-off says when it may retry.
    private static func backsOff(_ exchange: Exchanged) -> Bool {
        switch exchange.outcome {
        case .failed: true
        case .response(let response): response.status >= 500 && response.headers[.retryAfter] == nil
        }
    }

    /// `Retry-After` in seconds, or as a date, measured by the server's own clock when the response has its time.
    private static func until(_ response: Response, at moment: Moment) -> Moment? {
        guard let text = response.headers[.retryAfter]?.trimmed else { return nil }
        if let seconds = Int(text) { return moment + min(.seconds(min(seconds, 1_000_000)), longestPause) }
        guard let date = HTTPDate.parse(text) else { return nil }
        let now = response.headers[.date].flatMap { HTTPDate.parse($0) } ?? moment
        return moment + min(date - now, longestPause)
    }

    /// Nobody has to believe a server that asks for years.
    private static let longestPause = Duration.seconds(86_400)
}
