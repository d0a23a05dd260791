package import Trade
import Units

extension MappingContext {
    /// The lines of a purchase order that arrive at this connection's warehouse.
    package func concerningLines(of order: PurchaseOrder) -> [PurchaseLine] { order.lines.filter { concerns($0) } }

    package func skippedLines(of order: PurchaseOrder) -> Int { order.lines.count { skips($0) } }

    /// The purchase order that the warehouse is to hold under `number`.
    package func inboundOrder(for order: PurchaseOrder, number: PurchaseOrderNumber) -> Mapped<InboundOrder> {
        var cleaner = TextCleaner(limits: limits)
        let currency = cleaner.clean(order.currency, "purchaseOrderLines[].currencyCode", .number)
        let lines = concerningLines(of: order).map { line in
            InboundLine(
                row: line.id, article: ArticleNumber(of: line.item!).item, quantity: line.quantity,
                currency: currency,
                totalWithVAT: totalWithVAT(
                    line.lineTotalWithVAT, line.lineTotal, line.vatPercent, "purchaseOrderLines[\(line.id)].rowPrice",
                    &cleaner))
        }
        var inbound = InboundOrder(number: number, erpNumber: order.number, lines: lines)
        inbound.remark = cleaner.clean(order.note, "purchaseOrderRemark", .remark)
        inbound.reference = cleaner.clean(order.yourReference, "referenceNumber", .number)
        inbound.orderDate = order.createdAt
        if let supplier = order.supplier { add(supplier, to: &inbound, &cleaner) }
        return Mapped(value: inbound, findings: cleaner.findings)
    }

    private func add(_ supplier: Supplier, to inbound: inout InboundOrder, _ cleaner: inout TextCleaner) {
        inbound.supplierNumber = cleaner.clean(supplier.number, "supplierInfo.supplierNumber", .number)
        inbound.supplierName = cleaner.clean(supplier.name, "supplierInfo.supplierName", .name)
        var address = Address()
        address.name = supplier.name
        address.street = supplier.street
        address.street2 = supplier.street2
        address.city = supplier.city
        address.postCode = supplier.postCode
        address.country = supplier.country
        address.email = supplier.email
        address.phone = supplier.phone
        inbound.supplierAddress = self.address(address, "supplierInfo.supplierAddress", &cleaner)
        if sendsSupplierGroup {
            inbound.supplierGroupNumber = cleaner.clean(supplier.groupNumber, "freeValues.freeText1", .number)
            inbound.supplierGroupName = cleaner.clean(supplier.groupName, "freeValues.freeText2", .name)
        }
    }
}

extension InboundOrder {
    package var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.add(erpNumber)
        for text in [remark, reference, supplierNumber, supplierName, supplierGroupNumber, supplierGroupName] {
            builder.add(text)
        }
        builder.add(orderDate?.milliseconds)
        builder.add(supplierAddress ?? WarehouseAddress())
        for line in lines {
            builder.add(line.row)
            builder.add(line.article)
            builder.add(line.quantity)
            builder.add(line.currency)
            builder.add(line.totalWithVAT)
        }
        return builder.fingerprint
    }
}
