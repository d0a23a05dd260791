package import Exchange
import FakeKit
import HTTPTypes
import JSON
package import Units

/// A fake of one Ongoing WMS installation and its Goods Owner REST API v1, with test actions for what people do in the warehouse.
///
/// Several goods owners share it, each with its own stock, orders and numbers; a user may reach several of them. Every request
/// gets a response, and never a 5xx.
package final class OngoingFake: FakeServer {
    let store: Store
    private let basePath: [Substring]
    private var users: [String: User] = [:]

    var behaviour: Behaviour { store.behaviour }

    /// - Parameters:
    ///   - basePath: with the name of the warehouse, as in the tenant's address.
    ///   - clock: all times the fake writes come from it.
    package init(profile: Profile, basePath: String = "/demo/api/v1", clock: @escaping () -> Moment) {
        store = Store(behaviour: Behaviour(profile), clock: clock)
        self.basePath = basePath[...].parts(between: "/")
    }

    // MARK: Goods owners and users

    package func addGoodsOwner(id: Int, name: String) {
        precondition(store.goodsOwners[id] == nil, "goods owner \(id) is there already")
        store.goodsOwners[id] = GoodsOwner(id: id, name: name, store: store)
    }

    /// A user of the API, as the warehouse issues them.
    package func addUser(name: String, password: String, goodsOwners: [Int]) {
        users[name] = User(name: name, password: password, goodsOwners: goodsOwners)
    }

    /// From now on the user's credentials are refused.
    package func revokeUser(_ name: String) { users[name]?.isRevoked = true }

    package func restoreUser(_ name: String) { users[name]?.isRevoked = false }

    // MARK: Routes

    /// Every call of the API that the fake serves, by resource. One table for all warehouses: handlers take the warehouse as their
    /// first parameter. Nothing changes it once it is made, which the compiler cannot see.
    nonisolated(unsafe) private static let router = Router<Handler>(
        articleRoutes + stockRoutes + adjustmentRoutes + orderRoutes + orderPatchRoutes + orderLogisticsRoutes
            + purchaseOrderRoutes + returnRoutes + catalogueRoutes + fileRoutes)

    // MARK: Responding

    package func respond(to request: Request) -> Response {
        let now = store.clock()
        var response: Response
        do throws(Refusal) {
            response = try respond(to: request, at: now)
        } catch {
            response = error.response(behaviour.errorKeys)
        }
        if request.method == .head { response.body = [] }
        if behaviour.sendsDate { response.headers[.date] = HTTPDate.text(now) }
        return response
    }

    private func respond(to request: Request, at now: Moment) throws(Refusal) -> Response {
        guard let segments = request.path.pathSegments, segments.starts(with: basePath) else { throw Self.noRoute(request) }
        guard let user = authorised(request) else { return unauthorised }
        if let wait = user.secondsToWait(limit: behaviour.callsPerMinute, at: now) {
            var response = Refusal(status: 429, message: "Too many requests.").response(behaviour.errorKeys)
            response.headers[.retryAfter] = String(wait)
            return response
        }
        switch Self.router.match(request.method, Array(segments.dropFirst(basePath.count))) {
        case .notFound: throw Self.noRoute(request)
        case .methodNotAllowed(let allowed):
            var response = Refusal(
                status: 405, message: "The requested resource does not support http method '\(request.method)'."
            ).response(behaviour.errorKeys)
            response.headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ")
            return response
        case .found(let handler, let parameters):
            return try handler(self)(RequestContext(request: request, parameters: parameters, user: user, now: now))
        }
    }

    private static func noRoute(_ request: Request) -> Refusal {
        .notFound("No HTTP resource was found that matches the request URI '\(request.path)'.")
    }

    /// The user whose name and password the request carries.
    private func authorised(_ request: Request) -> User? {
        guard let header = request.headers[.authorization] else { return nil }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", let bytes = Base64.decode(parts[1].trimmed) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":"),
            let user = users[String(text[..<colon])]
        else { return nil }
        return !user.isRevoked && user.password == text[text.index(after: colon)...] ? user : nil
    }

    private var unauthorised: Response {
        let headers: HTTPFields = [.wwwAuthenticate: "Basic"]
        guard behaviour.unauthorisedHasBody else { return Response(status: 401, headers: headers) }
        var response = Refusal(status: 401, message: "Authorization has been denied for this request.")
            .response(behaviour.errorKeys)
        response.headers[.wwwAuthenticate] = "Basic"
        return response
    }
}

/// A user of the API.
final class User {
    let name: String
    let password: String
    let goodsOwners: [Int]
    var isRevoked = false
    private var window: FixedWindow?

    init(name: String, password: String, goodsOwners: [Int]) {
        self.name = name
        self.password = password
        self.goodsOwners = goodsOwners
    }

    /// Counts a call; when there were too many in this minute, says how long to wait. `nil` is no limit.
    func secondsToWait(limit: Int?, at now: Moment) -> Int64? {
        guard let limit else { return nil }
        var minute = window ?? FixedWindow(limit: limit, length: .seconds(60))
        let ruling = minute.count(at: now)
        window = minute
        return ruling.isAdmitted ? nil : ruling.retryAfterSeconds(at: now)
    }
}
