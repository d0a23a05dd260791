import Exchange
import HTTPTypes
import Testing
import Units

@testable import Simulation

@Suite struct SimulatedNetworkTests {
    @Test func anExchangeTakesItsLatencyAndIsWrittenDown() throws {
        let bench = NetworkBench()
        #expect(bench.put().response?.status == 200)
        let entry = try #require(bench.network.journal.entries.first)
        #expect(entry.number == 1)
        #expect(entry.connection == "main")
        #expect(entry.startedAt == bench.start)
        let latency = entry.endedAt - entry.startedAt
        #expect(latency >= .milliseconds(40) && latency <= .milliseconds(120))
        #expect(bench.observed.map(\.number) == [1])
    }

    /// A pick must be able to happen between the sending of a request and its arrival, and between that and the response.
    @Test func theWorldGoesOnInBothHalvesOfAnExchange() throws {
        let bench = NetworkBench()
        bench.network.latency[.ongoing] = .milliseconds(100)...(.milliseconds(100))
        var servedWhen: [Int] = []
        for milliseconds in [49, 51, 100, 101] {
            bench.clock.at(bench.start + .milliseconds(milliseconds)) { servedWhen.append(bench.served.count) }
        }
        _ = bench.put()
        #expect(servedWhen == [0, 1, 1])
    }

    /// A pause until a moment is that long by the clock of whoever names it.
    @Test func aSystemNamesMomentsByItsOwnClock() throws {
        let bench = NetworkBench()
        bench.network.clockSkew = [.ongoing: .seconds(-420)]
        #expect(bench.network.time(at: .ongoing) == bench.start - .seconds(420))
        #expect(bench.network.time(at: .rackbeat) == bench.start)
        var fault = Fault(try ExchangePattern("ongoing * /**"), .tooManyRequestsUntilDate)
        fault.retryAfter = .seconds(30)
        bench.network.add(fault)
        let response = try #require(bench.put().response)
        let told = try #require(response.headers[.date].flatMap { HTTPDate.parse($0) })
        let until = try #require(response.headers[.retryAfter].flatMap { HTTPDate.parse($0) })
        #expect(told < bench.start - .seconds(418))
        #expect(until - told == .seconds(30))
    }

    @Test func oneSeedGivesOneRun() {
        func run(_ seed: UInt64) -> EventTrail {
            let bench = NetworkBench(seed: seed)
            for _ in 0..<20 { _ = bench.put() }
            return bench.network.trail
        }
        #expect(run(5) == run(5))
        #expect(run(5).firstDifference(from: run(6)) == 1)
    }

    // MARK: Over a real network

    /// A client that sends every request twice behind its caller's back.
    private struct Stutter: RealNetwork {
        func open(_ handler: @escaping Handler) -> any RealWire { Wire(handler: handler) }

        final class Wire: RealWire, Transport {
            private let handler: Handler

            init(handler: @escaping Handler) { self.handler = handler }

            func transport() -> any Transport { self }
            func transportToClosedPort() -> any Transport { self }

            func send(_ request: Request) throws -> Response {
                _ = handler(request)
                guard case .response(let response) = handler(request) else { throw TransportFailure.lost("closed") }
                return response
            }
        }
    }

    /// It would double what the engine does, and no invariant could tell it from a bug of the engine. So it is not served, and the
    /// run that was to be like the one in process is not.
    @Test func aRequestThatAClientRepeatsIsServedOnceAndShows() throws {
        let bench = NetworkBench(over: Stutter())
        #expect(bench.put().failure == .lost("closed"))
        #expect(bench.served.count == 1)
    }

    /// A request without an exchange in progress has an unknown sender.
    @Test func aRequestThatNobodySentIsNotServed() {
        let bench = NetworkBench()
        #expect(bench.network.arrive(Request(.get, "/api/orders/7"), at: .ongoing) == .closed)
        #expect(bench.served.isEmpty)
    }
}
