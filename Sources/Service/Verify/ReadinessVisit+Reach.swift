import ClientKit
import Contract
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine
import Units

// Reach and rights, and the set-up.

extension ReadinessVisit {
    func lookAtReach() throws {
        for connection in connections {
            if connection.isFirst {
                try meet(.rackbeat, connection, .account) { account = try connection.clients.rackbeat.account() }
                rackbeatIsOutOfReach = connection.outOfReach.contains(.rackbeat)
            } else if rackbeatIsOutOfReach {
                connection.outOfReach.insert(.rackbeat)
            }
            try meet(.ongoing, connection, .warehouseStatuses) {
                connection.statuses = try connection.clients.ongoing.orderStatuses()
            }
            checkGoodsOwner(of: connection)
            var trial = ReadTrial(
                connection.clients, connection.plan.settings, sample: options.sample, now: clock.now(),
                outOfReach: connection.outOfReach,
                places: { [survey] operation in survey.places.filter { $0.operation == operation && $0.kind != .unknown } },
                endsWithPage: { [survey] in survey.seen[$0]?.endsWithPage ?? false }, progress: progress)
            try trial.run(raw: connection.raw, isFirst: connection.isFirst)
            for finding in trial.findings { add(finding) }
            connection.outOfReach = trial.outOfReach
            connection.hasUnreadable = trial.hasUnreadable
            connection.lines = trial.lines
            connection.articles = trial.articles
            failedOperations.formUnion(trial.failedOperations)
        }
        for system in System.allCases {
            guard let seen = survey.seen[system] else { continue }
            if let ahead = seen.clockAhead, ahead.milliseconds.magnitude > 30_000 {
                add(.reach, nil, .clockDiffers(system, ahead: ahead))
            }
        }
    }

    /// Each call names the goods owner: where the user does not reach it, every refusal follows from that.
    func checkGoodsOwner(of connection: Connection) {
        let number = connection.plan.settings.goodsOwner
        guard !connection.outOfReach.contains(.ongoing), let owners = try? connection.clients.ongoing.goodsOwners(),
            owners[number] == nil
        else { return }
        connection.outOfReach.insert(.ongoing)
        add(.setUp, connection.plan.name, .goodsOwnerOutOfReach(number, reached: owners.keys.sorted()))
    }

    func meet(_ system: System, _ connection: Connection, _ read: EngineRead, _ body: () throws -> Void) throws {
        progress(system.title, 0)
        let name = system == .rackbeat ? nil : connection.plan.name
        if let certificate = assembly.runtime.certificate(assembly.endpoint(of: system, connection.plan).origin) {
            let left = certificate.expiresAt - clock.now()
            if left <= .zero {
                connection.outOfReach.insert(system)
                return add(.reach, name, .certificateExpired(system, certificate))
            }
            let isSoon = left < .seconds(21 * 86_400)
            add(.reach, name, isSoon ? .certificateEndsSoon(system, certificate, left: left) : .certificate(system, certificate))
        }
        do {
            try body()
            let latencies = (survey.seen[system]?.latencies ?? []).sorted()
            add(.reach, name, .answered(system, latency: latencies.isEmpty ? .zero : latencies[latencies.count / 2]))
        } catch let error as ExchangeError {
            connection.outOfReach.insert(system)
            failedOperations.insert(read.operation)
            add(.reach, name, ReadTrial.kind(of: error, read, isFirst: true, isPage: survey.seen[system]?.endsWithPage ?? false))
        }
    }

    func lookAtSetUp() throws {
        for connection in connections {
            var check = SetUpCheck(connection.plan, connection.clients)
            defer { for finding in check.findings { add(finding) } }
            try attempt(.location, connection) {
                if let account, connection.isFirst, !connection.outOfReach.contains(.rackbeat) {
                    try check.lookAtAccount(
                        expected: assembly.configuration.general.rackbeat.account, account, connection.raw[.rackbeat]!)
                }
                if !connection.outOfReach.contains(.rackbeat) { try check.lookAtLocation(connection.raw[.rackbeat]!) }
            }
            try attempt(.warehousePurchaseStatuses, connection) {
                guard !connection.outOfReach.contains(.ongoing) else { return }
                try check.lookAtWarehouse(connection.statuses, hasJournal: journal != nil, now: clock.now())
                if journal == nil { try check.lookForMarks(connection.raw[.ongoing]!, now: clock.now()) }
            }
            connection.children = check.children
        }
    }

    /// What fails here was tried before, and has its finding; else it gets one.
    func attempt(_ read: EngineRead, _ connection: Connection, _ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as ExchangeError {
            guard !failedOperations.contains(read.operation) else { return }
            add(
                .setUp, read.system == .rackbeat ? nil : connection.plan.name,
                ReadTrial.kind(of: error, read, isPage: survey.seen[read.system]?.endsWithPage ?? false))
        } catch let failure as TransportFailure {
            add(.setUp, connection.plan.name, .readBroken(read, failure))
        }
    }
}
