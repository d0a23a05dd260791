import SyncCore
import Testing
import Trade
import Units

/// What becomes of each field of a product, an order and a purchase order: one change of the input, and every field of the output that
/// differs by it. A field that the table does not expect to change must stay as it is.
struct MappingTableTests {
    private struct Row<Input> {
        let name: String
        let change: (inout Input) -> Void
        /// By path; `nil` in the output is `-`.
        let output: [String: String]
        /// The fields of the findings.
        let findings: [String]

        init(
            _ name: String, _ output: [String: String], findings: [String] = [], _ change: @escaping (inout Input) -> Void
        ) {
            self.name = name
            self.change = change
            self.output = output
            self.findings = findings
        }
    }

    private func check<Input, Output>(
        _ input: Input, _ rows: [Row<Input>], notMapped: Set<String>, _ map: (Input) -> Mapped<Output>
    ) {
        let plain = Self.fields(of: map(input).value)
        #expect(map(input).findings == [])
        var changed: Set<String> = []
        let inputs = Self.fields(of: input)
        for row in rows {
            var other = input
            row.change(&other)
            changed.formUnion(Self.differences(Self.fields(of: other), inputs).keys.map { String($0.prefix { $0 != "." }) })
            let mapped = map(other)
            #expect(Self.differences(Self.fields(of: mapped.value), plain) == row.output, "\(row.name)")
            #expect(mapped.findings.map(\.field) == row.findings, "\(row.name)")
        }
        // A field of the input without a row is one that nobody thought of.
        let all = Set(Mirror(reflecting: input).children.compactMap(\.label))
        #expect(all.subtracting(changed).subtracting(notMapped).sorted() == [])
    }

    private static func differences(_ fields: [String: String], _ plain: [String: String]) -> [String: String] {
        var differences: [String: String] = [:]
        for name in Set(fields.keys).union(plain.keys) where fields[name] != plain[name] {
            differences[name] = fields[name] ?? "-"
        }
        return differences
    }

    /// The values by path, such as `consignee.city` and `lines.0.quantity`; absent ones are left out.
    private static func fields(of value: Any, _ path: String = "") -> [String: String] {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional {
            return mirror.children.first.map { fields(of: $0.value, path) } ?? [:]
        }
        let isDeep =
            value is WarehouseAddress || value is OutboundLine || value is InboundLine || value is Address || value is SalesLine
            || value is PurchaseLine || value is Supplier || mirror.displayStyle == .collection || path.isEmpty
        guard isDeep else { return [path: "\(value)"] }
        var result: [String: String] = [:]
        for (index, child) in mirror.children.enumerated() {
            let name = child.label ?? String(index)
            result.merge(fields(of: child.value, path.isEmpty ? name : "\(path).\(name)")) { $1 }
        }
        return result
    }

    private static let long = String(repeating: "x", count: 520)
    private static let time = Moment(milliseconds: 0)
    private static let context: MappingContext = {
        var context = MappingContext(locations: [LocationNumber("1001")])
        context.sendsSupplierGroup = true
        context.barredProducts = .deactivate
        return context
    }()

    // MARK: Article

    private static let product: Product = {
        var product = Product(number: ItemNumber("CHAIR-01"), updatedAt: time)
        product.name = "Oak chair"
        product.netSalesPrice = Money("79.96")
        product.group = ProductGroup(number: "7", name: "Chairs", vatDomestic: 25)
        product.supplierNumber = "21"
        product.supplierName = "Nordic Oak ApS"
        return product
    }()

    private func measure(_ value: String, _ unit: String?) -> Measure { Measure(value: ExactDecimal(value)!, unit: unit) }

    @Test func aProductBecomesAnArticle() {
        check(
            Self.product,
            [
                Row("number", ["number": "LAMP-01", "productCode": "LAMP-01"]) { $0.number = ItemNumber("LAMP-01") },
                Row("number with blanks around it", ["number": "LAMP-01", "productCode": "LAMP-01"]) {
                    $0.number = ItemNumber(" LAMP-01 ")
                },
                Row("name with blanks around it", ["name": "Ash chair"]) { $0.name = "  Ash chair\t" },
                Row("blank name", ["name": "-"]) { $0.name = " \n " },
                Row("long name is sent whole", ["name": Self.long], findings: ["articleName"]) { $0.name = Self.long },
                Row("description", ["description": "Line one\nline two"]) { $0.description = " Line one\nline two " },
                Row("long description", ["description": Self.long], findings: ["description"]) { $0.description = Self.long },
                Row("description of 500", ["description": String(Self.long.prefix(500))]) {
                    $0.description = String(Self.long.prefix(500))
                },
                Row("barcode", ["barcode": "0057"]) { $0.barcode = "0057" },
                Row("empty barcode", [:]) { $0.barcode = "" },
                Row("price: VAT is added and half a cent goes up", ["customerPrice": "0.63"]) { $0.netSalesPrice = Money("0.5") },
                Row("a price of half a cent with VAT", ["customerPrice": "0.01"]) { $0.netSalesPrice = Money("0.004") },
                Row("no price", ["customerPrice": "-"]) { $0.netSalesPrice = nil },
                Row("the account's own price counts elsewhere", [:]) { $0.grossSalesPrice = Money("1") },
                Row(
                    "group without VAT rate", ["customerPrice": "-", "groupCode": "8", "groupName": "-"],
                    findings: ["customerPrice"]
                ) {
                    $0.group = ProductGroup(number: "8", name: nil, vatDomestic: nil)
                },
                Row(
                    "no group", ["customerPrice": "-", "groupCode": "-", "groupName": "-"], findings: ["customerPrice"]
                ) { $0.group = nil },
                Row("height in centimetres", ["height": "0.09"]) { $0.height = self.measure("9", "cm") },
                Row("width in inches", ["width": "0.0254"]) { $0.width = self.measure("1", " IN ") },
                Row("length in metres", ["length": "2.5"]) { $0.length = self.measure("2.5", "m") },
                Row("length without a unit", [:], findings: ["length"]) { $0.length = self.measure("5", nil) },
                Row("weight in grams", ["weight": "0.062"]) { $0.weight = self.measure("62", "g") },
                Row("weight in an unknown unit", [:], findings: ["weight"]) { $0.weight = self.measure("1", "stone") },
                Row("batches", ["isBatchArticle": "true"]) { $0.isBatchControlled = true },
                Row("serial numbers", ["isSerialNumberArticle": "true"]) { $0.isSerialNumbered = true },
                Row("picture", ["pictureURL": "https://x/y"]) { $0.pictureURL = "https://x/y" },
                Row("supplier's number", ["supplierNumber": "22"]) { $0.supplierNumber = "22" },
                Row("supplier's name", ["supplierName": "-"]) { $0.supplierName = " " },
                Row("barred", ["isActive": "false"]) { $0.isBarred = true },
                Row("no inventory", ["isActive": "false"]) { $0.keepsInventory = false },
                Row("default location", [:]) { $0.defaultLocation = LocationNumber("1002") },
            ], notMapped: ["updatedAt"], Self.context.article)
    }

    // MARK: Order

    private static let order: SalesOrder = {
        var line = SalesLine(
            id: LineID("1"), item: ItemNumber("CHAIR-01"), location: LocationNumber("1001"), quantity: Quantity("3")!)
        line.lineTotal = Money("239.88")
        line.vatPercent = 25
        var order = SalesOrder(number: OrderNumber("1042"), progress: .booked, lines: [line], updatedAt: time)
        order.deliveryAddress = Address()
        order.deliveryAddress?.name = "Cafe Lager"
        order.deliveryAddress?.street = "Lagervej 2"
        order.billingAddress = Address()
        order.billingAddress?.name = "Cafe Fiktiv"
        order.billingAddress?.street = "Gade 1"
        return order
    }()

    @Test func anOrderBecomesAnOutboundOrder() {
        let rows: [Row<SalesOrder>] = [
            Row("number", ["erpNumber": "1043"]) { $0.number = OrderNumber("1043") },
            Row("currency", ["currency": "SEK"]) { $0.currency = " SEK " },
            Row("delivery date", ["deliveryDate": "2026-03-05"]) { $0.deliverAt = CivilDate("2026-03-05") },
            Row("delivery terms", ["deliveryInstruction": "DAP"]) { $0.deliveryTerms = "DAP" },
            Row("long terms", ["deliveryInstruction": Self.long], findings: ["deliveryInstruction"]) {
                $0.deliveryTerms = Self.long
            },
            Row("our reference", ["reference": "Mia Prøve"]) { $0.ourReferenceName = "Mia Prøve" },
            Row("our reference's number", ["invoiceNumber": "3"]) { $0.ourReferenceNumber = "3" },
            Row("payment terms: the name first", ["termsOfPayment": "Net 14"]) {
                ($0.paymentTermsName, $0.paymentTermsDescription, $0.paymentTermsNumber) = ("Net 14", "14 days", "7")
            },
            Row("payment terms: a blank name", ["termsOfPayment": "14 days"]) {
                ($0.paymentTermsName, $0.paymentTermsDescription, $0.paymentTermsNumber) = (" ", "14 days", "7")
            },
            Row("payment terms: the number at last", ["termsOfPayment": "7"]) { $0.paymentTermsNumber = "7" },
            Row("customer's number", ["customerNumber": "501"]) { $0.customerNumber = "501" },
            Row("customer's name", [:]) { $0.customerName = "Somebody else" },
            Row("second name", ["consignee.name": "Cafe Lager Port B"]) { $0.deliveryAddress?.name2 = "Port B" },
            Row("second name equal to the first", [:]) { $0.deliveryAddress?.name2 = "Cafe Lager " },
            Row("second line of the street", ["consignee.address2": "2. tv"]) { $0.deliveryAddress?.street2 = "2. tv" },
            Row("city", ["consignee.city": "Aarhus C"]) { $0.deliveryAddress?.city = "Aarhus C" },
            Row("post code with a zero", ["consignee.postCode": "0800"]) { $0.deliveryAddress?.postCode = "0800" },
            Row("country in Danish", ["consignee.countryCode": "DK"]) { $0.deliveryAddress?.country = "danmark" },
            Row("a code of three letters", ["consignee.countryCode": "DK"]) { $0.deliveryAddress?.country = "DNK" },
            Row("unknown country", [:], findings: ["consignee.countryCode"]) { $0.deliveryAddress?.country = "Atlantis" },
            Row("email", ["consignee.email": "a@b.example"]) { $0.deliveryAddress?.email = " a@b.example" },
            Row("phone", ["consignee.phone": "+4512345678"]) { $0.deliveryAddress?.phone = "+4512345678" },
            Row("invoice address", ["invoiceAddress.city": "Aarhus C"]) { $0.billingAddress?.city = "Aarhus C" },
            Row("invoice country", ["invoiceAddress.countryCode": "SE"]) { $0.billingAddress?.country = "Ruotsi" },
            Row(
                "no invoice address",
                ["invoiceAddress.name": "-", "invoiceAddress.address1": "-"]
            ) { $0.billingAddress = nil },
            Row("quantity", ["lines.0.quantity": "2.5"]) { $0.lines[0].quantity = Quantity("2.5")! },
            Row("half a cent of a line", ["lines.0.totalWithVAT": "0.63"]) { $0.lines[0].lineTotal = Money("0.5") },
            Row("VAT", ["lines.0.totalWithVAT": "239.88"]) { $0.lines[0].vatPercent = 0 },
            Row("the account's own total", ["lines.0.totalWithVAT": "300.01"]) { $0.lines[0].lineTotalWithVAT = Money("300.01") },
            Row("no total", ["lines.0.totalWithVAT": "-"]) { $0.lines[0].lineTotal = nil },
            Row(
                "no VAT rate: rounded, and found", ["lines.0.totalWithVAT": "0.13"],
                findings: ["orderLines[1].prices.customerLinePrice"]
            ) {
                $0.lines[0].lineTotal = Money("0.125")
                $0.lines[0].vatPercent = nil
            },
            Row("item", ["lines.0.article": "TABLE-01"]) { $0.lines[0].item = ItemNumber("TABLE-01") },
            Row("text", [:]) { $0.lines[0].name = "Painted" },
            Row("shipped", [:]) { $0.lines[0].shipped = Quantity("1") },
            Row("line's id", ["lines.0.row": "2"]) { $0.lines[0].id = LineID("2") },
        ]
        // Lines that are not the warehouse's: all that is known of them is gone.
        let none = ["lines.0.row": "-", "lines.0.article": "-", "lines.0.quantity": "-", "lines.0.totalWithVAT": "-"]
        let gone: [Row<SalesOrder>] = [
            Row("text line", none) { $0.lines[0].item = nil },
            Row("no inventory", none) { $0.lines[0].keepsInventory = false },
            Row("another location", none) { $0.lines[0].location = LocationNumber("1002") },
            Row("no location", none) { $0.lines[0].location = nil },
            Row("nothing", none) { $0.lines[0].quantity = Quantity("0")! },
            Row("goods that come back", none) { $0.lines[0].quantity = Quantity("-1")! },
        ]
        check(Self.order, rows + gone, notMapped: ["progress", "updatedAt"]) {
            Self.context.outboundOrder(for: $0, number: OrderNumber("1042-2"), fallbackDate: CivilDate("2026-03-02")!)
        }
    }

    // MARK: Purchase order

    private static let purchase: PurchaseOrder = {
        var line = PurchaseLine(
            id: LineID("1"), item: ItemNumber("CHAIR-01"), location: LocationNumber("1001"), quantity: Quantity("40")!)
        line.lineTotal = Money("1250")
        line.vatPercent = 25
        var order = PurchaseOrder(number: PurchaseOrderNumber("3001"), progress: .booked, lines: [line], updatedAt: time)
        order.supplier = Supplier(number: "20", name: "Ler A/S")
        return order
    }()

    @Test func aPurchaseOrderBecomesAnInboundOrder() {
        let rows: [Row<PurchaseOrder>] = [
            Row("number", ["erpNumber": "3002"]) { $0.number = PurchaseOrderNumber("3002") },
            Row("note", ["remark": "Gate B"]) { $0.note = " Gate B " },
            Row("long note", ["remark": Self.long], findings: ["purchaseOrderRemark"]) { $0.note = Self.long },
            Row("blank note", [:]) { $0.note = "  " },
            Row("your reference", ["reference": "12"]) { $0.yourReference = "12" },
            Row("currency", ["lines.0.currency": "SEK"]) { $0.currency = "SEK" },
            Row("created", ["orderDate": "\(Moment(milliseconds: 1000))"]) { $0.createdAt = Moment(milliseconds: 1000) },
            Row("supplier's number", ["supplierNumber": "21"]) { $0.supplier?.number = "21" },
            Row("supplier's name", ["supplierName": "Ton A/S", "supplierAddress.name": "Ton A/S"]) {
                $0.supplier?.name = "Ton A/S"
            },
            Row("street", ["supplierAddress.address1": "Vej 1"]) { $0.supplier?.street = "Vej 1" },
            Row("second line", ["supplierAddress.address2": "2."]) { $0.supplier?.street2 = "2." },
            Row("city", ["supplierAddress.city": "Vejle"]) { $0.supplier?.city = "Vejle" },
            Row("post code", ["supplierAddress.postCode": "7100"]) { $0.supplier?.postCode = "7100" },
            Row("country", ["supplierAddress.countryCode": "DK"]) { $0.supplier?.country = "DNK" },
            Row("email", ["supplierAddress.email": "a@b.example"]) { $0.supplier?.email = "a@b.example" },
            Row("phone", ["supplierAddress.phone": "+45"]) { $0.supplier?.phone = "+45" },
            Row("group", ["supplierGroupNumber": "4", "supplierGroupName": "Wood"]) {
                $0.supplier?.groupNumber = "4"
                $0.supplier?.groupName = "Wood"
            },
            Row("no supplier", ["supplierNumber": "-", "supplierName": "-", "supplierAddress.name": "-"]) { $0.supplier = nil },
            Row("quantity", ["lines.0.quantity": "0.25"]) { $0.lines[0].quantity = Quantity("0.25")! },
            Row("row price: half a cent goes up", ["lines.0.totalWithVAT": "0.63"]) { $0.lines[0].lineTotal = Money("0.5") },
            Row("VAT", ["lines.0.totalWithVAT": "1250"]) { $0.lines[0].vatPercent = 0 },
            Row("the account's own total", ["lines.0.totalWithVAT": "1562.51"]) {
                $0.lines[0].lineTotalWithVAT = Money("1562.51")
            },
            Row(
                "no VAT rate", ["lines.0.totalWithVAT": "1250"], findings: ["purchaseOrderLines[1].rowPrice"]
            ) { $0.lines[0].vatPercent = nil },
            Row("item", ["lines.0.article": "TABLE-01"]) { $0.lines[0].item = ItemNumber("TABLE-01") },
            Row("received", [:]) { $0.lines[0].received = Quantity("1") },
            Row(
                "goods that go back",
                ["lines.0.row": "-", "lines.0.article": "-", "lines.0.quantity": "-", "lines.0.totalWithVAT": "-"]
            ) { $0.lines[0].quantity = Quantity("-1")! },
        ]
        check(Self.purchase, rows, notMapped: ["progress", "updatedAt"]) {
            Self.context.inboundOrder(for: $0, number: PurchaseOrderNumber("3001-2"))
        }
    }

    // MARK: What shapes it

    @Test func thePriceOfAnArticleFollowsTheProfile() {
        var product = Self.product
        product.netSalesPrice = Money("0.125")
        product.grossSalesPrice = Money("0.157")
        let prices = [MappingContext.TaxfulPrice.computed, .field, .net].map { choice in
            var context = Self.context
            context.taxfulPrice = choice
            return context.article(for: product).value.customerPrice.map { "\($0)" }
        }
        // 0.125 × 1.25 = 0.15625
        #expect(prices == ["0.16", "0.157", "0.13"])
    }

    @Test func lengthsFollowTheProfile() {
        var product = Self.product
        product.height = measure("4.5", "cm")
        let heights = [MappingContext.DimensionUnit.metres, .centimetres, .millimetres].map { unit in
            var context = Self.context
            context.dimensionUnit = unit
            return context.article(for: product).value.height
        }
        #expect(heights == [ExactDecimal("0.045"), ExactDecimal("4.5"), 45])
    }

    @Test func whatASettingLeavesOutIsLeftOut() {
        var context = Self.context
        context.sendsSupplierGroup = false
        context.barredProducts = .leave
        var product = Self.product
        product.isBarred = true
        #expect(context.article(for: product).value.isActive == nil)
        var order = Self.purchase
        order.supplier?.groupNumber = "4"
        #expect(context.inboundOrder(for: order, number: order.number).value.supplierGroupNumber == nil)
    }
}
