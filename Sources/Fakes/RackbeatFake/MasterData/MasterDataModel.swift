import FakeKit
import JSON
package import Units

/// The content of master data: a number, and otherwise plain members.
package protocol MasterData: Equatable, Sendable {
    var number: Int { get set }
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

extension RackbeatFake {
    private static let numbers = 1...999_999_999

    /// The number in the request, or the next free one.
    func number<Content>(_ reader: BodyReader, in table: Table<MasterRecord<Content>>) -> Int {
        var number: Int?
        reader.int("number", into: &number)
        guard let number else { return table.lastKey.map { $0 + 1 } ?? 1 }
        if !Self.numbers.contains(number) { reader.add("number", "The number must be between 1 and 999999999.") }
        if table[number] != nil { reader.add("number", "The number has already been taken.") }
        return number
    }

    func createGroup(_ body: JSONObject) throws(Refusal) -> GroupRecord {
        try create(in: \.groups, body, blank: GroupSeed(name: " ")) { reader, seed in
            reader.text("name", into: &seed.name)
            reader.flag("has_inventory", into: &seed.hasInventory)
            reader.ignore(flags: ["should_spread_cost", "is_sellable"])
            reader.decimal("vat_domestic", into: &seed.vatDomestic, allowed: 0...100)
            reader.decimal("vat_eu", into: &seed.vatEU, allowed: 0...100)
            reader.decimal("vat_abroad", into: &seed.vatAbroad, allowed: 0...100)
            reader.decimal("vat_domestic_exempt", into: &seed.vatDomesticExempt, allowed: 0...100)
        }
    }

    /// Creates master data from the members of a request.
    ///
    /// - Parameter blank: the values of absent members.
    func create<Content: MasterData>(
        in table: ReferenceWritableKeyPath<Store, Table<MasterRecord<Content>>>, _ body: JSONObject,
        requiring names: [String] = ["name"], blank: Content, _ read: (BodyReader, inout Content) -> Void
    ) throws(Refusal) -> MasterRecord<Content> {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        for name in names { reader.require(name) }
        var content = blank
        content.number = number(reader, in: store[keyPath: table])
        read(reader, &content)
        try problems.throwIfAny()
        let record = MasterRecord(content: content, createdAt: now, updatedAt: now)
        store[keyPath: table].put(record)
        return record
    }

    /// Changes the members that a request names.
    func change<Content: MasterData>(
        in table: ReferenceWritableKeyPath<Store, Table<MasterRecord<Content>>>, _ number: Int, _ body: JSONObject,
        _ read: (BodyReader, inout Content) -> Void
    ) throws(Refusal) -> MasterRecord<Content> {
        var record = try store[keyPath: table].found(number)
        let problems = Problems()
        read(BodyReader(object: body, problems: problems), &record.content)
        try problems.throwIfAny()
        record.updatedAt = now
        store[keyPath: table].put(record)
        return record
    }
}
