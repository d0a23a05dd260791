import Exchange
import HTTPTypes
import JSON
import Logging
import SyncEngine
import Testing
import Units

@testable import Service

@Suite struct SyncRoundTests {
    private func round(
        _ servers: CannedServers, journal: Journal? = nil, log: Logger = silence, stop: StopRequest = StopRequest()
    ) throws -> SyncRound {
        let configuration = try configuration()
        return try SyncRound(
            configuration, credentials(of: configuration), journal: journal ?? .inMemory(), runtime: servers.runtime, log: log,
            stop: stop)
    }

    @Test func everyJobRunsOnceAndSaysWhatItDid() throws {
        let servers = smallWorld()
        let round = try round(servers)
        #expect(
            round.text == """
                main  products         done  1 read, 1 sent
                main  orders           done  2 read, 1 sent, 1 unchanged
                main  purchase-orders  done  nothing to do
                main  shipments        done  nothing to do
                main  receipts         done  nothing to do
                main  stock            done  nothing to do
                No record is parked.

                """)
        #expect(round.exitStatus == .success)
        #expect(servers.writes == ["PUT /demo/api/v1/articles", "PUT /demo/api/v1/orders"])
    }

    /// A country that nobody knows is left out of the order. The report says so, and does not quote what somebody wrote there.
    @Test func aFindingIsReportedOnce() throws {
        let servers = smallWorld()
        let order = JSON.object([
            "number": 1043, "is_booked": true, "updated_at": "2026-03-02T10:00:00+01:00",
            "delivery_address": ["name": "Peter", "street": "Vej 1", "country": "Danmark, att. Peter"],
            "lines": [["id": 90_012, "item": ["number": "KOP-01"], "location": ["number": 1001], "quantity": 1]],
        ])
        servers.on("GET /api/orders", list("orders", [order]))
        let journal = try Journal.inMemory()
        let first = try round(servers, journal: journal)
        let told =
            "finding: main/orders 1043, consignee.countryCode: '…' is no country that is known by code or name; the country was left out"
        #expect(first.text.split(separator: "\n").contains(where: { $0 == told }), "\(first.text)")
        #expect(first.json["findings"]?.array?.count == 1)
        #expect(!first.json.text.contains("Peter"))
        #expect(try round(servers, journal: journal).findings.isEmpty)
    }

    /// A shelf inside a location may have a warehouse of its own. Each connection has an engine of its own, which has to know of the
    /// other: both warehouses would ship the line.
    @Test func aShelfOfAnotherConnectionIsNotShippedTwice() throws {
        let file =
            plainFile.replacing("  account: 4711", with: "  account: 4711\n  profile: { location_match: children }") + """

                  shelf:
                    location: 1002
                    ongoing:
                      base-url: https://api.ongoingsystems.se/demo/api/v1
                      user: WSI-demo
                      password: { env: ONGOING_PASSWORD }
                      goods-owner: 43
                """
        let servers = smallWorld()
        let order = JSON.object([
            "number": 1043, "is_booked": true, "updated_at": "2026-03-02T10:00:00+01:00",
            "lines": [["id": 90_012, "item": ["number": "KOP-01"], "location": ["number": 1002], "quantity": 1]],
        ])
        servers.on("GET /api/orders", list("orders", [order]))
        servers.on("GET /api/locations/1002", ["location": ["number": 1002, "name": "Shelf"]])
        servers.on("GET /api/locations/flat", list("locations", [["number": 1001], ["number": 1002, "parent_id": 1001]]))
        let configuration = try configuration(file)
        _ = try SyncRound(
            configuration, credentials(of: configuration), journal: .inMemory(), runtime: servers.runtime, log: silence)
        let sent = servers.requests.filter { $0.method == .put && $0.path.hasSuffix("/orders") }
        #expect(try sent.map { try JSON.parse($0.body)["goodsOwnerId"]?.int } == [43])
    }

    /// Both systems know the application, and no log line has the secrets.
    @Test func requestsHaveIdentificationAndCredentials() throws {
        let servers = smallWorld()
        let lines = LoggedLines()
        _ = try round(servers, log: lines.logger(level: .trace))
        let rackbeat = try #require(servers.requests.first { $0.path.hasPrefix("/api") })
        #expect(rackbeat.headers[.userAgent] == "Tandem (ops@example.test)")
        #expect(rackbeat.headers[.authorization] == "Bearer rb-t0ken-planted")
        for secret in plainEnvironment.values { #expect(!lines.lines.contains { $0.contains(secret) }) }
    }

    @Test func aParkedRecordIsNoSuccess() throws {
        let servers = smallWorld()
        servers.on("PUT /demo/api/v1/orders", ["message": "The order is odd."], status: 400)
        let round = try round(servers)
        #expect(round.exitStatus == .needsAction)
        #expect(round.text.hasSuffix("1 record is parked: see 'tandem status'.\n"), "\(round.text)")
    }

    /// The same address with the token of another account: the journal knows nothing of that one.
    @Test func aTokenOfAnotherAccountIsRefused() throws {
        let servers = smallWorld()
        let journal = try Journal.inMemory()
        _ = try round(servers, journal: journal)
        servers.on("GET /api/self", ["user_account": ["id": 4999, "company_name": "Another"], "user": ["id": 1]])
        let writes = servers.writes
        #expect(throws: JournalError.self) { _ = try round(servers, journal: journal) }
        #expect(servers.writes == writes)
    }

    /// Credentials that are refused too often get locked, so one refusal ends the round.
    @Test func refusedCredentialsAreTriedOnce() throws {
        let servers = smallWorld()
        servers.on("GET /api/self", ["message": "Unauthenticated."], status: 401)
        let round = try round(servers)
        #expect(round.exitStatus == .unreachable)
        #expect(servers.conversation == ["GET /api/self"])
        #expect(
            round.text.hasPrefix(
                """
                main  products         unreachable  Rackbeat GET /self: refused with 401: the credentials are not accepted. Nothing changed in Rackbeat.
                main  orders           unreachable  not begun: the credentials were refused

                """), "\(round.text)")
    }

    @Test func aLocationThatIsNotThereKeepsTheJobsFromRunning() throws {
        let servers = smallWorld()
        servers.on("GET /api/locations/1001", ["message": "Not found."], status: 404)
        let round = try round(servers)
        #expect(round.outcomes.allSatisfy { $0.ending == .failed })
        #expect(round.exitStatus == .needsAction)
    }

    /// The exchange in flight is finished, the next one is not begun, and the next round goes on from there.
    @Test func aRoundThatIsStoppedIsRecovered() throws {
        let servers = smallWorld()
        let stop = StopRequest()
        servers.on("PUT /demo/api/v1/orders") { _ in
            stop.stop()
            return Response(status: 200, json: ["orderId": 70_011])
        }
        let journal = try Journal.inMemory()
        #expect(throws: Stopped.self) { try round(servers, journal: journal, stop: stop) }
        #expect(servers.conversation.last == "PUT /demo/api/v1/orders")
        let next = try round(servers, journal: journal)
        #expect(next.exitStatus == .success)
        #expect(servers.writes == ["PUT /demo/api/v1/articles", "PUT /demo/api/v1/orders"], "nothing is sent a second time")
    }
}
