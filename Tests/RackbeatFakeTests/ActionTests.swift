import FakeKit
import JSON
import Testing
import Units

@testable import RackbeatFake

/// Errors of test actions say what was wanted, what prevents it, and what is held.
struct ActionTests {
    private func text(_ act: () throws -> Void) -> String {
        do {
            try act()
            return "it succeeded"
        } catch {
            return "\(error)"
        }
    }

    @Test func anActionThatIsRefusedSaysWhy() throws {
        let world = try TestWorld.stocked()
        let fake = world.fake!
        let order = try fake.addOrder(
            OrderSeed(
                number: 1042, lines: [LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001), LineSeed(id: 2, name: "Hi")]),
            book: true)
        #expect(
            text { try fake.bookOrder(order) }
                == "Cannot book order 1042: The order is already booked. Rackbeat holds order 1042 as booked, "
                + "line 1 of 5 KOP-01; line 2 of 1 «Hi».")
        #expect(
            text { try fake.cancelOrder(7) } == "Cannot cancel order 7: Rackbeat holds no order 7; its orders are 1042.")
        #expect(
            text { try fake.shipByHand(order: order, lines: [1: 6]) }
                == "Cannot ship order 1042 by hand: The quantity may not be greater than the open quantity of 5. "
                + "Rackbeat holds order 1042 as booked, line 1 of 5 KOP-01; line 2 of 1 «Hi».")
        #expect(
            text { try fake.countStock("KOP-01", at: 9, to: 1, cause: "count") }
                == "Cannot count KOP-01 at location 9 as 1: There is no location 9. "
                + "Rackbeat holds product KOP-01 «Mug, blue», stock 100 at 1001; 0 at 1002.")
        #expect(
            text { try fake.changeProduct("NONE", [:]) }
                == "Cannot change product NONE: Rackbeat holds no product NONE; its products are KOP-01, SKAL-02.")
        #expect(
            text { try fake.addLocation(LocationSeed(number: 1001)) } == "Cannot add location 1001: Rackbeat holds it already.")
        #expect(
            text { try fake.addOrder(OrderSeed(lines: [LineSeed(item: "NONE")]), book: true) }
                == "Cannot add order: Unknown item. ")
        #expect(
            text { try fake.confirmDraftShipment(5) } == "Cannot mark shipment 5 as shipped: Rackbeat holds no shipment 5.")
        #expect(
            text { try fake.receiveByHand(purchaseOrder: 5) }
                == "Cannot receive purchase order 5 by hand: Rackbeat holds no purchase order 5.")
    }

    /// Nothing may stay behind: an order that cannot be booked is not added as a draft either.
    @Test func anActionThatIsRefusedChangesNothing() throws {
        let world = try TestWorld.stocked(["stock.allow_negative": "false"])
        let fake = world.fake!
        #expect(text { try fake.addOrder(OrderSeed(lines: []), book: true) } != "it succeeded")
        #expect(fake.orders.isEmpty)
        let order = try fake.addOrder(
            OrderSeed(lines: [LineSeed(id: 1, item: "SKAL-02", quantity: 12, location: 1001)]), book: true)
        #expect(text { try fake.shipByHand(order: order, lines: [1: 12]) } != "it succeeded")
        #expect(fake.shipments.isEmpty)
        #expect(fake.stockOnHand("SKAL-02", at: 1001) == 10)
    }

    @Test func draftsByHandCanBeConfirmedOrDeleted() throws {
        let world = try TestWorld.stocked()
        let fake = world.fake!
        let order = try fake.addOrder(
            OrderSeed(lines: [LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001)]), book: true)
        let first = try fake.draftShipmentByHand(order: order, lines: [1: 2])
        let second = try fake.draftShipmentByHand(order: order)
        try fake.confirmDraftShipment(first)
        try fake.deleteDraftShipment(second)
        #expect(fake.shipments(ofOrder: order).map(\.id) == [first])
        #expect(fake.order(order)?.lines[0].fulfilled == 2)
        let purchase = try fake.addPurchaseOrder(
            PurchaseOrderSeed(lines: [LineSeed(id: 1, item: "KOP-01", quantity: 5, location: 1001)]), book: true)
        let receipt = try fake.draftReceiptByHand(purchaseOrder: purchase, lines: [1: 4])
        try fake.confirmDraftReceipt(receipt)
        try fake.deleteDraftReceipt(try fake.draftReceiptByHand(purchaseOrder: purchase))
        #expect(fake.receipts(ofPurchaseOrder: purchase).map(\.number) == [receipt])
        #expect(fake.stockOnHand("KOP-01", at: 1001) == 102)
    }
}
