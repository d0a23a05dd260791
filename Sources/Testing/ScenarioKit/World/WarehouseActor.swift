import FakeKit
import Invariants
import OngoingFake
import StrictYAML
import Units

/// The people in the warehouse. Each method is a step of a scenario, done in the fake and recorded in the action log.
///
/// What the warehouse does not allow throws an ``ActionError``.
final class WarehouseActor {
    let fake: OngoingFake
    let user: String
    private let actions: ActionRecorder
    /// In the order of the connections.
    private let goodsOwners: [(connection: String, id: Int)]

    init(fake: OngoingFake, user: String, actions: ActionRecorder, goodsOwners: [(connection: String, id: Int)]) {
        self.fake = fake
        self.user = user
        self.actions = actions
        self.goodsOwners = goodsOwners
    }

    /// The number under which the warehouse knows an item: scenarios name items as Rackbeat does.
    static func article(_ item: String) -> String {
        withoutEdges(item)
    }

    func revokeAccess() { fake.revokeUser(user) }
    func restoreAccess() { fake.restoreUser(user) }

    // MARK: Orders

    func release(_ value: Value) throws { try work(on: value) { try fake.release(goodsOwner: $0, order: $1) } }

    func allocate(_ value: Value) throws {
        try work(on: value) { try fake.allocate(goodsOwner: $0, order: $1, lines: value["lines"].map(goods)) }
    }

    func pick(_ value: Value) throws {
        try work(on: value) {
            try fake.pick(
                goodsOwner: $0, order: $1, lines: value["lines"].map(goods), allowOver: value["over"]?.flag ?? false)
        }
    }

    func unpick(_ value: Value) throws {
        try work(on: value) { try fake.unpick(goodsOwner: $0, order: $1, lines: goods(value.required("lines"))) }
    }

    func send(_ value: Value) throws {
        try work(on: value) { try fake.send(goodsOwner: $0, order: $1, force: value["force"]?.flag ?? false) }
    }

    func collect(_ value: Value) throws {
        try work(on: value) { try fake.collect(goodsOwner: $0, order: $1, force: value["force"]?.flag ?? false) }
    }

    func takeBack(_ value: Value) throws {
        let cause = value["cause"].map { OngoingFake.CodeName(code: $0.text, name: nil) }
        for (row, quantity) in value.required("lines").quantitiesByLine {
            try work(on: value) { owner, number in
                try fake.returnGoods(goodsOwner: owner, order: number, row: row, quantity: quantity, cause: cause)
                guard let line = fake.order(number, of: owner)?.line(row) else { return }
                actions.record(
                    .returned(goodsOwner: owner, order: number, line: row, item: line.article, quantity: quantity))
            }
        }
    }

    func addTracking(_ value: Value) throws {
        try work(on: value) {
            try fake.addTracking(
                goodsOwner: $0, order: $1, waybill: value.required("waybill").text, url: value["url"]?.text)
        }
    }

    func addLine(_ value: Value) throws {
        let article = Self.article(value.required("item").text)
        let quantity = value.required("quantity").decimal
        if value["order"] != nil {
            try work(on: value) { try fake.addLine(goodsOwner: $0, order: $1, article: article, quantity: quantity) }
        } else {
            try workInbound(on: value) {
                try fake.addPurchaseLine(goodsOwner: $0, purchaseOrder: $1, article: article, quantity: quantity)
            }
        }
    }

    func deleteLine(_ value: Value) throws {
        try work(on: value) { try fake.deleteLine(goodsOwner: $0, order: $1, row: value.required("line").text) }
    }

    func backOrder(_ value: Value) throws {
        var rest = ""
        try work(on: value) { rest = try fake.createBackOrder(goodsOwner: $0, order: $1) }
        let owner = try goodsOwner(of: value, holding: "order")
        actions.record(.backOrdered(goodsOwner: owner, order: value.required("order").text, rest: rest))
    }

    /// Does something to an order, and records how its status and picked quantities changed.
    private func work(on value: Value, _ act: (_ goodsOwner: Int, _ order: String) throws -> Void) throws {
        let owner = try goodsOwner(of: value, holding: "order")
        let number = value.required("order").text
        let before = fake.order(number, of: owner)
        try act(owner, number)
        guard let before, let after = fake.order(number, of: owner) else { return }
        for line in after.lines {
            let change = line.picked - (before.lines.first { $0.id == line.id }?.picked ?? .zero)
            let row = line.row ?? String(line.id)
            if change > .zero {
                actions.record(.picked(goodsOwner: owner, order: number, line: row, item: line.article, quantity: change))
            } else if change < .zero {
                actions.record(.unpicked(goodsOwner: owner, order: number, line: row, item: line.article, quantity: -change))
            }
        }
        guard before.status != after.status else { return }
        actions.record(
            after.isCancelled
                ? .orderCancelledInWarehouse(goodsOwner: owner, order: number)
                : .orderReached(goodsOwner: owner, order: number, status: after.status))
    }

    // MARK: Orders and purchase orders

    func setStatus(_ value: Value) throws {
        let status = value.required("status").int
        if value["order"] != nil {
            try work(on: value) { try fake.setStatus(goodsOwner: $0, order: $1, to: status) }
        } else {
            try workInbound(on: value) { try fake.setPurchaseStatus(goodsOwner: $0, purchaseOrder: $1, to: status) }
        }
    }

    func cancel(_ value: Value) throws {
        let force = value["force"]?.flag ?? false
        if value["order"] != nil {
            try work(on: value) { try fake.cancelOrder(goodsOwner: $0, order: $1, force: force) }
        } else {
            try workInbound(on: value) { try fake.cancelPurchaseOrder(goodsOwner: $0, purchaseOrder: $1, force: force) }
        }
    }

    // MARK: What the office does with documents of either kind

    func renumber(_ value: Value) throws {
        try office(on: value) { try fake.renumber($0, to: value.required("number").text) }
    }

    func changeLine(_ value: Value) throws {
        try office(on: value) {
            try fake.changeLine(
                $0, row: value.required("line").text, quantity: value["quantity"]?.decimal, article: value["item"]?.text)
        }
    }

    func remove(_ value: Value) throws { try office(on: value) { try fake.remove($0) } }

    func reactivate(_ value: Value) throws { try office(on: value) { try fake.reactivate($0) } }

    func create(_ value: Value) throws {
        let isOrder = value["order"] != nil
        try fake.create(
            OngoingFake.DocumentName(
                goodsOwner: goodsOwner(of: value), number: value.required(isOrder ? "order" : "purchase-order").text,
                isPurchaseOrder: !isOrder), row: value.required("line").text, article: value.required("item").text,
            quantity: value.required("quantity").decimal)
    }

    private func office(on value: Value, _ act: (OngoingFake.DocumentName) throws -> Void) throws {
        let key = value["order"] != nil ? "order" : "purchase-order"
        try act(
            OngoingFake.DocumentName(
                goodsOwner: try goodsOwner(of: value, holding: key), number: value.required(key).text,
                isPurchaseOrder: key != "order"))
    }

    // MARK: Purchase orders

    func receive(_ value: Value) throws {
        try workInbound(on: value) {
            try fake.receive(
                goodsOwner: $0, purchaseOrder: $1, lines: value["lines"].map(goods),
                evenFinished: value["late"]?.flag ?? false)
        }
    }

    func correctReceipt(_ value: Value) throws {
        try workInbound(on: value, isCorrection: true) { owner, number in
            for (row, change) in value.required("lines").quantitiesByLine {
                try fake.correctReceipt(goodsOwner: owner, purchaseOrder: number, row: row, by: change)
            }
        }
    }

    func finish(_ value: Value) throws { try workInbound(on: value) { try fake.finish(goodsOwner: $0, purchaseOrder: $1) } }

    /// Does something to a purchase order, and records how its status and received quantities changed.
    private func workInbound(
        on value: Value, isCorrection: Bool = false, _ act: (_ goodsOwner: Int, _ purchaseOrder: String) throws -> Void
    ) throws {
        let owner = try goodsOwner(of: value, holding: "purchase-order")
        let number = value.required("purchase-order").text
        let before = fake.purchaseOrder(number, of: owner)
        try act(owner, number)
        guard let before, let after = fake.purchaseOrder(number, of: owner) else { return }
        for line in after.lines {
            let change = line.received - (before.lines.first { $0.id == line.id }?.received ?? .zero)
            let row = line.row ?? String(line.id)
            if isCorrection, !change.isZero {
                actions.record(
                    .receiptCorrected(goodsOwner: owner, purchaseOrder: number, line: row, item: line.article, change: change))
            } else if change > .zero {
                actions.record(
                    .received(goodsOwner: owner, purchaseOrder: number, line: row, item: line.article, quantity: change))
            }
        }
        guard before.status != after.status else { return }
        actions.record(.purchaseOrderReached(goodsOwner: owner, purchaseOrder: number, status: after.status))
    }

    // MARK: Stock

    func adjust(_ value: Value) throws {
        let owner = goodsOwner(of: value)
        let rows = (value["rows"]?.list ?? [value]).map { row in
            OngoingFake.AdjustmentRow(
                article: Self.article(row.required("item").text), change: row.required("change").decimal,
                cause: value["cause"]?.text ?? "COUNT", comment: value["comment"]?.text, batch: row["batch"]?.text,
                serial: row["serial"]?.text)
        }
        let inventory = try fake.adjust(goodsOwner: owner, rows: rows)
        for row in rows {
            actions.record(.adjusted(goodsOwner: owner, item: row.article, change: row.change, inventory: inventory))
        }
    }

    func moveUnrecorded(_ value: Value) throws {
        let owner = goodsOwner(of: value)
        let item = Self.article(value.required("item").text)
        let change = value.required("change").decimal
        try fake.moveStockSilently(goodsOwner: owner, article: item, change: change)
        actions.record(.drifted(.ongoing(goodsOwner: owner), item: item, change: change))
    }

    func createArticle(_ value: Value) throws {
        let owner = goodsOwner(of: value)
        let number = value.required("number").text
        guard fake.article(number, of: owner) == nil else {
            throw ActionError("To create article \(number): goods owner \(owner) has it already.")
        }
        let stock = value["stock"]?.decimal ?? .zero
        guard !stock.isNegative else { throw ActionError("To create article \(number): its stock \(stock) is below zero.") }
        fake.openStock(goodsOwner: owner, article: number, quantity: stock)
        if !stock.isZero { actions.record(.drifted(.ongoing(goodsOwner: owner), item: number, change: stock)) }
    }

    func changeArticle(_ value: Value) throws {
        try fake.change(
            article: value.required("number").text, of: goodsOwner(of: value), number: value["to"]?.text,
            isActive: value["active"]?.flag)
    }

    // MARK: Goods owner

    private func goodsOwner(of value: Value) -> Int {
        guard let connection = value["connection"] else { return goodsOwners[0].id }
        return goodsOwners.first { $0.connection == connection.text }!.id
    }

    /// The goods owner that is named, or the only one that holds the document.
    private func goodsOwner(of value: Value, holding key: String) throws -> Int {
        guard value["connection"] == nil else { return goodsOwner(of: value) }
        let number = value.required(key).text
        let isOrder = key == "order"
        let what = isOrder ? "order" : "purchase order"
        let holders = goodsOwners.filter { owner in
            isOrder ? fake.order(number, of: owner.id) != nil : fake.purchaseOrder(number, of: owner.id) != nil
        }
        if holders.count > 1 {
            let names = holders.map(\.connection).joined(separator: " and ")
            throw ActionError("The warehouse holds \(what) \(number) for \(names): add 'connection' to the step.")
        }
        if let holder = holders.first { return holder.id }
        let held = goodsOwners.flatMap { owner in
            isOrder ? fake.orders(of: owner.id).map(\.number) : fake.purchaseOrders(of: owner.id).map(\.number)
        }
        let nearest = Spelling.hint(for: number, among: held)
        throw ActionError(
            "The warehouse holds no \(what) \(number)"
                + (nearest.isEmpty ? held.isEmpty ? "; it holds none" : "" : nearest))
    }

    private func goods(_ value: Value) -> [OngoingFake.LineQuantity] {
        value.table.map { row, quantity in
            guard quantity.isRecord else { return OngoingFake.LineQuantity(row: row.text, quantity: quantity.decimal) }
            return OngoingFake.LineQuantity(
                row: row.text, quantity: quantity.required("quantity").decimal, batch: quantity["batch"]?.text,
                serial: quantity["serial"]?.text)
        }
    }
}
