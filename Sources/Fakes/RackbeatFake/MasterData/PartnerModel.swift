import FakeKit
import JSON
import Units

/// People and further addresses of customers and suppliers, in the order in which they were written.
struct AddressBook {
    struct Person: Equatable {
        let number: Int
        let name: String
        let email: String?
        let phone: String?
    }

    var ofSupplier: [Int: [Person]] = [:]
    var ofCustomer: [Int: [Person]] = [:]
    var addressesOfCustomer: [Int: [(number: Int, address: Address)]] = [:]
}

/// A name, a postal address and a contact. Everything may be missing.
package struct Address: Equatable, Sendable {
    package var name: String?
    package var name2: String?
    package var street: String?
    package var street2: String?
    package var zipcode: String?
    package var city: String?
    package var country: String?
    package var email: String?
    package var phone: String?

    package init(
        name: String? = nil, name2: String? = nil, street: String? = nil, street2: String? = nil, zipcode: String? = nil,
        city: String? = nil, country: String? = nil, email: String? = nil, phone: String? = nil
    ) {
        self.name = name
        self.name2 = name2
        self.street = street
        self.street2 = street2
        self.zipcode = zipcode
        self.city = city
        self.country = country
        self.email = email
        self.phone = phone
    }
}

/// Which value added tax applies to a document.
package enum VATZone: String, Equatable, Sendable, CaseIterable {
    case domestic
    case eu
    case abroad
    case domesticExempt = "domestic_exempt"
}

package struct SupplierGroupSeed: MasterData {
    package var number: Int
    package var name: String

    package init(number: Int = 1, name: String = "Suppliers") {
        self.number = number
        self.name = name
    }
}

package struct SupplierSeed: MasterData {
    package var number: Int
    package var name: String
    /// Its name and second name are not used: a supplier has one name.
    package var address: Address
    package var companyVAT: String?
    package var currency: String
    package var vatZone: VATZone
    package var paymentTerm: Int?
    package var group: Int?

    package init(
        number: Int = 1, name: String = "Supplier", address: Address = Address(), companyVAT: String? = nil,
        currency: String = "DKK", vatZone: VATZone = .domestic, paymentTerm: Int? = nil, group: Int? = nil
    ) {
        self.number = number
        self.name = name
        self.address = address
        self.companyVAT = companyVAT
        self.currency = currency
        self.vatZone = vatZone
        self.paymentTerm = paymentTerm
        self.group = group
    }
}

package struct CustomerSeed: MasterData {
    package var number: Int
    package var name: String
    /// Its second name is not used; its name is the customer's own.
    package var address: Address
    package var companyVAT: String?
    package var ean: String?
    package var currency: String
    package var vatZone: VATZone
    package var paymentTerm: Int?
    package var isBarred: Bool

    package init(
        number: Int = 1, name: String = "Customer", address: Address = Address(), companyVAT: String? = nil, ean: String? = nil,
        currency: String = "DKK", vatZone: VATZone = .domestic, paymentTerm: Int? = nil, isBarred: Bool = false
    ) {
        self.number = number
        self.name = name
        self.address = address
        self.companyVAT = companyVAT
        self.ean = ean
        self.currency = currency
        self.vatZone = vatZone
        self.paymentTerm = paymentTerm
        self.isBarred = isBarred
    }
}

extension RackbeatFake {
    func createSupplier(_ body: JSONObject) throws(Refusal) -> SupplierRecord {
        let isNamed = !(body["company_name"]?.isNull ?? true)
        return try create(
            in: \.suppliers, body, requiring: (isNamed ? [] : ["name"]) + ["payment_terms_id"],
            blank: SupplierSeed(name: " "), read)
    }

    /// Changes a supplier. Documents that name it show the new state at once, and keep their own `updated_at`.
    func change(supplier number: Int, _ body: JSONObject) throws(Refusal) -> SupplierRecord {
        try change(in: \.suppliers, number, body, read)
    }

    private func read(_ reader: BodyReader, into seed: inout SupplierSeed) {
        if reader.has("company_name") { reader.text("company_name", into: &seed.name) }
        if reader.has("name") { reader.text("name", into: &seed.name) }
        reader.text("company_vat", into: &seed.companyVAT)
        readPartner(reader, into: &seed.address)
        readMoney(reader, &seed.currency, &seed.vatZone)
        reader.reference("payment_terms_id", into: &seed.paymentTerm) { store.paymentTerms[$0] != nil }
        reader.ignore(texts: ["locale"])
        reader.reference("supplier_group_id", into: &seed.group) { store.supplierGroups[$0] != nil }
    }

    func createCustomer(_ body: JSONObject) throws(Refusal) -> CustomerRecord {
        try create(in: \.customers, body, blank: CustomerSeed(name: " "), read)
    }

    /// Changes a customer; the orders that name it show the new name at once.
    func change(customer number: Int, _ body: JSONObject) throws(Refusal) -> CustomerRecord {
        try change(in: \.customers, number, body, read)
    }

    func createSupplierGroup(_ body: JSONObject) throws(Refusal) -> SupplierGroupRecord {
        try create(in: \.supplierGroups, body, blank: SupplierGroupSeed(name: " ")) { reader, seed in
            if reader.has("name") { reader.text("name", into: &seed.name) }
        }
    }

    private func read(_ reader: BodyReader, into seed: inout CustomerSeed) {
        if reader.has("name") { reader.text("name", into: &seed.name) }
        reader.text("company_vat", into: &seed.companyVAT)
        reader.text("ean", into: &seed.ean)
        readPartner(reader, into: &seed.address)
        readMoney(reader, &seed.currency, &seed.vatZone)
        reader.reference("payment_terms_id", into: &seed.paymentTerm) { store.paymentTerms[$0] != nil }
        reader.flag("is_barred", into: &seed.isBarred)
        reader.ignore(texts: ["locale"], ints: ["layout_id", "customer_group_id"])
    }

    private func readMoney(_ reader: BodyReader, _ currency: inout String, _ vatZone: inout VATZone) {
        var (newCurrency, newZone): (String?, VATZone?) = (currency, vatZone)
        reader.text("currency", into: &newCurrency, limit: 3)
        readZone(reader, into: &newZone)
        currency = newCurrency ?? currency
        vatZone = newZone ?? vatZone
    }

    /// Partners have flat address members, and contact members instead of email and phone.
    private func readPartner(_ reader: BodyReader, into address: inout Address) {
        reader.text("address_street", into: &address.street)
        reader.text("address_street2", into: &address.street2)
        reader.text("address_zipcode", into: &address.zipcode)
        reader.text("address_city", into: &address.city)
        reader.text("address_country", into: &address.country)
        reader.text("contact_email", into: &address.email)
        reader.text("contact_phone", into: &address.phone)
    }

    func readZone(_ reader: BodyReader, into zone: inout VATZone?) {
        var text: String? = zone?.rawValue
        reader.text("vat_zone", into: &text)
        guard let text else { return }
        guard let found = VATZone(rawValue: text) else {
            return reader.add("vat_zone", "The selected vat zone is invalid.")
        }
        zone = found
    }

    /// Reads an address from its object, and from the flat members that older callers write.
    func readAddress(_ reader: BodyReader, _ name: String, flat: String, into address: inout Address) {
        read(address: reader, flat, into: &address)
        if let inner = reader.inner(name) { read(address: inner, "", into: &address) }
        if reader.object[name] == .null { address = Address() }
    }

    func read(address reader: BodyReader, _ prefix: String, into address: inout Address) {
        reader.text(prefix + "name", into: &address.name)
        reader.text(prefix + "name2", into: &address.name2)
        reader.text(prefix + "street", into: &address.street)
        reader.text(prefix + "street2", into: &address.street2)
        reader.text(prefix + "zipcode", into: &address.zipcode)
        reader.text(prefix + "city", into: &address.city)
        reader.text(prefix + "country", into: &address.country)
        reader.text(prefix + "email", into: &address.email)
        reader.text(prefix + "phone", into: &address.phone)
    }
}
