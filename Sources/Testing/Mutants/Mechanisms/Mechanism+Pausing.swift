import Exchange
import HTTPTypes
import Units

extension Mechanism {
    static let pausing: [Mechanism] = [
        Mechanism("retry-after", asIn: ["retry-after-ignored"]),
        Mechanism("retry-after-as-a-date", asIn: ["retry-after-date-read-as-seconds"]),
        Mechanism(
            "longest-requested-pause", "A pause that a server asks for is kept, however long it is.",
            [
                .wire(.rackbeat) { silence(.rackbeat) }, .wire(.ongoing) { silence(.ongoing) },
            ]),
        Mechanism("jitter", asIn: ["retries-without-jitter"]),
        Mechanism(
            "pace", "Calls follow each other as fast as they can: what the rate limit makes them wait seems to have passed.",
            [.clock { ImpatientClock($0, skips: { $0 > .seconds(8) || $0.milliseconds % 1000 != 0 && $0 > .seconds(2) }) }]),
        Mechanism(
            "pauses-between-attempts", "A call that failed is repeated at once.",
            [.clock { ImpatientClock($0, skips: { $0 <= .seconds(2) && $0 != .seconds(2) }) }]),
        Mechanism(
            "pauses-between-looks", "What must have changed is looked at again at once.",
            [.clock { ImpatientClock($0, skips: { [.seconds(2), .seconds(4), .seconds(8)].contains($0) }) }]),
        Mechanism(
            "pause-while-credentials-are-refused", "Refused credentials seem to be an error of the server, which may pass.",
            [.wire(.rackbeat) { refusalAsError }, .wire(.ongoing) { refusalAsError }]),
        Mechanism(
            "growing-pauses", "A record that keeps failing is tried again every minute.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER first_attempt AFTER INSERT ON parked WHEN NEW.retry_at IS NOT NULL BEGIN
                            UPDATE parked SET attempts = 0 WHERE id = NEW.id;
                        END;
                        CREATE TRIGGER further_attempt AFTER UPDATE OF attempts ON parked
                            WHEN NEW.retry_at IS NOT NULL AND NEW.attempts > 0 BEGIN
                            UPDATE parked SET attempts = 0 WHERE id = NEW.id;
                        END
                        """)
            ]),
        Mechanism("distance-between-webhooks", "Every webhook is followed at once.", [.without(.nudgeDistance)]),
        Mechanism("giving-up", "A record that time does not help never needs anybody.", [.without(.givingUp)]),
        Mechanism("few-calls", asIn: ["lists-read-a-hundred-times"]),
    ]

    @Sendable private static func refusalAsError(_ request: Request, _ wire: Wire) throws -> Response {
        var response = try wire.send(request)
        if response.status == 401 || response.status == 403 { response.status = 500 }
        return response
    }

    /// Nothing is sent before the moment that a server asked for.
    private static func silence(_ system: System) -> Mutant.Interceptor {
        var until: Moment?
        return { request, wire in
            if let end = until, wire.now() < end {
                return Response(
                    status: 429, headers: [.retryAfter: String((end - wire.now()).milliseconds / 1000 + 1)],
                    body: Array(#"{"message":"Too many requests."}"#.utf8))
            }
            let response = try wire.send(request)
            guard let text = response.headers[.retryAfter] else { return response }
            if let seconds = Int(text) {
                until = wire.now() + .seconds(min(seconds, 1 << 31))
            } else if let date = HTTPDate.parse(text) {
                until = wire.now() + (date - (response.headers[.date].flatMap { HTTPDate.parse($0) } ?? wire.now()))
            }
            return response
        }
    }
}

/// Says that a pause has passed when it has not. The pauses between the jobs are kept.
private final class ImpatientClock: Clock {
    private let clock: any Clock
    private let skips: (Duration) -> Bool
    private var skipped = Duration.zero

    init(_ clock: any Clock, skips: @escaping (Duration) -> Bool) {
        self.clock = clock
        self.skips = skips
    }

    func now() -> Moment { clock.now() + skipped }

    func wait(for duration: Duration) throws {
        if skips(duration) { skipped += duration } else { try clock.wait(for: duration) }
    }

    func wait(for duration: Duration, unless isNudged: () -> Bool) throws {
        // What was skipped is made up for, so that the schedule keeps its times.
        let owed = duration + skipped
        skipped = .zero
        try clock.wait(for: owed, unless: isNudged)
    }
}
