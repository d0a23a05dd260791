import Exchange
import HTTPTypes
import JSON

/// Which connection created which of Rackbeat's documents, as seen on the wire.
///
/// A document that no connection created is one of an ERP user's.
struct Authorship {
    private var shipments: [Int: Author] = [:]
    private var receipts: [Int: Author] = [:]
    private var adjustments: [Int: Author] = [:]

    struct Author {
        let connection: String
        let exchange: Int
    }

    init(_ exchanges: [Exchanged]) {
        for exchange in exchanges where exchange.system == .rackbeat && exchange.request.method == .post {
            guard let served = exchange.served, served.isSuccess, let last = exchange.request.path.split(separator: "/").last
            else { continue }
            let author = Author(connection: exchange.connection, exchange: exchange.number)
            switch last {
            case "create-shipment", "shipments":
                if let id = Self.id("id", in: served) { shipments[id] = author }
            case "create-receipt":
                if let number = Self.id("number", in: served) { receipts[number] = author }
            case "inventory-adjustments":
                if let id = Self.id("id", in: served) { adjustments[id] = author }
            default: break
            }
        }
    }

    private static func id(_ member: String, in response: Response) -> Int? {
        (try? JSON.parse(response.body))?.object?.first?.value[member]?.int
    }

    func author(of shipment: RackbeatSnapshot.Shipment) -> Author? { shipments[shipment.id] }
    func author(of receipt: RackbeatSnapshot.Receipt) -> Author? { receipts[receipt.number] }
    func author(of adjustment: RackbeatSnapshot.Adjustment) -> Author? { adjustments[adjustment.id] }
}
