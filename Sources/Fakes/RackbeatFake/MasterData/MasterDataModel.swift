package import Units

/// A name, a postal address, and how to reach somebody there. Everything may be missing.
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

/// Something that master data is made of: numbered, and otherwise just its members.
package protocol MasterData: Equatable, Sendable {
    var number: Int { get }
}

/// Master data as the fake holds it: what was seeded or written, and when.
@dynamicMemberLookup
package struct MasterRecord<Content: MasterData>: Document, Equatable, Sendable {
    package internal(set) var content: Content
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { content.number }
    var isListed: Bool { true }

    package subscript<Value>(dynamicMember member: KeyPath<Content, Value>) -> Value { content[keyPath: member] }
}

package struct LocationSeed: MasterData {
    package var number: Int
    package var name: String
    package var isDefault: Bool
    /// The number of the location this one lies in.
    package var parent: Int?
    package var barcode: String?

    package init(number: Int = 1001, name: String = "Main", isDefault: Bool = false, parent: Int? = nil, barcode: String? = nil) {
        self.number = number
        self.name = name
        self.isDefault = isDefault
        self.parent = parent
        self.barcode = barcode
    }
}

package struct GroupSeed: MasterData {
    package var number: Int
    package var name: String
    package var hasInventory: Bool
    /// Percentages, by the zone of an order.
    package var vatDomestic: ExactDecimal
    package var vatEU: ExactDecimal
    package var vatAbroad: ExactDecimal
    package var vatDomesticExempt: ExactDecimal

    package init(
        number: Int = 1, name: String = "Goods", hasInventory: Bool = true, vatDomestic: ExactDecimal = 25,
        vatEU: ExactDecimal = 0, vatAbroad: ExactDecimal = 0, vatDomesticExempt: ExactDecimal = 0
    ) {
        self.number = number
        self.name = name
        self.hasInventory = hasInventory
        self.vatDomestic = vatDomestic
        self.vatEU = vatEU
        self.vatAbroad = vatAbroad
        self.vatDomesticExempt = vatDomesticExempt
    }

    func vat(in zone: VATZone) -> ExactDecimal {
        switch zone {
        case .domestic: vatDomestic
        case .eu: vatEU
        case .abroad: vatAbroad
        case .domesticExempt: vatDomesticExempt
        }
    }
}

/// Whose value added tax applies to a sale.
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
    /// Name and name 2 of the address are not used: a supplier has one name.
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
    /// Name 2 is not used; the name of the address is the customer's own.
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

package struct PaymentTermSeed: MasterData {
    package var number: Int
    package var name: String
    package var description: String?
    package var type: String
    package var maturityDays: Int

    package init(
        number: Int = 1, name: String = "Net 14", description: String? = nil, type: String = "net", maturityDays: Int = 14
    ) {
        self.number = number
        self.name = name
        self.description = description
        self.type = type
        self.maturityDays = maturityDays
    }
}

package struct DeliveryTermSeed: MasterData {
    package var number: Int
    package var name: String

    package init(number: Int = 1, name: String = "EXW") {
        self.number = number
        self.name = name
    }
}

package struct EmployeeSeed: MasterData {
    package var number: Int
    package var name: String
    package var initials: String?
    package var email: String?
    package var phone: String?

    package init(number: Int = 1, name: String = "Employee", initials: String? = nil, email: String? = nil, phone: String? = nil)
    {
        self.number = number
        self.name = name
        self.initials = initials
        self.email = email
        self.phone = phone
    }
}

package struct UnitSeed: MasterData {
    package var number: Int
    package var name: String

    package init(number: Int = 1, name: String = "pcs") {
        self.number = number
        self.name = name
    }
}

package typealias LocationRecord = MasterRecord<LocationSeed>
package typealias GroupRecord = MasterRecord<GroupSeed>
package typealias SupplierRecord = MasterRecord<SupplierSeed>
package typealias SupplierGroupRecord = MasterRecord<SupplierGroupSeed>
package typealias CustomerRecord = MasterRecord<CustomerSeed>
package typealias PaymentTermRecord = MasterRecord<PaymentTermSeed>
package typealias DeliveryTermRecord = MasterRecord<DeliveryTermSeed>
package typealias EmployeeRecord = MasterRecord<EmployeeSeed>
package typealias UnitRecord = MasterRecord<UnitSeed>
