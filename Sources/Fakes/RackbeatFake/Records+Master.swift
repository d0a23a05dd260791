import Units

/// A name, a postal address, and how to reach somebody there. Everything may be missing.
public struct Address: Equatable, Sendable {
    public var name: String?
    public var name2: String?
    public var street: String?
    public var street2: String?
    public var zipcode: String?
    public var city: String?
    public var country: String?
    public var email: String?
    public var phone: String?

    public init(
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
public protocol MasterData: Equatable, Sendable {
    var number: Int { get }
}

/// Master data as the fake holds it: what was seeded or written, and when.
@dynamicMemberLookup
public struct MasterRecord<Content: MasterData>: Document, Equatable, Sendable {
    public internal(set) var content: Content
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment

    var key: Int { content.number }
    var isListed: Bool { true }

    public subscript<Value>(dynamicMember member: KeyPath<Content, Value>) -> Value { content[keyPath: member] }
}

public struct LocationSeed: MasterData {
    public var number: Int
    public var name: String
    public var isDefault: Bool
    /// The number of the location this one lies in.
    public var parent: Int?
    public var barcode: String?

    public init(number: Int = 1001, name: String = "Main", isDefault: Bool = false, parent: Int? = nil, barcode: String? = nil) {
        self.number = number
        self.name = name
        self.isDefault = isDefault
        self.parent = parent
        self.barcode = barcode
    }
}

public struct GroupSeed: MasterData {
    public var number: Int
    public var name: String
    public var hasInventory: Bool
    /// Percentages, by the zone of an order.
    public var vatDomestic: ExactDecimal
    public var vatEU: ExactDecimal
    public var vatAbroad: ExactDecimal
    public var vatDomesticExempt: ExactDecimal

    public init(
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
public enum VATZone: String, Equatable, Sendable, CaseIterable {
    case domestic
    case eu
    case abroad
    case domesticExempt = "domestic_exempt"
}

public struct SupplierGroupSeed: MasterData {
    public var number: Int
    public var name: String

    public init(number: Int = 1, name: String = "Suppliers") {
        self.number = number
        self.name = name
    }
}

public struct SupplierSeed: MasterData {
    public var number: Int
    public var name: String
    /// Name and name 2 of the address are not used: a supplier has one name.
    public var address: Address
    public var companyVAT: String?
    public var currency: String
    public var vatZone: VATZone
    public var paymentTerm: Int?
    public var group: Int?

    public init(
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

public struct CustomerSeed: MasterData {
    public var number: Int
    public var name: String
    /// Name 2 is not used; the name of the address is the customer's own.
    public var address: Address
    public var companyVAT: String?
    public var ean: String?
    public var currency: String
    public var vatZone: VATZone
    public var paymentTerm: Int?
    public var isBarred: Bool

    public init(
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

public struct PaymentTermSeed: MasterData {
    public var number: Int
    public var name: String
    public var description: String?
    public var type: String
    public var maturityDays: Int

    public init(
        number: Int = 1, name: String = "Net 14", description: String? = nil, type: String = "net", maturityDays: Int = 14
    ) {
        self.number = number
        self.name = name
        self.description = description
        self.type = type
        self.maturityDays = maturityDays
    }
}

public struct DeliveryTermSeed: MasterData {
    public var number: Int
    public var name: String

    public init(number: Int = 1, name: String = "EXW") {
        self.number = number
        self.name = name
    }
}

public struct EmployeeSeed: MasterData {
    public var number: Int
    public var name: String
    public var initials: String?
    public var email: String?
    public var phone: String?

    public init(number: Int = 1, name: String = "Employee", initials: String? = nil, email: String? = nil, phone: String? = nil) {
        self.number = number
        self.name = name
        self.initials = initials
        self.email = email
        self.phone = phone
    }
}

public struct UnitSeed: MasterData {
    public var number: Int
    public var name: String

    public init(number: Int = 1, name: String = "pcs") {
        self.number = number
        self.name = name
    }
}

public typealias LocationRecord = MasterRecord<LocationSeed>
public typealias GroupRecord = MasterRecord<GroupSeed>
public typealias SupplierRecord = MasterRecord<SupplierSeed>
public typealias SupplierGroupRecord = MasterRecord<SupplierGroupSeed>
public typealias CustomerRecord = MasterRecord<CustomerSeed>
public typealias PaymentTermRecord = MasterRecord<PaymentTermSeed>
public typealias DeliveryTermRecord = MasterRecord<DeliveryTermSeed>
public typealias EmployeeRecord = MasterRecord<EmployeeSeed>
public typealias UnitRecord = MasterRecord<UnitSeed>
