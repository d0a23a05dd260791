import FakeKit
import Invariants
import JSON
package import OngoingFake
import Units

extension OngoingSnapshot {
    /// What the fake Ongoing holds now for these goods owners.
    ///
    /// - Parameter ahead: How far the fake's clock is ahead. The snapshot has true times, as the action log has.
    package init(_ fake: OngoingFake, goodsOwners: [Int], ahead: Duration = .zero) {
        self.init()
        for goodsOwner in goodsOwners {
            articles += fake.articles(of: goodsOwner).map {
                Article(goodsOwner: goodsOwner, number: $0.number, fields: $0.fields)
            }
            orders += fake.orders(of: goodsOwner).map { record in
                var order = Order(record, goodsOwner, ahead)
                // A date has no zone: the day that the API shows counts, not the moment that the warehouse stored for it.
                order.fields = order.fields.replacing(
                    "deliveryDate", with: fake.deliveryDate(of: record).map { "\($0)T00:00:00Z" })
                return order
            }
            purchaseOrders += fake.purchaseOrders(of: goodsOwner).map { PurchaseOrder($0, goodsOwner, ahead) }
            adjustments += fake.adjustments(of: goodsOwner).map {
                Adjustment(
                    goodsOwner: goodsOwner, inventory: $0.inventoryId, article: $0.article, change: $0.change,
                    time: $0.time - ahead)
            }
        }
        movements = fake.ledger.entries(clockAhead: ahead).map { LedgerMovement($0) }
        stock = fake.ledger.positions.map { StockPosition(item: $0.item, place: $0.place, stock: $0.stock) }
        imbalances = fake.ledger.imbalances().map {
            StockImbalance(item: $0.item, place: $0.place, stock: $0.stock, sum: $0.sum)
        }
    }
}

extension OngoingSnapshot.Order {
    fileprivate init(_ record: OngoingFake.OrderRecord, _ goodsOwner: Int, _ ahead: Duration) {
        self.init(
            goodsOwner: goodsOwner, id: record.id, number: record.number, goodsOwnerOrderId: record.goodsOwnerOrderId,
            history: record.statusHistory.map { .init(time: $0.time - ahead, status: $0.status) },
            isCancelled: record.isCancelled,
            fields: record.fields, consignee: record.consignee,
            lines: record.lines.map {
                .init(
                    id: $0.id, row: $0.row, article: $0.article, quantity: $0.ordered, moved: $0.picked, reported: $0.reported,
                    fields: $0.fields)
            })
        backOrderFor = record.backOrderFor
        for index in lines.indices { lines[index].allocated = record.lines[index].allocated }
    }
}

extension OngoingSnapshot.PurchaseOrder {
    fileprivate init(_ record: OngoingFake.PurchaseOrderRecord, _ goodsOwner: Int, _ ahead: Duration) {
        self.init(
            goodsOwner: goodsOwner, id: record.id, number: record.number,
            history: record.statusHistory.map { .init(time: $0.time - ahead, status: $0.status) },
            isCancelled: record.isCancelled,
            fields: record.fields,
            lines: record.lines.map {
                .init(
                    id: $0.id, row: $0.row, article: $0.article, quantity: $0.advised, moved: $0.received, reported: $0.reported,
                    fields: $0.fields)
            })
    }
}

extension JSONObject {
    /// The same object with another value of a member; it stays without the member when there is none.
    fileprivate func replacing(_ name: String, with text: String?) -> JSONObject {
        guard let text else { return self }
        return JSONObject(map { JSONObject.Member(name: $0.name, value: $0.name == name ? .string(text) : $0.value) })
    }
}
