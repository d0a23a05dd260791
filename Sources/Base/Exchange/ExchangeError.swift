import Units

/// A call that did not do what it was meant to do.
package struct ExchangeError: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Reason: Equatable, Sendable {
        /// The server said no: a 4xx that repeating will not change.
        case refused(status: Int, message: String)
        /// 401 or 403: the credentials are not, or no longer, accepted.
        case unauthorised(status: Int)
        /// 429 on every attempt.
        case rateLimited(retryAfter: Duration?)
        /// 408 or 5xx on every attempt.
        case serverFault(status: Int, message: String)
        /// No response on every attempt.
        case noResponse(TransportFailure)
        /// A success that cannot be understood: no JSON, a missing envelope, a missing id, a wrong type.
        case unreadable(String)
    }

    package var system: System
    /// The call in words: `Ongoing PUT /orders, order 1042`.
    package var place: String
    package var reason: Reason
    package var effect: Effect
    /// Whether the response held a page instead of the API's JSON: it then comes from a wrong address or a proxy.
    package var isPage: Bool
    /// Whether the response is sound JSON of a form that we do not know: it will be no other the next time.
    package var isMisshapen: Bool

    package init(
        system: System, place: String, reason: Reason, effect: Effect, isPage: Bool = false, isMisshapen: Bool = false
    ) {
        self.isMisshapen = isMisshapen
        self.system = system
        self.place = place
        self.reason = reason
        self.effect = effect
        self.isPage = isPage
    }

    /// Whether the failure is transient: the same call may succeed later although nobody changes anything.
    package var isTransient: Bool {
        switch reason {
        case .refused, .unauthorised: false
        case .rateLimited, .serverFault, .noResponse, .unreadable: true
        }
    }

    /// Whether our credentials were refused, as they will be for any other call.
    package var refusesCredentials: Bool {
        if case .unauthorised = reason { true } else { false }
    }

    package var description: String { "\(place): \(reasonText). \(effectText)" }

    package var reasonText: String {
        switch reason {
        case .refused(let status, let message): "refused with \(status)" + (message.isEmpty ? "" : ": \(message)")
        case .unauthorised(let status): "refused with \(status): the credentials are not accepted"
        case .rateLimited(let retryAfter):
            "429, too many requests" + (retryAfter.map { "; retry in \($0.forPeople)" } ?? "")
        case .serverFault(let status, let message): "failed with \(status)" + (message.isEmpty ? "" : ": \(message)")
        case .noResponse(let failure): "\(failure)"
        case .unreadable(let problem): "the response cannot be read: \(problem)"
        }
    }

    package var effectText: String {
        switch effect {
        case .unchanged: "Nothing changed in \(system.title)."
        case .unknown: "\(system.title) may or may not have carried it out."
        }
    }
}

/// What the body of a refusal says.
package struct Refusal: Equatable, Sendable {
    /// One sentence without a full stop; empty when the body says nothing.
    package var text: String
    /// Whether the body is a page instead of the API's JSON.
    package var isPage: Bool

    package init(text: String, isPage: Bool = false) {
        self.text = text
        self.isPage = isPage
    }
}
