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
    private(set) var places: [ContractPlace] = []
    private(set) var exchanges = 0
    /// Whether what is sent breaks the contract on purpose.
    var isProvoking: () -> Bool = { false }
    private let observer = Observer()
    private var indices: [Key: Int] = [:]

    private struct Key: Hashable {
        let system: System
        let operation: String
        let path: String
        let kind: Violation.Kind
    }

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
        for violation in observer.violations(in: exchange, basePath: basePath) { add(violation) }
    }

    private func add(_ violation: Violation) {
        let place = ContractPlace(violation)
        let key = Key(system: place.system, operation: place.operation, path: place.path, kind: place.kind)
        if let index = indices[key] {
            places[index].seenAgain()
        } else {
            indices[key] = places.count
            places.append(place)
        }
    }
}

extension ContractPlace {
    /// The place without the positions in lists, so that the rows of a list are one place.
    init(_ violation: Violation) {
        let path =
            switch violation.part {
            case .method: "method"
            case .path: "path"
            case .pathParameter(let name): "path parameter \(name)"
            case .query(let name): "query parameter \(name)"
            case .header(let name): "header \(name)"
            case .status: "status"
            case .body:
                violation.pointer.tokens.isEmpty
                    ? "body" : "/" + violation.pointer.tokens.map { Int($0) == nil ? $0 : "*" }.joined(separator: "/")
            }
        self.init(
            system: violation.system, operation: violation.operation, path: path, kind: violation.kind,
            expected: violation.expected, example: Self.masked(violation.found))
    }

    /// What stands in quotes came from a record: of it only the kind of each character is shown.
    private static func masked(_ found: String) -> String {
        var isQuoted = false
        return String(
            found.map { character in
                if character == "'" { isQuoted.toggle() }
                guard isQuoted else { return character.isNumber ? "0" : character }
                return character.isLetter ? "x" : character.isNumber ? "0" : character
            })
    }
}
