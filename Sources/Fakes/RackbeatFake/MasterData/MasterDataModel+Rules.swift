import FakeKit
import JSON
import Units

/// Master data as requests create and change it.
extension RackbeatFake {
    private static let numbers = 1...999_999_999

    /// The number a request asks for, or the next free one.
    private func number<Content>(_ reader: Reader, in table: Table<MasterRecord<Content>>) -> Int {
        var number: Int?
        reader.int("number", into: &number)
        guard let number else { return table.lastKey.map { $0 + 1 } ?? 1 }
        if !Self.numbers.contains(number) { reader.add("number", "The number must be between 1 and 999999999.") }
        if table[number] != nil { reader.add("number", "The number has already been taken.") }
        return number
    }

    func createLocation(_ body: JSONObject) throws(Refusal) -> LocationRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("name")
        var seed = LocationSeed(number: number(reader, in: locationBook), name: " ")
        read(reader, into: &seed)
        try problems.throwIfAny()
        return put(seed)
    }

    func change(location number: Int, _ body: JSONObject) throws(Refusal) -> LocationRecord {
        guard let location = locationBook[number] else { throw .notFound }
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        var seed = location.content
        read(reader, into: &seed)
        if let parent = seed.parent, parent == number || ancestors(of: parent).contains(number) {
            reader.add("parent_id", "A location cannot lie in itself.")
        }
        try problems.throwIfAny()
        return put(seed, createdAt: location.createdAt)
    }

    private func read(_ reader: Reader, into seed: inout LocationSeed) {
        reader.text("name", into: &seed.name)
        reader.text("barcode", into: &seed.barcode)
        reader.flag("is_default", into: &seed.isDefault)
        reader.reference("parent_id", into: &seed.parent) { locationBook[$0] != nil }
    }

    /// Enters a location; at most one is the default.
    func put(_ seed: LocationSeed, createdAt: Moment? = nil) -> LocationRecord {
        if seed.isDefault {
            for other in locationBook.all where other.isDefault && other.number != seed.number {
                locationBook.update(other.number) { $0.content.isDefault = false }
            }
        }
        let record = LocationRecord(content: seed, createdAt: createdAt ?? now, updatedAt: now)
        locationBook.put(record)
        return record
    }

    func delete(location number: Int) throws(Refusal) {
        guard locationBook[number] != nil else { throw .notFound }
        if !children(of: number).isEmpty { throw .rule("number", "The location holds other locations.") }
        if ledger.positions.contains(where: { $0.place == String(number) }) {
            throw .rule("number", "Goods have been moved at the location.")
        }
        let isUsed =
            productBook.all.contains { $0.isListed && $0.defaultLocation == number }
            || orderBook.all.contains { $0.isListed && $0.lines.contains { $0.location == number } }
            || purchaseOrderBook.all.contains { $0.isListed && $0.lines.contains { $0.location == number } }
        if isUsed { throw .rule("number", "The location is used by products or documents.") }
        locationBook.remove(number)
    }

    func createGroup(_ body: JSONObject) throws(Refusal) -> GroupRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("name")
        var seed = GroupSeed(number: number(reader, in: groupBook), name: " ")
        reader.text("name", into: &seed.name)
        reader.flag("has_inventory", into: &seed.hasInventory)
        reader.ignore(flags: ["should_spread_cost", "is_sellable"])
        reader.decimal("vat_domestic", into: &seed.vatDomestic, allowed: 0...100)
        reader.decimal("vat_eu", into: &seed.vatEU, allowed: 0...100)
        reader.decimal("vat_abroad", into: &seed.vatAbroad, allowed: 0...100)
        reader.decimal("vat_domestic_exempt", into: &seed.vatDomesticExempt, allowed: 0...100)
        try problems.throwIfAny()
        let record = GroupRecord(content: seed, createdAt: now, updatedAt: now)
        groupBook.put(record)
        return record
    }

    func createSupplier(_ body: JSONObject) throws(Refusal) -> SupplierRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        if body["company_name"]?.isNull ?? true { reader.require("name") }
        reader.require("payment_terms_id")
        var seed = SupplierSeed(number: number(reader, in: supplierBook), name: " ")
        read(reader, into: &seed)
        try problems.throwIfAny()
        let record = SupplierRecord(content: seed, createdAt: now, updatedAt: now)
        supplierBook.put(record)
        return record
    }

    /// Changes a supplier. What names it shows the new state at once, and its own time of change stays.
    func change(supplier number: Int, _ body: JSONObject) throws(Refusal) -> SupplierRecord {
        guard let supplier = supplierBook[number] else { throw .notFound }
        let problems = Problems()
        var seed = supplier.content
        read(Reader(object: body, problems: problems), into: &seed)
        try problems.throwIfAny()
        let record = SupplierRecord(content: seed, createdAt: supplier.createdAt, updatedAt: now)
        supplierBook.put(record)
        return record
    }

    private func read(_ reader: Reader, into seed: inout SupplierSeed) {
        if reader.has("company_name") { reader.text("company_name", into: &seed.name) }
        if reader.has("name") { reader.text("name", into: &seed.name) }
        reader.text("company_vat", into: &seed.companyVAT)
        readPartner(reader, into: &seed.address)
        var currency: String? = seed.currency
        reader.text("currency", into: &currency, limit: 3)
        seed.currency = currency ?? seed.currency
        var zone: VATZone? = seed.vatZone
        readZone(reader, into: &zone)
        seed.vatZone = zone ?? seed.vatZone
        reader.reference("payment_terms_id", into: &seed.paymentTerm) { paymentTermBook[$0] != nil }
        reader.ignore(texts: ["locale"])
        reader.reference("supplier_group_id", into: &seed.group) { supplierGroupBook[$0] != nil }
    }

    func createCustomer(_ body: JSONObject) throws(Refusal) -> CustomerRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("name")
        var seed = CustomerSeed(number: number(reader, in: customerBook), name: " ")
        read(reader, into: &seed)
        try problems.throwIfAny()
        let record = CustomerRecord(content: seed, createdAt: now, updatedAt: now)
        customerBook.put(record)
        return record
    }

    /// Changes a customer; the orders that name it show the new name at once.
    func change(customer number: Int, _ body: JSONObject) throws(Refusal) -> CustomerRecord {
        guard let customer = customerBook[number] else { throw .notFound }
        let problems = Problems()
        var seed = customer.content
        read(Reader(object: body, problems: problems), into: &seed)
        try problems.throwIfAny()
        let record = CustomerRecord(content: seed, createdAt: customer.createdAt, updatedAt: now)
        customerBook.put(record)
        return record
    }

    func createSupplierGroup(_ body: JSONObject) throws(Refusal) -> SupplierGroupRecord {
        let problems = Problems()
        let reader = Reader(object: body, problems: problems)
        reader.require("name")
        var seed = SupplierGroupSeed(number: number(reader, in: supplierGroupBook), name: " ")
        if reader.has("name") { reader.text("name", into: &seed.name) }
        try problems.throwIfAny()
        let record = SupplierGroupRecord(content: seed, createdAt: now, updatedAt: now)
        supplierGroupBook.put(record)
        return record
    }

    private func read(_ reader: Reader, into seed: inout CustomerSeed) {
        if reader.has("name") { reader.text("name", into: &seed.name) }
        reader.text("company_vat", into: &seed.companyVAT)
        reader.text("ean", into: &seed.ean)
        readPartner(reader, into: &seed.address)
        var currency: String? = seed.currency
        reader.text("currency", into: &currency, limit: 3)
        seed.currency = currency ?? seed.currency
        var zone: VATZone? = seed.vatZone
        readZone(reader, into: &zone)
        seed.vatZone = zone ?? seed.vatZone
        reader.reference("payment_terms_id", into: &seed.paymentTerm) { paymentTermBook[$0] != nil }
        reader.flag("is_barred", into: &seed.isBarred)
        reader.ignore(texts: ["locale"], ints: ["layout_id", "customer_group_id"])
    }

    /// Partners have flat address members, and contact members instead of email and phone.
    private func readPartner(_ reader: Reader, into address: inout Address) {
        reader.text("address_street", into: &address.street)
        reader.text("address_street2", into: &address.street2)
        reader.text("address_zipcode", into: &address.zipcode)
        reader.text("address_city", into: &address.city)
        reader.text("address_country", into: &address.country)
        reader.text("contact_email", into: &address.email)
        reader.text("contact_phone", into: &address.phone)
    }
}
