/// What was set, by place: later layers override earlier ones, key by key.
struct SettingsTable {
    struct Setting {
        let value: SettingValue
        let origin: SettingOrigin
    }

    struct Section {
        let name: String
        let origin: SettingOrigin
        var settings: [String: Setting] = [:]
    }

    var general: [String: Setting] = [:]
    /// In the order of the file.
    var connections: [Section] = []
    private(set) var problems: [ConfigurationProblem] = []
    /// Whether the file could be read at all. Reporting every key of a broken file as missing would help nobody.
    var isLegible = true
    /// Keys with an invalid value, so that they are not reported as missing as well.
    private var faulty: Set<String> = []

    mutating func refuse(_ origin: SettingOrigin, _ text: String) {
        problems.append(ConfigurationProblem(origin: origin, text: text))
    }

    mutating func isFaulty(_ path: String, of connection: String?) { faulty.insert("\(connection ?? "") \(path)") }

    func knowsAsFaulty(_ path: String, of connection: String?) -> Bool { faulty.contains("\(connection ?? "") \(path)") }

    mutating func set(_ path: String, of connection: String?, to value: SettingValue, _ origin: SettingOrigin) {
        let setting = Setting(value: value, origin: origin)
        guard let connection else {
            general[path] = setting
            return
        }
        guard let index = connections.firstIndex(where: { $0.name == connection }) else { return }
        connections[index].settings[path] = setting
    }
}

/// A key wherever it stands, without the type of what it is stored in.
struct AnyKey {
    let path: String
    let kind: ValueKind
    let about: String

    static let general = Catalogue.general.map { AnyKey($0) }
    static let connection = Catalogue.connection.map { AnyKey($0) }

    private init<Draft>(_ key: ConfigurationKey<Draft>) {
        path = key.path
        kind = key.kind
        about = key.about
    }
}

/// A connection's name goes into the journal, into labels and into names of the environment.
enum ConnectionName {
    static let expectation = "a name of small letters, digits and hyphens that begins with a letter"

    static func isGood(_ name: String) -> Bool {
        guard let first = name.utf8.first, (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first), name.utf8.count <= 40 else {
            return false
        }
        return name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }
}
