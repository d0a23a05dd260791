import Exchange
import HTTPTypes
import Logging
import SyncCore
import SyncEngine
import Testing
import Units

@testable import Service

@Suite struct RedactionTests {
    @Test func secretsAndEmailAddressesAreCovered() {
        let redaction = Redaction(hiding: [Secret("abc"), Secret("abc-long")])
        #expect(redaction.covering("abc-long and abc") == "••• and •••")
        #expect(
            redaction.covering("notify first.last+tag@mail.example.test, or <x@y.dk>.")
                == "notify •••, or <•••>.")
        #expect(redaction.covering("5 @ 3 and @handle and a@b") == "5 @ 3 and @handle and a@b")
    }
}

@Suite struct LogLinesTests {
    @Test func aLineForPeopleBeginsWithWhereItIs() {
        let lines = LoggedLines()
        let log = lines.logger()
        log.warning(
            "parked",
            metadata: ["connection": "main", "job": "orders", "subject": "1042", "attempt": "2", "document": "7"])
        log.info("started")
        #expect(
            lines.lines == [
                "2026-03-02T12:00:00.000Z warning  main/orders 1042 (attempt 2): parked document=7",
                "2026-03-02T12:00:00.000Z info     started",
            ])
    }

    @Test func aLineForMachinesIsOneJSONObject() {
        let lines = LoggedLines()
        lines.logger(.json, hiding: [Secret("planted")]).info(
            "said \"planted\" to a@example.test", metadata: ["attempt": "1", "connection": "main", "zone": "x", "message": "y"])
        #expect(
            lines.lines == [
                #"{"time":"2026-03-02T12:00:00.000Z","level":"info","message":"said \"•••\" to •••","#
                    + #""connection":"main","attempt":1,"zone":"x"}"#
            ])
    }

    /// A server that answers with line breaks could otherwise write log lines of its own.
    @Test func whatIsLoggedStaysOnItsLine() {
        let lines = LoggedLines()
        lines.logger().info("first\n2026 error second\u{1B}[31m")
        #expect(lines.lines == ["2026-03-02T12:00:00.000Z info     first\\n2026 error second\\u001b[31m"])
    }
}

@Suite struct EventLoggerTests {
    private let lines = LoggedLines()

    private func eventLogger(_ level: Logger.Level = .debug) -> EventLogger {
        EventLogger(lines.logger(level: level), connection: "main", basePaths: [.rackbeat: "/api", .ongoing: "/demo/api/v1"])
    }

    private func exchanged(_ request: Request, _ outcome: Exchanged.Outcome) -> Exchanged {
        Exchanged(
            number: 1, system: .rackbeat, connection: "main", request: request, outcome: outcome, served: nil, startedAt: noon,
            endedAt: noon + .milliseconds(120))
    }

    /// The same request again is the next attempt, and a list is about nobody.
    @Test func exchangesBearConnectionJobSubjectAndAttempt() {
        let eventLogger = eventLogger()
        eventLogger.hear(.jobBegan(connection: "main", .orders))
        eventLogger.hear(exchanged(Request(.get, "/api/orders?page=1"), .response(Response(status: 206))))
        eventLogger.hear(.turnedTo(connection: "main", .orders, subject: "1042"))
        let request = Request(.get, "/api/orders/1042")
        eventLogger.hear(exchanged(request, .failed(.timedOut(after: .seconds(90)))))
        eventLogger.hear(exchanged(request, .response(Response(status: 200))))
        eventLogger.hear(exchanged(Request(.get, "/api/orders?page=2"), .response(Response(status: 206))))
        #expect(
            lines.lines.map { $0.dropFirst(25) } == [
                "debug    main/orders: began",
                "debug    main/orders: Rackbeat GET /orders: 206 in 120 ms",
                "notice   main/orders 1042: Rackbeat GET /orders/{number}: no response within 1m 30s",
                "debug    main/orders 1042 (attempt 2): Rackbeat GET /orders/{number}: 200 in 120 ms",
                "debug    main/orders: Rackbeat GET /orders: 206 in 120 ms",
            ])
    }

    /// What is sent with a field left out is said where it happens, not in the status alone.
    @Test func aFindingIsAWarning() {
        let eventLogger = eventLogger(.info)
        eventLogger.hear(.jobBegan(connection: "main", .orders))
        let finding = MappingFinding(field: "consignee.countryCode", problem: "'…' is no country that is known")
        eventLogger.hear(.found(connection: "main", .orders, subject: "1042", finding))
        #expect(
            lines.lines.map { $0.dropFirst(25) } == [
                "warning  main/orders 1042: sent with a finding: consignee.countryCode: '…' is no country that is known"
            ])
    }

    /// The reason may quote the other system, and that may quote a consignee.
    @Test func theReasonOfAParkedRecordIsNotLoggedAtInfoLevel() {
        let eventLogger = eventLogger(.info)
        eventLogger.hear(.jobBegan(connection: "main", .orders))
        let parked = EngineEvent.parked(
            connection: "main", .orders, subject: "1042", reason: "Lager 2 is no address", again: false)
        eventLogger.hear(parked)
        eventLogger.hear(parked)
        eventLogger.hear(.unparked(connection: "main", .orders, subject: "1042"))
        eventLogger.hear(.jobEnded(connection: "main", .orders, summary: "1 read", succeeded: true))
        #expect(
            lines.lines.map { $0.dropFirst(25) } == [
                "warning  main/orders 1042: parked; see 'tandem status'",
                "warning  main/orders 1042 (attempt 2): parked; see 'tandem status'",
                "info     main/orders 1042 (attempt 3): succeeded after earlier failures",
                "info     main/orders: done: 1 read",
            ])
    }
}
