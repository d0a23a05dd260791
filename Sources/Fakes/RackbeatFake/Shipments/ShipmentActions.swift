import FakeKit
import JSON
package import Units

extension RackbeatFake {
    /// Creates an open shipment by hand.
    ///
    /// - Parameter lines: quantity by line id; `nil` takes what Rackbeat proposes.
    /// - Returns: the id of the shipment.
    @discardableResult
    package func draftShipmentByHand(order number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try perform("create a shipment of order \(number) by hand", held(OrderRecord.self, number)) {
            try createShipment(of: number, try wanted(lines)).id
        }
    }

    /// Creates a shipment by hand and ships it, without the integration.
    ///
    /// - Parameter lines: quantity by line id; `nil` ships what Rackbeat proposes.
    /// - Returns: the id of the shipment.
    @discardableResult
    package func shipByHand(order number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try perform("ship order \(number) by hand", held(OrderRecord.self, number)) {
            let shipment = try createShipment(of: number, try wanted(lines))
            guard !shipment.isShipped else { return shipment.id }
            do {
                return try ship(shipment.id, of: number, picking: true).id
            } catch {
                // A shipment that cannot be shipped must not stay behind as a draft.
                try delete(ShipmentRecord.self, shipment.id, of: number)
                throw error
            }
        }
    }

    /// Marks any open shipment as shipped by hand.
    package func confirmDraftShipment(_ id: Int) throws {
        _ = try perform("mark shipment \(id) as shipped", held(shipment: id)) { try ship(id, of: nil, picking: true) }
    }

    /// Deletes any open shipment by hand.
    package func deleteDraftShipment(_ id: Int) throws {
        try perform("delete shipment \(id)", held(shipment: id)) {
            guard let shipment = store.shipments[id] else { throw Refusal.notFound }
            try delete(ShipmentRecord.self, id, of: shipment.order)
        }
    }
}
