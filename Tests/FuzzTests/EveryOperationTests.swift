import Contract
import Exchange
import HTTPTypes
import JSON
import Simulation
import Testing

@testable import Fuzz

/// Contract and fake are written separately. Only a test of every operation shows that neither lacks what the other has.
@Suite struct EveryOperationTests {
    private static func operations(of system: System) -> [ContractDocument.Operation] {
        ContractDocument.standard(for: system).operations
    }

    /// Lines of a shipment can be edited under one alternative only.
    private static let choices: [System: [String: String]] = [.rackbeat: ["shipment.partial_mode": "edit_after_create"]]

    /// An unknown path and an unknown key both give 404, so the test asks for the methods of the path.
    @Test(arguments: System.allCases) func everyOperationIsRouted(system: System) {
        let world = FuzzedWorld(system, choices: [:])
        let forge = ContractForge(system)
        var random = SeededRandom(seed: 1)
        for operation in Self.operations(of: system) {
            var forged = forge.request(
                for: operation, headers: world.headers, pool: world.pool, optional: 8, using: &random)
            forged.method = system == .rackbeat ? .options : HTTPRequest.Method("PROPFIND")!
            let response = world.answer(forged.request(basePath: world.basePath))
            #expect(response.status == (system == .rackbeat ? 200 : 405), "\(operation.label)")
            let allowed = (response.headers[.allow] ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
            #expect(allowed.contains(operation.method), "\(operation.label): \(allowed)")
        }
    }

    /// Each operation several times, with few and with all optional members. Some need what others created, so those that never
    /// succeeded are tried again in further worlds.
    @Test(arguments: System.allCases) func responsesToValidRequestsKeepTheContract(system: System) {
        var open = Set(Self.operations(of: system).map(\.identifier))
        for attempt in 0..<16 where attempt == 0 || !open.isEmpty {
            let world = FuzzedWorld(system, choices: Self.choices[system] ?? [:])
            var random = SeededRandom(seed: UInt64(attempt) + 1)
            for turn in 0..<16 where attempt == 0 && turn < 4 || !open.isEmpty {
                ask(world, turn: turn, isFirst: attempt == 0, open: &open, using: &random)
            }
            #expect(world.imbalances.isEmpty)
        }
        // Order, shipment and line must belong together and the shipment be open. No seed here does that; the tests of the fake do.
        #expect(open.isSubset(of: ["changeShipmentLine"]), "never carried out: \(open.sorted())")
    }

    /// Sends every operation in turn; later only those that have not succeeded, and those that create or read.
    private func ask(
        _ world: FuzzedWorld, turn: Int, isFirst: Bool, open: inout Set<String>, using random: inout SeededRandom
    ) {
        let forge = ContractForge(world.system)
        let observer = Observer()
        for operation in forge.document.operations {
            // An early deletion leaves nothing for the others.
            if operation.method == "DELETE", turn < 3 { continue }
            let isMaking = operation.method == "POST" || operation.method == "PUT" || operation.identifier.hasPrefix("read")
            guard (isFirst && turn < 4) || isMaking || open.contains(operation.identifier) else { continue }
            world.advance(using: &random)
            let forged = forge.request(
                for: operation, headers: world.headers, pool: world.pool, optional: [6, 1, 2][turn % 3], using: &random)
            let request = forged.request(basePath: world.basePath)
            let response = world.answer(request)
            for problem in FakeFuzz.problems(request, response, world, observer, isUnmodified: true) {
                Issue.record("\(FuzzFinding.text(of: request)) → \(response.status): \(problem)")
            }
            guard response.isSuccess else { continue }
            open.remove(operation.identifier)
            if let json = try? JSON.parse(response.body) { world.pool.gather(json) }
        }
    }
}
