import Exchange
import Foundation
import HTTPTypes
import JSON
import Simulation
import Sockets
import Testing
import Units

@testable import tandem

/// The same engine and the same fakes, once called in process and once over real HTTP.
struct TransportTests {
    private func report(_ arguments: String...) -> (status: ExitReason, text: String) {
        let output = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, printError: { _ in }, isColoured: false, showsProgress: false)
        return (Main.run(["run", "--format", "json"] + arguments, on: terminal), output.text)
    }

    private final class Box {
        var text = ""
    }

    /// Time is simulated and every fault occurs either way, so nothing in the report may differ: the digest covers each exchange with
    /// its times, bodies and failures. The folders have every kind of fault and mutant; `.ci/run` compares all scenarios.
    @Test(arguments: ["faults", "mutants"]) func overSocketsTheReportIsTheSameToTheByte(folder: String) {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Scenarios/\(folder)").path()
        let inProcess = report(path)
        let overSockets = report("--transport", "sockets", path)
        #expect(inProcess.status == .allHeld)
        #expect(overSockets.status == .allHeld)
        #expect(overSockets.text == inProcess.text)
    }

    /// Every kind of fault on a read and on a write, side by side: what the caller gets, when, and what the server did.
    @Test(arguments: FaultKind.allCases) func everyFaultIsTheSameOnTheWire(kind: FaultKind) throws {
        func trail(over real: (any RealNetwork)?) throws -> (outcomes: [String], trail: EventTrail) {
            let clock = VirtualClock(startingAt: Moment(iso: "2026-03-02T08:00:00Z")!)
            let network = SimulatedNetwork(clock: clock, chance: Chance(seed: 1))
            network.timeScale = 300
            try network.open(.ongoing, on: real)
            var served = 0
            let transport = network.transport(to: .ongoing, connection: "main", basePath: "/api") { request in
                served += 1
                let sent = String(decoding: request.body, as: UTF8.self)
                return Response(
                    status: 200, json: ["orderId": JSON(served), "asked": .string(request.target), "sent": .string(sent)])
            }
            for pattern in ["ongoing GET /orders", "ongoing PUT /orders"] {
                network.add(Fault(try ExchangePattern(pattern), kind, nth: 2))
            }
            let outcomes = [HTTPRequest.Method.get, .get, .get, .put, .put, .put].map { method in
                do {
                    let body = method == .put ? Array("{}".utf8) : []
                    let answer = try transport.send(Request(method, "/api/orders?x=%20", body: body))
                    return "\(answer.status) \(String(decoding: answer.body, as: UTF8.self))"
                } catch { return "\(error)" }
            }
            try clock.wait(for: .seconds(60))
            return (outcomes, network.trail)
        }
        let inProcess = try trail(over: nil)
        let overSockets = try trail(over: LoopbackNetwork(closedPort: try ClosedPort()))
        #expect(overSockets.outcomes == inProcess.outcomes)
        #expect(overSockets.trail == inProcess.trail)
        #expect(Set(inProcess.outcomes).count > 1)
    }

    @Test func aTimeScaleIsAWholeNumberUpToAThousand() {
        for scale in ["0", "-3", "1001", "2.5"] {
            #expect(report("--transport", "sockets", "--time-scale=\(scale)").status == .usage)
        }
    }
}
