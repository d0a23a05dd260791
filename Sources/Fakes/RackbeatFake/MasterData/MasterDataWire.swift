import JSON
import Units

/// Groups, terms, units and employees as responses write them.
extension RackbeatFake {
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
}
