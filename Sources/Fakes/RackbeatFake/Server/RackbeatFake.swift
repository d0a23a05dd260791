package import Exchange
package import FakeKit
import HTTPTypes
import JSON
package import Units

typealias Handler = (RackbeatFake) -> (RequestContext) throws(Refusal) -> Response

/// A working replacement of one Rackbeat account: documents, their states, stock by location, and the API in front of them.
///
/// Two ways in. ``respond(to:)`` is the API as a caller sees it, by `rackbeat.md`; where the public material leaves a question
/// open, the profile decides. The test actions (`bookOrder`, `countStock`, …) do what people do in Rackbeat, under the same
/// rules. Time comes from the clock alone, ids are counted, and nothing is random: the same calls give the same bytes.
package final class RackbeatFake: FakeServer {
    /// The bearer token that callers must send. Changing it locks out everybody who has the old one.
    package var token: String
    /// While true, every request is refused.
    package var isTokenRevoked = false
    /// What the account shows no more of its products, orders and purchase orders, as when a permission was taken away or a proxy
    /// answers for it; `nil`: everything is shown.
    package var hiding: Hiding?

    package enum Hiding: Sendable {
        /// None is found by its number.
        case byNumber
        /// Nor does a list name any.
        case everywhere
    }
    package let accountNumber: Int

    /// Every movement of stock. A place is a location number as text.
    package let ledger = StockLedger()
    /// Messages of webhooks, in order. Delivering them is up to the owner of the fake.
    package internal(set) var outbox: [WebhookDelivery] = []

    /// Every path that is known of Rackbeat, with the paths of 2018 that mean the same. Any other path gets a 404, as from the real
    /// service. One table for all accounts: handlers take the account as their first parameter. Nothing changes it once it is made,
    /// which the compiler cannot see.
    nonisolated(unsafe) private static let router = {
        let router = Router<Route<Handler>>()
        let routes = [
            accountRoutes, productRoutes, stockRoutes, locationRoutes, masterDataRoutes, partnerRoutes, orderRoutes,
            shipmentRoutes, invoiceRoutes, purchaseOrderRoutes, receiptRoutes, adjustmentRoutes, movementRoutes, webhookRoutes,
        ]
        for route in routes.joined() { router.add(route.method, route.pattern, route) }
        return router
    }()

    let behaviour: Behaviour
    let basePath: String
    /// Precedes every path in the links of responses.
    let origin: String
    let clock: () -> Moment
    let timeTexts: TimeTexts
    private var window: FixedWindow?

    let store = Store()
    /// Whether the current request suppresses webhooks.
    var webhooksAreSuppressed = false

    /// - Parameters:
    ///   - profile: The values of the assumptions about Rackbeat.
    ///   - basePath: Precedes every path, such as `/api`.
    ///   - token: The bearer token that callers must send.
    ///   - clock: The time of every timestamp and of the rate limit.
    package init(
        profile: Profile, basePath: String = "/api", token: String, accountNumber: Int = 4711,
        clock: @escaping () -> Moment
    ) {
        behaviour = Behaviour(profile)
        self.basePath = basePath
        origin = "https://app.rackbeat.com\(basePath)/"
        self.token = token
        self.accountNumber = accountNumber
        self.clock = clock
        timeTexts = TimeTexts(zone: behaviour.zone, sql: behaviour.writesSQLTimes)
        if behaviour.rateLimit > 0 { window = FixedWindow(limit: behaviour.rateLimit, length: behaviour.rateWindow) }
        store.units.put(UnitRecord(content: UnitSeed(), createdAt: now, updatedAt: now))
    }

    /// The time of timestamps: Rackbeat keeps whole seconds.
    var now: Moment { clock().truncatedToSecond }

    /// The day in the account's zone.
    var today: CivilDate { clock().date(in: behaviour.zone) }

    package func respond(to request: Request) -> Response {
        var asGet = request
        if request.method == .head { asGet.method = .get }
        var response = respondWithBody(to: asGet)
        if request.method == .head { response.body = [] }
        // As every server that has a clock (RFC 9110, 6.6.1).
        response.headers[.date] = HTTPDate.text(now)
        return response
    }

    private func respondWithBody(to request: Request) -> Response {
        var limits: HTTPFields = [:]
        do throws(Refusal) {
            let segments = try segments(of: request)
            if request.method == .options { return try methods(of: segments) }
            try admit(request, limits: &limits)
            var response = try dispatch(request, segments)
            response.headers.append(contentsOf: limits)
            return response
        } catch {
            var response = error.response(withMessage: behaviour.writesMessageBesideErrors)
            response.headers.append(contentsOf: limits)
            return response
        }
    }

    private func segments(of request: Request) throws(Refusal) -> [Substring] {
        let path = request.path
        guard path.utf8.starts(with: basePath.utf8) else { throw .notFound }
        let rest = path[path.utf8.index(path.startIndex, offsetBy: basePath.utf8.count)...]
        guard let segments = rest.pathSegments else { throw .notFound }
        return segments
    }

    private func admit(_ request: Request, limits: inout HTTPFields) throws(Refusal) {
        guard !isTokenRevoked, request.headers[.authorization] == "Bearer \(token)" else { throw .unauthenticated }
        if window != nil {
            let now = clock()
            let ruling = window!.count(at: now)
            limits[.rateLimitLimit] = String(behaviour.rateLimit)
            limits[.rateLimitRemaining] = String(ruling.remaining)
            guard ruling.isAdmitted else {
                throw .tooManyRequests(retryAfterSeconds: ruling.retryAfterSeconds(at: now))
            }
        }
        if behaviour.requiresAccept, request.headers[.accept]?.contains("application/json") != true {
            throw .malformed("The Accept header must be application/json.")
        }
        if behaviour.requiresConsumerHeaders {
            for name in [HTTPField.Name.userAgent, .consumerName, .consumerContact]
            where request.headers[name]?.isEmpty ?? true {
                throw .forbidden("The \(name.rawName) header is required.")
            }
        }
    }

    private func dispatch(_ request: Request, _ segments: [Substring]) throws(Refusal) -> Response {
        switch Self.router.match(request.method, segments) {
        case .notFound: throw .notFound
        case .methodNotAllowed(let allowed): throw .methodNotAllowed(allowed)
        case .found(let route, let parameters):
            if hiding != nil, request.method == .get, segments.count > 1,
                ["products", "orders", "purchase-orders"].contains(segments[0])
            {
                throw .notFound
            }
            let context = try RequestContext(request, segments, parameters, decodePasses: behaviour.decodePasses)
            if behaviour.refusesUnknownParameters, !route.isList { try refuseUnknownParameters(of: context.query) }
            let isWished = try context.suppressesWebhooks()
            webhooksAreSuppressed = isWished && !behaviour.ignoresSuppressWebhooks
            defer { webhooksAreSuppressed = false }
            return try route.handler(self)(context)
        }
    }

    /// The methods of a path, which need no token.
    private func methods(of segments: [Substring]) throws(Refusal) -> Response {
        guard case .methodNotAllowed(let allowed) = Self.router.match(.options, segments) else { throw .notFound }
        return Response(status: 200, headers: [.allow: Refusal.words(allowed)])
    }

    private func refuseUnknownParameters(of query: Query) throws(Refusal) {
        let known = ["fields", "expand", "suppress_webhooks"]
        let problems = query.parameters.filter { !known.contains($0.name) }.map {
            RequestProblem(path: $0.name, text: "The \($0.name) parameter is unknown.")
        }
        if !problems.isEmpty { throw .unprocessable(problems) }
    }
}

extension HTTPField.Name {
    static let rateLimitLimit = Self("X-RateLimit-Limit")!
    static let rateLimitRemaining = Self("X-RateLimit-Remaining")!
    static let consumerName = Self("Consumer-Name")!
    static let consumerContact = Self("Consumer-Contact")!
}
