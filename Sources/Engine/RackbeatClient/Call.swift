import Exchange
import HTTPTypes
import JSON

/// One call, before it becomes a request.
struct Call {
    var method: HTTPRequest.Method
    /// Below the base path; keys in it are percent-encoded, once.
    var path: String
    var query = Query()
    var body: JSON?

    static func get(_ path: String, _ query: Query = Query()) -> Call { Call(method: .get, path: path, query: query) }
    static func post(_ path: String, _ body: JSON? = nil) -> Call { Call(method: .post, path: path, body: body) }
    static func put(_ path: String, _ body: JSON) -> Call { Call(method: .put, path: path, body: body) }
    static func delete(_ path: String) -> Call { Call(method: .delete, path: path) }

    /// Stands in errors. The page is the one part of a query that tells one call from another there.
    var place: String {
        "Rackbeat \(method.rawValue) \(path)" + (query["page"].map { $0 == "1" ? "" : ", page \($0)" } ?? "")
    }

    /// Neither idempotency keys nor natural keys exist, so a POST carried out twice makes two documents.
    var isRepeatable: Bool { method != .post }

    var effectWhenUnreadable: Effect { method == .get ? .unchanged : .unknown }

    func unreadable(_ problem: String) -> ExchangeError {
        ExchangeError(system: .rackbeat, place: place, reason: .unreadable(problem), effect: effectWhenUnreadable)
    }
}

extension RackbeatClient {
    /// Carries the call out and reads the object that the answer holds under `key`.
    func one<Value>(_ call: Call, _ key: String, _ read: (WireReader) throws(WireError) -> Value) throws -> Value {
        let root = try answer(to: call)
        do {
            return try read(root.envelope(key))
        } catch {
            throw call.unreadable(error.problem)
        }
    }

    /// The same; `nil` when the server knows no such thing.
    func oneIfThere<Value>(_ call: Call, _ key: String, _ read: (WireReader) throws(WireError) -> Value) throws -> Value? {
        do {
            return try one(call, key, read)
        } catch let error as ExchangeError where error.saysAbsent {
            return nil
        } catch let error as ExchangeError {
            // A page that says so may be gone the next time, like one that says 200.
            if case .refused(404, let message) = error.reason { throw call.unreadable("status 404 with \(message)") }
            throw error
        }
    }

    /// Carries out a call whose answer no source describes: it may be empty, and is otherwise only asked to be JSON.
    func perform(_ call: Call) throws {
        let response = try send(call)
        if !response.body.isEmpty { _ = try parse(response, to: call) }
    }

    /// Removes something. That it is not there is no failure: an earlier attempt, whose answer was lost, has removed it.
    func remove(_ path: String) throws {
        do {
            try perform(.delete(path))
        } catch let error as ExchangeError where error.saysAbsent {}
    }

    func answer(to call: Call) throws -> WireReader {
        WireReader(try parse(try send(call), to: call), zone: zone)
    }

    private func parse(_ response: Response, to call: Call) throws -> JSON {
        // A proxy or a login page answers 200 with HTML.
        guard response.saysJSON else {
            let type = response.headers[.contentType].map { "Content-Type \($0)" } ?? "no Content-Type"
            throw call.unreadable("status \(response.status) with \(type) instead of JSON")
        }
        do {
            return try JSON.parse(response.body)
        } catch {
            throw call.unreadable("the JSON breaks off or is faulty at \(error)")
        }
    }
}

extension ExchangeError {
    /// Whether the server itself says that there is no such thing.
    ///
    /// A page with the status 404 does not say so: it comes from a wrong address or a proxy, and whoever believed it would
    /// cancel orders that are still there.
    var saysAbsent: Bool {
        if case .refused(404, let message) = reason { return !message.hasPrefix(RefusalText.page) }
        return false
    }

    /// Whether this is about the one record that was asked for, so that its neighbours can go on.
    var concernsOneRecord: Bool {
        switch reason {
        case .refused, .unreadable: true
        case .unauthorised, .tooFast, .serverFault, .noAnswer: false
        }
    }
}

/// A key as a path segment, percent-encoded once. The server also takes keys that were encoded twice, as an old client sent them.
func segment(_ key: some CustomStringConvertible) -> String { PercentEncoding.encode(key.description) }
