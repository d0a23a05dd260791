import Exchange
import HTTPTypes
import Testing
import Units

/// Returns responses in turn, and records when requests were sent.
private final class ScriptedTransport: Transport {
    enum Step {
        case response(Response)
        case fail(TransportFailure)
    }

    private var steps: [Step]
    private let clock: StandingClock
    private(set) var sentAt: [Duration] = []

    init(_ steps: [Step], _ clock: StandingClock) {
        self.steps = steps
        self.clock = clock
    }

    func send(_ request: Request) throws -> Response {
        sentAt.append(clock.now() - StandingClock.start)
        switch steps.removeFirst() {
        case .response(let response): return response
        case .fail(let failure): throw failure
        }
    }
}

/// Moves only when somebody waits.
private final class StandingClock: Clock {
    static let start = Moment(iso: "2026-03-02T12:00:00Z")!
    private var moment = start

    func now() -> Moment { moment }
    func wait(for duration: Duration) { moment = moment + duration }
}

/// Always draws the same, so that pauses are the longest there are.
private struct LowDraw: RandomNumberGenerator {
    mutating func next() -> UInt64 { 0 }
}

struct RetryingClientTests {
    private func outcome(
        _ steps: [ScriptedTransport.Step], _ method: HTTPRequest.Method = .get, repeatable: Bool = true, calls: Int? = nil
    ) -> (result: String, sentAt: [Duration]) {
        let clock = StandingClock()
        let transport = ScriptedTransport(steps, clock)
        let retryingClient = RetryingClient(
            system: .rackbeat, transport: transport, clock: clock, rateLimiter: RateLimiter(calls: calls), random: LowDraw())
        retryingClient.explain = { Refusal(text: String(decoding: $0.body, as: UTF8.self)) }
        do {
            let response = try retryingClient.send(
                Request(method, "/api/self"), place: "Rackbeat \(method) self", repeatable: repeatable)
            return ("\(response.status)", transport.sentAt)
        } catch {
            return ("\(error)", transport.sentAt)
        }
    }

    private func status(_ status: Int, _ headers: HTTPFields = [:], _ body: String = "") -> ScriptedTransport.Step {
        .response(Response(status: status, headers: headers, body: Array(body.utf8)))
    }

    @Test func aReadIsRepeatedWithDoublingPauses() {
        let (result, sentAt) = outcome([status(500), .fail(.lost("reset")), status(503), status(200)])
        #expect(result == "200")
        #expect(sentAt == [.zero, .milliseconds(250), .milliseconds(750), .milliseconds(1750)])
    }

    /// It may have been carried out; only reading back can tell.
    @Test(arguments: [TransportFailure.lost("reset"), .timedOut(after: .seconds(90))])
    func aPostOfUnknownEffectIsNeverRepeated(failure: TransportFailure) {
        let (result, sentAt) = outcome([.fail(failure)], .post, repeatable: false)
        #expect(result == "Rackbeat POST self: \(failure). Rackbeat may or may not have carried it out.")
        #expect(sentAt.count == 1)
    }

    @Test func aPostWithAServerErrorIsNotRepeatedEither() {
        let (result, _) = outcome([status(500, [:], "Server Error")], .post, repeatable: false)
        #expect(result == "Rackbeat POST self: failed with 500: Server Error. Rackbeat may or may not have carried it out.")
    }

    /// No connection, no effect.
    @Test func aPostThatNeverLeftIsRepeated() {
        let (result, sentAt) = outcome([.fail(.notConnected("connection refused")), status(201)], .post, repeatable: false)
        #expect(result == "201")
        #expect(sentAt.count == 2)
    }

    @Test func retryAfterIsObeyedToTheSecond() {
        let (result, sentAt) = outcome([status(429, [.retryAfter: "17"]), status(201)], .post, repeatable: false)
        #expect(result == "201")
        #expect(sentAt == [.zero, .seconds(17)])
    }

    /// The server's own clock is what the date is measured by: ours may be off.
    @Test func retryAfterMayBeADateByTheServersClock() {
        let headers: HTTPFields = [
            .retryAfter: "Mon, 02 Mar 2026 15:00:30 GMT", .date: "Mon, 02 Mar 2026 15:00:00 GMT",
        ]
        #expect(outcome([status(429, headers), status(200)]).sentAt == [.zero, .seconds(30)])
    }

    /// Neither a clock that is decades off nor a number of any size silences the calls for longer than a day.
    @Test(arguments: [
        "Thu, 31 Dec 2099 23:59:59 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "99999999", "9223372036854775807",
        "99999999999999999999999999",
    ]) func aPauseOfYearsIsOneOfADay(retryAfter: String) throws {
        let clock = StandingClock()
        let transport = ScriptedTransport([status(429, [.retryAfter: retryAfter]), status(200)], clock)
        let rateLimiter = RateLimiter(calls: nil)
        let retryingClient = RetryingClient(
            system: .rackbeat, transport: transport, clock: clock, rateLimiter: rateLimiter, random: LowDraw())
        let request = Request(.get, "/api/self")
        #expect(throws: ExchangeError.self) { try retryingClient.send(request, place: "Rackbeat GET self", repeatable: true) }
        #expect(rateLimiter.delay(at: clock.now()) == .seconds(86_400))
        clock.wait(for: .seconds(86_400))
        #expect(try retryingClient.send(request, place: "Rackbeat GET self", repeatable: true).status == 200)
    }

    /// The server asks all callers to pause, whatever becomes of the call that received the 429.
    @Test func aPauseRequestedAtTheLastAttemptHoldsForTheNextCall() throws {
        let clock = StandingClock()
        let transport = ScriptedTransport(
            [status(500), status(500), status(500), status(429, [.retryAfter: "30"]), status(200)], clock)
        let retryingClient = RetryingClient(
            system: .rackbeat, transport: transport, clock: clock, rateLimiter: RateLimiter(calls: nil), random: LowDraw())
        let request = Request(.get, "/api/self")
        #expect(throws: ExchangeError.self) { try retryingClient.send(request, place: "Rackbeat GET self", repeatable: true) }
        let refusedAt = clock.now()
        #expect(try retryingClient.send(request, place: "Rackbeat GET self", repeatable: true).status == 200)
        #expect(clock.now() - refusedAt == .seconds(30))
    }

    @Test func aLongRetryAfterEndsTheCall() {
        let (result, sentAt) = outcome([status(429, [.retryAfter: "3600"])])
        #expect(result == "Rackbeat GET self: 429, too many requests; retry in 1h. Nothing changed in Rackbeat.")
        #expect(sentAt.count == 1)
    }

    @Test(arguments: [400, 404, 422])
    func aRefusalIsFinal(code: Int) {
        let (result, sentAt) = outcome([status(code, [:], "no such thing")])
        #expect(result == "Rackbeat GET self: refused with \(code): no such thing. Nothing changed in Rackbeat.")
        #expect(sentAt.count == 1)
    }

    @Test func refusedCredentialsAreNotTriedAgain() {
        let (result, sentAt) = outcome([status(401)])
        #expect(
            result == "Rackbeat GET self: refused with 401: the credentials are not accepted. Nothing changed in Rackbeat.")
        #expect(sentAt.count == 1)
    }

    /// A write whose outcome was unknown once keeps that effect, whatever the later attempts return.
    @Test func anUnknownOutcomeIsNotForgottenAfterALaterRefusal() {
        let (result, _) = outcome([.fail(.lost("reset")), status(400, [:], "work has begun")], .put)
        #expect(
            result == "Rackbeat PUT self: refused with 400: work has begun. Rackbeat may or may not have carried it out.")
    }

    /// A redirect could carry the credentials to another host.
    @Test func aRedirectIsNotFollowed() {
        #expect(outcome([status(302)]).result.contains("a redirect, which is not followed"))
    }

    @Test func neverMoreCallsInAWindowThanAllowed() {
        let clock = StandingClock()
        let transport = ScriptedTransport(Array(repeating: status(200), count: 5), clock)
        let retryingClient = RetryingClient(
            system: .rackbeat, transport: transport, clock: clock, rateLimiter: RateLimiter(calls: 2, window: .seconds(60)),
            random: LowDraw())
        for _ in 1...5 { _ = try? retryingClient.send(Request(.get, "/api/self"), place: "", repeatable: true) }
        #expect(transport.sentAt == [.zero, .zero, .seconds(60), .seconds(60), .seconds(120)])
    }
}
