import Contract
import Exchange
import HTTPTypes
import JSON
import Units

/// What all exchanges of a verification show together: times, clocks, refusals for haste, and what the contract says of them.
final class ExchangeSurvey {
    struct Seen {
        var exchanges = 0
        var rateLimited = 0
        var latencies: [Duration] = []
        /// How far the system's clock is ahead, where it is nearest to ours: a response may be old by the time it comes.
        var clockAhead: Duration?
        /// Whether the latest response was a page of HTML: from a proxy, a login or a wrong address.
        var endsWithPage = false
    }

    private(set) var seen: [System: Seen] = [:]
    var places: [ContractPlace] { contractPlaces.all }
    private(set) var exchanges = 0
    /// Whether what is sent breaks the contract on purpose.
    var isProvoking: () -> Bool = { false }
    private let observer = Observer()
    private var contractPlaces = ContractPlaces()

    func hear(_ exchange: Exchanged, basePath: String) {
        exchanges += 1
        var seen = seen[exchange.system] ?? Seen()
        seen.exchanges += 1
        if case .response(let response) = exchange.outcome {
            if response.status == 429 { seen.rateLimited += 1 }
            seen.endsWithPage = response.headers[.contentType]?.lowercased().hasPrefix("text/html") ?? false
            seen.latencies.append(exchange.endedAt - exchange.startedAt)
            if let date = response.headers[.date].flatMap({ HTTPDate.parse($0) }) {
                let middle = exchange.startedAt + .milliseconds((exchange.endedAt - exchange.startedAt).milliseconds / 2)
                let ahead = date - middle
                if seen.clockAhead.map({ ahead.milliseconds.magnitude < $0.milliseconds.magnitude }) ?? true {
                    seen.clockAhead = ahead
                }
            }
        }
        self.seen[exchange.system] = seen
        guard !isProvoking() else { return }
        for violation in observer.violations(in: exchange, basePath: basePath) { contractPlaces.add(violation) }
    }
}
