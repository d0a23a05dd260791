import Exchange
import JSON
import SyncCore
import Testing
import Units

@testable import Service
@testable import SyncEngine

@Suite struct StatusReportTests {
    /// A warehouse that refuses one order and is unreachable when the receipts are read.
    private func failingJournal() throws -> Journal {
        let servers = smallWorld()
        servers.on("PUT /demo/api/v1/orders", ["message": "The order is odd."], status: 400)
        servers.on("GET /demo/api/v1/purchaseOrders") { _ in throw TransportFailure.notConnected("nobody listens") }
        let journal = try Journal.inMemory()
        let configuration = try configuration()
        _ = try SyncRound(
            configuration, credentials(of: configuration), journal: journal, runtime: servers.runtime, log: silence)
        return journal
    }

    @Test func parkedRecordsAreShownWithReasonAndRemedy() throws {
        let report = try StatusReport(of: failingJournal(), connections: ["main", "second"], at: noon + .seconds(3600))
        #expect(
            report.text == """
                connection main
                  products         done 1h ago         read to 2026-03-01T09:00:00Z, 1d 4h ago  1 read, 1 sent
                  orders           done 1h ago         read to 2026-03-02T07:00:00Z, 6h ago     2 read, 1 unchanged, 1 parked
                  purchase-orders  done 1h ago         no cursor                                nothing to do
                  shipments        done 1h ago         no cursor                                nothing to do
                  receipts         failed 59m 58s ago  no cursor                                Ongoing GET /purchaseOrders: no connection (nobody listens). Nothing changed in Ongoing.
                  stock            done 59m 58s ago    no cursor                                nothing to do
                  reconcile        never run
                connection second
                  products         never run
                  orders           never run
                  purchase-orders  never run
                  shipments        never run
                  receipts         never run
                  stock            never run
                  reconcile        never run

                parked
                  [1] main/orders 1042, for 1h, 1 attempt
                      reason: order 1042 was refused by the warehouse: The order is odd.
                      effect: The warehouse does not hold it.
                      remedy: Fix what it refuses, then retry.
                      next:   retried when its source changes, or with 'tandem retry 1'

                1 record is parked; 1 job failed in the latest run.

                """, "\(report.text)")
        #expect(report.exitStatus == .needsAction)
    }

    @Test func theJSONSaysTheSame() throws {
        let report = try StatusReport(of: failingJournal(), connections: ["main"], at: noon + .seconds(3600))
        let json = report.json
        #expect(json["needsAction"] == ["1 record is parked", "1 job failed in the latest run"])
        #expect(json["parked"]?[0]?["id"] == 1)
        #expect(json["retryScheduled"] == [])
        let orders = json["connections"]?[0]?["jobs"]?[1]
        #expect(orders?["job"] == "orders")
        #expect(orders?["cursor"] == "2026-03-02T07:00:00.000Z")
        #expect(orders?["cursorAgeSeconds"] == 21_600)
    }

    @Test func aQuietDayNeedsNoAction() throws {
        let journal = try Journal.inMemory()
        #expect(
            try StatusReport(of: journal, at: noon).text == """
                No connection has run yet.

                Nothing needs action.

                """)
        let configuration = try configuration()
        _ = try SyncRound(
            configuration, credentials(of: configuration), journal: journal, runtime: smallWorld().runtime, log: silence)
        let report = try StatusReport(of: journal, connections: ["main"], at: noon)
        #expect(report.exitStatus == .success)
        #expect(report.text.hasSuffix("\nNothing needs action.\n"))
    }

    /// Still retried every hour, and no longer fine: a remedy that tells a person to act is not shown as something that passes.
    @Test func aRecordThatTimeDoesNotHelpNeedsAction() throws {
        let journal = try journalThatGaveUp()
        let report = try StatusReport(of: journal, connections: ["main"], at: noon + .seconds(5 * 3600))
        #expect(report.exitStatus == .needsAction)
        #expect(report.text.hasSuffix("\n1 record is parked.\n"), "\(report.text)")
        #expect(report.text.contains("next:   retried in 1h\n"))
        #expect(report.json["retryScheduled"] == [])
        #expect(report.json["parked"]?[0]?["gaveUpAt"] == "2026-03-02T16:00:00.000Z")
        // Whoever asks for a retry believes that time will help again.
        try journal.retry(nil, at: noon + .seconds(5 * 3600))
        #expect(try StatusReport(of: journal, at: noon + .seconds(5 * 3600)).exitStatus == .success)
    }

    /// It has been seen twice with time between before it is taken off the list; until then the reason is what it was.
    @Test func aRecordWithNothingLeftToDoSaysSo() throws {
        let journal = try journalThatGaveUp()
        #expect(try StatusReport(of: journal, at: noon).json["parked"]?[0]?["wellSince"] == .null)
        try journal.of("main").seemsWell(since: noon, .products, subject: "KOP-01")
        let report = try StatusReport(of: journal, at: noon + .seconds(60))
        #expect(report.json["parked"]?[0]?["wellSince"] == "2026-03-02T12:00:00.000Z")
        #expect(
            report.text.contains("\n      since:  nothing is left to do for 1m; one more look confirms it\n"), "\(report.text)")
    }

    // MARK: Retrying

    @Test func retriedRecordsAreMarkedAndUnknownNumbersReported() throws {
        let journal = try failingJournal()
        #expect(
            try RetryRequest.records([1, 9]).carryOut(on: journal, at: noon)
                == RetryRequest.Outcome(
                    text: """
                        1 record will be retried in the next run of its job.
                        There is no parked record 9: see 'tandem status'.

                        """, exitStatus: .usage))
        #expect(try journal.parked().map(\.retryAt) == [noon])
        #expect(
            try RetryRequest.all.carryOut(on: journal, at: noon)
                == RetryRequest.Outcome(text: "1 record will be retried in the next run of its job.\n", exitStatus: .success))
    }

    @Test func aDismissedRecordIsNotShownAgain() throws {
        let journal = try failingJournal()
        let answer = try RetryRequest.dismiss(1, why: "typed in by hand").carryOut(on: journal, at: noon)
        #expect(answer.exitStatus == .success)
        #expect(
            answer.text == "Record 1 is dismissed. It is parked again if its source changes and the change fails.\n")
        #expect(try journal.parked() == [])
        #expect(try RetryRequest.all.carryOut(on: journal, at: noon).text == "No record is parked.\n")
        #expect(try RetryRequest.dismiss(1, why: "again").carryOut(on: journal, at: noon).exitStatus == .usage)
    }

    /// The mark that another process leaves is found by the running engine.
    @Test func aRetriedRecordIsSentInTheNextRound() throws {
        let journal = try failingJournal()
        _ = try RetryRequest.records([1]).carryOut(on: journal, at: noon)
        let configuration = try configuration()
        let servers = smallWorld()
        let round = try SyncRound(
            configuration, credentials(of: configuration), journal: journal, runtime: servers.runtime, log: silence)
        #expect(round.exitStatus == .success)
        #expect(servers.writes == ["PUT /demo/api/v1/orders"])
    }
}

/// An article has failed for five hours, and needs a person since the fourth.
func journalThatGaveUp() throws -> Journal {
    let journal = try Journal.inMemory()
    try journal.of("main").park(
        RecordFailure(reason: "Ongoing PUT /articles: failed with 500.", effect: "Not known.", remedy: "Find out why."),
        .products, subject: "KOP-01", record: RecordRef(.product, "KOP-01"), fingerprint: nil, waitsFor: nil,
        at: noon + .seconds(5 * 3600), retryAt: noon + .seconds(6 * 3600), failingSince: noon, gaveUpAt: noon + .seconds(4 * 3600)
    )
    return journal
}
