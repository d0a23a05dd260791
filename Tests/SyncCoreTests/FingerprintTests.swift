import SyncCore
import Testing
import Trade
import Units

struct FingerprintTests {
    /// The journal outlives the process: a fingerprint that differed from run to run would send everything again.
    @Test func aFingerprintIsTheSameInEveryProcess() {
        var article = Article(number: ItemNumber("CHAIR-01"))
        article.name = "Oak chair"
        #expect(article.fingerprint.text == "8e58d8f9b4d617da")
    }

    // MARK: Nothing is left out

    /// A change that the fingerprint does not show never reaches the warehouse. Each field that the type has must be in the table, and
    /// change the fingerprint when it alone is another.
    private func everyFieldCounts<Value>(
        of value: Value, _ changes: [String: (inout Value) -> Void], without: Set<String> = [],
        in fingerprint: (Value) -> Fingerprint
    ) {
        let fields = Set(Mirror(reflecting: value).children.compactMap(\.label))
        #expect(fields.subtracting(without) == Set(changes.keys))
        let unchanged = fingerprint(value)
        var seen = [unchanged.text: "unchanged"]
        for (field, change) in changes.sorted(by: { $0.key < $1.key }) {
            var other = value
            change(&other)
            let text = fingerprint(other).text
            #expect(seen[text] == nil, "\(field) looks like \(seen[text] ?? "")")
            seen[text] = field
        }
    }

    private static var address: [String: (inout WarehouseAddress) -> Void] {
        [
            "name": { $0.name = "x" }, "address1": { $0.address1 = "x" }, "address2": { $0.address2 = "x" },
            "city": { $0.city = "x" }, "postCode": { $0.postCode = "x" }, "countryCode": { $0.countryCode = "x" },
            "email": { $0.email = "x" }, "phone": { $0.phone = "x" },
        ]
    }

    @Test func everyFieldOfAnArticleCounts() {
        everyFieldCounts(
            of: Article(number: ItemNumber("A")),
            [
                "number": { $0.number = ItemNumber("B") }, "name": { $0.name = "x" }, "productCode": { $0.productCode = "x" },
                "description": { $0.description = "x" }, "barcode": { $0.barcode = "x" },
                "customerPrice": { $0.customerPrice = Money("1") }, "groupCode": { $0.groupCode = "x" },
                "groupName": { $0.groupName = "x" }, "height": { $0.height = 1 }, "length": { $0.length = 1 },
                "width": { $0.width = 1 }, "weight": { $0.weight = 1 }, "isBatchArticle": { $0.isBatchArticle = true },
                "isSerialNumberArticle": { $0.isSerialNumberArticle = true }, "pictureURL": { $0.pictureURL = "x" },
                "supplierNumber": { $0.supplierNumber = "x" }, "supplierName": { $0.supplierName = "x" },
                "isActive": { $0.isActive = true },
            ], in: \.fingerprint)
    }

    private static let outboundLine = OutboundLine(
        row: LineID("1"), article: ItemNumber("A"), quantity: Quantity("2")!, totalWithVAT: nil)

    private static let order = OutboundOrder(
        number: OrderNumber("1042"), erpNumber: OrderNumber("1042"), deliveryDate: CivilDate("2026-03-02")!,
        consignee: WarehouseAddress(), lines: [outboundLine])

    @Test func everyFieldOfAnOrderCounts() {
        everyFieldCounts(
            of: Self.order,
            [
                "erpNumber": { $0.erpNumber = OrderNumber("1043") },
                "deliveryDate": { $0.deliveryDate = CivilDate("2026-03-03")! }, "currency": { $0.currency = "x" },
                "deliveryInstruction": { $0.deliveryInstruction = "x" }, "invoiceNumber": { $0.invoiceNumber = "x" },
                "reference": { $0.reference = "x" }, "termsOfPayment": { $0.termsOfPayment = "x" },
                "customerNumber": { $0.customerNumber = "x" }, "consignee": { $0.consignee.name = "x" },
                "invoiceAddress": { order in
                    var address = WarehouseAddress()
                    address.name = "x"
                    order.invoiceAddress = address
                }, "lines": { $0.lines = [] },
                // The number in the warehouse has a suffix after a cancellation: the content is the same.
            ], without: ["number"], in: \.fingerprint)
        everyFieldCounts(
            of: Self.outboundLine,
            [
                "row": { $0.row = LineID("2") }, "article": { $0.article = ItemNumber("B") },
                "quantity": { $0.quantity = Quantity("3")! }, "totalWithVAT": { $0.totalWithVAT = Money("1") },
            ],
            in: { line in
                var order = Self.order
                order.lines = [line]
                return order.fingerprint
            })
    }

    @Test func everyFieldOfTheAddressesOfAnOrderCounts() {
        everyFieldCounts(
            of: WarehouseAddress(), Self.address,
            in: { address in
                var order = Self.order
                order.consignee = address
                return order.fingerprint
            })
        everyFieldCounts(
            of: WarehouseAddress(), Self.address,
            in: { address in
                var order = Self.order
                order.invoiceAddress = address
                return order.fingerprint
            })
    }

    private static let inboundLine = InboundLine(
        row: LineID("1"), article: ItemNumber("A"), quantity: Quantity("2")!, currency: nil, totalWithVAT: nil)

    private static let purchaseOrder = InboundOrder(
        number: PurchaseOrderNumber("3001"), erpNumber: PurchaseOrderNumber("3001"), lines: [inboundLine])

    @Test func everyFieldOfAPurchaseOrderCounts() {
        everyFieldCounts(
            of: Self.purchaseOrder,
            [
                "erpNumber": { $0.erpNumber = PurchaseOrderNumber("3002") }, "remark": { $0.remark = "x" },
                "reference": { $0.reference = "x" }, "orderDate": { $0.orderDate = Moment(milliseconds: 1) },
                "supplierNumber": { $0.supplierNumber = "x" }, "supplierName": { $0.supplierName = "x" },
                "supplierAddress": { order in
                    var address = WarehouseAddress()
                    address.name = "x"
                    order.supplierAddress = address
                }, "supplierGroupNumber": { $0.supplierGroupNumber = "x" },
                "supplierGroupName": { $0.supplierGroupName = "x" }, "lines": { $0.lines = [] },
            ], without: ["number"], in: \.fingerprint)
        everyFieldCounts(
            of: Self.inboundLine,
            [
                "row": { $0.row = LineID("2") }, "article": { $0.article = ItemNumber("B") },
                "quantity": { $0.quantity = Quantity("3")! }, "currency": { $0.currency = "x" },
                "totalWithVAT": { $0.totalWithVAT = Money("1") },
            ],
            in: { line in
                var order = Self.purchaseOrder
                order.lines = [line]
                return order.fingerprint
            })
        everyFieldCounts(
            of: WarehouseAddress(), Self.address,
            in: { address in
                var order = Self.purchaseOrder
                order.supplierAddress = address
                return order.fingerprint
            })
    }

    // MARK: How far the warehouse has come

    private static let pickedLine = WarehouseOrderLine(
        id: WarehouseID(88), row: LineID("1"), article: ItemNumber("A"), ordered: Quantity("5")!, picked: Quantity("3")!,
        reported: nil)

    private static let warehouseOrder = WarehouseOrder(
        id: WarehouseID(70), number: OrderNumber("1042"), status: 450, lines: [pickedLine])

    /// Equal while nothing moved: what a person reads or the warehouse renames is no progress.
    @Test func whateverMovesOfAnOrderIsProgress() {
        everyFieldCounts(
            of: Self.warehouseOrder, ["status": { $0.status = 500 }, "lines": { $0.lines = [] }],
            without: ["id", "number", "erpNumber", "statusText", "backOrderFor", "newestTime"], in: \.progressFingerprint)
        everyFieldCounts(
            of: Self.pickedLine,
            [
                "row": { $0.row = LineID("2") }, "article": { $0.article = ItemNumber("B") },
                "picked": { $0.picked = Quantity("4")! }, "returned": { $0.returned = Quantity("1")! },
            ], without: ["id", "ordered", "reported"],
            in: { line in
                var order = Self.warehouseOrder
                order.lines = [line]
                return order.progressFingerprint
            })
    }

    @Test func whateverMovesOfABackOrderOrIsOwedIsProgress() {
        func fingerprint(_ backOrder: WarehouseOrder, _ owed: [OwedRest] = []) -> Fingerprint {
            Self.warehouseOrder.progressFingerprint(with: [backOrder], owed)
        }
        everyFieldCounts(
            of: Self.warehouseOrder,
            ["id": { $0.id = WarehouseID(71) }, "status": { $0.status = 500 }, "lines": { $0.lines = [] }],
            without: ["number", "erpNumber", "statusText", "backOrderFor", "newestTime"], in: { fingerprint($0) })
        everyFieldCounts(
            of: Self.pickedLine,
            [
                "row": { $0.row = LineID("2") }, "article": { $0.article = ItemNumber("B") },
                "ordered": { $0.ordered = Quantity("6")! }, "picked": { $0.picked = Quantity("4")! },
                "returned": { $0.returned = Quantity("1")! },
            ], without: ["id", "reported"],
            in: { line in
                var order = Self.warehouseOrder
                order.lines = [line]
                return fingerprint(order)
            })
        let rest = OwedRest(
            row: LineID("1"), item: ItemNumber("A"), ordered: Quantity("5")!, shipped: Quantity("3")!, owed: Quantity("2")!)
        everyFieldCounts(
            of: rest, ["row": { $0.row = LineID("2") }, "owed": { $0.owed = Quantity("1")! }],
            without: ["item", "ordered", "shipped"], in: { fingerprint(Self.warehouseOrder, [$0]) })
        #expect(fingerprint(Self.warehouseOrder, [rest]) != fingerprint(Self.warehouseOrder))
    }

    private static let receivedLine = WarehousePurchaseLine(
        id: WarehouseID(91), row: LineID("1"), article: ItemNumber("A"), advised: Quantity("5")!, received: Quantity("3")!,
        reported: nil)

    @Test func whateverMovesOfAPurchaseOrderIsProgress() {
        let order = WarehousePurchaseOrder(
            id: WarehouseID(55), number: PurchaseOrderNumber("3001"), status: 300, lines: [Self.receivedLine])
        everyFieldCounts(
            of: order, ["status": { $0.status = 500 }, "lines": { $0.lines = [] }],
            without: ["id", "number", "statusText", "newestTime"], in: \.progressFingerprint)
        everyFieldCounts(
            of: Self.receivedLine,
            [
                "row": { $0.row = LineID("2") }, "article": { $0.article = ItemNumber("B") },
                "received": { $0.received = Quantity("4")! },
            ], without: ["id", "advised", "reported"],
            in: { line in
                var order = order
                order.lines = [line]
                return order.progressFingerprint
            })
    }

    @Test func absentIsNotEmpty() {
        var empty = Article(number: ItemNumber("A"))
        empty.name = ""
        #expect(empty.fingerprint != Article(number: ItemNumber("A")).fingerprint)
    }
}
