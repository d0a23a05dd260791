package import Exchange
import HTTPTypes
import Units

extension SimulatedNetwork {
    /// Serves one request of a caller outside, at the moment that the clock shows: its time on the wire is real and not ours.
    ///
    /// The faults are those of ``Fault``, with two differences that a real wire makes. A connection that was made cannot be
    /// refused any more, so a refused one is closed unanswered. And nobody is told how long the caller waits, so a late effect
    /// comes its delay after the time-out that the request was given.
    package func serve(
        _ request: Request, to system: System, connection: String, basePath: String, server: @escaping (Request) -> Response
    ) -> Served {
        let path = request.path(behind: basePath)
        let now = clock.now()
        let readKey = "\(system) \(request.target)"
        let fault = faults.ruling(
            on: request, to: system, of: connection, path: path, at: now, hasEarlierAnswer: faults.servedReads[readKey] != nil)
        var exchange = Exchanged(
            number: journal.begin(), system: system, connection: connection, request: request, outcome: .failed(.lost("")),
            served: nil, fault: fault?.kind.words, startedAt: now, endedAt: now)
        let wire: Served
        switch fault {
        case let fault? where fault.kind == .refusedConnection: wire = .closed
        case let fault? where fault.kind == .lateEffect: wire = .silence
        case let fault? where !fault.kind.isCarriedOut:
            wire = fault.answerInstead(earlier: faults.servedReads[readKey], now: time(at: system))
        default:
            let response = server(request)
            if fault?.kind == .duplicatedRequest { serveAgain(exchange, server) }
            exchange.served = response
            if request.method == .get, faults.mayServeStale(system, request, path: path) {
                faults.servedReads[readKey] = response
            }
            wire = fault?.kind == .slow ? .silence : fault?.spoil(response) ?? .response(response)
        }
        exchange.outcome = outcome(of: wire, request)
        note(exchange)
        if let fault, fault.kind == .lateEffect { serveLate(exchange, after: request.timeout + fault.delay, server) }
        return wire
    }

    /// What the caller gets of what is put on the wire.
    private func outcome(of wire: Served, _ request: Request) -> Exchanged.Outcome {
        switch wire {
        case .response(let response): .response(response)
        case .cutShort(let response, let bytes): .failed(.lost("reset after \(bytes) of \(response.body.count) bytes"))
        case .closed: .failed(.lost("closed before a response"))
        case .silence: .failed(.timedOut(after: request.timeout))
        }
    }

    private func serveAgain(_ exchange: Exchanged, _ server: (Request) -> Response) {
        var echo = exchange
        echo.served = server(exchange.request)
        echo.outcome = .failed(.lost("nobody waited for this answer"))
        echo.fault = "the request of exchange \(exchange.number) arrived once more"
        note(echo)
    }

    private func serveLate(_ exchange: Exchanged, after delay: Duration, _ server: @escaping (Request) -> Response) {
        clock.at(clock.now() + delay) { [unowned self] in
            var late = exchange
            let response = server(exchange.request)
            late.served = response
            journal.wasServed(exchange.number, response)
            observe(late)
        }
    }

    /// The trail is left out: what callers outside send differs from day to day, and nobody compares it.
    private func note(_ exchange: Exchanged) {
        journal.append(exchange)
        observe(exchange)
    }

    /// The faults that stand, in the order in which they rule, and how often each has struck.
    package var standingFaults: [(fault: Fault, strikes: Int)] { faults.standing }
}
