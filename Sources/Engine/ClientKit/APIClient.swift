package import Exchange
package import HTTPTypes
package import JSON
package import Units

/// Carries out the calls of one client and reads the responses: what is the same for both APIs.
///
/// Every call throws ``ExchangeError``. A success that cannot be understood is `.unreadable`; after a write its effect is
/// `unknown`, because the server did accept the request.
package final class APIClient {
    /// What differs between the APIs.
    package struct Dialect {
        /// Sent with every request.
        package var headers: HTTPFields
        package var timeout: Duration
        /// Whether a request of this method may be sent twice without harm.
        package var isRepeatable: (HTTPRequest.Method) -> Bool
        /// What the JSON of a refusal says, as one sentence without a full stop.
        package var refusalText: (JSON) -> String
        /// The clock of times that carry no offset.
        package var zone: Zone

        package init(
            headers: HTTPFields, timeout: Duration, isRepeatable: @escaping (HTTPRequest.Method) -> Bool,
            refusalText: @escaping (JSON) -> String, zone: Zone
        ) {
            self.headers = headers
            self.timeout = timeout
            self.isRepeatable = isRepeatable
            self.refusalText = refusalText
            self.zone = zone
        }
    }

    package let system: System
    /// The server's clock at its latest response; `nil` while no response carried it.
    package var serverTime: Moment? { retryingClient.serverTime }
    /// The same, with when that response came by our own clock.
    package var latestDate: (shown: Moment, came: Moment)? {
        guard let shown = retryingClient.serverTime, let came = retryingClient.serverTimeCame else { return nil }
        return (shown, came)
    }
    /// How many writes got no response that says what became of them.
    package var writesWithUnknownOutcome: Int { retryingClient.writesWithUnknownOutcome }

    private let retryingClient: RetryingClient
    private let basePath: String
    private let scheme: String
    private let credentials: Secret
    private let dialect: Dialect
    private let mask: SecretMask

    /// - Parameters:
    ///   - basePath: What every path begins with, such as `/api`.
    ///   - scheme: Of the header `Authorization`, such as `Bearer`.
    ///   - secrets: What no error may show, beside the credentials themselves.
    package init(
        retryingClient: RetryingClient, basePath: String, scheme: String, credentials: Secret, hiding secrets: [Secret] = [],
        dialect: Dialect
    ) {
        self.system = retryingClient.system
        self.retryingClient = retryingClient
        self.basePath = basePath
        self.scheme = scheme
        self.credentials = credentials
        self.dialect = dialect
        // A server in debug mode quotes the request's headers back in its error.
        let mask = SecretMask((secrets + [credentials]).map { $0.reveal() })
        self.mask = mask
        retryingClient.explain = { response in
            RefusalText.of(response, masking: mask.covering, reading: dialect.refusalText)
        }
    }

    /// Reads, and returns the server's clock at the oldest response as well; `nil` when no response carried it. A response from a
    /// cache keeps the date of its first time.
    package func dated<Value>(_ read: () throws -> Value) rethrows -> (value: Value, asOf: Moment?) {
        retryingClient.oldestServerTime = nil
        return (try read(), retryingClient.oldestServerTime)
    }

    /// Reads, and returns how far the server's clock is ahead of ours as well; `nil` when no response carried it.
    package func watchingClock<Value>(_ read: () throws -> Value) rethrows -> (value: Value, clockAhead: Duration?) {
        retryingClient.clockAhead = nil
        return (try read(), retryingClient.clockAhead)
    }

    /// Sends one call.
    ///
    /// - Returns: A response with a 2xx status.
    package func send(_ call: Call) throws -> Response {
        var target = basePath + "/" + call.path
        if !call.query.isEmpty { target += "?" + call.query.text }
        if !call.readsOn {
            try retryingClient.budget?.take("\(system) \(call.method.rawValue) \(target)", place: call.place(in: system))
        }
        var headers = dialect.headers
        headers[.authorization] = scheme + " " + credentials.reveal()
        if call.body != nil { headers[.contentType] = "application/json" }
        let request = Request(
            call.method, target, headers: headers, body: call.body?.serialized ?? [], timeout: dialect.timeout,
            responseLimitBytes: call.responseLimitBytes)
        do {
            return try retryingClient.send(
                request, place: call.place(in: system), repeatable: dialect.isRepeatable(call.method))
        } catch let error as ExchangeError where error.isPage {
            // A page with the status 404 refuses nothing: it comes from a proxy, and may be gone the next time like one with the
            // status 200.
            guard case .refused(404, let message) = error.reason else { throw error }
            throw unreadable(call, "status 404 with \(message)", isPage: true)
        }
    }

    /// Sends one call and reads the JSON of its response.
    package func read<Value>(_ call: Call, _ read: (WireReader) throws(WireError) -> Value) throws -> Value {
        let root = WireReader(try json(of: try send(call), to: call), zone: dialect.zone)
        do {
            return try read(root)
        } catch {
            throw unreadable(call, error.problem, isMisshapen: true)
        }
    }

    /// The same; `nil` when the server says that no such thing exists.
    package func readIfPresent<Value>(_ call: Call, _ read: (WireReader) throws(WireError) -> Value) throws -> Value? {
        do {
            return try self.read(call, read)
        } catch let error as ExchangeError where error.saysAbsent {
            return nil
        }
    }

    /// Sends one call for a page of a list, and reads the page. Of a long one, each row is read when it is looked at, so that a page
    /// never costs many times its size.
    ///
    /// - Parameter name: The member that holds the rows; `nil` when the response is the array itself.
    package func readPage<Value>(
        _ call: Call, under name: String?, _ read: (_ root: WireReader, _ rows: [WireReader]?) throws(WireError) -> Value
    ) throws -> Value {
        let response = try send(call)
        guard response.body.count > Self.longestTree else {
            let root = WireReader(try json(of: response, to: call), zone: dialect.zone)
            do {
                guard let name else { return try read(root, try root.list()) }
                return try read(root, try root.rows(name))
            } catch {
                throw unreadable(call, error.problem, isMisshapen: true)
            }
        }
        try checkSaysJSON(response, to: call)
        let parsed: (rest: JSON, elements: [Range<Int>])
        do {
            parsed = try JSON.parse(response.body, leavingOut: name, limits: Self.limits)
        } catch {
            throw unreadable(call, "the JSON breaks off or is faulty at \(error)")
        }
        let root = WireReader(parsed.rest, zone: dialect.zone)
        do {
            guard try name.map({ name throws(WireError) in try root.rows(name) != nil }) ?? (root.value.array != nil) else {
                return try read(root, nil)
            }
            let list = name.map { root.pointer.appending($0) } ?? root.pointer
            let rows = parsed.elements.indices.map { index in
                WireReader(parsed.elements[index], of: response.body, at: list.appending(index), zone: dialect.zone)
            }
            return try read(root, rows)
        } catch {
            throw unreadable(call, error.problem, isMisshapen: true)
        }
    }

    /// A longer page is read row by row.
    static let longestTree = 1 << 20
    /// What is read as one tree: a record, or a page that is not long.
    private static let limits = JSONLimits(depth: 128, bytes: 64 << 20, values: 400_000)

    package func json(of response: Response, to call: Call) throws -> JSON {
        try checkSaysJSON(response, to: call)
        do {
            return try JSON.parse(response.body, limits: Self.limits)
        } catch {
            throw unreadable(call, "the JSON breaks off or is faulty at \(error)")
        }
    }

    private func checkSaysJSON(_ response: Response, to call: Call) throws {
        // A proxy or a login page sends HTML with the status 200.
        guard response.saysJSON else {
            let type = response.headers[.contentType].map { "Content-Type \($0)" } ?? "no Content-Type"
            throw unreadable(call, "status \(response.status) with \(type) instead of JSON")
        }
    }

    /// - Parameter isMisshapen: See ``ExchangeError/isMisshapen``.
    package func unreadable(
        _ call: Call, _ problem: String, isPage: Bool = false, isMisshapen: Bool = false
    ) -> ExchangeError {
        ExchangeError(
            system: system, place: call.place(in: system), reason: .unreadable(mask.covering(problem)),
            effect: call.method == .get ? .unchanged : .unknown, isPage: isPage, isMisshapen: isMisshapen)
    }
}

extension ExchangeError {
    /// Whether the server itself says that no such thing exists.
    ///
    /// A page with the status 404 does not say so, and is no refusal: it comes from a wrong address or a proxy, and whoever believed it
    /// would cancel orders that are still there.
    package var saysAbsent: Bool {
        if case .refused(404, _) = reason { true } else { false }
    }
}
