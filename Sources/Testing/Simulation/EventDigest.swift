package import Exchange
import HTTPTypes
package import Units

/// A running hash of a stream of events: the XXH64 of each part (Collet's xxHash in 64 bits), seeded with the hash of all before it.
/// It reads eight bytes at a step, since everything sent in a run goes through it. Not for secrets.
package struct EventDigest: Sendable, Equatable {
    package private(set) var value: UInt64 = 0

    package init() {}

    package mutating func add(_ bytes: [UInt8]) {
        value = bytes.withUnsafeBytes { XXH64.hash($0, seed: value) }
    }

    /// A part of its own, so that `ab`, `c` and `a`, `bc` differ.
    package mutating func add(_ text: some StringProtocol) {
        let hash = text.utf8.withContiguousStorageIfAvailable { XXH64.hash(UnsafeRawBufferPointer($0), seed: value) }
        if let hash { value = hash } else { add(Array(text.utf8)) }
    }

    package mutating func add(_ number: Int64) {
        value = withUnsafeBytes(of: number.littleEndian) { XXH64.hash($0, seed: value) }
    }

    /// Sixteen hexadecimal digits.
    package var text: String { zeroPadded(value, 16, radix: 16) }
}

/// The digest of a run after each of its events, so that two runs of one seed can be compared down to the first that differs.
package struct EventTrail: Sendable, Equatable {
    package private(set) var digest = EventDigest()
    /// The digest after the first event, the second, and so on.
    package private(set) var marks: [UInt64] = []
    /// Whether each event is also kept as text, which costs more than the run itself.
    package var keepsWords = false
    /// One text for each event; empty unless they are kept.
    package private(set) var words: [String] = []

    package init() {}

    /// Something that people did.
    package mutating func add(_ event: String, at time: Moment) {
        digest.add(time.milliseconds)
        digest.add(event)
        marks.append(digest.value)
        if keepsWords { words.append("\(time) \(event)") }
    }

    /// An exchange that is over: its request, its times and its outcome.
    package mutating func add(_ exchange: Exchanged) {
        digest.add(exchange.startedAt.milliseconds)
        digest.add(exchange.endedAt.milliseconds)
        digest.add(exchange.system.rawValue)
        digest.add(exchange.connection)
        digest.add(exchange.request.method.rawValue)
        digest.add(exchange.request.target)
        digest.add(exchange.request.body)
        digest.add(exchange.fault?.id ?? "")
        switch exchange.outcome {
        case .response(let response): add(response)
        case .failed(let failure): digest.add(failure.description)
        }
        if let served = exchange.served { add(served) }
        marks.append(digest.value)
        if keepsWords { words.append(Self.words(of: exchange)) }
    }

    private static func words(of exchange: Exchanged) -> String {
        let response: (text: String, body: [UInt8]) =
            switch exchange.outcome {
            case .response(let response): (String(response.status), response.body)
            case .failed(let failure): (failure.description, exchange.served?.body ?? [])
            }
        return "#\(exchange.number) \(exchange.startedAt) to \(exchange.endedAt), \(exchange.connection): \(exchange.system) "
            + "\(exchange.request.method) \(exchange.request.target) \(String(decoding: exchange.request.body, as: UTF8.self)) "
            + "-> \(response.text) \(String(decoding: response.body, as: UTF8.self))"
            + (exchange.fault.map { " (\($0))" } ?? "")
    }

    private mutating func add(_ response: Response) {
        digest.add(Int64(response.status))
        digest.add(response.body)
    }

    /// The number, from 1, of the first event that differs; `nil` when the runs are the same.
    package func firstDifference(from other: EventTrail) -> Int? {
        let shared = zip(marks, other.marks).enumerated().first { $0.element.0 != $0.element.1 }
        if let shared { return shared.offset + 1 }
        return marks.count == other.marks.count ? nil : min(marks.count, other.marks.count) + 1
    }

    /// Sixteen hexadecimal digits.
    package var text: String { digest.text }
}
