import JSON
import Simulation

/// Numbers and codes from responses, so that requests can refer to what exists.
///
/// It guesses from names alone and knows no resource. A wrong guess only makes a request for something that does not exist.
struct ValuePool {
    private static let depth = 16
    private var values: [String: [JSON]] = [:]

    /// Gathers values from a response.
    ///
    /// - Parameter context: what the response is about, in the singular; empty when unknown.
    mutating func gather(_ json: JSON, about context: String = "") {
        switch json {
        case .object(let object):
            for member in object {
                keep(member, about: context)
                gather(member.value, about: Self.singular(member.name))
            }
        case .array(let elements): for element in elements.prefix(20) { gather(element, about: context) }
        case .null, .bool, .number, .string: break
        }
    }

    private mutating func keep(_ member: JSONObject.Member, about context: String) {
        guard Self.isName(member.value) else { return }
        let name = member.name
        guard ["id", "number", "code"].contains(where: { name.lowercased().hasSuffix($0) }) else { return }
        add(member.value, under: name)
        guard !context.isEmpty else { return }
        if name == "id" { add(member.value, under: context + "Id") }
        for word in Set([context, Self.lastWord(context)]).sorted() { add(member.value, under: "\(word).\(name)") }
    }

    /// Whether a value may be a key of something: a whole number, or a short text.
    private static func isName(_ value: JSON) -> Bool {
        if let text = value.string { return !text.isEmpty && text.utf8.count <= 60 }
        return value.int != nil
    }

    mutating func add(_ value: JSON, under key: String) {
        // The latest come last, and values of one response are next to each other.
        values[key]?.removeAll { $0 == value }
        values[key, default: []].append(value)
        if values[key]!.count > Self.depth { values[key]!.removeFirst() }
    }

    /// A value for a member or parameter.
    ///
    /// - Parameter segment: the segment before a path parameter.
    func value(
        for name: String, after segment: String? = nil, wantsText: Bool, using random: inout SeededRandom
    ) -> JSON? {
        for key in Self.keys(for: name, after: segment) {
            let fitting = (values[key] ?? []).filter { ($0.string != nil) == wantsText }
            guard let last = fitting.last else { continue }
            // Many paths have two keys, an order's number and a line's id: the newest of both belong together.
            return random.once(in: 2) ? last : random.pick(fitting)
        }
        return nil
    }

    /// The names under which a value may be kept, the most likely first.
    private static func keys(for name: String, after segment: String?) -> [String] {
        var keys: [String] = []
        if let segment {
            let thing = singular(segment)
            for word in [thing, lastWord(thing)] { keys += ["\(word).\(name)", "\(word).id", "\(word).number"] }
        }
        keys += ["\(name).id", "\(name).number"] + (aliases[name] ?? []) + [name]
        var thing = name
        for suffix in ["_id", "_number", "_type"] where thing.hasSuffix(suffix) { thing.removeLast(suffix.count) }
        if thing.contains("location") || thing == "parent" { thing = "location" }
        for word in [singular(thing), lastWord(singular(thing)), "product_\(thing)"] {
            keys += ["\(word).number", "\(word).id"]
        }
        if ["item", "product", "numbers"].contains(thing) { keys += ["product.number", "item.number"] }
        return keys
    }

    /// The names of Rackbeat's path parameters in responses.
    private static let aliases = [
        "adjustment": ["inventory_regulation.id"], "movement": ["internal_movement.id", "inventory_regulation.id"],
        "draft": ["checking_draft.id"],
    ]

    private static func singular(_ name: String) -> String {
        let name = String(name.map { $0 == "-" ? "_" : $0 })
        if name.hasSuffix("addresses") || name.hasSuffix("statuses") { return String(name.dropLast(2)) }
        return name.hasSuffix("s") && !name.hasSuffix("ss") ? String(name.dropLast()) : name
    }

    private static func lastWord(_ name: String) -> String {
        String(name.split(separator: "_").last ?? Substring(name))
    }
}
