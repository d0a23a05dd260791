import Exchange
package import JSON
package import Logging
import OngoingClient
import RackbeatClient
import SyncCore
package import SyncEngine
package import Trade
import Units

/// The stock of both systems, side by side. Every difference is Ongoing minus Rackbeat.
package struct DriftReport {
    package struct Row: Sendable, Equatable {
        package let item: String
        /// Physically in the warehouse.
        package let ongoing: Quantity
        package let rackbeat: Quantity
        /// Picked in the warehouse and not booked yet: Rackbeat still holds it.
        package let pickedToReport: Quantity
        /// Received in the warehouse and not booked yet: Rackbeat does not hold it yet.
        package let receivedToReport: Quantity
        /// The difference that was accepted when stock sync began: Ongoing minus Rackbeat.
        package let offset: Quantity
        /// Adjusted in the warehouse and not recreated in Rackbeat yet.
        package var pendingAdjustments = Quantity.zero
        /// The documents behind the difference, for people.
        package var causes: [String] = []

        /// Ongoing minus Rackbeat.
        package var difference: Quantity { ongoing - rackbeat }
        package var explained: Quantity { receivedToReport - pickedToReport + offset + pendingAdjustments }
        package var unexplained: Quantity { difference - explained }
    }

    package struct Section: Sendable, Equatable {
        package let connection: String
        /// Only the items that differ or that something is under way for, by number.
        package internal(set) var rows: [Row]
        /// How many items there are on either side.
        package let items: Int
        /// Why the two sides could not be read.
        package let problem: String?
    }

    package private(set) var sections: [Section] = []

    /// Reads both sides of every connection, and writes nothing.
    ///
    /// - Parameter journal: For the offsets that were accepted; `nil` when there is none yet.
    package init(
        _ configuration: Configuration, _ credentials: Credentials, journal: Journal?, runtime: Runtime, log: Logger,
        stop: StopRequest = StopRequest()
    ) throws {
        try self.init(Assembly(configuration, credentials, runtime), journal: journal, log: log, stop: stop)
    }

    /// - Parameters:
    ///   - only: The name of one connection; `nil`: all.
    ///   - hear: Gets every exchange, with the base path of its system.
    init(
        _ assembly: Assembly, journal: Journal?, log: Logger, only: String? = nil, stop: StopRequest,
        hear: @escaping (Exchanged, String) -> Void = { _, _ in }
    ) throws {
        let configuration = assembly.configuration
        let clock = ServiceClock(assembly.runtime.clock(), stop.signals)
        for plan in configuration.connections where only.map({ $0 == plan.name }) ?? true {
            let basePaths = assembly.basePaths(of: plan)
            let eventLogger = EventLogger(log, connection: plan.name, basePaths: basePaths)
            let clients = try assembly.clients(
                of: plan,
                Assembly.Wiring(clock: clock) { system, transport in
                    ExchangeTap(
                        system, of: plan.name, to: transport, clock: clock, mayBegin: { try clock.checkIn() },
                        tell: {
                            eventLogger.hear($0)
                            hear($0, basePaths[system]!)
                        })
                })
            do {
                let warehouse = try clients.ongoing.stock().filter { !Canary.isOwn($0.article.text) }
                let others = configuration.connections.map(\.settings.location).filter { $0 != plan.settings.location }
                let locations = try clients.rackbeat.locations(inside: plan.settings.location, except: Set(others))
                let rackbeat = try clients.rackbeat.stockEverywhere(at: locations)
                let offsets = try journal?.of(plan.name).stockOffsets() ?? []
                var section = Self.section(plan, warehouse, rackbeat, offsets)
                let causes = DriftCauses(
                    plan.settings, clients, stockSyncBegan: try journal?.of(plan.name).stockSyncStarted())
                section.rows = try causes.explaining(section.rows)
                sections.append(section)
            } catch let error as ExchangeError {
                sections.append(Section(connection: plan.name, rows: [], items: 0, problem: error.description))
            }
        }
    }

    private static func section(
        _ plan: Configuration.ConnectionPlan, _ warehouse: [WarehouseStock], _ rackbeat: [ItemNumber: Quantity],
        _ offsets: [(item: String, offset: String)]
    ) -> Section {
        var held: [ItemNumber: WarehouseStock] = [:]
        for stock in warehouse {
            held[
                stock.article,
                default: WarehouseStock(
                    articleID: stock.articleID, article: stock.article, onHand: .zero, pickedToBeReported: .zero,
                    receivedToBeReported: .zero)
            ].add(stock)
        }
        let accepted = Dictionary(
            offsets.compactMap { entry in Quantity(entry.offset).map { (ItemNumber(entry.item), $0) } }, uniquingKeysWith: { $1 })
        // Where nothing is ever reported, everything ever picked counts as unreported, and explains nothing.
        let reports = plan.settings.marksReported
        let items = Set(held.keys).union(rackbeat.keys).sorted()
        let rows = items.map { item in
            Row(
                item: item.text, ongoing: held[item]?.onHand ?? .zero, rackbeat: rackbeat[item] ?? .zero,
                pickedToReport: reports ? held[item]?.pickedToBeReported ?? .zero : .zero,
                receivedToReport: reports ? held[item]?.receivedToBeReported ?? .zero : .zero, offset: accepted[item] ?? .zero)
        }
        return Section(
            connection: plan.name, rows: rows.filter { !$0.difference.isZero || !$0.explained.isZero }, items: items.count,
            problem: nil)
    }

    package var exitStatus: ExitStatus {
        if sections.contains(where: { $0.problem != nil }) { return .unreachable }
        return sections.contains { $0.rows.contains { !$0.unexplained.isZero } } ? .needsAction : .success
    }

    // MARK: Output

    package var text: String { sections.map(Self.text).joined(separator: "\n") }

    private static func text(of section: Section) -> String {
        let title = "connection \(section.connection)\n"
        if let problem = section.problem { return title + "  not compared: \(problem)\n" }
        guard !section.rows.isEmpty else { return title + "  \(counted(section.items, "item", "items")), all equal.\n" }
        var table = TextTable(indent: 2)
        table.add(["item", "Ongoing", "Rackbeat", "difference", "to report", "to adjust", "accepted", "unexplained"])
        for row in section.rows {
            table.add([
                row.item, row.ongoing.description, row.rackbeat.description, row.difference.signed,
                (row.receivedToReport - row.pickedToReport).signed, row.pendingAdjustments.signed, row.offset.signed,
                row.unexplained.isZero ? "-" : row.unexplained.signed,
            ])
        }
        let unexplained = section.rows.filter { !$0.unexplained.isZero }.count
        let causes = section.rows.flatMap { row in row.causes.map { "  \(row.item): \($0)\n" } }.joined()
        return title + table.text + causes
            + "  \(counted(section.items, "item", "items")), \(section.rows.count) shown, \(unexplained) unexplained. Differences are Ongoing minus Rackbeat.\n"
    }

    package var json: JSON {
        .array(
            sections.map { section in
                [
                    "connection": .string(section.connection), "items": JSON(section.items),
                    "problem": section.problem.map(JSON.string) ?? .null,
                    "rows": .array(
                        section.rows.map { row in
                            [
                                "item": .string(row.item), "ongoing": row.ongoing.json, "rackbeat": row.rackbeat.json,
                                "difference": row.difference.json, "pickedToReport": row.pickedToReport.json,
                                "receivedToReport": row.receivedToReport.json, "acceptedOffset": row.offset.json,
                                "pendingAdjustments": row.pendingAdjustments.json, "unexplained": row.unexplained.json,
                                "causes": .array(row.causes.map(JSON.string)),
                            ]
                        }),
                ]
            })
    }
}

extension WarehouseStock {
    fileprivate mutating func add(_ other: WarehouseStock) {
        onHand += other.onHand
        pickedToBeReported += other.pickedToBeReported
        receivedToBeReported += other.receivedToBeReported
    }
}
