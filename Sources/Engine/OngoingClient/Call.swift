import Exchange
import HTTPTypes
import JSON

/// One call, before it becomes a request.
struct Call {
    var method: HTTPRequest.Method
    /// Below the base path.
    var path: String
    var query = Query()
    var body: JSON?
    /// What the call is about, for errors: the path of a PUT does not say.
    var subject: String?

    static func get(_ path: String, _ query: Query = Query()) -> Call { Call(method: .get, path: path, query: query) }
    static func put(_ path: String, _ body: JSON, about subject: String) -> Call {
        Call(method: .put, path: path, body: body, subject: subject)
    }
    static func patch(_ path: String, _ body: JSON? = nil) -> Call { Call(method: .patch, path: path, body: body) }
    static func delete(_ path: String) -> Call { Call(method: .delete, path: path) }

    /// Stands in errors.
    var place: String { "Ongoing \(method.rawValue) /\(path)" + (subject.map { ", \($0)" } ?? "") }

    func unreadable(_ problem: String) -> ExchangeError {
        ExchangeError(
            system: .ongoing, place: place, reason: .unreadable(problem), effect: method == .get ? .unchanged : .unknown)
    }
}

extension OngoingClient {
    /// Carries the call out and reads its answer.
    func answer<Value>(to call: Call, _ read: (WireReader) throws(WireError) -> Value) throws -> Value {
        let root = WireReader(try parse(try send(call), to: call))
        do {
            return try read(root)
        } catch {
            throw call.unreadable(error.problem)
        }
    }

    /// The same; `nil` when the server knows no such thing.
    func answerIfThere<Value>(to call: Call, _ read: (WireReader) throws(WireError) -> Value) throws -> Value? {
        do {
            return try answer(to: call, read)
        } catch let error as ExchangeError where error.saysAbsent {
            return nil
        } catch let error as ExchangeError {
            // A page that says so may be gone the next time, like one that says 200.
            if case .refused(404, let message) = error.reason { throw call.unreadable("status 404 with \(message)") }
            throw error
        }
    }

    /// Carries out a call whose answer says nothing that is needed. Some of them are declared as a bare stream of bytes; a page
    /// of HTML, however, comes from a proxy and not from Ongoing.
    func perform(_ call: Call) throws {
        let response = try send(call)
        let type = response.headers[.contentType]?.lowercased() ?? ""
        if type.hasPrefix("text/html") {
            throw call.unreadable("status \(response.status) with Content-Type text/html instead of JSON")
        }
    }

    private func parse(_ response: Response, to call: Call) throws -> JSON {
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
    /// Whether the server itself says that there is no such thing. A page with the status 404 does not: it comes from a wrong
    /// address or a proxy.
    var saysAbsent: Bool {
        if case .refused(404, let message) = reason { return !message.hasPrefix(RefusalText.page) }
        return false
    }
}
