import Exchange
import Invariants
import JSON
import ScenarioKit
import Units

/// What the live page is told: the state of a world when it has changed, and its clock.
///
/// Each response is one event and ends. A browser's `EventSource` connects again by itself and says which event it had last, so that no
/// thread waits, and nothing is lost when the server restarts.
struct LiveEvents {
    /// After how many milliseconds the browser connects again.
    private static let pause = 1000
    /// The most exchanges that a page gets at once.
    private static let mostExchanges = 500

    private let served: ServedWorld
    private let state: JSONObject
    private let digest: String

    init(_ served: ServedWorld, _ control: Control, isSettled: Bool) throws {
        self.served = served
        let world = served.world
        let report = ExchangeReport(of: world, served.credentials)
        var contents = WorldReport(served: served).json.object ?? [:]
        let clock = contents["clock"] ?? .null
        let check = try CheckReport(world, isSettled ? .began(world.now) : .unknown).json.object ?? [:]
        var state: JSONObject = [
            "id": .string(served.id), "worlds": .array(control.worlds.map { .string($0.id) }),
            "faults": Route.faults(of: served)["faults"] ?? [],
            "webhooks": WebhookReport(book: served.deliveries).json,
            "snapshots": .array(
                served.snapshots.keys.sorted().map {
                    ["name": .string($0), "time": JSON(served.snapshots[$0]!.time)]
                }),
            "violations": .array(
                world.violations.map { breach in
                    ["exchange": JSON(breach.exchange), "sentence": .string(report.masked(breach.sentence))]
                }), "latest": JSON(world.exchangeCount), "forgotten": JSON(world.forgottenExchanges),
            "check": .object(JSONObject(check.filter { $0.name != "at" })),
        ]
        contents = JSONObject(contents.filter { $0.name != "clock" })
        // Time alone is no change.
        var hash = FNV1a()
        hash.mix("\(served.generation) \(JSON.object(contents).text) \(JSON.object(state).text)".utf8)
        digest = hash.digits
        contents.append("clock", clock)
        state.append("world", .object(contents))
        self.state = state
    }

    /// - Parameter last: The id of the last event that the page had; of another time of the world, or invented: all is sent.
    func text(after last: String) -> String {
        let parts = last.split(separator: ".")
        let clock = state["world"]?["clock"] ?? .null
        let generation = "\(served.generation)"
        let isSame = parts.count == 3 && parts[0] == generation
        if isSame, parts[2] == digest { return event("clock", id: last, clock) }
        let seen = isSame ? Int(parts[1]) ?? 0 : 0
        let report = ExchangeReport(of: served.world, served.credentials)
        let exchanges = served.world.exchanges.drop { $0.number <= seen }.suffix(Self.mostExchanges)
        var news = state
        news.append("exchanges", .array(exchanges.map(report.json)))
        news.append("restarted", .bool(!isSame))
        return event("state", id: "\(generation).\(served.world.exchangeCount).\(digest)", .object(news))
    }

    /// The text of JSON has no line break, so that it is one line of data.
    private func event(_ name: String, id: String, _ data: JSON) -> String {
        "retry: \(Self.pause)\nid: \(id)\nevent: \(name)\ndata: \(data.text)\n\n"
    }
}
