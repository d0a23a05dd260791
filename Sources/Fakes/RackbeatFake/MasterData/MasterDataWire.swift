import JSON
import Units

/// Locations, groups, partners and the like as answers write them.
extension RackbeatFake {
    func wire(_ location: LocationRecord) -> JSON {
        let ancestors = ancestors(of: location.number)
        var members = Members()
        members.add("number", location.number)
        members.add("name", location.name)
        members.add("barcode", location.barcode)
        members.add("is_default", location.isDefault)
        members.add("parent_id", location.parent)
        members.add("children_count", children(of: location.number).count)
        members.add("toplevel_parent_id", ancestors.last)
        members.add("nesting_level", ancestors.count)
        members.add(
            "nest_list",
            .array(
                ancestors.reversed().compactMap { number in
                    guard let parent = locationBook[number] else { return nil }
                    return [
                        "number": JSON(number), "name": .string(parent.name),
                        "children_count": JSON(children(of: number).count),
                    ]
                }))
        members.add("created_at", time(location.createdAt))
        members.add("updated_at", time(location.updatedAt))
        members.add("self", link("locations", location.number))
        return members.json
    }

    func wire(_ group: GroupRecord) -> JSON {
        var members = Members()
        members.add("number", group.number)
        members.add("name", group.name)
        members.add("has_inventory", group.hasInventory)
        members.add("should_spread_cost", false)
        members.add("vat_domestic", group.vatDomestic)
        members.add("vat_eu", group.vatEU)
        members.add("vat_abroad", group.vatAbroad)
        members.add("vat_domestic_exempt", group.vatDomesticExempt)
        members.add("is_sellable", true)
        members.add("self", link("product-groups", group.number))
        return members.json
    }

    func wire(_ supplier: SupplierRecord) -> JSON {
        var members = Members(capacity: 24)
        members.add("number", supplier.number)
        switch behaviour.supplierNames {
        case .both:
            members.add("name", supplier.name)
            members.add("company_name", supplier.name)
        case .name: members.add("name", supplier.name)
        case .companyName: members.add("company_name", supplier.name)
        }
        members.add("company_vat", supplier.companyVAT)
        add(supplier.address, to: &members)
        members.add("locale", "da-DK")
        members.add("currency", supplier.currency)
        members.add("vat_zone", supplier.vatZone.rawValue)
        members.add("payment_terms_id", supplier.paymentTerm)
        switch behaviour.supplierGroup {
        case .object:
            members.add("supplier_group", supplier.group.flatMap { supplierGroupBook[$0] }.map { wire($0) } ?? .null)
        case .id: members.add("supplier_group_id", supplier.group)
        case .absent: break
        }
        members.add("is_deleted", false)
        members.add("created_at", time(supplier.createdAt))
        members.add("updated_at", time(supplier.updatedAt))
        members.add("self", link("suppliers", supplier.number))
        return members.json
    }

    func wire(_ customer: CustomerRecord) -> JSON {
        var members = Members(capacity: 24)
        members.add("number", customer.number)
        members.add("name", customer.name)
        members.add("company_vat", customer.companyVAT)
        add(customer.address, to: &members)
        members.add("locale", "da-DK")
        members.add("ean", customer.ean)
        members.add("currency", customer.currency)
        members.add("vat_zone", customer.vatZone.rawValue)
        members.add("layout_id", 1)
        members.add("payment_terms_id", customer.paymentTerm)
        members.add("payment_terms", customer.paymentTerm.flatMap { paymentTermBook[$0] }.map { wire($0) } ?? .null)
        members.add("customer_group", JSON.null)
        members.add("general_discount_percentage", 0)
        members.add("is_barred", customer.isBarred)
        members.add("created_at", time(customer.createdAt))
        members.add("updated_at", time(customer.updatedAt))
        members.add("self", link("customers", customer.number))
        return members.json
    }

    private func add(_ address: Address, to members: inout Members) {
        members.add("address_street", address.street)
        members.add("address_street2", address.street2)
        members.add("address_city", address.city)
        members.add("address_zipcode", address.zipcode)
        members.add("address_country", address.country)
        members.add("contact_email", address.email)
        members.add("contact_phone", address.phone)
    }

    func wire(_ group: SupplierGroupRecord) -> JSON { ["number": JSON(group.number), "name": .string(group.name)] }

    func wire(_ term: PaymentTermRecord) -> JSON {
        var members = Members()
        members.add("number", term.number)
        members.add("name", term.name)
        members.add("type", term.type)
        members.add("type_translated", term.type)
        members.add("description", term.description)
        members.add("maturity_days", term.maturityDays)
        members.add("self", link("payment-terms", term.number))
        return members.json
    }

    func wire(_ term: DeliveryTermRecord) -> JSON { ["number": JSON(term.number), "name": .string(term.name)] }

    func wire(_ unit: UnitRecord) -> JSON { ["number": JSON(unit.number), "name": .string(unit.name)] }

    func wire(_ employee: EmployeeRecord) -> JSON {
        var members = Members()
        members.add("number", employee.number)
        members.add("name", employee.name)
        members.add("initials", employee.initials)
        members.add("contact_email", employee.email)
        members.add("contact_phone", employee.phone)
        members.add("job_title", JSON.null)
        members.add("default_location_id", JSON.null)
        return members.json
    }

    /// - Parameter withToken: only the answer to a registration shows the token.
    func wire(_ webhook: WebhookRecord, withToken: Bool = false) -> JSON {
        var members = Members()
        members.add("id", webhook.id)
        members.add("event", webhook.event)
        members.add("url", webhook.url)
        members.add("is_active", webhook.isActive)
        members.add("plugin", JSON.null)
        members.add("failures_since_last_success", 0)
        if withToken { members.add("token", webhook.token) }
        members.add("created_at", time(webhook.createdAt))
        members.add("updated_at", time(webhook.updatedAt))
        return members.json
    }
}
