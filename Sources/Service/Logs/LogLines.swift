import JSON
package import Logging
package import Units

/// Writes log entries as lines, for people or for machines. Every text passes ``Redaction`` first.
package struct LogLines: LogHandler {
    package enum Form: Sendable {
        /// `2026-03-02T14:05:09.000Z warning main/orders 1042 (attempt 2): parked; see 'tandem status'`
        case text
        /// One JSON object a line.
        case json
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    private let form: Form
    private let redaction: Redaction
    private let now: @Sendable () -> Moment
    private let write: @Sendable (String) -> Void

    /// - Parameter write: Takes one line without its line break, from any thread.
    package init(
        _ form: Form, level: Logger.Level, redaction: Redaction, now: @escaping @Sendable () -> Moment,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.form = form
        logLevel = level
        self.redaction = redaction
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let values = Dictionary(uniqueKeysWithValues: all.map { ($0.key, redaction.covering("\($0.value)")) })
        let message = redaction.covering("\(event.message)")
        switch form {
        case .text: write(text(event.level, message, values))
        case .json: write(json(event.level, message, values))
        }
    }

    /// What every entry about the engine has, in this order; other values follow by name.
    private static let leading = ["connection", "job", "subject", "attempt"]

    private func text(_ level: Logger.Level, _ message: String, _ values: [String: String]) -> String {
        var place = [values["connection"], values["job"]].compactMap(\.self).joined(separator: "/")
        if let subject = values["subject"] { place += (place.isEmpty ? "" : " ") + subject }
        if let attempt = values["attempt"], attempt != "1" { place += " (attempt \(attempt))" }
        let rest = values.keys.sorted().filter { !Self.leading.contains($0) }.map { " \($0)=\(values[$0]!)" }.joined()
        let name = level.rawValue
        let padded = name + String(repeating: " ", count: max(0, 8 - name.count))
        let line = "\(now().isoUTCMilliseconds) \(padded) \(place.isEmpty ? "" : place + ": ")\(message)\(rest)"
        // The text of another system may hold line breaks, and with them whole forged lines.
        return line.escapingControls()
    }

    private func json(_ level: Logger.Level, _ message: String, _ values: [String: String]) -> String {
        var object: JSONObject = [
            "time": .string(now().isoUTCMilliseconds), "level": .string(level.rawValue), "message": .string(message),
        ]
        let names = Self.leading + values.keys.sorted().filter { !Self.leading.contains($0) }
        for name in names {
            guard let value = values[name], object[name] == nil else { continue }
            object.append(name, name == "attempt" ? Int(value).map { JSON($0) } ?? .string(value) : .string(value))
        }
        return String(decoding: JSON.object(object).serialized, as: UTF8.self).escapingControls()
    }
}
