package import Trade
package import Units

extension MappingContext {
    /// The lines of a sales order that this connection's warehouse has to ship.
    package func concerningLines(of order: SalesOrder) -> [SalesLine] { order.lines.filter { concerns($0) } }

    package func skippedLines(of order: SalesOrder) -> Int { order.lines.count { skips($0) } }

    /// The order that the warehouse is to hold.
    ///
    /// - Parameters:
    ///   - number: The number in the warehouse.
    ///   - fallbackDate: What stands for a delivery date that is not set; the warehouse requires one.
    package func outboundOrder(
        for order: SalesOrder, number: OrderNumber, fallbackDate: CivilDate
    ) -> Mapped<OutboundOrder> {
        var cleaner = TextCleaner(limits: limits)
        let consignee = address(consigneeAddress(of: order, &cleaner), "consignee", &cleaner)
        let lines = concerningLines(of: order).map { line in
            OutboundLine(
                row: line.id, article: ArticleNumber(of: line.item!).item, quantity: line.quantity,
                totalWithVAT: totalWithVAT(
                    line.lineTotalWithVAT, line.lineTotal, line.vatPercent, "orderLines[\(line.id)].prices.customerLinePrice",
                    &cleaner))
        }
        var outbound = OutboundOrder(
            number: number, erpNumber: order.number, deliveryDate: order.deliverAt ?? fallbackDate, consignee: consignee,
            lines: lines)
        outbound.currency = cleaner.clean(order.currency, "customsInfo.customsValueCurrencyCode", .number)
        outbound.deliveryInstruction = cleaner.clean(order.deliveryTerms, "deliveryInstruction", .remark)
        outbound.invoiceNumber = cleaner.clean(order.ourReferenceNumber, "advanced.invoiceNumber", .number)
        outbound.reference = cleaner.clean(order.ourReferenceName, "referenceNumber", .number)
        let terms = [order.paymentTermsName, order.paymentTermsDescription, order.paymentTermsNumber]
            .compactMap { $0.map(TextCleaner.trimmed) }.first { !$0.isEmpty }
        outbound.termsOfPayment = cleaner.clean(terms, "advanced.termsOfPaymentString", .name)
        outbound.customerNumber = cleaner.clean(order.customerNumber, "consignee.customerNumber", .number)
        if let billing = order.billingAddress, !billing.isBlank {
            outbound.invoiceAddress = address(billing, "consignee.invoiceAddress", &cleaner)
        }
        return Mapped(value: outbound, findings: cleaner.findings)
    }

    /// Where the goods go: to the delivery address when it names somebody or a place, else to the billing address. An address is taken
    /// whole or not at all: a name from one and a street from the other may be two people.
    private func consigneeAddress(of order: SalesOrder, _ cleaner: inout TextCleaner) -> Address {
        let delivery = order.deliveryAddress ?? Address()
        let billing = order.billingAddress ?? Address()
        if !delivery.isAddress, billing.isAddress {
            if delivery.hasContact(otherThan: billing) {
                cleaner.note(
                    "consignee.name",
                    "the delivery address holds a contact and neither a name nor a place; the billing address was sent instead")
            }
            return noting(billing, &cleaner)
        }
        return noting(delivery.isBlank ? billing : delivery, &cleaner)
    }

    /// Goods may be fetched, so an address that no parcel can go to is sent as it is. A person is told.
    private func noting(_ address: Address, _ cleaner: inout TextCleaner) -> Address {
        if !address.namesPlace {
            cleaner.note("consignee.address1", "the order has no street, post code or city; a parcel cannot be labelled")
        }
        return address
    }

    func address(_ address: Address, _ field: String, _ cleaner: inout TextCleaner) -> WarehouseAddress {
        var result = WarehouseAddress()
        var names: [String] = []
        for name in [address.name, address.name2].compactMap({ $0.map(TextCleaner.trimmed) })
        where !name.isEmpty && !names.contains(name) {
            names.append(name)
        }
        result.name = cleaner.clean(names.joined(separator: " "), field + ".name", .name)
        result.address1 = cleaner.clean(address.street, field + ".address1", .name)
        result.address2 = cleaner.clean(address.street2, field + ".address2", .name)
        result.city = cleaner.clean(address.city, field + ".city", .name)
        result.postCode = cleaner.clean(address.postCode, field + ".postCode", .number)
        result.countryCode = countryCode(address.country, field + ".countryCode", &cleaner)
        result.email = cleaner.clean(address.email, field + ".email", .name)
        result.phone = cleaner.clean(address.phone, field + ".phone", .number)
        return result
    }

    func countryCode(_ country: String?, _ field: String, _ cleaner: inout TextCleaner) -> String? {
        guard let text = country.map(TextCleaner.trimmed), !text.isEmpty else { return nil }
        if let code = Country.code(for: text) { return code }
        cleaner.note(field, "'\(text)' is no country that is known by code or name; the country was left out")
        return nil
    }

    func totalWithVAT(
        _ withVAT: Money?, _ net: Money?, _ percent: ExactDecimal?, _ field: String, _ cleaner: inout TextCleaner
    ) -> Money? {
        if let withVAT { return withVAT }
        guard let net else { return nil }
        guard let percent else {
            cleaner.note(field, "the line has no VAT rate, so its total was sent without VAT")
            return Money(net.amount.rounded(decimals: 2))
        }
        return net.adding(percent: percent)
    }
}

extension Address {
    /// Whether nothing is written in it.
    var isBlank: Bool {
        Self.areBlank([name, name2, street, street2, city, postCode, country, email, phone])
    }

    /// Whether it names a place or a person. A country alone does neither.
    fileprivate var isAddress: Bool { namesPlace || !Self.areBlank([name, name2]) }

    fileprivate var namesPlace: Bool { !Self.areBlank([street, street2, city, postCode]) }

    fileprivate func hasContact(otherThan other: Address) -> Bool {
        [(email, other.email), (phone, other.phone)].contains { mine, theirs in
            !Self.areBlank([mine]) && mine.map(TextCleaner.trimmed) != theirs.map(TextCleaner.trimmed)
        }
    }

    private static func areBlank(_ texts: [String?]) -> Bool {
        texts.allSatisfy { $0.map(TextCleaner.trimmed)?.isEmpty ?? true }
    }
}

extension OutboundOrder {
    package var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.add(erpNumber)
        builder.add(deliveryDate)
        for text in [currency, deliveryInstruction, invoiceNumber, reference, termsOfPayment, customerNumber] {
            builder.add(text)
        }
        builder.add(consignee)
        builder.add(invoiceAddress ?? WarehouseAddress())
        for line in lines {
            builder.add(line.row)
            builder.add(line.article)
            builder.add(line.quantity)
            builder.add(line.totalWithVAT)
        }
        return builder.fingerprint
    }
}

extension FingerprintBuilder {
    mutating func add(_ address: WarehouseAddress) {
        let parts = [
            address.name, address.address1, address.address2, address.city, address.postCode, address.countryCode,
            address.email, address.phone,
        ]
        for part in parts { add(part) }
    }
}
