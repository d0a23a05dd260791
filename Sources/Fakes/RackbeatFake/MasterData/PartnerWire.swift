import Exchange
import JSON
import Units

extension RackbeatFake {
    func wire(_ person: AddressBook.Person) -> JSON {
        var members = Members(capacity: 4)
        members.add("number", person.number)
        members.add("name", person.name)
        members.add("email", person.email)
        members.add("phone", person.phone)
        return members.json
    }

    func wire(_ address: Address, number: Int) -> JSON {
        var members = Members(capacity: 9)
        members.add("number", number)
        members.add("name", address.name)
        members.add(placeOf: address)
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
            members.add("supplier_group", supplier.group.flatMap { store.supplierGroups[$0] }.map { wire($0) } ?? .null)
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
        members.add("payment_terms", customer.paymentTerm.flatMap { store.paymentTerms[$0] }.map { wire($0) } ?? .null)
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
}
