import FakeKit
import Invariants
import JSON
import RackbeatFake
import StrictYAML
import Units

/// The people who use Rackbeat. Each method is a step of a scenario, done in the fake and recorded in the action log.
///
/// What Rackbeat does not allow throws an ``ActionError``.
final class ERPActor {
    let fake: RackbeatFake
    private let actions: ActionRecorder
    /// The location of lines that name none.
    private let defaultLocation: Int

    init(fake: RackbeatFake, actions: ActionRecorder, defaultLocation: Int) {
        self.fake = fake
        self.actions = actions
        self.defaultLocation = defaultLocation
    }

    func revokeToken() { fake.isTokenRevoked = true }
    func restoreToken() { fake.isTokenRevoked = false }

    func hideRecords(_ value: Value?) { fake.hiding = value?["lists"]?.flag == true ? .everywhere : .byNumber }
    func showRecords() { fake.hiding = nil }

    // MARK: Products

    func createProduct(_ value: Value) throws {
        let group = fake.groups.first?.number ?? 1
        try fake.addProduct(RackbeatSeeds.product(value, stockAt: defaultLocation, group: group))
        actions.record(.productChanged(value.required("number").text))
    }

    func changeProduct(_ value: Value) throws {
        let number = value.required("number").text
        let members = RackbeatSeeds.productMembers(value)
        if !members.isEmpty { try fake.changeProduct(number, members) }
        if let picture = value["original-picture"]?.text { try fake.setOriginalPicture(ofProduct: number, picture) }
        actions.record(.productChanged(number))
        guard value["batch"] != nil || value["serial"] != nil, let product = fake.product(number) else { return }
        try fake.setTracking(
            ofProduct: number, isBatch: value["batch"]?.flag ?? product.isBatch,
            isSerial: value["serial"]?.flag ?? product.isSerial)
    }

    func touchProduct(_ value: Value) throws { try fake.touchProduct(value.required("number").text) }

    func deleteProduct(_ value: Value) throws { try fake.deleteProduct(value.required("number").text) }

    func renumberProduct(_ value: Value) throws {
        let (number, new) = (value.required("number").text, value.required("to").text)
        let stock = fake.locations.map { ($0.number, fake.stockOnHand(number, at: $0.number)) }
        try fake.renumberProduct(number, to: new)
        actions.record(.productChanged(new))
        for (location, quantity) in stock where !quantity.isZero {
            actions.record(.drifted(.rackbeat(location: String(location)), item: number, change: -quantity))
            actions.record(.drifted(.rackbeat(location: String(location)), item: new, change: quantity))
        }
    }

    func changeSupplier(_ value: Value) throws {
        var members = RackbeatSeeds.supplierMembers(value)
        if let name = value["group"]?.text { members.append("supplier_group_id", JSON(try supplierGroup(name))) }
        try fake.changeSupplier(value.required("number").number, members)
    }

    /// The number of the group of that name, which is made when there is none.
    private func supplierGroup(_ name: String) throws -> Int {
        if let group = fake.supplierGroups.first(where: { $0.content.name == name }) { return group.content.number }
        let number = (fake.supplierGroups.map(\.content.number).max() ?? 0) + 1
        try fake.addSupplierGroup(SupplierGroupSeed(number: number, name: name))
        return number
    }

    // MARK: Sales orders

    func draftOrder(_ value: Value) throws { try fake.addOrder(RackbeatSeeds.order(value, defaultLocation), book: false) }

    func bookOrder(_ value: Value) throws {
        let number = try fake.addOrder(RackbeatSeeds.order(value, defaultLocation), book: true)
        writeBooked(order: number)
    }

    func bookMany(_ value: Value) throws {
        let items = fake.products.filter { !$0.isDeleted }.map(\.number)
        guard !items.isEmpty else { throw ActionError("To book many orders: there is no product to sell.") }
        let first = value["from"]?.int ?? 10_001
        for index in 0..<value.required("orders").int {
            let line = LineSeed(item: items[index % items.count], quantity: 1, location: defaultLocation)
            writeBooked(order: try fake.addOrder(OrderSeed(number: first + index, lines: [line]), book: true))
        }
    }

    func bookDraft(_ value: Value) throws {
        let number = value.required("order").number
        try fake.bookOrder(number)
        writeBooked(order: number)
    }

    func reopenOrder(_ value: Value) throws {
        let number = value.required("order").number
        try fake.reopenOrder(number)
        actions.record(.orderReopened(String(number)))
    }

    func changeOrder(_ value: Value) throws {
        let number = value.required("order").number
        let members = RackbeatSeeds.orderMembers(value)
        if !members.isEmpty { try fake.changeOrder(number, members) }
        try changeLines(
            value, change: { try fake.changeOrderLine($0, of: number, $1) },
            remove: { try fake.removeOrderLine($0, of: number) }, add: { try fake.addOrderLine($0, to: number) })
    }

    /// The lines of a draft, as a step changes them.
    private func changeLines(
        _ value: Value, change: (Int, (inout LineSeed) -> Void) throws -> Void, remove: (Int) throws -> Void,
        add: (LineSeed) throws -> Int
    ) throws {
        for (id, quantity) in value["quantities"]?.table.map({ ($0.key.int, $0.value.decimal) }) ?? [] {
            try change(id) { $0.quantity = quantity }
        }
        for line in value["change-lines"]?.list ?? [] {
            try change(line.required("id").int) { RackbeatSeeds.change(&$0, line) }
        }
        for id in value["remove-lines"]?.list.map(\.int) ?? [] { try remove(id) }
        for line in value["add-lines"]?.list ?? [] { _ = try add(RackbeatSeeds.line(line, defaultLocation)) }
    }

    func cancelOrder(_ value: Value) throws {
        let number = value.required("order").number
        try fake.cancelOrder(number)
        actions.record(.orderCancelled(String(number)))
    }

    func deleteOrder(_ value: Value) throws {
        let number = value.required("order").number
        try fake.deleteOrder(number)
        actions.record(.orderCancelled(String(number)))
    }

    func closeRest(_ value: Value) throws {
        if let order = value["order"]?.number {
            try fake.closeRest(ofOrder: order)
            actions.record(.restGivenUp(String(order)))
        } else {
            let order = value.required("purchase-order").number
            try fake.closeRest(ofPurchaseOrder: order)
            actions.record(.purchaseRestGivenUp(String(order)))
        }
    }

    private func writeBooked(order number: Int) {
        guard let order = fake.order(number) else { return }
        actions.record(.orderBooked(String(number), lines: Self.goods(of: order.lines)))
    }

    /// The lines of goods, as the action log has them.
    private static func goods(of lines: [LineRecord]) -> [ActionLog.Line] {
        lines.compactMap { line in
            guard line.isStock, let item = line.item else { return nil }
            return ActionLog.Line(
                id: String(line.id), item: item, location: line.location.map { String($0) }, quantity: line.quantity)
        }
    }

    func shipByHand(_ value: Value) throws {
        let number = value.required("order").number
        record(shipment: try fake.shipByHand(order: number, lines: value["lines"]?.quantitiesByID), of: number)
    }

    func draftShipment(_ value: Value) throws {
        let number = value.required("order").number
        let id = try fake.draftShipmentByHand(order: number, lines: value["lines"]?.quantitiesByID)
        // Where a shipment ships as it is created, it is no draft.
        if fake.shipment(id)?.isShipped == true { record(shipment: id, of: number) }
    }

    private func record(shipment id: Int, of number: Int) {
        for line in fake.shipment(id)?.lines ?? [] {
            actions.record(
                .shippedByHand(
                    order: String(number), line: String(line.orderLine), location: String(line.location), quantity: line.quantity)
            )
        }
    }

    // MARK: Purchase orders

    func draftPurchaseOrder(_ value: Value) throws {
        try fake.addPurchaseOrder(RackbeatSeeds.purchaseOrder(value, defaultLocation), book: false)
    }

    func bookPurchaseOrder(_ value: Value) throws {
        let number = try fake.addPurchaseOrder(RackbeatSeeds.purchaseOrder(value, defaultLocation), book: true)
        writeBooked(purchaseOrder: number)
    }

    func bookPurchaseDraft(_ value: Value) throws {
        let number = value.required("purchase-order").number
        try fake.bookPurchaseOrder(number)
        writeBooked(purchaseOrder: number)
    }

    func reopenPurchaseOrder(_ value: Value) throws {
        let number = value.required("purchase-order").number
        try fake.reopenPurchaseOrder(number)
        actions.record(.purchaseOrderReopened(String(number)))
    }

    func changePurchaseOrder(_ value: Value) throws {
        let number = value.required("purchase-order").number
        let members = RackbeatSeeds.purchaseMembers(value)
        if !members.isEmpty { try fake.changePurchaseOrder(number, members) }
        try changeLines(
            value, change: { try fake.changePurchaseOrderLine($0, of: number, $1) },
            remove: { try fake.removePurchaseOrderLine($0, of: number) }, add: { try fake.addPurchaseOrderLine($0, to: number) })
    }

    func cancelPurchaseOrder(_ value: Value) throws {
        let number = value.required("purchase-order").number
        try fake.cancelPurchaseOrder(number)
        actions.record(.purchaseOrderCancelled(String(number)))
    }

    func deletePurchaseOrder(_ value: Value) throws {
        let number = value.required("purchase-order").number
        try fake.deletePurchaseOrder(number)
        actions.record(.purchaseOrderCancelled(String(number)))
    }

    private func writeBooked(purchaseOrder number: Int) {
        guard let order = fake.purchaseOrder(number) else { return }
        actions.record(.purchaseOrderBooked(String(number), lines: Self.goods(of: order.lines)))
    }

    func receiveByHand(_ value: Value) throws {
        let number = value.required("purchase-order").number
        record(receipt: try fake.receiveByHand(purchaseOrder: number, lines: value["lines"]?.quantitiesByID), of: number)
    }

    func draftReceipt(_ value: Value) throws {
        try fake.draftReceiptByHand(
            purchaseOrder: value.required("purchase-order").number, lines: value["lines"]?.quantitiesByID)
    }

    private func record(receipt: Int, of number: Int) {
        for line in fake.receipt(receipt)?.lines ?? [] {
            actions.record(
                .receivedByHand(
                    purchaseOrder: String(number), line: line.purchaseOrderLine.map { String($0) } ?? line.item,
                    location: String(line.location), quantity: line.quantity))
        }
    }

    // MARK: Drafts

    func confirmDrafts(_ value: Value) throws {
        if let order = value["order"]?.number {
            for shipment in try openShipments(of: order) {
                try fake.confirmDraftShipment(shipment)
                record(shipment: shipment, of: order)
            }
        } else if let order = value["purchase-order"]?.number {
            for receipt in try draftReceipts(of: order) {
                try fake.confirmDraftReceipt(receipt)
                record(receipt: receipt, of: order)
            }
        } else {
            for adjustment in try draftAdjustments(of: value.required("item").text) {
                let change = try fake.confirmDraftAdjustment(adjustment.id)
                actions.record(
                    .adjustedByHand(item: adjustment.item, location: String(adjustment.location), change: change))
            }
        }
    }

    func deleteDrafts(_ value: Value) throws {
        if let order = value["order"]?.number {
            for shipment in try openShipments(of: order) { try fake.deleteDraftShipment(shipment) }
        } else if let order = value["purchase-order"]?.number {
            for receipt in try draftReceipts(of: order) { try fake.deleteDraftReceipt(receipt) }
        } else {
            for adjustment in try draftAdjustments(of: value.required("item").text) {
                try fake.deleteDraftAdjustment(adjustment.id)
            }
        }
    }

    private func openShipments(of order: Int) throws -> [Int] {
        try some(fake.shipments.filter { $0.order == order && !$0.isShipped }.map(\.id), "order \(order)")
    }

    private func draftReceipts(of order: Int) throws -> [Int] {
        try some(fake.receipts.filter { $0.purchaseOrder == order && !$0.isReceived }.map(\.number), "purchase order \(order)")
    }

    private func draftAdjustments(of item: String) throws -> [AdjustmentRecord] {
        try some(fake.adjustments.filter { $0.item == item && !$0.isBooked }, item)
    }

    private func some<Draft>(_ drafts: [Draft], _ owner: String) throws -> [Draft] {
        guard !drafts.isEmpty else { throw ActionError("Rackbeat holds no draft of \(owner).") }
        return drafts
    }

    // MARK: Stock

    func draftAdjustment(_ value: Value) throws {
        try fake.draftAdjustmentByHand(
            value.required("item").text, at: value["location"]?.number ?? defaultLocation,
            change: value.required("change").decimal, cause: value["reason"]?.text ?? "Count")
    }

    func adjust(_ value: Value) throws {
        let change = value.required("change").decimal
        try setStock(value) { $0 + change }
    }

    func count(_ value: Value) throws {
        let counted = value.required("counted").decimal
        try setStock(value) { _ in counted }
    }

    private func setStock(_ value: Value, _ newQuantity: (_ before: ExactDecimal) -> ExactDecimal) throws {
        let item = value.required("item").text
        let location = value["location"]?.number ?? defaultLocation
        let before = fake.stockOnHand(item, at: location)
        let after = newQuantity(before)
        try fake.countStock(item, at: location, to: after, cause: value["reason"]?.text ?? "Count")
        actions.record(.adjustedByHand(item: item, location: String(location), change: after - before))
    }
}

extension Value {
    /// A name of Rackbeat's as the number it is.
    var number: Int {
        guard let number = Int(text) else { preconditionFailure("\(place): '\(text)' was read as a number of Rackbeat") }
        return number
    }

    /// `{ 1: 3 }` with the ids of Rackbeat's lines.
    var quantitiesByID: [Int: ExactDecimal] {
        Dictionary(table.map { ($0.key.int, $0.value.decimal) }, uniquingKeysWith: { $1 })
    }
}
