import FakeKit
package import JSON
package import Units

extension RackbeatFake {
    /// The office numbers things as it likes; the API is stricter.
    private func add<Content>(
        _ content: Content, to table: ReferenceWritableKeyPath<RackbeatFake, Table<MasterRecord<Content>>>, _ kind: String
    ) throws {
        let wish = "add \(kind) \(content.number)"
        try refuse(wish, unless: (1...999_999_999).contains(content.number), "A number lies between 1 and 999999999.")
        try refuse(wish, unless: self[keyPath: table][content.number] == nil, "Rackbeat holds it already.")
        self[keyPath: table].put(MasterRecord(content: content, createdAt: now, updatedAt: now))
    }

    /// Adds a location. Marking it as default takes the mark from the one that had it.
    package func addLocation(_ seed: LocationSeed) throws {
        let wish = "add location \(seed.number)"
        try refuse(
            wish, unless: seed.parent.map { locationBook[$0] != nil } ?? true,
            "Rackbeat holds no location \(seed.parent ?? 0) for it to lie in.")
        try add(seed, to: \.locationBook, "location")
        if seed.isDefault { _ = put(seed) }
    }

    package func addGroup(_ seed: GroupSeed) throws {
        try refuse(
            "add product group \(seed.number)",
            unless: VATZone.allCases.allSatisfy { (0...100).contains(seed.vat(in: $0)) },
            "A percentage lies between 0 and 100.")
        try add(seed, to: \.groupBook, "product group")
    }

    package func addSupplierGroup(_ seed: SupplierGroupSeed) throws { try add(seed, to: \.supplierGroupBook, "supplier group") }

    package func addPaymentTerm(_ seed: PaymentTermSeed) throws {
        try add(seed, to: \.paymentTermBook, "payment term")
        raise("payment_terms.created", key: JSON(seed.number), keyName: "number") { wire(paymentTermBook[seed.number]!) }
    }

    package func addDeliveryTerm(_ seed: DeliveryTermSeed) throws {
        try add(seed, to: \.deliveryTermBook, "delivery term")
        raise("delivery_terms.created", key: JSON(seed.number), keyName: "number") { wire(deliveryTermBook[seed.number]!) }
    }

    package func addEmployee(_ seed: EmployeeSeed) throws {
        try add(seed, to: \.employeeBook, "employee")
        raise("employee.created", key: JSON(seed.number), keyName: "number") { wire(employeeBook[seed.number]!) }
    }

    /// The office removes the integration from the account. Webhooks are told once more, and are silent from then on.
    package func uninstallPlugin() {
        raise("plugin.uninstalled", key: JSON(accountNumber), keyName: "id") { ["id": JSON(accountNumber)] }
        for webhook in webhookBook.all { webhookBook.update(webhook.id) { $0.isActive = false } }
        isTokenRevoked = true
    }

    /// Adds a unit. Unit 1 (pcs) is there from the beginning.
    package func addUnit(_ seed: UnitSeed) throws { try add(seed, to: \.unitBook, "unit") }

    package func addSupplier(_ seed: SupplierSeed) throws {
        let wish = "add supplier \(seed.number)"
        try refuse(
            wish, unless: seed.paymentTerm.map { paymentTermBook[$0] != nil } ?? true,
            "Rackbeat holds no payment term \(seed.paymentTerm ?? 0).")
        try refuse(
            wish, unless: seed.group.map { supplierGroupBook[$0] != nil } ?? true,
            "Rackbeat holds no supplier group \(seed.group ?? 0).")
        try add(seed, to: \.supplierBook, "supplier")
    }

    /// Changes the members that are named, as a PUT would. Documents that name the supplier are not touched.
    package func changeSupplier(_ number: Int, _ members: JSONObject) throws {
        _ = try pull("change supplier \(number)", held(supplier: number)) {
            try change(supplier: number, members)
        }
    }

    package func addCustomer(_ seed: CustomerSeed) throws {
        try refuse(
            "add customer \(seed.number)", unless: seed.paymentTerm.map { paymentTermBook[$0] != nil } ?? true,
            "Rackbeat holds no payment term \(seed.paymentTerm ?? 0).")
        try add(seed, to: \.customerBook, "customer")
    }

    /// Adds a product with its opening stock.
    package func addProduct(_ seed: ProductSeed) throws {
        _ = try pull("add product \(seed.number)", held(product: seed.number)) { try create(seed) }
    }

    /// Changes the members that are named, as a PUT would.
    package func changeProduct(_ number: String, _ members: JSONObject) throws {
        _ = try pull("change product \(number)", held(product: number)) { try change(product: number, members) }
    }

    /// Saves a product as it is: nothing but `updated_at` changes.
    package func touchProduct(_ number: String) throws {
        _ = try pull("touch product \(number)", held(product: number)) { try change(product: number, JSONObject()) }
    }

    /// Turns the tracking of batches and serial numbers on or off, which the API cannot.
    package func setTracking(ofProduct number: String, isBatch: Bool, isSerial: Bool) throws {
        try pull("set the tracking of product \(number)", held(product: number)) {
            guard productBook[number] != nil else { throw Refusal.notFound }
            productBook.update(number) { [now] in
                $0.isBatch = isBatch
                $0.isSerial = isSerial
                $0.updatedAt = now
            }
        }
    }

    package func deleteProduct(_ number: String) throws {
        try pull("delete product \(number)", held(product: number)) { try delete(product: number) }
    }

    /// Counts an item by hand: stock becomes what was counted, at once.
    ///
    /// - Parameter cause: what the ledger says, such as `office count`.
    package func countStock(_ item: String, at location: Int, to quantity: ExactDecimal, cause: String) throws {
        let wish = "count \(item) at location \(location) as \(quantity)"
        try pull(wish, held(product: item)) {
            guard productBook[item] != nil else { throw Refusal.notFound }
            guard locationBook[location] != nil else { throw Refusal.rule("location", "There is no location \(location).") }
            guard productBook[item]?.inventoryEnabled == true else {
                throw Refusal.rule("item_id", "No stock is kept of \(item).")
            }
            _ = try adjust(item, at: location, quantity, .total, reason: cause, date: today, isByHand: true)
        }
    }
}
