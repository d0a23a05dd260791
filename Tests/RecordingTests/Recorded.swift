import Exchange
import JSON
import Mutants
import ScenarioKit
import SyncCore
import Synchronization
import Testing
import Trade
import Units

@testable import Recording

let testKey = Pseudonyms(key: (0x0123_4567_89ab_cdef, 0xfedc_ba98_7654_3210))

/// A run, and what was said in it.
struct Recorded: Sendable {
    let result: ScenarioResult
    let exchanges: [Exchanged]
    var recording: Recording
    /// The lines of the recording's file.
    let file: String

    /// - Parameter mutant: A known bug of the engine.
    init(_ text: String, mutant: String? = nil) throws {
        try self.init(ScenarioReader.read(text, path: "Scenarios/recorded/recorded.yaml"), mutant: mutant)
    }

    init(_ scenario: Scenario, mutant: String? = nil) throws {
        let kept = Mutex<([Exchanged], [ConnectionSettings])>(([], []))
        var options = RunOptions()
        if let mutant { options.mutants = [try #require(Mutant.named(mutant))] }
        options.atEnd = { world in
            let (exchanges, connections) = (world.exchanges, world.connections)
            kept.withLock { $0 = (exchanges, connections) }
        }
        result = try #require(Runner(options: options).run([.scenario(scenario)]).first)
        let (exchanges, connections) = kept.withLock { $0 }
        self.exchanges = exchanges
        let mask = RecordingMask(testKey, connections: connections.map(\.name))
        var head = Recording.Head(startedAt: exchanges.first?.startedAt ?? Moment(milliseconds: 0))
        head.connections = connections.map { connection in
            (
                connection.name, connection.location.text, connection.goodsOwner,
                SettingsCatalogue.all.filter { $0.value(in: connection) != $0.standard }
                    .map { ($0.path, $0.value(in: connection).description) }
            )
        }
        let lines =
            [head.json(testKey)] + exchanges.map { mask.masked($0, basePath: BasePaths()[$0.system]).json }
        file = lines.map { String(decoding: $0.serialized, as: UTF8.self) + "\n" }.joined()
        var recording = Recording()
        recording.read(Array(file.utf8), named: "20260302T070000Z.jsonl")
        self.recording = recording
    }
}

/// What became of a scenario.
func outcome(of text: String, mutant: String? = nil) throws -> ScenarioResult { try Recorded(text, mutant: mutant).result }
