import Exchange
import HTTPTypes
import JSON
import SyncCore
import Units

/// The engine makes no more calls than the work needs: none to a system that refuses its credentials, fewer and fewer about what keeps
/// failing, and none twice for what nobody has changed.
///
/// Each bound follows from the schedule, the documents of the world, what people did and what went wrong.
package struct CallsAreFew: Invariant {
    package static let id = "calls-are-few"
    package static let statement =
        "The engine calls no more often than the work needs, and leaves a system alone that refuses it or is down; otherwise the "
        + "account is blocked, and other programs wait."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        for connection in evidence.connections {
            let calls = evidence.exchanges.filter {
                $0.connection == connection.name && !($0.fault?.isSecondDelivery ?? false)
            }
            findings += afterRefusals(calls, connection, evidence)
            guard let use = evidence.engineUse else { continue }
            let bounds = CallBounds(use, connection, evidence)
            findings += repeatedFailures(calls, connection, bounds)
            findings += callsWhileDown(calls, connection, bounds)
            findings += needlessWrites(calls, connection, bounds)
            findings += quietReads(calls, connection, bounds)
            if !use.promisesNoTime { findings += wideWindows(calls, connection, bounds, evidence.restarts) }
        }
        return Verdict(findings)
    }

    private func finding(
        _ connection: ConnectionFacts, _ call: Exchanged, _ sentence: String, expected: String, _ exchanges: [Int]
    ) -> Finding {
        Finding(
            subject: "\(call.system.title) \(call.request.method) \(call.request.path), connection '\(connection.name)'",
            connection: connection.name, sentence: sentence, expected: expected, exchanges: exchanges)
    }

    // MARK: Refused credentials

    /// Credentials that are refused are tried again after five minutes, then after twice as long each time, up to an hour.
    private func afterRefusals(_ calls: [Exchanged], _ connection: ConnectionFacts, _ evidence: Evidence) -> [Finding] {
        var refusals = 0
        var refused: Exchanged?
        for call in calls {
            if let last = refused {
                let pause = min(Duration.seconds(300 << min(refusals - 1, 4)), .seconds(3600))
                let isNewProcess = evidence.restarts.contains { $0 > last.startedAt && $0 <= call.startedAt }
                if isNewProcess {
                    (refusals, refused) = (0, nil)
                } else if call.startedAt < last.endedAt + pause - .seconds(1) {
                    return [
                        finding(
                            connection, call,
                            "A call comes \((call.startedAt - last.endedAt).forPeople) after the credentials were refused.",
                            expected: "no call for \(pause.forPeople)", [last.number, call.number])
                    ]
                }
            }
            guard case .response(let response) = call.outcome else { continue }
            if [401, 403].contains(response.status) {
                refusals += 1
                refused = call
            } else if response.isSuccess {
                (refusals, refused) = (0, nil)
            }
        }
        return []
    }

    // MARK: Failures

    /// A request that keeps failing is tried less and less often, as long as nobody changes anything.
    private func repeatedFailures(
        _ calls: [Exchanged], _ connection: ConnectionFacts, _ bounds: CallBounds
    ) -> [Finding] {
        /// The tries of one request, each of a few attempts in a row.
        struct Tries {
            var times: [Moment] = []
            var latest: Exchanged
            var numbers: [Int] = []
        }
        var failing: [RequestKey: Tries] = [:]
        for call in calls where call.request.method != .get || CallBounds.numberAskedFor(call) != nil {
            guard Self.hasFailed(call) else {
                failing[RequestKey(call)] = nil
                continue
            }
            guard var tries = failing[RequestKey(call)], !bounds.isChanged(tries.latest.startedAt, call.startedAt) else {
                failing[RequestKey(call)] = Tries(times: [call.startedAt], latest: call, numbers: [call.number])
                continue
            }
            if call.startedAt - tries.latest.endedAt > .seconds(20) {
                tries.times.append(call.startedAt)
                tries.numbers.append(call.number)
            }
            tries.latest = call
            failing[RequestKey(call)] = tries
            let span = call.startedAt - tries.times[0]
            let most = bounds.records(behind: call) * Self.tries(within: span) + 1
            if tries.times.count > most {
                return [
                    finding(
                        connection, call, "The same request failed \(tries.times.count) times within \(span.forPeople).",
                        expected: "at most \(most), with longer and longer pauses", Array(tries.numbers.suffix(6)))
                ]
            }
        }
        return []
    }

    /// The pauses before something is tried again, the last one for every further time.
    private static let pauses: [Duration] = [1, 2, 5, 10, 20, 40, 60].map { .seconds(60 * $0) }

    /// How often something that keeps failing is tried at most.
    static func tries(within span: Duration) -> Int {
        var (tries, elapsed) = (1, Duration.zero)
        while true {
            elapsed += pauses[min(tries - 1, pauses.count - 1)]
            guard elapsed <= span else { return tries }
            tries += 1
        }
    }

    /// A system that answers nothing is asked for three records at most in each run of a job.
    private func callsWhileDown(_ calls: [Exchanged], _ connection: ConnectionFacts, _ bounds: CallBounds) -> [Finding] {
        let mostOfRun = 3 * RetryingClient.RetryPolicy().attempts
        for system in System.allCases {
            var row: [Exchanged] = []
            for call in calls where call.system == system {
                guard Self.hasFailed(call) else {
                    row = []
                    continue
                }
                row.append(call)
                guard row.count > mostOfRun else { continue }
                let most = bounds.runsOfJobs(row[0].startedAt, call.startedAt) * mostOfRun
                if row.count > most {
                    return [
                        finding(
                            connection, call, "\(row.count) calls in a row failed, and none succeeded.",
                            expected: "at most \(most)", Array(row.map(\.number).suffix(6)))
                    ]
                }
            }
        }
        return []
    }

    /// Whether the system did not respond, or responded that it cannot now.
    private static func hasFailed(_ call: Exchanged) -> Bool {
        switch call.outcome {
        case .failed: true
        case .response(let response): response.status >= 500 || response.status == 408
        }
    }

    /// Whether the caller got something else than the server sent, or a page of a proxy, so that it cannot know what became of a write.
    private static func isSpoilt(_ call: Exchanged) -> Bool {
        guard case .response(let shown) = call.outcome else { return false }
        guard let served = call.served else { return (try? JSON.parse(shown.body)) == nil }
        return shown.body != served.body
    }

    // MARK: Nothing new

    /// How long a system may still show what was there before a write.
    private static let longestLag = Duration.seconds(10)

    /// What was written is not written again unless something happened. What creates something and is deleted again leaves no trace in
    /// what both sides hold, so this is also where that shows.
    private func needlessWrites(_ calls: [Exchanged], _ connection: ConnectionFacts, _ bounds: CallBounds) -> [Finding] {
        var written: [RequestKey: Exchanged] = [:]
        // A write that failed may still be carried out, after a later one: that one is sent again once it no longer can be.
        var mayComeLate: [String: Int] = [:]
        for call in calls where [.post, .put, .patch].contains(call.request.method) {
            let target = "\(call.system) \(call.request.target)"
            if Self.hasFailed(call) || Self.isSpoilt(call) { mayComeLate[target, default: 0] += 1 }
            guard case .response(let response) = call.outcome, response.isSuccess else { continue }
            if let earlier = written[RequestKey(call)], call.startedAt - earlier.endedAt > Self.longestLag,
                !bounds.isDisturbed(earlier.startedAt, call.startedAt)
            {
                if let failed = mayComeLate[target], failed > 0 {
                    mayComeLate[target] = failed - 1
                    continue
                }
                return [
                    finding(
                        connection, call,
                        "The same request is sent again, and nothing has happened since the first was accepted.",
                        expected: "one request", [earlier.number, call.number])
                ]
            }
            written[RequestKey(call)] = call
        }
        return []
    }

    /// While nothing happens, a list is read once in each run, and a document that nothing is due of not at all.
    private func quietReads(_ calls: [Exchanged], _ connection: ConnectionFacts, _ bounds: CallBounds) -> [Finding] {
        var reads: [String: [Exchanged]] = [:]
        var began: Moment?
        for call in calls {
            if call.request.method != .get || began.map({ bounds.isDisturbed($0, call.startedAt) }) ?? true {
                reads = [:]
                began = call.startedAt
                guard call.request.method == .get else { continue }
            }
            let target = ReadTarget(call)
            reads[target.name, default: []].append(call)
            let row = reads[target.name]!
            guard row.count > ReadTarget.fewest else { continue }
            let most = bounds.reads(of: target, began!, call.startedAt)
            if row.count > most {
                return [
                    finding(
                        connection, call,
                        "It is read \(row.count) times within \((call.startedAt - began!).forPeople) while nothing happens.",
                        expected: "at most \(most) times", Array(row.map(\.number).suffix(6)))
                ]
            }
        }
        return []
    }
}

extension CallsAreFew {
    // MARK: Windows

    /// A list of what changed begins where the reading before it ended, or the one before that, since two jobs may read a list and each
    /// goes on with its own. It may begin anywhere after a pause of its job, and once a day, when both sides are compared, but not in
    /// three calls one after the other; what a person has compared by hand does not count. The whole history of the warehouse is read
    /// once by each process, unless something goes wrong.
    private func wideWindows(
        _ calls: [Exchanged], _ connection: ConnectionFacts, _ bounds: CallBounds, _ restarts: [Moment]
    ) -> [Finding] {
        let filters = ["updated_at_from", "simple_filter"]
        let isFiltered = filters.contains(connection.rackbeatProfile["updated_from_param"])
        // The latest two.
        var latest: [String: [Exchanged]] = [:]
        var early: [String: [Exchanged]] = [:]
        // What was asked for since the last trouble.
        var untroubled: [String: Exchanged] = [:]
        for call in calls {
            if ReadWindow.hasOneEnd(call) {
                return [
                    finding(
                        connection, call, "It names one end of the statuses that it asks for.",
                        expected: "both, so that the list does not grow with what is done", [call.number])
                ]
            }
            guard case .response(let response) = call.outcome, response.isSuccess else {
                // A job that ends here goes on with the next time where it began.
                (untroubled, early) = ([:], [:])
                continue
            }
            guard call.system == .ongoing || isFiltered, !bounds.isComparing(at: call.startedAt), let window = ReadWindow(call)
            else {
                continue
            }
            defer {
                latest[window.name] = (latest[window.name] ?? []).suffix(1) + [call]
                untroubled[window.name] = call
            }
            if let previous = untroubled[window.name], connection.earlierSettings.isEmpty,
                window.isHistory(after: previous, connection.settings),
                !restarts.contains(where: { $0 >= previous.startedAt && $0 <= call.startedAt })
            {
                return [
                    finding(
                        connection, call, "It asks a second time for all that the warehouse ever did.",
                        expected: "what is open, or what is new", [previous.number, call.number])
                ]
            }
            guard let last = latest[window.name]?.last, !bounds.isDisturbed(last.startedAt, call.startedAt),
                let previous = latest[window.name]?.first,
                window.isTooEarly(after: previous, overlap: connection.settings.schedule.overlap)
            else {
                early[window.name] = nil
                continue
            }
            let row = (early[window.name] ?? []).filter { call.startedAt - $0.startedAt < .seconds(20 * 3600) } + [call]
            early[window.name] = row
            guard row.count > 2 else { continue }
            return [
                finding(
                    connection, call, "The list begins long before what was read already, time after time.",
                    expected: "what is new since the call before", row.map(\.number))
            ]
        }
        return []
    }
}

/// Two requests that ask for the same.
private struct RequestKey: Hashable {
    let system: System
    let target: String
    let method: String
    let body: [UInt8]

    init(_ call: Exchanged) {
        system = call.system
        target = call.request.target
        method = call.request.method.rawValue
        body = call.request.body
    }
}
