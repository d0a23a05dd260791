import Contract
import Exchange
import Units
import Yams

/// The first layer: the YAML file. What no key of the catalogue knows is refused with its place, and reading goes on behind it,
/// so that one look tells all that is wrong.
///
/// Not swift-configuration's YAML provider: it answers keys one by one and drops what nobody asks for, and it has no places.
struct FileLayer {
    static let largestBytes = 1_000_000

    let path: String
    private(set) var table = SettingsTable()

    static func read(_ bytes: [UInt8], path: String) -> SettingsTable {
        var layer = FileLayer(path: path)
        layer.read(bytes)
        return layer.table
    }

    private init(path: String) { self.path = path }

    private mutating func read(_ bytes: [UInt8]) {
        guard bytes.count <= Self.largestBytes else {
            return refuseAll(place(1, 1), "the file holds \(bytes.count) bytes; at most \(Self.largestBytes) were expected")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return refuseAll(place(1, 1), "the file is not UTF-8; save it as UTF-8")
        }
        guard let root = compose(text) else { return }
        guard case .mapping(let mapping) = root else {
            return refuseAll(place(of: root), "the file holds \(root.found); keys such as 'rackbeat:' were expected")
        }
        for (key, node) in mapping {
            if key.scalar?.string == "connections" {
                readConnections(node)
            } else {
                read(key, node, below: [], keys: AnyKey.general, extra: ["connections"], connection: nil)
            }
        }
    }

    private mutating func refuseAll(_ origin: SettingOrigin, _ text: String) {
        table.isLegible = false
        table.refuse(origin, text)
    }

    /// - Returns: `nil` when there is nothing to read; a problem has been noted unless the file is empty.
    private mutating func compose(_ text: String) -> Node? {
        do {
            let parser = try Parser(yaml: text, resolver: .basic, constructor: .default, encoding: .utf8)
            guard let root = try parser.nextRoot() else { return nil }
            if let second = try parser.nextRoot() {
                table.refuse(place(of: second), "a second document begins here; one was expected")
            }
            return root
        } catch let error as YamlError {
            refuse(error)
        } catch {
            refuseAll(place(1, 1), "this is not YAML: \(error)")
        }
        return nil
    }

    private mutating func refuse(_ error: YamlError) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
            refuseAll(place(mark.line, mark.column), "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "'\($0)'" }.sorted().joined(separator: " and ")
            refuseAll(place(context.mark.line, context.mark.column), "\(names) stands twice in the mapping that begins here")
        default:
            refuseAll(place(1, 1), "this is not YAML")
        }
    }

    private mutating func readConnections(_ node: Node) {
        guard case .mapping(let mapping) = node else {
            return table.refuse(place(of: node), "'connections': a name for each connection was expected, not \(node.found)")
        }
        for (key, node) in mapping {
            guard let name = key.scalar?.string, ConnectionName.isGood(name) else {
                table.refuse(place(of: key), "\(ConnectionName.expectation) was expected, not \(key.found)")
                continue
            }
            table.connections.append(SettingsTable.Section(name: name, origin: place(of: key)))
            guard case .mapping(let settings) = node else {
                table.refuse(place(of: node), "'\(name)': the connection's keys were expected, not \(node.found)")
                continue
            }
            for (key, node) in settings {
                read(key, node, below: [], keys: AnyKey.connection, extra: [], connection: name)
            }
        }
    }

    /// Reads one key and what stands under it.
    ///
    /// - Parameters:
    ///   - below: The keys it stands under.
    ///   - extra: Names that are known here and read elsewhere.
    private mutating func read(
        _ key: Node, _ node: Node, below: [String], keys: [AnyKey], extra: [String], connection: String?
    ) {
        guard let name = key.scalar?.string else {
            return table.refuse(place(of: key), "a key was expected, not \(key.found)")
        }
        let here = below + [name]
        let path = here.joined(separator: ".")
        if let known = keys.first(where: { $0.path == path }) { return read(node, known, name: name, connection: connection) }
        guard keys.contains(where: { $0.path.hasPrefix(path + ".") }) else {
            return refuseUnknown(key, name, below: below, keys: keys, extra: extra, connection: connection)
        }
        // A section with nothing under it, as the example has it when every key is commented out.
        if case .scalar(let scalar) = node, scalar.isNothing { return }
        guard case .mapping(let mapping) = node else {
            return table.refuse(place(of: node), "'\(name)': keys were expected under it, not \(node.found)")
        }
        for (key, node) in mapping { read(key, node, below: here, keys: keys, extra: [], connection: connection) }
    }

    private mutating func refuseUnknown(
        _ key: Node, _ name: String, below: [String], keys: [AnyKey], extra: [String], connection: String?
    ) {
        let prefix = below.isEmpty ? "" : below.joined(separator: ".") + "."
        var names: [String] = []
        for key in keys where key.path.hasPrefix(prefix) {
            let next = String(key.path.dropFirst(prefix.count).prefix { $0 != "." })
            if !names.contains(next) { names.append(next) }
        }
        names += extra
        let place = below.last.map { "'\($0)'" } ?? connection.map { "connection '\($0)'" } ?? "the configuration"
        let hint = Spelling.hint(for: name, among: names)
        table.refuse(
            self.place(of: key),
            "\(place) has no key '\(name)'" + (hint.isEmpty ? "; \(ValueKind.alternatives(names)) was expected" : hint))
    }

    // MARK: Values

    private mutating func read(_ node: Node, _ key: AnyKey, name: String, connection: String?) {
        guard let value = value(of: node, key.kind, name: name) else {
            return table.isFaulty(key.path, of: connection)
        }
        table.set(key.path, of: connection, to: value, place(of: node))
    }

    /// - Returns: `nil` when it is something else; a problem has been noted then.
    private mutating func value(of node: Node, _ kind: ValueKind, name: String) -> SettingValue? {
        switch (kind, node) {
        case (.secret, .mapping(let mapping)): return reference(mapping, node, name: name).map(SettingValue.secret)
        // The short form is for the environment and for flags. In a file it could be a token that begins so.
        case (.secret, _), (.secrets, .scalar), (.secrets, .mapping): break
        case (.secrets, .sequence(let nodes)):
            let references = nodes.map { node -> SecretReference? in
                if case .mapping(let mapping) = node { return reference(mapping, node, name: name) }
                refuse(node, .secret, name: name)
                return nil
            }
            return references.contains(nil) ? nil : .secrets(references.compactMap(\.self))
        case (.wholes, .sequence(let nodes)):
            let numbers = nodes.map { $0.scalar.flatMap { ValueKind.whole($0.string) } }
            if !numbers.contains(nil), !numbers.isEmpty { return .wholes(numbers.compactMap(\.self)) }
        case (.profile(let system), .mapping(let mapping)): return choices(mapping, system)
        case (_, .scalar(let scalar)) where !scalar.isNothing:
            if let value = kind.read(scalar.string) { return value }
        default: break
        }
        refuse(node, kind, name: name)
        return nil
    }

    private mutating func refuse(_ node: Node, _ kind: ValueKind, name: String) {
        if case .url = kind, let text = node.scalar?.string, case .failure(let refusal) = Result(catching: { try Endpoint(text) })
        {
            return table.refuse(place(of: node), "'\(name)': \((refusal as? Endpoint.Refusal)?.text ?? kind.expectation)")
        }
        var text = "'\(name)': \(kind.expectation) was expected"
        if kind.mayBeQuoted {
            text += ", not \(node.found)"
            if case .choice(let words) = kind, let word = node.scalar?.string { text += Spelling.hint(for: word, among: words) }
        } else if case .scalar = node {
            text += "; the secret itself does not belong in a configuration"
        }
        table.refuse(place(of: node), text)
    }

    private mutating func reference(_ mapping: Node.Mapping, _ node: Node, name: String) -> SecretReference? {
        var found: [SecretReference] = []
        for (key, value) in mapping {
            guard let text = value.scalar?.string, !text.isEmpty, let kind = key.scalar?.string else { continue }
            if kind == "env" { found.append(.environment(text)) }
            if kind == "file" { found.append(.file(text)) }
        }
        guard found.count == 1, mapping.count == 1 else {
            table.refuse(place(of: node), "'\(name)': \(ValueKind.secret.expectation) was expected")
            return nil
        }
        return found[0]
    }

    private mutating func choices(_ mapping: Node.Mapping, _ system: System) -> SettingValue {
        var choices: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.scalar?.string, let choice = value.scalar?.string else {
                table.refuse(place(of: key), "a choice such as 'time_zone: UTC' was expected, not \(key.found)")
                continue
            }
            if let problem = ProfileCheck.problem(name, choice, system) {
                table.refuse(place(of: key), problem)
            } else {
                choices[name] = choice
            }
        }
        return .choices(choices)
    }

    // MARK: Places

    private func place(_ line: Int, _ column: Int) -> SettingOrigin { .file(path, line: line, column: column) }

    private func place(of node: Node) -> SettingOrigin { place(node.mark?.line ?? 1, node.mark?.column ?? 1) }
}

/// Whether a choice for an assumption may be made in a configuration.
enum ProfileCheck {
    static func problem(_ key: String, _ choice: String, _ system: System) -> String? {
        do {
            try AssumptionLedger.standard.check(choice, for: key, of: system)
        } catch {
            return error.description
        }
        guard AssumptionLedger.standard.assumption(key, about: system)?.concernsFakeOnly == true else { return nil }
        return "'\(key)' makes a stand-in misbehave; it says nothing about the real \(system.title)"
    }
}

extension Node {
    /// What it is, in words that stand in a sentence.
    fileprivate var found: String {
        switch self {
        case .scalar(let scalar): scalar.isNothing ? "nothing" : "'\(scalar.string.prefix(60))'"
        case .mapping: "keys with values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

extension Node.Scalar {
    /// An empty value, `~` or `null`, unless it is quoted.
    fileprivate var isNothing: Bool { style == .plain && ["", "~", "null", "Null", "NULL"].contains(string) }
}
