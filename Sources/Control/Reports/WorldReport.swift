import Invariants
import JSON
import ScenarioKit
import StrictYAML
import SyncCore
import Trade
import Units

/// What each side of a world holds, with its ledger.
struct WorldReport {
    let served: ServedWorld

    var json: JSON {
        let world = served.world
        return [
            "clock": clock,
            "connections": .array(
                world.connections.map {
                    [
                        "name": .string($0.name), "location": .string($0.location.text), "goodsOwnerId": JSON($0.goodsOwner),
                    ]
                }),
            "rackbeat": Self.shop(world.rackbeatSnapshot),
            "ongoing": Self.warehouse(world.ongoingSnapshot),
            "failedSteps": .array(
                served.failedSteps.map {
                    ["line": JSON($0.place.line), "column": JSON($0.place.column), "text": .string($0.text)]
                }),
        ]
    }

    var clock: JSON {
        [
            "now": JSON(served.world.now), "startedAt": JSON(served.world.startedAt),
            "kind": served.setup.isTimeVirtual ? "virtual" : "real",
        ]
    }

    // MARK: Rackbeat

    private static func shop(_ shop: RackbeatSnapshot) -> JSON {
        [
            "products": .array(
                shop.products.map {
                    [
                        "number": .string($0.number), "name": JSON($0.name), "isBarred": .bool($0.isBarred),
                        "isDeleted": .bool($0.isDeleted),
                    ]
                }),
            "orders": .array(
                shop.orders.map { ["number": .string($0.number), "state": state($0.state, "shipped"), "lines": lines($0.lines)] }),
            "purchaseOrders": .array(
                shop.purchaseOrders.map {
                    ["number": .string($0.number), "state": state($0.state, "received"), "lines": lines($0.lines)]
                }),
            "shipments": .array(
                shop.shipments.map {
                    [
                        "id": JSON($0.id), "order": .string($0.order), "shippedAt": moment($0.shippedAt),
                        "lines": moved($0.lines),
                    ]
                }),
            "receipts": .array(
                shop.receipts.map {
                    [
                        "number": JSON($0.number), "purchaseOrder": .string($0.purchaseOrder),
                        "receivedAt": moment($0.receivedAt), "lines": moved($0.lines),
                    ]
                }),
            "adjustments": .array(
                shop.adjustments.map {
                    [
                        "id": JSON($0.id), "item": .string($0.item), "location": .string($0.location),
                        "change": $0.change.map { JSON($0) } ?? .null, "reason": .string($0.reason),
                        "isByHand": .bool($0.isByHand),
                    ]
                }),
            "stock": stock(shop.stock),
            "ledger": ledger(shop.movements),
        ]
    }

    /// - Parameter done: what a document that is complete is called.
    private static func state(_ state: RackbeatSnapshot.State, _ done: String) -> JSON {
        switch state {
        case .draft: "draft"
        case .booked(isComplete: false): "booked"
        case .booked(isComplete: true): .string(done)
        case .cancelled: "cancelled"
        case .deleted: "deleted"
        }
    }

    private static func lines(_ lines: [RackbeatSnapshot.Line]) -> JSON {
        .array(
            lines.map {
                [
                    "id": .string($0.id), "item": JSON($0.item), "location": JSON($0.location), "quantity": JSON($0.quantity),
                    "done": JSON($0.moved),
                ]
            })
    }

    private static func moved(_ lines: [RackbeatSnapshot.MovedLine]) -> JSON {
        .array(
            lines.map {
                [
                    "orderLine": JSON($0.orderLine), "item": .string($0.item), "location": .string($0.location),
                    "quantity": JSON($0.quantity),
                ]
            })
    }

    // MARK: Ongoing

    private static func warehouse(_ warehouse: OngoingSnapshot) -> JSON {
        [
            "articles": .array(
                warehouse.articles.map { ["goodsOwnerId": JSON($0.goodsOwner), "number": .string($0.number)] }),
            "orders": .array(
                warehouse.orders.map {
                    [
                        "goodsOwnerId": JSON($0.goodsOwner), "id": JSON($0.id), "number": .string($0.number),
                        "status": JSON($0.status), "isCancelled": .bool($0.isCancelled), "lines": lines($0.lines),
                    ]
                }),
            "purchaseOrders": .array(
                warehouse.purchaseOrders.map {
                    [
                        "goodsOwnerId": JSON($0.goodsOwner), "id": JSON($0.id), "number": .string($0.number),
                        "status": JSON($0.status), "isCancelled": .bool($0.isCancelled), "lines": lines($0.lines),
                    ]
                }),
            "adjustments": .array(
                warehouse.adjustments.map {
                    [
                        "goodsOwnerId": JSON($0.goodsOwner), "inventoryId": JSON($0.inventory), "article": .string($0.article),
                        "change": JSON($0.change), "time": JSON($0.time),
                    ]
                }),
            "stock": stock(warehouse.stock),
            "ledger": ledger(warehouse.movements),
        ]
    }

    private static func lines(_ lines: [OngoingSnapshot.OrderLine]) -> JSON {
        .array(
            lines.map {
                [
                    "id": JSON($0.id), "row": JSON($0.row), "article": .string($0.article), "quantity": JSON($0.quantity),
                    "done": JSON($0.moved), "reported": $0.reported.map { JSON($0) } ?? .null,
                ]
            })
    }

    // MARK: Both

    private static func stock(_ positions: [StockPosition]) -> JSON {
        .array(
            positions.map { ["item": .string($0.item), "place": .string($0.place), "quantity": JSON($0.stock)] })
    }

    private static func ledger(_ entries: [LedgerMovement]) -> JSON {
        .array(
            entries.map {
                [
                    "number": JSON($0.number), "time": JSON($0.time), "item": .string($0.item), "place": .string($0.place),
                    "change": JSON($0.change), "cause": .string($0.cause), "document": .string($0.document),
                ]
            })
    }

    private static func moment(_ moment: Moment?) -> JSON { moment.map { JSON($0) } ?? .null }
}

extension JSON {
    init(_ decimal: ExactDecimal) {
        guard let number = JSONNumber(decimal.description) else { preconditionFailure("\(decimal) is no JSON number") }
        self = .number(number)
    }

    init(_ moment: Moment) { self = .string(moment.isoUTCMilliseconds) }

    init(_ text: String?) { self = text.map(JSON.string) ?? .null }
}
