import FakeKit
import JSON
import Units

package struct LocationSeed: MasterData {
    package var number: Int
    package var name: String
    package var isDefault: Bool
    /// The number of the location that contains this one.
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

extension RackbeatFake {
    /// Whether a filter by location admits a location.
    func location(_ place: Int, matches wanted: Int) -> Bool {
        if place == wanted { return true }
        guard behaviour.locationsMatchChildren else { return false }
        return ancestors(of: place).contains(wanted)
    }

    /// The locations that contain a location, the nearest first.
    func ancestors(of number: Int) -> [Int] {
        var found: [Int] = []
        var next = store.locations[number]?.parent
        while let parent = next, parent != number, !found.contains(parent) {
            found.append(parent)
            next = store.locations[parent]?.parent
        }
        return found
    }

    func children(of number: Int) -> [LocationRecord] { store.locations.all.filter { $0.parent == number } }

    func createLocation(_ body: JSONObject) throws(Refusal) -> LocationRecord {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        reader.require("name")
        var seed = LocationSeed(number: number(reader, in: store.locations), name: " ")
        read(reader, into: &seed)
        try problems.throwIfAny()
        return put(seed)
    }

    func change(location number: Int, _ body: JSONObject) throws(Refusal) -> LocationRecord {
        let location = try store.locations.found(number)
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        var seed = location.content
        read(reader, into: &seed)
        if let parent = seed.parent, parent == number || ancestors(of: parent).contains(number) {
            reader.add("parent_id", "A location cannot lie in itself.")
        }
        try problems.throwIfAny()
        return put(seed, createdAt: location.createdAt)
    }

    private func read(_ reader: BodyReader, into seed: inout LocationSeed) {
        reader.text("name", into: &seed.name)
        reader.text("barcode", into: &seed.barcode)
        reader.flag("is_default", into: &seed.isDefault)
        reader.reference("parent_id", into: &seed.parent) { store.locations[$0] != nil }
    }

    /// Stores a location; at most one is the default.
    func put(_ seed: LocationSeed, createdAt: Moment? = nil) -> LocationRecord {
        if seed.isDefault {
            for other in store.locations.all where other.isDefault && other.number != seed.number {
                store.locations.update(other.number) { $0.content.isDefault = false }
            }
        }
        let record = LocationRecord(content: seed, createdAt: createdAt ?? now, updatedAt: now)
        store.locations.put(record)
        return record
    }

    func delete(location number: Int) throws(Refusal) {
        _ = try store.locations.found(number)
        if !children(of: number).isEmpty { throw .rule("number", "The location holds other locations.") }
        if ledger.positions.contains(where: { $0.place == String(number) }) {
            throw .rule("number", "Goods have been moved at the location.")
        }
        let isUsed =
            store.products.all.contains { $0.isListed && $0.defaultLocation == number }
            || store.orders.all.contains { $0.isListed && $0.lines.contains { $0.location == number } }
            || store.purchaseOrders.all.contains { $0.isListed && $0.lines.contains { $0.location == number } }
        if isUsed { throw .rule("number", "The location is used by products or documents.") }
        store.locations.remove(number)
    }

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
                    guard let parent = store.locations[number] else { return nil }
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
}
