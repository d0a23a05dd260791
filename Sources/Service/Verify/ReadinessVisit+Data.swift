import ClientKit
import Contract
import Exchange
import RackbeatClient
import SyncCore
import SyncEngine
import Trade
import Units

// Data, stock and the first round; the contract.

extension ReadinessVisit {
    func lookAtData() throws {
        for connection in connections {
            let name = connection.plan.name
            guard connection.outOfReach.isEmpty, !connection.hasUnreadable, !hasFailure(connection) else {
                for section in [ReadinessSection.data, .stock, .firstRun] { add(section, name, .notLookedAt(section)) }
                continue
            }
            var reads: [System: Int] = [:]
            progress("a dry run of \(name)", 0)
            let run = try DryRun(
                assembly, journal: journal ?? Journal.inMemory(), log: log, only: name, stop: stop,
                hear: { [survey, progress] exchange, basePath in
                    reads[exchange.system, default: 0] += 1
                    survey.hear(exchange, basePath: basePath)
                    progress("dry run, calls", reads.values.reduce(0, +))
                })
            progress("stock of \(name)", 0)
            let drift = try DriftReport(
                assembly, journal: journal, log: log, only: name, stop: stop,
                hear: { [survey] in survey.hear($0, basePath: $1) }
            ).sections.first
            let check = FirstSyncCheck(
                run, of: name, drift, isFirst: journal == nil, reads: reads,
                limits: [
                    .rackbeat: (assembly.rackbeatProfile.int("rate_limit"), assembly.rackbeatProfile.int("rate_window_s")),
                    .ongoing: (assembly.ongoingProfile(of: name).int("rate_limit"), 60),
                ])
            for finding in check.data { add(finding) }
            try lookForStrangers(connection)
            if let drift { add(drift.problem == nil ? .stock(drift) : ReadinessFinding(.stock, name, .notLookedAt(.stock))) }
            add(check.firstRun)
        }
    }

    /// Whether something stands against going on with a connection: what follows from it would be no advice.
    func hasFailure(_ connection: Connection) -> Bool {
        findings.contains { finding in
            finding.severity == .failure && [.reach, .setUp].contains(finding.section)
                && (finding.connection == nil || finding.connection == connection.plan.name)
        }
    }

    /// Articles of the warehouse that Rackbeat has no product for.
    func lookForStrangers(_ connection: Connection) throws {
        var known: Set<String> = []
        var page = 1
        do {
            while true {
                let products = try connection.clients.rackbeat.products(updatedFrom: nil, page: page)
                for row in products.rows { if let product = row.value { known.insert(product.number.text.lowercased()) } }
                progress("Rackbeat products", known.count)
                if products.isLast { break }
                page += 1
            }
        } catch is ExchangeError {
            return add(.data, connection.plan.name, .notLookedAt(.data))
        }
        let strangers = connection.articles.map(\.text).filter {
            !known.contains($0.lowercased()) && !$0.hasPrefix(Canary.prefix)
        }
        if !strangers.isEmpty { add(.data, connection.plan.name, .articlesOfWarehouseOnly(.init(strangers.sorted()))) }
    }

    func lookAtContract() throws {
        for system in System.allCases {
            // What does not pass was called by its name where it stopped the reading.
            let isNamed = findings.contains { finding in
                if case .stillRateLimited(system, _) = finding.kind { true } else { false }
            }
            if let times = survey.seen[system]?.rateLimited, times > 0, !isNamed {
                add(.contract, nil, .rateLimitMet(system, times: times))
            }
        }
        var members: [(operation: String, names: [String])] = []
        var isSound = true
        for place in survey.places where !failedOperations.contains(place.operation) {
            guard place.kind == .unknown, place.path.hasPrefix("/") else {
                isSound = false
                add(.contract, nil, .deviation(place))
                continue
            }
            if let index = members.firstIndex(where: { $0.operation == place.operation }) {
                members[index].names.append(place.path)
            } else {
                members.append((place.operation, [place.path]))
            }
        }
        for (operation, names) in members { add(.contract, nil, .unknownMembers(operation: operation, names)) }
        if isSound, failedOperations.isEmpty { add(.contract, nil, .contractHolds(exchanges: survey.exchanges)) }
    }
}
