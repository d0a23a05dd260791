import Exchange
import JSON
import SyncEngine
import Testing
import Units

@testable import Service

@Suite struct StatusReportTests {
    /// A warehouse that refuses one order and was away when the receipts were asked for.
    private func troubledJournal() throws -> Journal {
        let servers = smallWorld()
        servers.on("PUT /demo/api/v1/orders", ["message": "The order is odd."], status: 400)
        servers.on("GET /demo/api/v1/purchaseOrders") { _ in throw TransportFailure.notConnected("nobody listens") }
        let journal = try Journal.inMemory()
        let configuration = try configuration()
        _ = try SyncRound(
            configuration, credentials(of: configuration), journal: journal, outside: servers.outside, log: silence)
        return journal
    }

    @Test func whatNeedsAPersonIsToldWithItsReasonAndItsRemedy() throws {
        let report = try StatusReport(of: troubledJournal(), connections: ["main", "second"], at: noon + .seconds(3600))
        #expect(
            report.text == """
                connection main
                  products         done 1h ago            read to 2026-03-01T09:00:00Z, 1d 4h ago  1 read, 1 sent
                  orders           done 1h ago            read to 2026-03-02T07:00:00Z, 6h ago     2 read, 1 unchanged, 1 parked
                  purchase-orders  done 1h ago            no cursor                                nothing to do
                  shipments        done 1h ago            read to 2026-03-02T12:00:00Z, 1h ago     nothing to do
                  receipts         broke off 59m 58s ago  no cursor                                Ongoing GET /purchaseOrders: no connection (nobody listens). Nothing changed in Rackbeat.
                  stock            done 59m 58s ago       no cursor                                nothing to do
                connection second
                  products         never run
                  orders           never run
                  purchase-orders  never run
                  shipments        never run
                  receipts         never run
                  stock            never run

                set aside
                  [1] main/orders 1042, for 1h, tried 1 time
                      reason: order 1042 was refused by the warehouse: The order is odd.
                      effect: The warehouse does not hold it.
                      remedy: Mend what it refuses, then retry.
                      waits:  for a change of its source, or for 'tandem retry 1'

                1 record waits for a person; 1 job broke off in the latest run.

                """, "\(report.text)")
        #expect(report.verdict == .broken)
    }

    @Test func machinesAreToldTheSame() throws {
        let report = try StatusReport(of: troubledJournal(), connections: ["main"], at: noon + .seconds(3600))
        let json = report.json
        #expect(json["needsAPerson"] == ["1 record waits for a person", "1 job broke off in the latest run"])
        #expect(json["parked"]?[0]?["id"] == 1)
        #expect(json["parked"]?[0]?["needsAPerson"] == true)
        let orders = json["connections"]?[0]?["jobs"]?[1]
        #expect(orders?["job"] == "orders")
        #expect(orders?["cursor"] == "2026-03-02T07:00:00.000Z")
        #expect(orders?["cursorAgeSeconds"] == 21_600)
    }

    @Test func aJournalOfAQuietDayNeedsNobody() throws {
        let journal = try Journal.inMemory()
        #expect(
            try StatusReport(of: journal, at: noon).text == """
                No connection has run yet.

                Nothing needs a person.

                """)
        let configuration = try configuration()
        _ = try SyncRound(
            configuration, credentials(of: configuration), journal: journal, outside: smallWorld().outside, log: silence)
        let report = try StatusReport(of: journal, connections: ["main"], at: noon)
        #expect(report.verdict == .held)
        #expect(report.text.hasSuffix("\nNothing needs a person.\n"))
    }

    // MARK: Retrying

    @Test func whatIsAskedForIsMarkedAndStrangersAreSaid() throws {
        let journal = try troubledJournal()
        #expect(
            try RetryRequest.records([1, 9]).carryOut(on: journal, at: noon)
                == RetryRequest.Answer(
                    text: """
                        1 record is tried again in the next run of its job.
                        No record with the number 9 is set aside: 'tandem status' shows them.

                        """, verdict: .usage))
        #expect(try journal.parked().map(\.retryAt) == [noon])
        #expect(
            try RetryRequest.all.carryOut(on: journal, at: noon)
                == RetryRequest.Answer(text: "1 record is tried again in the next run of its job.\n", verdict: .held))
    }

    @Test func whatAPersonSettledIsDismissedAndNotAskedForAgain() throws {
        let journal = try troubledJournal()
        let answer = try RetryRequest.dismiss(1, why: "typed in by hand").carryOut(on: journal, at: noon)
        #expect(answer.verdict == .held)
        #expect(
            answer.text == "Record 1 is dismissed. It comes back when its source changes in a way that does not go through.\n")
        #expect(try journal.parked() == [])
        #expect(try RetryRequest.all.carryOut(on: journal, at: noon).text == "Nothing is set aside.\n")
        #expect(try RetryRequest.dismiss(1, why: "again").carryOut(on: journal, at: noon).verdict == .usage)
    }

    /// The mark that a companion leaves is found by the engine that runs.
    @Test func aRetriedRecordGoesThroughInTheNextRound() throws {
        let journal = try troubledJournal()
        _ = try RetryRequest.records([1]).carryOut(on: journal, at: noon)
        let configuration = try configuration()
        let servers = smallWorld()
        let round = try SyncRound(
            configuration, credentials(of: configuration), journal: journal, outside: servers.outside, log: silence)
        #expect(round.verdict == .held)
        #expect(servers.writes == ["PUT /demo/api/v1/orders"])
    }
}
