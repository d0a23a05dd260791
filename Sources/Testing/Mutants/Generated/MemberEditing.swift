import Exchange
package import JSON
import Units

extension JSON {
    /// Calls `visit` with the path and the value of every member, those that hold others included. `null` is no value.
    package func visitMembers(below path: String = "", _ visit: (String, JSON) -> Void) {
        switch self {
        case .object(let object):
            for member in object {
                let inside = path.isEmpty ? member.name : path + "." + member.name
                if !member.value.isNull { visit(inside, member.value) }
                member.value.visitMembers(below: inside, visit)
            }
        case .array(let elements):
            let inside = path.isEmpty ? "*" : path + ".*"
            for element in elements {
                if element.isScalar, !element.isNull { visit(inside, element) }
                element.visitMembers(below: inside, visit)
            }
        case .null, .bool, .number, .string: break
        }
    }

    package var isScalar: Bool {
        switch self {
        case .null, .bool, .number, .string: true
        case .array, .object: false
        }
    }

    /// The same kind of value, and as little as possible another; `nil` where there is nothing to alter.
    var altered: JSON? {
        switch self {
        case .null, .array, .object: nil
        case .bool(let value): .bool(!value)
        case .number(let number): ExactDecimal(number.text).map { JSON($0 + 1) }
        case .string(let text): .string(Self.altered(text))
        }
    }

    /// With another last letter or digit; a time of day is another second.
    static func altered(_ text: String) -> String {
        var bytes = Array(text.utf8)
        let isTime = bytes.count >= 19 && bytes[10] == UInt8(ascii: "T") && bytes[13] == UInt8(ascii: ":")
        let last = isTime ? 18 : bytes.lastIndex { next(after: $0) != nil }
        guard let last, let next = next(after: bytes[last]) else { return text + "x" }
        bytes[last] = next
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func next(after byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "9"): UInt8(ascii: "0")
        case UInt8(ascii: "Z"): UInt8(ascii: "A")
        case UInt8(ascii: "z"): UInt8(ascii: "a")
        case UInt8(ascii: "0")...UInt8(ascii: "8"), UInt8(ascii: "A")...UInt8(ascii: "Y"), UInt8(ascii: "a")...UInt8(ascii: "y"):
            byte + 1
        default: nil
        }
    }
}

/// Makes one member wrong in one exchange after the other. It remembers what it saw, so each connection has one of its own.
final class MemberEdit {
    let mutant: GeneratedMutant
    private var first: JSON?
    private var previous: JSON?

    init(_ mutant: GeneratedMutant) { self.mutant = mutant }

    /// Whether what it does to a body depends on that body alone.
    var forgets: Bool { mutant.alteration == .dropped || mutant.alteration == .altered }

    /// What stands instead of the values of one body, query or path.
    func replacements(of values: [JSON]) -> [JSON] {
        guard let head = values.first, let last = values.last else { return values }
        defer { previous = last }
        switch mutant.alteration {
        case .dropped: return []
        case .altered: return values.map { $0.altered ?? $0 }
        case .frozen:
            if first == nil { first = head }
            return values.map { _ in first! }
        case .neighbour:
            return values.count > 1 ? Array(values.dropFirst()) + [head] : [previous ?? head]
        }
    }
}

/// Makes members of a body wrong, in one pass over it however many there are.
final class BodyEdits {
    private final class Node {
        var edit: Int?
        /// `*` stands for each element of an array.
        var below: [String: Node] = [:]
    }

    private let edits: [MemberEdit]
    private let root = Node()
    private let forgets: Bool
    /// What became of bodies, where that depends on the body alone; an empty one where nothing did. Most polls are answered alike.
    private var known: [[UInt8]: [UInt8]] = [:]
    private static let mostKnown = 64

    init(_ edits: [MemberEdit]) {
        self.edits = edits
        forgets = edits.allSatisfy(\.forgets)
        for (index, edit) in edits.enumerated() {
            var node = root
            for name in edit.mutant.member.name.split(separator: ".") {
                let next = node.below[String(name)] ?? Node()
                node.below[String(name)] = next
                node = next
            }
            node.edit = index
        }
    }

    /// - Returns: `nil` when nothing in it changes.
    func edit(_ body: [UInt8]) -> [UInt8]? {
        if forgets, let edited = known[body] { return edited.isEmpty ? nil : edited }
        let edited = (try? JSON.parse(body)).flatMap { edit($0) }?.serialized
        guard forgets else { return edited }
        if known.count >= Self.mostKnown { known = [:] }
        known[body] = edited ?? []
        return edited
    }

    /// - Returns: `nil` when nothing in it changes.
    func edit(_ body: JSON) -> JSON? {
        var values = Array(repeating: [JSON](), count: edits.count)
        collect(body, root, &values)
        var pass = Pass(replacements: values, changes: false)
        for (index, edit) in edits.enumerated() where !values[index].isEmpty {
            pass.replacements[index] = edit.replacements(of: values[index])
            pass.changes = pass.changes || pass.replacements[index] != values[index]
        }
        return pass.changes ? edited(body, root, &pass) : nil
    }

    private struct Pass {
        /// By edit, in the order of the values.
        var replacements: [[JSON]]
        var changes: Bool
        var taken: [Int: Int] = [:]
    }

    private func collect(_ json: JSON, _ node: Node, _ values: inout [[JSON]]) {
        if let edit = node.edit, !json.isNull {
            values[edit].append(json)
            // What stands in it goes with it.
            if edits[edit].mutant.alteration == .dropped { return }
        }
        guard !node.below.isEmpty else { return }
        switch json {
        case .array(let elements):
            guard let element = node.below["*"] else { return }
            for value in elements { collect(value, element, &values) }
        case .object(let object):
            for member in object {
                if let below = node.below[member.name] { collect(member.value, below, &values) }
            }
        case .null, .bool, .number, .string: return
        }
    }

    private func edited(_ json: JSON, _ node: Node, _ pass: inout Pass) -> JSON? {
        var json = json
        if let edit = node.edit, !json.isNull {
            guard edits[edit].mutant.alteration != .dropped else { return nil }
            let index = pass.taken[edit, default: 0]
            pass.taken[edit] = index + 1
            if pass.replacements[edit].indices.contains(index) { json = pass.replacements[edit][index] }
        }
        guard !node.below.isEmpty else { return json }
        switch json {
        case .array(let elements):
            guard let element = node.below["*"] else { return json }
            return .array(elements.compactMap { edited($0, element, &pass) })
        case .object(let object):
            return .object(
                JSONObject(
                    object.compactMap { member in
                        guard let below = node.below[member.name] else { return member }
                        return edited(member.value, below, &pass).map { JSONObject.Member(name: member.name, value: $0) }
                    }))
        case .null, .bool, .number, .string: return json
        }
    }
}
