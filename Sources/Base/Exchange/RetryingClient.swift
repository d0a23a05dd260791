import HTTPTypes
package import Units

/// Sends requests to one system with one set of credentials: in turn, within the rate limit, and again where that is safe.
package final class RetryingClient {
    package let system: System
    /// Reads the body of a refusal. The client that knows the vendor's shapes sets it.
    package var explain: (Response) -> Refusal = { _ in Refusal(text: "") }
    /// The server's clock at its latest response; `nil` while no response carried a `Date`.
    package private(set) var serverTime: Moment?
    /// When that response came, by our own clock.
    package private(set) var serverTimeCame: Moment?
    /// The same at the oldest of its responses since this was last set to `nil`.
    package var oldestServerTime: Moment?
    /// How far the server's clock was ahead of ours at those of its responses where it was most, since this was last set to `nil`. What
    /// a cache returns, or what took long, shows less.
    package var clockAhead: Duration?
    /// How many writes got no response that says what became of them, each attempt counted.
    package private(set) var writesWithUnknownOutcome = 0

    /// What the caller's calls are counted in; `nil` where nobody counts.
    package let budget: CallBudget?

    private let transport: any Transport
    private let clock: any Clock
    private let rateLimiter: RateLimiter
    private let policy: RetryPolicy
    private var random: any RandomNumberGenerator

    package init(
        system: System, transport: any Transport, clock: any Clock, rateLimiter: RateLimiter, policy: RetryPolicy = .init(),
        random: any RandomNumberGenerator, budget: CallBudget? = nil
    ) {
        self.system = system
        self.budget = budget
        self.transport = transport
        self.clock = clock
        self.rateLimiter = rateLimiter
        self.policy = policy
        self.random = random
    }

    /// Sends the request and waits for its response, more than once where a repetition does no harm.
    ///
    /// - Parameters:
    ///   - place: The call in words for errors, such as `Rackbeat POST orders/1042/create-shipment`.
    ///   - repeatable: Whether sending twice does no harm. A request that is not repeatable is sent again only when it was
    ///     certainly not carried out: no connection was made, or the server sent 429.
    /// - Returns: A response with a 2xx status.
    /// - Throws: ``ExchangeError``; any error that is not a ``TransportFailure`` is passed through.
    package func send(_ request: Request, place: String, repeatable: Bool) throws -> Response {
        let onlyReads = request.method == .get || request.method == .head
        var effect = Effect.unchanged
        var attempt = 1
        while true {
            try waitForTurn(place: place, effect: effect)
            let failed: Failure
            do {
                let response = try transport.send(request)
                if let date = response.headers[.date].flatMap({ HTTPDate.parse($0) }) {
                    serverTime = date
                    serverTimeCame = clock.now()
                    oldestServerTime = min(oldestServerTime ?? date, date)
                    let ahead = date - clock.now()
                    clockAhead = max(clockAhead ?? ahead, ahead)
                }
                if response.isSuccess { return response }
                failed = read(response)
            } catch let failure as TransportFailure {
                failed = Failure(reason: .noResponse(failure), effect: failure.effect)
            }
            if failed.effect == .unknown, !onlyReads {
                effect = .unknown
                writesWithUnknownOutcome += 1
            }
            let error = ExchangeError(
                system: system, place: place, reason: failed.reason, effect: effect, isPage: failed.isPage)
            // Before anything else: the server asked all callers to pause, not only this call.
            if let pause = failed.pause { rateLimiter.close(until: clock.now() + pause) }
            guard error.isTransient, attempt < policy.attempts(for: failed.reason), repeatable || failed.effect == .unchanged
            else { throw error }
            if let pause = failed.pause {
                if pause > policy.longestPause { throw error }
            } else {
                try clock.wait(for: policy.pause(afterAttempt: attempt, using: &random))
            }
            attempt += 1
        }
    }

    private struct Failure {
        var reason: ExchangeError.Reason
        var effect: Effect
        /// How long the server asked us to pause.
        var pause: Duration?
        var isPage = false
    }

    private func waitForTurn(place: String, effect: Effect) throws {
        while true {
            let delay = rateLimiter.take(at: clock.now())
            guard delay > .zero else { return }
            guard delay <= policy.longestPause else {
                throw ExchangeError(system: system, place: place, reason: .rateLimited(retryAfter: delay), effect: effect)
            }
            // Checked again afterwards: another connection with the same credentials may have used the free place.
            try clock.wait(for: delay)
        }
    }

    private func read(_ response: Response) -> Failure {
        switch response.status {
        case 401, 403: return Failure(reason: .unauthorised(status: response.status), effect: .unchanged)
        case 429:
            // Without Retry-After the pause doubles like any other: nothing says how long the window is.
            return Failure(
                reason: .rateLimited(retryAfter: retryAfter(response)), effect: .unchanged, pause: retryAfter(response))
        case 408, 500...599:
            let message = explain(response).text
            return Failure(
                reason: .serverFault(status: response.status, message: message), effect: .unknown, pause: retryAfter(response))
        case 300..<400:
            // Not followed: a redirect could carry the credentials to another host.
            return Failure(
                reason: .refused(status: response.status, message: "a redirect, which is not followed"), effect: .unchanged)
        default:
            let refusal = explain(response)
            return Failure(
                reason: .refused(status: response.status, message: refusal.text), effect: .unchanged, isPage: refusal.isPage)
        }
    }

    /// `Retry-After` in seconds, or as a date measured against the server's own `Date` when it sends one; a day at most, in either
    /// form: a server whose clock or arithmetic is wrong would otherwise silence every call for years.
    private func retryAfter(_ response: Response) -> Duration? {
        guard let text = response.headers[.retryAfter]?.trimmed else { return nil }
        if !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            // A number with more digits than fit counts as the longest pause.
            return Int(text).map { min(.seconds(min($0, 86_400)), Self.longestRequestedPause) } ?? Self.longestRequestedPause
        }
        guard let until = HTTPDate.parse(text) else { return nil }
        let now = response.headers[.date].flatMap { HTTPDate.parse($0) } ?? clock.now()
        return min(max(.zero, until - now), Self.longestRequestedPause)
    }

    /// What a server asks for beyond it is not believed.
    package static let longestRequestedPause = Duration.seconds(86_400)
}

extension RetryingClient {
    /// How often and how soon a call is retried.
    package struct RetryPolicy: Sendable {
        /// How often a call is made in all.
        package var attempts = 4
        /// How often in all after a time-out: each attempt costs that time once more.
        package var attemptsAfterTimeOut = 2
        /// The pause after the first attempt; it doubles with each further one.
        package var firstPause = Duration.milliseconds(250)
        /// The longest pause inside a call. A longer one ends the call; no other call is made meanwhile.
        package var longestPause = Duration.seconds(120)

        package init() {}

        func attempts(for reason: ExchangeError.Reason) -> Int {
            if case .noResponse(.timedOut) = reason { return attemptsAfterTimeOut }
            return attempts
        }

        /// Between half the pause and the whole of it, so that callers that failed together do not come back together.
        func pause(afterAttempt attempt: Int, using random: inout any RandomNumberGenerator) -> Duration {
            let whole = firstPause.milliseconds << (attempt - 1)
            let draw = Int64(random.next() >> 33) % (whole / 2 + 1)
            return .milliseconds(whole - draw)
        }
    }
}
