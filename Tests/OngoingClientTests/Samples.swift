import JSON
import Scripted
import Trade
import Units

/// Records as the warehouse sends them, and what it is sent.
enum Sample {
    static let order = JSON.read(
        """
        {"goodsOwner":{"id":42,"name":"Fjord"},"orderInfo":{"orderId":70011,"orderNumber":"1042-2","goodsOwnerOrderId":"1042",
        "orderStatus":{"number":450,"text":"Sent"},"shippedTime":"2026-09-03T12:41:07.2Z","wayBill":"370123",
        "orderedNumberOfItems":10.0,"advanced":{"invoiceNumber":"","backOrderInfo":null}},
        "orderLines":[{"id":88120,"rowNumber":"90011","externalId":"90011","article":{"articleSystemId":9001,
        "articleNumber":"KOP-01"},"orderedNumberOfItems":10.0,"allocatedNumberOfItems":8.0,"pickedNumberOfItems":8.0,
        "reportedNumberOfItems":null,"pickedArticleItems":null,"subOrderLines":null}],"tracking":null}
        """)

    static let purchaseOrder = JSON.read(
        """
        {"purchaseOrderInfo":{"purchaseOrderId":555,"purchaseOrderNumber":"3005","purchaseOrderStatus":{"number":300,
        "text":"Inbound"},"inDate":null},"purchaseOrderLines":[{"id":910,"rowNumber":"61001","article":{"articleSystemId":9001,
        "articleNumber":"KOP-01"},"advisedNumberOfItems":15.0,"receivedNumberOfItems":19.0,"reportedNumberOfItems":5.0}]}
        """)

    static let adjustments = JSON.read(
        """
        {"article":{"articleSystemId":9001,"articleNumber":"KOP-01","prices":null},"inventoryAdjustments":[
        {"inventoryId":77,"numberOfItems":-2.0,"inventoryTime":"2026-09-03T12:41:07.1234567Z","articleItemComment":"dropped",
        "inventoryItemComment":"shelf 4","inventoryAdjustmentCause":{"code":"D","name":"Damaged"},"location":"A-1",
        "batchNumber":"B12","serial":""},
        {"inventoryId":77,"numberOfItems":3.0,"inventoryTime":"2026-09-03T12:41:07.1234567Z","articleItemComment":"",
        "inventoryItemComment":"shelf 5","inventoryAdjustmentCause":null,"location":"","batchNumber":"","serial":""}]}
        """)

    static let article: Article = {
        var article = Article(number: ItemNumber("KOP-01"))
        article.name = "Mug, blue"
        article.productCode = "KOP-01"
        article.description = "Stoneware"
        article.barcode = "5700000000012"
        article.customerPrice = Money("100.31")
        article.groupCode = "1"
        article.groupName = "Tableware"
        article.height = ExactDecimal("0.09")
        article.length = ExactDecimal("0.08")
        article.width = ExactDecimal("0.085")
        article.weight = ExactDecimal("0.4")
        article.isBatchArticle = true
        article.pictureURL = "https://img.example.test/kop-01.jpg"
        article.supplierNumber = "20"
        article.supplierName = "Ler A/S"
        article.isActive = true
        return article
    }()

    static let outbound: OutboundOrder = {
        var consignee = WarehouseAddress()
        consignee.name = "Cafe Fiktiv Lager"
        consignee.address1 = "Lager 2"
        consignee.address2 = "Port B"
        consignee.postCode = "8200"
        consignee.city = "Aarhus N"
        consignee.countryCode = "DK"
        consignee.email = "in@example.test"
        consignee.phone = "+4500000000"
        var invoice = WarehouseAddress()
        invoice.name = "Cafe Fiktiv"
        invoice.address1 = "Gade 1"
        invoice.postCode = "8000"
        invoice.city = "Aarhus C"
        invoice.countryCode = "DK"
        invoice.email = "bill@example.test"
        var order = OutboundOrder(
            number: OrderNumber("1042-2"), erpNumber: OrderNumber("1042"), deliveryDate: CivilDate("2026-03-05")!,
            consignee: consignee,
            lines: [
                OutboundLine(
                    row: LineID("90011"), article: ItemNumber("KOP-01"), quantity: Quantity("3")!, totalWithVAT: Money("500")),
                OutboundLine(
                    row: LineID("90012"), article: ItemNumber("KOP-01"), quantity: Quantity("0.5")!, totalWithVAT: nil),
            ])
        order.currency = "DKK"
        order.deliveryInstruction = "Ring the bell"
        order.invoiceNumber = "3"
        order.reference = "Mia Prove"
        order.termsOfPayment = "Net 14"
        order.customerNumber = "501"
        order.invoiceAddress = invoice
        return order
    }()

    static let inbound: InboundOrder = {
        var address = WarehouseAddress()
        address.name = "Ler A/S"
        address.address1 = "Ovnvej 4"
        address.address2 = "Port 1"
        address.postCode = "7100"
        address.city = "Vejle"
        address.countryCode = "DK"
        address.email = "so@example.test"
        address.phone = "+4511111111"
        var order = InboundOrder(
            number: PurchaseOrderNumber("3005"), erpNumber: PurchaseOrderNumber("3005"),
            lines: [
                InboundLine(
                    row: LineID("61001"), article: ItemNumber("KOP-01"), quantity: Quantity("40")!, currency: "DKK",
                    totalWithVAT: Money("1562.5"))
            ])
        order.remark = "Gate B"
        order.reference = "12"
        order.orderDate = Moment(iso: "2026-03-01T12:00:00+01:00")
        order.supplierNumber = "20"
        order.supplierName = "Ler A/S"
        order.supplierAddress = address
        return order
    }()
}
