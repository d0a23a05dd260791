import JSON
import RackbeatFake
import StrictYAML
import Units

/// Makes Rackbeat's documents and master data from the values of a scenario.
enum RackbeatSeeds {
    // MARK: Products

    /// - Parameters:
    ///   - location: the location of stock that is given as one number.
    ///   - group: of a product that names none.
    static func product(_ value: Value, stockAt location: Int, group: Int) -> ProductSeed {
        var seed = ProductSeed(number: value.required("number").text, name: value["name"]?.text)
        if value["kit"]?.flag ?? false { seed.kind = .lot }
        seed.description = value["description"]?.text
        seed.barcode = value["barcode"]?.text
        seed.price = value["price"]?.decimal ?? 100
        seed.group = value["group"]?.number ?? group
        seed.physical = physical(value)
        seed.isBatch = value["batch"]?.flag ?? false
        seed.isSerial = value["serial"]?.flag ?? false
        seed.pictureURL = value["picture"]?.text
        seed.originalPictureURL = value["original-picture"]?.text
        seed.defaultSupplier = value["supplier"]?.number
        seed.isBarred = value["barred"]?.flag ?? false
        seed.inventoryEnabled = value["keeps-inventory"]?.flag ?? true
        if let stock = value["stock"] {
            for (place, quantity) in stock.isTable
                ? stock.table.map({ ($0.key.number, $0.value.decimal) }) : [(location, stock.decimal)]
            {
                seed.stock[place] = quantity
            }
        }
        return seed
    }

    private static func physical(_ value: Value) -> Physical? {
        let hasSize = value["height"] != nil || value["width"] != nil || value["depth"] != nil
        let hasWeight = value["weight"] != nil
        guard hasSize || hasWeight else { return nil }
        return Physical(
            weight: value["weight"]?.decimal, weightUnit: hasWeight ? value["weight-unit"]?.text ?? "kg" : nil,
            height: value["height"]?.decimal, width: value["width"]?.decimal, depth: value["depth"]?.decimal,
            sizeUnit: hasSize ? value["size-unit"]?.text ?? "cm" : nil)
    }

    /// The members of a PUT that makes a change.
    static func productMembers(_ value: Value) -> JSONObject {
        var members = Members(value)
        members.text("name", as: "name")
        members.text("description", as: "description")
        members.text("barcode", as: "barcode")
        members.decimal("price", as: "sales_price")
        members.number("group", as: "group_id")
        members.number("supplier", as: "default_supplier_id")
        members.text("picture", as: "picture_url")
        members.flag("barred", as: "is_barred")
        members.flag("keeps-inventory", as: "inventory_enabled")
        if let physical = physical(value) {
            var inner = JSONObject()
            for (name, figure) in [
                ("weight", physical.weight), ("height", physical.height), ("width", physical.width), ("depth", physical.depth),
            ] {
                if let figure { inner.append(name, JSON(exact: figure)) }
            }
            if let unit = physical.weightUnit { inner.append("weight_unit", .string(unit)) }
            if let unit = physical.sizeUnit { inner.append("size_unit", .string(unit)) }
            members.object.append("physical", .object(inner))
        }
        return members.object
    }

    // MARK: Suppliers and customers

    static func address(_ value: Value) -> Address {
        Address(
            name: value["name"]?.text, name2: value["name2"]?.text, street: value["street"]?.text,
            street2: value["street2"]?.text, zipcode: value["zipcode"]?.text, city: value["city"]?.text,
            country: value["country"]?.text, email: value["email"]?.text, phone: value["phone"]?.text)
    }

    static func supplierMembers(_ value: Value) -> JSONObject {
        var members = Members(value)
        members.text("name", as: "name")
        for name in ["street", "street2", "zipcode", "city", "country"] { members.text(name, as: "address_\(name)") }
        members.text("email", as: "contact_email")
        members.text("phone", as: "contact_phone")
        return members.object
    }

    // MARK: Orders

    static func order(_ value: Value, _ location: Int) -> OrderSeed {
        OrderSeed(
            number: value.required("number").number, customer: value["customer"]?.number,
            billingAddress: value["billing"].map(address), deliveryAddress: value["delivery"].map(address),
            currency: value["currency"]?.text, vatZone: value["vat-zone"].flatMap { VATZone(rawValue: $0.text) },
            orderDate: value["order-date"]?.date, deliverAt: value["deliver-at"]?.date,
            deliveryTerms: value["delivery-terms"]?.text, ourReference: value["our-reference"]?.number,
            paymentTerm: value["payment-terms"]?.number, otherReference: value["other-reference"]?.text,
            heading: value["heading"]?.text, note: value["note"]?.text,
            lines: value.required("lines").list.map { line($0, location) })
    }

    static func line(_ value: Value, _ location: Int) -> LineSeed {
        let isText = value["item"] == nil
        let namesNone = isText || value["no-location"]?.flag ?? false
        return LineSeed(
            id: value["id"]?.int, item: value["item"]?.text, name: value["text"]?.text, quantity: value["quantity"]?.decimal ?? 1,
            location: namesNone ? nil : value["location"]?.number ?? location, price: value["price"]?.decimal,
            discount: value["discount"]?.decimal ?? 0, vat: value["vat"]?.decimal)
    }

    /// Changes what is named of a line.
    static func change(_ line: inout LineSeed, _ value: Value) {
        if let item = value["item"] { line.item = item.text }
        if let text = value["text"] { line.name = text.text }
        if let quantity = value["quantity"] { line.quantity = quantity.decimal }
        if let location = value["location"] { line.location = location.number }
        if value["no-location"]?.flag == true { line.location = nil }
        if let price = value["price"] { line.price = price.decimal }
        if let discount = value["discount"] { line.discount = discount.decimal }
        if let vat = value["vat"] { line.vat = vat.decimal }
    }

    static func orderMembers(_ value: Value) -> JSONObject {
        var members = Members(value)
        members.number("customer", as: "customer_id")
        members.text("currency", as: "currency")
        members.text("vat-zone", as: "vat_zone")
        members.date("order-date", as: "order_date")
        members.date("deliver-at", as: "deliver_at")
        members.text("delivery-terms", as: "delivery_terms")
        members.number("our-reference", as: "our_reference_id")
        members.number("payment-terms", as: "payment_terms_id")
        members.text("other-reference", as: "other_reference")
        members.text("heading", as: "heading")
        members.text("note", as: "note")
        members.address("billing", as: "billing_address")
        members.address("delivery", as: "delivery_address")
        return members.object
    }

    // MARK: Purchase orders

    static func purchaseOrder(_ value: Value, _ location: Int) -> PurchaseOrderSeed {
        PurchaseOrderSeed(
            number: value.required("number").number, supplier: value["supplier"]?.number, currency: value["currency"]?.text,
            vatZone: value["vat-zone"].flatMap { VATZone(rawValue: $0.text) }, yourReference: value["your-reference"]?.int,
            heading: value["heading"]?.text, note: value["note"]?.text, purchaseDate: value["purchase-date"]?.date,
            preferredDeliveryDate: value["preferred-delivery-date"]?.date,
            lines: value.required("lines").list.map { line($0, location) })
    }

    static func purchaseMembers(_ value: Value) -> JSONObject {
        var members = Members(value)
        members.number("supplier", as: "supplier_id")
        members.text("currency", as: "currency")
        members.text("vat-zone", as: "vat_zone")
        if let reference = value["your-reference"] { members.object.append("your_reference_id", JSON(reference.int)) }
        members.text("heading", as: "heading")
        members.text("note", as: "note")
        members.date("purchase-date", as: "purchase_date")
        members.date("preferred-delivery-date", as: "preferred_delivery_date")
        return members.object
    }
}

/// Collects the members of a PUT from what a scenario names.
private struct Members {
    let value: Value
    var object = JSONObject()

    init(_ value: Value) { self.value = value }

    mutating func text(_ name: String, as member: String) {
        if let value = value[name] { object.append(member, .string(value.text)) }
    }

    mutating func number(_ name: String, as member: String) {
        if let value = value[name] { object.append(member, JSON(value.number)) }
    }

    mutating func decimal(_ name: String, as member: String) {
        if let value = value[name] { object.append(member, JSON(exact: value.decimal)) }
    }

    mutating func flag(_ name: String, as member: String) {
        if let value = value[name] { object.append(member, .bool(value.flag)) }
    }

    mutating func date(_ name: String, as member: String) {
        if let value = value[name] { object.append(member, .string(value.date.description)) }
    }

    mutating func address(_ name: String, as member: String) {
        guard let value = value[name] else { return }
        object.append(
            member, .object(JSONObject(value.members.map { JSONObject.Member(name: $0.name, value: .string($0.value.text)) })))
    }
}

extension JSON {
    init(exact decimal: ExactDecimal) {
        guard let number = JSONNumber(decimal.description) else { preconditionFailure("\(decimal) is no JSON number") }
        self = .number(number)
    }
}
