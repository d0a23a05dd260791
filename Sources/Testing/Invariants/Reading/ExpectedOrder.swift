import Exchange
import SyncCore
import Units

extension RackbeatSnapshot {
    /// The lines of a document that concern a connection: inventory items with a quantity, at its location.
    func lines(of lines: [Line], at connection: ConnectionFacts) -> [Line] {
        lines.filter { line in
            line.item != nil && line.keepsInventory && line.quantity > .zero && isAt(place(of: line, connection), connection)
        }
    }

    private func place(of line: Line, _ connection: ConnectionFacts) -> String? {
        line.location ?? (connection.rackbeatProfile["null_line_location"] == "default" ? line.defaultLocation : nil)
    }

    /// Whether a location is the connection's, or inside it where the profile says that children count.
    func isAt(_ location: String?, _ connection: ConnectionFacts) -> Bool {
        var place = location
        var steps = 0
        while let current = place, steps <= locations.count {
            if current == connection.location { return true }
            // The nearest connection counts.
            if connection.otherLocations.contains(current) { return false }
            guard connection.rackbeatProfile["location_match"] == "children" else { return false }
            place = locations.first { $0.number == current }?.parent
            steps += 1
        }
        return false
    }
}

extension RackbeatSnapshot.Address {
    var isBlank: Bool {
        [name, name2, street, street2, zipcode, city, country, email, phone].allSatisfy {
            withoutEdges($0 ?? "").isEmpty
        }
    }

    /// Whether it says more than a country and how to reach somebody.
    var saysWhereOrToWhom: Bool {
        [name, name2, street, street2, zipcode, city].contains { !withoutEdges($0 ?? "").isEmpty }
    }

    /// Name and second name with a space between; equal names once.
    var wholeName: String? {
        let names = [name, name2].map { withoutEdges($0 ?? "") }.filter { !$0.isEmpty }
        return names.count == 2 && names[0] == names[1] ? names[0] : names.joined(separator: " ")
    }
}

extension RackbeatSnapshot.Order {
    /// The address that the parcel must go to, all of it from one place.
    private var destination: RackbeatSnapshot.Address {
        if delivery.saysWhereOrToWhom { return delivery }
        return billing.saysWhereOrToWhom || delivery.isBlank ? billing : delivery
    }

    /// The head of the order that the warehouse must hold.
    ///
    /// Without the delivery date when Rackbeat has none: then the warehouse has the day of the first push.
    func expectedHead(for connection: ConnectionFacts) -> [ExpectedField] {
        let address = destination
        var fields: [ExpectedField] = [
            .text("customsInfo.customsValueCurrencyCode", currency),
            // Where the API shows no terms, nobody can know them.
            .text(
                "deliveryInstruction", connection.rackbeatProfile["delivery_terms_shape"] == "null" ? nil : deliveryTerms),
            .text("advanced.invoiceNumber", ourReferenceNumber),
            .text("referenceNumber", ourReferenceName),
            .text("advanced.termsOfPaymentString", paymentTerms),
        ]
        if let deliverAt { fields.append(ExpectedField(path: "deliveryDate", value: .date(deliverAt))) }
        fields += Self.notification("emailNotification", address.email)
        fields += Self.notification("smsNotification", address.phone)
        return fields
    }

    var expectedConsignee: [ExpectedField] {
        let address = destination
        var fields: [ExpectedField] = [
            .text("name", address.wholeName),
            .text("customerNumber", customerNumber),
            .text("address1", address.street),
            .text("address2", address.street2),
            .text("city", address.city),
            .text("postCode", address.zipcode),
            .country("countryCode", address.country),
        ]
        fields += Self.notification("advanced.emailNotification", address.email)
        fields += Self.notification("advanced.smsNotification", address.phone)
        fields += [
            .text("invoiceAddress.name", billing.wholeName),
            .text("invoiceAddress.address1", billing.street),
            .text("invoiceAddress.address2", billing.street2),
            .text("invoiceAddress.city", billing.city),
            .text("invoiceAddress.postCode", billing.zipcode),
            .country("invoiceAddress.countryCode", billing.country),
            .text("invoiceAddress.advanced.emailNotification.value", billing.email),
            .text("invoiceAddress.advanced.smsNotification.value", billing.phone),
        ]
        return fields
    }

    private static func notification(_ path: String, _ address: String?) -> [ExpectedField] {
        let hasAddress = !withoutEdges(address ?? "").isEmpty
        return [.text(path + ".value", address), .flag(path + ".toBeNotified", hasAddress)]
    }
}

extension RackbeatSnapshot.Line {
    /// The total of the line with VAT.
    var totalWithVAT: ExactDecimal { withVAT(total, percent: vat) }

    /// A line of a sales order, apart from row, article and quantity.
    func expectedOrderLine(currency: String?, for connection: ConnectionFacts) -> [ExpectedField] {
        var fields: [ExpectedField] = [
            .text("externalId", id),
            .amount("lineTotalCustomsValue", totalWithVAT),
            .text("prices.currencyCode", currency),
        ]
        // A price of one unit is as exact as a decimal of six places can be.
        let isOfUnit = connection.ongoingProfile["line_price"] == "unit"
        fields.append(
            .amount("prices.customerLinePrice", isOfUnit ? share(totalWithVAT, of: quantity) : totalWithVAT))
        return fields
    }
}

extension RackbeatSnapshot.PurchaseOrder {
    func expectedHead(for connection: ConnectionFacts) -> [ExpectedField] {
        let address = "supplierInfo.supplierAddress"
        var fields: [ExpectedField] = [
            .text("purchaseOrderRemark", note),
            .text("referenceNumber", yourReference),
            ExpectedField(path: "advanced.orderDate", value: .moment(createdAt.asTold(to: connection))),
            .text("supplierInfo.supplierNumber", supplierNumber),
            .text("supplierInfo.supplierName", supplierName),
            .text(address + ".name", supplierName),
            .text(address + ".address", supplier.street),
            .text(address + ".address2", supplier.street2),
            .text(address + ".city", supplier.city),
            .text(address + ".postCode", supplier.zipcode),
            .country(address + ".countryCode", supplier.country),
            .text(address + ".email", supplier.email),
            .text(address + ".telePhone", supplier.phone),
            .text(address + ".mobilePhone", supplier.phone),
        ]
        if connection.settings.sendsSupplierGroup {
            // Where the API shows the group's number alone, or nothing of it, nobody can know more.
            let shown = connection.rackbeatProfile["supplier.group_shape"]
            fields += [
                .text("freeValues.freeText1", shown == "absent" ? nil : supplierGroupNumber),
                .text("freeValues.freeText2", shown == "object" ? supplierGroupName : nil),
            ]
        }
        return fields
    }
}

extension RackbeatSnapshot.Line {
    /// A line of a purchase order, apart from row, article and quantity.
    func expectedPurchaseLine(currency: String?) -> [ExpectedField] {
        [.text("externalOrderLineId", id), .text("currencyCode", currency), .amount("rowPrice", totalWithVAT)]
    }
}

extension Moment {
    /// The time as Rackbeat's text gives it. In autumn one hour happens twice, and a text without an offset does not say which of
    /// the two it means.
    fileprivate func asTold(to connection: ConnectionFacts) -> Moment {
        guard connection.rackbeatProfile["datetime_format"] == "sql" else { return self }
        let zone = Zone(rawValue: connection.rackbeatProfile["time_zone"]) ?? .copenhagen
        return Moment(wallSeconds: seconds + zone.offsetSeconds(at: self), zone: zone)
    }
}
