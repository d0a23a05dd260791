import ClientKit
import Exchange
import HTTPTypes
import JSON

extension RackbeatClient {
    /// Sends one call and reads the object that the response holds under `key`.
    func one<Value>(_ call: Call, _ key: String, _ read: (WireReader) throws(WireError) -> Value) throws -> Value {
        try api.read(call) { root throws(WireError) in try read(root.envelope(key)) }
    }

    /// The same; `nil` when the account has no such thing.
    func oneIfPresent<Value>(_ call: Call, _ key: String, _ read: (WireReader) throws(WireError) -> Value) throws -> Value? {
        try api.readIfPresent(call) { root throws(WireError) in try read(root.envelope(key)) }
    }

    /// Sends a call whose response no source describes: it may be empty, and otherwise only has to be JSON.
    func perform(_ call: Call) throws {
        let response = try api.send(call)
        if !response.body.isEmpty { _ = try api.json(of: response, to: call) }
    }

    /// Removes something. An absence is no failure: an earlier attempt whose response was lost has removed it.
    func remove(_ path: String) throws {
        do {
            try perform(.delete(path))
        } catch let error as ExchangeError where error.saysAbsent {}
    }
}

extension ExchangeError {
    /// Whether this is about the one record of the request, so that its neighbours can go on.
    var concernsOneRecord: Bool {
        switch reason {
        case .refused, .unreadable: true
        case .unauthorised, .rateLimited, .serverFault, .noResponse: false
        }
    }
}

/// A key as a path segment, percent-encoded once. The server also takes keys that were encoded twice, as an old client sent them.
func segment(_ key: some CustomStringConvertible) -> String { PercentEncoding.encode(key.description) }

extension JSON {
    /// A line, an order or a location is named by a whole number; what is none stays a text.
    static func key(_ key: some CustomStringConvertible) -> JSON {
        let text = key.description
        if let number = Int(text), String(number) == text { return JSON(number) }
        return .string(text)
    }
}
