import Contract
import Exchange
import StrictYAML

/// The first layer: the YAML file, read by the shapes that the catalogue's keys have.
enum FileLayer {
    static func read(_ bytes: [UInt8], path: String) -> SettingsTable {
        var table = SettingsTable()
        do throws(InvalidFile) {
            let source = try SourceText(file: path, subject: "configuration", bytes: bytes)
            guard let document = try YAMLDocument.compose(source) else { return table }
            // What can be read is kept, so that the layers above are checked as well and one look tells all that is wrong.
            var reader = StrictReader(source, keepsReadable: true)
            let file = reader.read(document, as: .record(shape), label: "configuration")
            for problem in reader.problems { table.refuse(problem) }
            guard let file else {
                table.isLegible = false
                return table
            }
            table.read(file, path)
        } catch {
            for problem in error.problems { table.refuse(problem) }
            table.isLegible = false
        }
        return table
    }

    private static let shape = Record(
        "the configuration",
        fields(of: AnyKey.general) + [
            .optional(
                "connections",
                .table(key: .custom(ConnectionName.scalar), value: section("a connection", fields(of: AnyKey.connection))),
                "A name for each connection, with its keys.")
        ])

    /// Nothing is required here: the layers above may have what the file has not.
    private static func fields(of keys: [AnyKey]) -> [Field] {
        Field.nested(keys.map { .optional($0.path, $0.kind.shape, $0.about) }) { name, fields in
            .optional(name, section("'\(name)'", fields), "The keys of '\(name)'.")
        }
    }

    /// A section may have nothing under it, as in the example, where every key with a default is commented out.
    private static func section(_ title: String, _ fields: [Field]) -> Shape {
        .either([.nothing, .record(Record(title, fields))])
    }
}

extension SettingsTable {
    fileprivate mutating func refuse(_ problem: Problem) { refuse(.file(problem.file, problem.place), problem.text) }

    fileprivate mutating func read(_ file: Value, _ path: String) {
        read(file, AnyKey.general, of: nil, path)
        guard let sections = file["connections"], sections.isTable else { return }
        for (name, keys) in sections.table {
            connections.append(SettingsTable.Section(name: name.text, origin: .file(path, name.place)))
            read(keys, AnyKey.connection, of: name.text, path)
        }
    }

    private mutating func read(_ section: Value, _ keys: [AnyKey], of connection: String?, _ path: String) {
        for key in keys {
            switch section.look(at: key.path) {
            case nil: break
            case .unreadable?: isFaulty(key.path, of: connection)
            case .found(let value)?:
                if let setting = read(value, key, path) {
                    set(key.path, of: connection, to: setting, .file(path, value.place))
                } else {
                    isFaulty(key.path, of: connection)
                }
            }
        }
    }

    /// - Returns: `nil` when no shape alone can tell what is wrong with it; the problem has been noted then.
    private mutating func read(_ value: Value, _ key: AnyKey, _ path: String) -> SettingValue? {
        switch key.kind {
        case .whole: return .whole(value.int)
        case .flag: return .flag(value.flag)
        case .choice: return .text(value.text)
        case .text, .email, .url, .address, .duration, .timeOfDay: return value.custom(as: SettingValue.self)
        case .secret: return .secret(SecretReference(value))
        case .secrets: return .secrets(value.list.map { SecretReference($0) })
        case .wholes:
            if value.list.isEmpty {
                refuse(.file(path, value.place), "'\(key.path)': \(key.kind.expectation) was expected, not an empty one")
                return nil
            }
            return .wholes(value.list.map(\.int))
        case .profile(let system): return .choices(choices(value, system, path))
        }
    }

    private mutating func choices(_ value: Value, _ system: System, _ path: String) -> [String: String] {
        var choices: [String: String] = [:]
        for (name, choice) in value.table {
            if case .unreadable = choice.content { continue }
            if let problem = ProfileCheck.problem(name.text, choice.text, system) {
                refuse(.file(path, name.place), problem)
            } else {
                choices[name.text] = choice.text
            }
        }
        return choices
    }
}

extension Value {
    fileprivate enum Lookup {
        case found(Value)
        case unreadable
    }

    /// What stands behind a path of keys; `nil` when it or a section above it was left out.
    fileprivate func look(at path: String) -> Lookup? {
        var value = self
        for name in path.split(separator: ".") {
            if case .unreadable = value.content { return .unreadable }
            guard value.isRecord, let next = value[String(name)] else { return nil }
            value = next
        }
        if case .unreadable = value.content { return .unreadable }
        return .found(value)
    }
}

extension SecretReference {
    /// - Parameter value: Read by the shape of a reference.
    fileprivate init(_ value: Value) {
        if let name = value["env"] { self = .environment(name.text) } else { self = .file(value.required("file").text) }
    }
}

extension ValueKind {
    /// What it may be in a file. The short forms of lists and references are for the environment and for flags; in a file, what
    /// looks like a short reference could be a token that begins so.
    fileprivate var shape: Shape {
        switch self {
        case .whole(let range): .whole(range)
        case .wholes(let range): .list(.whole(range))
        case .flag: .flag
        case .choice(let words): .choice(words)
        case .secret: Self.reference
        case .secrets: .list(Self.reference)
        case .profile: .table(key: .text, value: .text)
        case .url:
            .custom(
                CustomScalar(expectation) { text throws(ScalarRefusal) in
                    do throws(Endpoint.Refusal) { return .custom(SettingValue.endpoint(try Endpoint(text))) } catch {
                        throw ScalarRefusal(error.text)
                    }
                })
        case .text, .email, .address, .duration, .timeOfDay:
            .custom(CustomScalar(expectation) { text in read(text).map { .custom($0) } })
        }
    }

    private static let reference = Shape.confidential(
        .record(
            Record(
                ValueKind.secret.expectation,
                [
                    .optional("env", .custom(name), "The name of an environment variable."),
                    .optional("file", .custom(name), "The path of a file."),
                ], exactlyOneOf: [["env", "file"]], plural: "references, each { env: NAME } or { file: PATH }")),
        remark: "the secret itself does not belong in a configuration")

    private static let name = CustomScalar("a name") { $0.isEmpty ? nil : .text($0) }
}

extension ConnectionName {
    fileprivate static let scalar = CustomScalar(expectation) { isGood($0) ? .text($0) : nil }
}

extension SettingOrigin {
    fileprivate static func file(_ path: String, _ place: Place) -> Self { .file(path, line: place.line, column: place.column) }
}

/// Whether a choice for an assumption may be made in a configuration.
enum ProfileCheck {
    static func problem(_ key: String, _ choice: String, _ system: System) -> String? {
        do {
            try AssumptionLedger.standard.check(choice, for: key, of: system)
            return nil
        } catch {
            return error.description
        }
    }
}
