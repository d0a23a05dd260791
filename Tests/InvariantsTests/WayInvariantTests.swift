import Exchange
import HTTPTypes
import Invariants
import JSON
import Simulation
import SyncCore
import Testing
import Units

/// The invariants about the way: how many calls, how soon, and whether anything is silent meanwhile.
@Suite struct WayInvariantTests {
    private static let refused = Response(status: 401, json: [:])
    private static let down = Response(status: 503, json: [:])

    private func calls(
        _ times: [Duration], _ method: HTTPRequest.Method = .get, _ target: String = "/api/orders?limit=100&page=1",
        _ response: Response = Response(status: 200, json: [:]), body: JSON? = nil
    ) -> [Exchanged] {
        times.enumerated().map {
            Fixture.exchange($0.offset + 1, method, target, body: body, response: response, at: Fixture.start + $0.element)
        }
    }

    private func few(
        _ exchanges: [Exchanged], restarts: [Moment] = [], _ change: (inout EngineUse) -> Void = { _ in }
    ) -> [String] {
        Fixture.findings(CallsAreFew.self) {
            $0.exchanges = exchanges
            $0.restarts = restarts
            var use = EngineUse()
            use.work = [EngineUse.Work(.schedule, from: Fixture.start, until: Fixture.start + .seconds(86_400))]
            change(&use)
            $0.engineUse = use
        }
    }

    // MARK: Refused credentials

    @Test func refusedCredentialsAreTriedAgainAfterGrowingPauses() {
        func tries(_ times: [Duration], restarts: [Moment] = []) -> Bool {
            few(calls(times, .get, "/api/orders?limit=100&page=1", Self.refused), restarts: restarts) == []
        }
        #expect(tries([.zero, .seconds(301), .seconds(902), .seconds(2103)]))
        #expect(!tries([.zero, .seconds(200)]))
        #expect(!tries([.zero, .seconds(301), .seconds(800)]))
        #expect(tries([.zero, .seconds(200)], restarts: [Fixture.start + .seconds(100)]))
    }

    // MARK: Windows

    /// Every ten minutes, each call with the minute that it begins at; `nil`: it names none.
    private func windows(
        _ minutes: [Int?], disturbed: [Int] = [], compared: Bool = false, _ status: String = ""
    ) -> [String] {
        let exchanges = minutes.enumerated().map { turn, minute in
            let time = Fixture.at(turn * 10)
            var response = Response(status: 200, json: [])
            response.headers[.date] = HTTPDate.text(time)
            let bound = minute.map { "&orderUpdatedTimeFrom=\(PercentEncoding.encode(Fixture.at($0).isoUTCMilliseconds))" } ?? ""
            return Fixture.exchange(
                turn + 1, .get, "/demo/api/v1/orders?goodsOwnerId=1\(status)\(bound)&orderIdFrom=0&maxOrdersToGet=200",
                system: .ongoing, response: response, at: time)
        }
        return few(exchanges) {
            $0.disturbances = disturbed.map(Fixture.at)
            if compared { $0.work = [EngineUse.Work(.comparison, from: Fixture.start, until: Fixture.at(1000))] }
        }
    }

    @Test func aListThatBeginsFarBackTimeAfterTimeIsFound() {
        #expect(windows([-2, -2, 8, 18, 28, 38]) == [])
        #expect(windows([-2, -2, -2, -2, -2, -2]).count == 1)
        #expect(windows([-2, -12, -22, -12, -2, 8]).count == 1)
        // Two jobs take turns, each with its own reading.
        #expect(windows([-2, -12, -2, 8, 18, 28]) == [])
        #expect(windows([nil, nil, nil, nil]).count == 1)
        #expect(windows([nil, nil, nil, nil], compared: true) == [])
        // After a pause, when both sides are compared, and while people work, there may be more to read.
        #expect(windows([-2, -2, -60, -60, 28, -60, 48]) == [])
        #expect(windows([nil, nil, nil, nil, nil], disturbed: [15, 35], "&orderStatusFrom=0&orderStatusTo=449") == [])
    }

    @Test func theWholeHistoryIsReadOnce() {
        #expect(windows([nil, 8, 18], disturbed: [5]) == [])
        #expect(windows([nil, 8, nil], disturbed: [5, 15]).count == 1)
        #expect(windows([nil, nil], disturbed: [5], "&orderStatusFrom=0&orderStatusTo=450").count == 1)
    }

    @Test func aRangeOfStatusesWithOneEndIsFound() {
        #expect(windows([-2], "&orderStatusFrom=0&orderStatusTo=449") == [])
        #expect(windows([-2], "&orderStatusFrom=0").count == 1)
    }

    // MARK: Failures

    @Test func whatKeepsFailingIsTriedLessAndLessOften() {
        func tries(_ minutes: [Int64], changes: [Moment] = []) -> Bool {
            few(
                calls(minutes.map { .seconds($0 * 60) }, .put, "/demo/api/v1/orders", Self.down, body: ["orderNumber": "1042"])
            ) {
                $0.disturbances = changes
                $0.changes = changes
            } == []
        }
        #expect(tries([0, 1, 3, 8, 18, 38, 78, 138]))
        let everyFive = (0..<12).map { Int64($0 * 5) }
        #expect(!tries(everyFive))
        #expect(tries(everyFive, changes: everyFive.map { Fixture.start + .seconds($0 * 60) }))
    }

    /// The warehouse is asked for a document by its number before it is sent, so that failures show there first.
    @Test func aDocumentIsAskedForLessAndLessOftenWhileTheWarehouseIsDown() {
        func asked(_ minutes: [Int64]) -> [String] {
            let exchanges = minutes.enumerated().map {
                Fixture.exchange(
                    $0.offset + 1, .get, "/demo/api/v1/orders?goodsOwnerId=1&orderNumber=1099", system: .ongoing,
                    response: Self.down, at: Fixture.start + .seconds($0.element * 60))
            }
            return few(exchanges) { $0.work = [EngineUse.Work(.schedule, from: Fixture.start, until: Fixture.at(200))] }
        }
        #expect(asked([0, 1, 3, 8, 18, 38, 78, 138]) == [])
        #expect(asked((0..<12).map { $0 * 5 }).count == 1)
    }

    @Test func aSystemThatIsDownIsAskedForAFewRecordsInEachRun() {
        let targets = (0..<60).map { "/demo/api/v1/orders/\($0)" }
        let exchanges = targets.enumerated().map {
            Fixture.exchange(
                $0.offset + 1, .delete, $0.element, system: .ongoing, response: Self.down,
                at: Fixture.start + .seconds(Int64($0.offset)))
        }
        #expect(few(Array(exchanges.prefix(12))) == [])
        #expect(few(exchanges) { $0.work = [EngineUse.Work(.round, from: Fixture.start, until: Fixture.at(2))] } == [])
        #expect(
            few(exchanges + exchanges) { $0.work = [EngineUse.Work(.round, from: Fixture.start, until: Fixture.at(2))] }.count
                == 1)
    }

    // MARK: Nothing new

    @Test func whatWasWrittenIsWrittenAgainOnlyAfterSomethingHappened() {
        let writes = calls([.zero, .seconds(600)], .put, "/demo/api/v1/orders", body: ["orderNumber": "1042"])
        #expect(few(writes).count == 1)
        #expect(few(writes) { $0.disturbances = [Fixture.at(5)] } == [])
        #expect(few([writes[0]]) == [])
        // When a write is carried out whose response cannot be read, nobody knows. It is sent again once.
        var spoilt = writes
        spoilt[0].outcome = .response(Response(status: 200))
        #expect(few(spoilt) == [])
        let thrice = calls([.zero, .seconds(600), .seconds(1200)], .put, "/demo/api/v1/orders", body: ["orderNumber": "1042"])
        #expect(few([spoilt[0]] + thrice.dropFirst()).count == 1)
    }

    @Test func aListIsReadOnceInEachRun() {
        let everyFive = (0..<48).map { Duration.seconds(Int64($0) * 300) }
        #expect(few(calls(everyFive)) == [])
        let everyMinute = (0..<240).map { Duration.seconds(Int64($0) * 60) }
        #expect(few(calls(everyMinute)).count == 1)
        // A product is asked for when something is due of it, and not in every run.
        #expect(few(calls(everyFive, .get, "/api/products/KOP-01")).count == 1)
        #expect(few(calls(Array(everyFive.prefix(6)), .get, "/api/products/KOP-01")) == [])
        #expect(
            few(calls(everyFive, .get, "/api/products/KOP-01")) { $0.disturbances = (0..<48).map { Fixture.at($0 * 5) } } == [])
    }

    /// The APIs do not show what the engine was asked for, so an audit does not ask.
    @Test func withoutARecordOfTheRunOnlyRefusalsCount() {
        #expect(
            Fixture.judge(CallsAreFew.self) {
                $0.exchanges = calls([.zero, .seconds(600)], .put, "/demo/api/v1/orders", body: ["orderNumber": "1042"])
            } == .holds)
    }

    // MARK: Looks

    private static let wrong = Finding(subject: "order 1042", sentence: "The warehouse has no live order of this number.")

    @Test func whatDisagreesWhenARoundEndsIsSilent() {
        func judge(_ invariant: any Invariant.Type, _ reason: Look.Reason) -> [String] {
            Fixture.findings(invariant) {
                var use = EngineUse()
                use.looks = [
                    Look(time: Fixture.at(5), reason: reason, findings: [Self.wrong]),
                    Look(time: Fixture.at(9), reason: reason, findings: [Self.wrong]),
                ]
                $0.engineUse = use
            }
        }
        #expect(judge(NothingSilent.self, .roundEnded).count == 1)
        #expect(judge(NothingSilent.self, .wasDue(after: .seconds(60))) == [])
        #expect(judge(SettledInTime.self, .roundEnded) == [])
        #expect(judge(SettledInTime.self, .wasDue(after: .seconds(60))).count == 1)
        #expect(
            judge(SettledInTime.self, .wasNudged(after: .seconds(70)))[0].contains("1m 10s after a webhook asked for the job"))
    }

    /// A look sees what is due, and takes what is parked for told.
    @Test func aLookFindsWhatIsDueAndNotParked() {
        func look(due: Moment?, parked: [ParkedFact] = []) -> [String] {
            var evidence = Fixture().evidence
            evidence.ongoing.orders = []
            evidence.rackbeat.shipments = []
            evidence.parked = parked
            return Look.taken(of: evidence, at: Fixture.at(40), .roundEnded) { $0 == .orders ? due : nil }.findings.map(\.subject)
        }
        #expect(look(due: Fixture.at(30)) == ["order 1042, goods owner 1"])
        #expect(look(due: Fixture.start) == [])
        #expect(look(due: nil) == [])
        let fact = ParkedFact(connection: "main", job: .orders, record: RecordRef(.order, "1042"), reason: "It fails.")
        #expect(look(due: Fixture.at(30), parked: [fact]) == [])
    }
}
