import Exchange
import JSON
import Units

/// The members of one object, in the order in which they are written.
struct Members {
    private var members: [JSONObject.Member] = []

    init(capacity: Int = 16) { members.reserveCapacity(capacity) }

    mutating func add(_ name: String, _ value: JSON) { members.append(JSONObject.Member(name: name, value: value)) }
    mutating func add(_ name: String, _ value: String?) { add(name, value.map(JSON.string) ?? .null) }
    mutating func add(_ name: String, _ value: Int?) { add(name, value.map(JSON.init(_:)) ?? .null) }
    mutating func add(_ name: String, _ value: Bool) { add(name, JSON.bool(value)) }
    mutating func add(_ name: String, _ value: ExactDecimal?) { add(name, value.map(JSON.decimal) ?? .null) }
    mutating func add(_ name: String, _ value: CivilDate?) { add(name, value?.description) }

    var json: JSON { .object(JSONObject(members)) }
}

extension JSON {
    /// Whole numbers have no fraction, others as many decimals as they need.
    static func decimal(_ value: ExactDecimal) -> JSON {
        if value.isWhole, let whole = Int(exactly: value.millionths / 1_000_000) { return JSON(whole) }
        guard let number = JSONNumber(value.description) else {
            preconditionFailure("\(value) is not the text of a JSON number")
        }
        return .number(number)
    }
}

/// Moments as responses write them. The rows of a list share few seconds, so each text is made once.
final class TimeTexts {
    private let zone: Zone
    private let sql: Bool
    private var known: [Moment: JSON] = [:]

    init(zone: Zone, sql: Bool) {
        self.zone = zone
        self.sql = sql
    }

    func text(_ moment: Moment) -> JSON {
        if let text = known[moment] { return text }
        if known.count > 20_000 { known.removeAll(keepingCapacity: true) }
        let text = JSON.string(written(moment))
        known[moment] = text
        return text
    }

    private func written(_ moment: Moment) -> String {
        guard !sql else { return moment.sql(in: zone) }
        let iso = moment.iso(in: zone)
        // The official SDK reads numeric offsets only.
        return iso.hasSuffix("Z") ? iso.dropLast() + "+00:00" : iso
    }
}

extension RackbeatFake {
    func time(_ moment: Moment?) -> JSON { moment.map(timeTexts.text) ?? .null }

    /// The `self` link of a document, with the address of the real service.
    func link(_ resource: String, _ number: Int) -> JSON { .string("\(origin)\(resource)/\(number)") }

    func link(_ resource: String, _ number: String) -> JSON {
        .string("\(origin)\(resource)/\(PercentEncoding.encode(number))")
    }

    /// `{ "<name>": … }`, the envelope of every single document.
    func one(_ name: String, _ value: JSON, status: Int = 200, fields: FieldSelection? = nil) -> Response {
        Response(status: status, json: .object(JSONObject([.init(name: name, value: fields?.applied(to: value) ?? value)])))
    }

    func reference(location number: Int?) -> JSON {
        guard let number, let location = store.locations[number] else { return .null }
        return ["number": JSON(number), "name": .string(location.name)]
    }

    func reference(employee number: Int?) -> JSON {
        guard let number, let employee = store.employees[number] else { return .null }
        return ["number": JSON(number), "name": .string(employee.name)]
    }

    func reference(unit number: Int?) -> JSON {
        guard let number, let unit = store.units[number] else { return .null }
        return ["number": JSON(number), "name": .string(unit.name)]
    }

    /// The unit of an item. Every account has unit 1.
    func reference(unitOf item: String?) -> JSON {
        guard let item, let product = store.products[any: item] else { return .null }
        return reference(unit: product.unit ?? 1)
    }

    func childType(_ item: String?) -> JSON {
        guard let item else { return .null }
        return .string((store.products[any: item]?.kind ?? .product).rawValue)
    }

    func itemReference(_ number: String?) -> JSON {
        guard let number, let product = store.products[any: number] else { return .null }
        return [
            "number": .string(number), "name": .string(product.name),
            "barcode": product.barcode.map(JSON.string) ?? .null,
        ]
    }
}

extension Members {
    /// Street, place and contact: every address of Rackbeat has these members, after the name.
    mutating func add(placeOf address: Address) {
        add("street", address.street)
        add("street2", address.street2)
        add("zipcode", address.zipcode)
        add("city", address.city)
        add("country", address.country)
        add("email", address.email)
        add("phone", address.phone)
    }
}
