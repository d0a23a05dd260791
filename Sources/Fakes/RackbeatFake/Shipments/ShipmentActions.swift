import FakeKit
import JSON
package import Units

extension RackbeatFake {
    /// Creates a shipment in the office and leaves it open.
    ///
    /// - Parameter lines: quantity by line id; `nil` takes what the office's form proposes.
    /// - Returns: the id of the shipment.
    @discardableResult
    package func draftShipmentByHand(order number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try pull("create a shipment of order \(number) by hand", held(order: number)) {
            try createShipment(of: number, try wanted(lines)).id
        }
    }

    /// Creates a shipment in the office and ships it, behind everybody's back.
    ///
    /// - Parameter lines: quantity by line id; `nil` ships what the office's form proposes.
    /// - Returns: the id of the shipment.
    @discardableResult
    package func shipByHand(order number: Int, lines: [Int: ExactDecimal]? = nil) throws -> Int {
        try pull("ship order \(number) by hand", held(order: number)) {
            let shipment = try createShipment(of: number, try wanted(lines))
            guard !shipment.isShipped else { return shipment.id }
            do {
                return try ship(shipment.id, of: number, picking: true).id
            } catch {
                // What cannot be shipped must not stay behind as a draft that nobody asked for.
                try delete(shipment: shipment.id, of: number)
                throw error
            }
        }
    }

    private func wanted(_ lines: [Int: ExactDecimal]?) throws -> [WantedShipmentLine]? {
        try lines?.sorted { $0.key < $1.key }.map { line, quantity in
            guard quantity > 0 else {
                throw Refusal.rule("quantity", "The quantity of line \(line) must be greater than 0.")
            }
            return WantedShipmentLine(orderLine: line, quantity: quantity, path: "line \(line).")
        }
    }

    /// Marks somebody's open shipment as shipped in the office.
    package func confirmDraftShipment(_ id: Int) throws {
        _ = try pull("mark shipment \(id) as shipped", held(shipment: id)) { try ship(id, of: nil, picking: true) }
    }

    /// Throws somebody's open shipment away in the office.
    package func deleteDraftShipment(_ id: Int) throws {
        try pull("delete shipment \(id)", held(shipment: id)) {
            guard let shipment = store.shipments[id] else { throw Refusal.notFound }
            try delete(shipment: id, of: shipment.order)
        }
    }
}
