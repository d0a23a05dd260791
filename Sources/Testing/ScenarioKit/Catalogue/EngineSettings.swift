import JSON
import StrictYAML
import SyncCore
import Units

/// The settings of a connection, as scenarios write them: made from the catalogue that the configuration is made from too.
enum EngineSettings {
    static let fields = Field.nested(SettingsCatalogue.all.map(\.field)) { name, fields in
        .optional(
            name, .record(Record("the \(name)", fields)),
            SettingsCatalogue.sections.first { $0.name == name }!.doc,
            example: "{ \(fields[0].name): \(fields[0].example!) }")
    }

    /// Sets what the record says, and leaves what it does not speak of.
    static func apply(_ record: Value, to settings: inout ConnectionSettings) {
        for setting in SettingsCatalogue.all {
            if let value = record.value(at: setting.path) { setting.set(setting.read(value), in: &settings) }
        }
    }
}

extension ConnectionSetting {
    fileprivate var field: Field {
        .optional(path, shape, "\(doc) Default: \(standard).", example: example)
    }

    private var shape: Shape {
        switch kind {
        case .whole(let range): .whole(range)
        case .wholes(let range): .list(.whole(range))
        case .flag: .flag
        case .word(let words): .choice(words)
        case .duration: .duration
        case .timeOfDay: Self.timeOfDay
        }
    }

    private static let timeOfDay = Shape.custom(
        CustomScalar(
            "a time of day such as 03:00, or off", words: ["off"], schema: ["type": "string", "pattern": #"^(off|\d\d:\d\d)$"#]
        ) {
            $0 == "off" || ScalarReading.timeOfDay($0) != nil ? .text($0) : nil
        })

    /// Something else than the default where there is an obvious other.
    private var example: String {
        switch (kind, standard) {
        case (.flag, .flag(let flag)): String(!flag)
        case (.word(let words), .word(let word)): words.first { $0 != word } ?? word
        default: standard.description
        }
    }

    fileprivate func read(_ value: StrictYAML.Value) -> Value {
        switch kind {
        case .whole: .whole(value.int)
        case .wholes: .wholes(Set(value.list.map(\.int)))
        case .flag: .flag(value.flag)
        case .word: .word(value.text)
        case .duration: .duration(value.duration)
        case .timeOfDay: .timeOfDay(ScalarReading.timeOfDay(value.text))
        }
    }
}
