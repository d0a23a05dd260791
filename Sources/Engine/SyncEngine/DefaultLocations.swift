import Exchange
import RackbeatClient
import SyncCore
import Trade

/// Finds the location of lines that name none: by the profile, such a line stands at its product's default location.
final class DefaultLocations: Driver {
    let context: JobContext
    /// What this run learnt.
    private var known: [ItemNumber: LocationNumber] = [:]

    init(_ context: JobContext) { self.context = context }

    func beginRun() { known = [:] }

    func locating(_ order: SalesOrder) throws -> SalesOrder {
        guard order.lines.contains(where: { $0.item != nil && $0.location == nil }), readsDefaultLocations else { return order }
        var order = order
        for index in order.lines.indices where order.lines[index].location == nil {
            order.lines[index].location = try order.lines[index].item.flatMap { try defaultLocation(of: $0) }
        }
        return order
    }

    func locating(_ order: PurchaseOrder) throws -> PurchaseOrder {
        guard order.lines.contains(where: { $0.item != nil && $0.location == nil }), readsDefaultLocations else { return order }
        var order = order
        for index in order.lines.indices where order.lines[index].location == nil {
            order.lines[index].location = try order.lines[index].item.flatMap { try defaultLocation(of: $0) }
        }
        return order
    }

    private var readsDefaultLocations: Bool { rackbeat.profile["null_line_location"] == "default" }

    private func defaultLocation(of item: ItemNumber) throws -> LocationNumber? {
        if let location = known[item] { return location }
        let location = try rackbeat.product(item)?.defaultLocation ?? rackbeat.defaultLocation()
        known[item] = location
        return location
    }
}
