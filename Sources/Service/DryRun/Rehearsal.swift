import Exchange
import HTTPTypes
import JSON

/// Lets an engine believe that it writes: reads come from the real server, writes are written down and answered as that server
/// most likely would, and what was "written" is laid over what is read afterwards, so that the run goes on as it would.
protocol Rehearsal: AnyObject {
    var basePath: String { get }
    var lookup: Lookup { get }
    /// Answers a reading request.
    func answer(_ target: Target, to request: Request) throws -> Response
    /// Writes a writing request down and answers it.
    func record(_ target: Target) throws -> Response
}

/// The transport of a dry run. Nothing but GET and HEAD ever passes it.
final class RehearsalTransport: Transport {
    private let rehearsal: any Rehearsal

    init(_ rehearsal: any Rehearsal) { self.rehearsal = rehearsal }

    func send(_ request: Request) throws -> Response {
        let target = Target(request, basePath: rehearsal.basePath)
        rehearsal.lookup.model = request
        switch request.method {
        case .get, .head: return try rehearsal.answer(target, to: request)
        default: return try rehearsal.record(target)
        }
    }
}

/// Looks things up in the real server for a rehearsal: with the headers of the client's own requests, paced and repeated like
/// them.
final class Lookup {
    enum Found {
        case json(JSON)
        case nothing
        /// Why it is not known whether it is there.
        case unreadable(String)
    }

    private let retryingClient: RetryingClient
    private let basePath: String
    /// The request that is being answered: its headers are good.
    var model: Request?

    init(retryingClient: RetryingClient, basePath: String) {
        self.retryingClient = retryingClient
        self.basePath = basePath
    }

    func get(_ path: String, _ query: Query = Query()) throws -> Found {
        guard let model else { preconditionFailure("something was looked up before anything was asked") }
        var headers = model.headers
        headers[.contentLength] = nil
        // Rackbeat asks for it on every call, Ongoing only where there is a body.
        if retryingClient.system == .ongoing { headers[.contentType] = nil }
        let target = basePath + "/" + path + (query.isEmpty ? "" : "?" + query.text)
        let request = Request(.get, target, headers: headers, timeout: model.timeout)
        do {
            let response = try retryingClient.send(
                request, place: "\(retryingClient.system.title) GET /\(path)", repeatable: true)
            return response.tree.map(Found.json) ?? .unreadable("the answer is no JSON")
        } catch let error as ExchangeError {
            if case .refused(404, _) = error.reason { return .nothing }
            return .unreadable(error.description)
        }
    }

    /// The same where nothing but the thing itself helps.
    func json(_ path: String) throws -> JSON? {
        if case .json(let json) = try get(path) { return json }
        return nil
    }
}
