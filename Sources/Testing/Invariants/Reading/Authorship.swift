import Exchange
import HTTPTypes
import JSON

/// Which connection created which of Rackbeat's documents: as seen on the wire in a run, by what the documents say otherwise.
///
/// A document that no connection created is one of an ERP user's.
struct Authorship {
    private var shipments: [Int: Author] = [:]
    private var receipts: [Int: Author] = [:]
    private var adjustments: [Int: Author] = [:]
    /// The shipments that the second delivery of one request created. Where creating one also ships it, that cannot be undone.
    private(set) var twins: Set<Int> = []
    /// The documents of which nothing tells who made them, where it would matter.
    private(set) var unknown: [String] = []

    struct Author {
        let connection: String
        /// The exchange that created it; none when that is not known.
        let exchanges: [Int]
    }

    init(_ evidence: Evidence) {
        if let api = evidence.api {
            for connection in evidence.connections { infer(evidence, connection, api) }
        } else {
            read(evidence.exchanges)
        }
    }

    private mutating func read(_ exchanges: [Exchanged]) {
        for exchange in exchanges where exchange.system == .rackbeat && exchange.request.method == .post {
            guard let served = exchange.served, served.isSuccess, let last = exchange.request.path.split(separator: "/").last
            else { continue }
            let author = Author(connection: exchange.connection, exchanges: [exchange.number])
            switch last {
            case "create-shipment", "shipments":
                if let id = Self.id("id", in: served) {
                    if shipments.values.contains(where: { $0.exchanges == author.exchanges }) { twins.insert(id) }
                    shipments[id] = author
                }
            case "create-receipt":
                if let number = Self.id("number", in: served) { receipts[number] = author }
            case "inventory-adjustments":
                if let id = Self.id("id", in: served) { adjustments[id] = author }
            default: break
            }
        }
    }

    /// An adjustment says in its reason whose it is. A shipment or a receipt does not: one that moves stock at the connection's
    /// location and elsewhere too may be a person's, who booked the whole order, or a mistake of the engine's.
    private mutating func infer(_ evidence: Evidence, _ connection: ConnectionFacts, _ api: APIFacts) {
        for adjustment in evidence.rackbeat.adjustments where api.ownAdjustments.contains(adjustment.id) {
            adjustments[adjustment.id] = Author(connection: connection.name, exchanges: [])
        }
        func check(_ document: String, _ lines: [RackbeatSnapshot.MovedLine]) {
            let here = lines.count { evidence.rackbeat.isAt($0.location, connection) }
            guard here > 0, here < lines.count else { return }
            unknown.append(
                "\(document) moved stock at location \(connection.location) and elsewhere, and Rackbeat does not say who made it")
        }
        for shipment in evidence.rackbeat.shipments where shipment.shippedAt != nil {
            check("shipment \(shipment.id) of order \(shipment.order)", shipment.lines)
        }
        for receipt in evidence.rackbeat.receipts where receipt.receivedAt != nil {
            check("receipt \(receipt.number) of purchase order \(receipt.purchaseOrder)", receipt.lines)
        }
    }

    private static func id(_ member: String, in response: Response) -> Int? {
        (try? JSON.parse(response.body))?.object?.first?.value[member]?.int
    }

    func author(of shipment: RackbeatSnapshot.Shipment) -> Author? { shipments[shipment.id] }
    func author(of receipt: RackbeatSnapshot.Receipt) -> Author? { receipts[receipt.number] }
    func author(of adjustment: RackbeatSnapshot.Adjustment) -> Author? { adjustments[adjustment.id] }
}
