package import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

extension Control {
    /// Nothing changes it once it is made, which the compiler cannot see.
    nonisolated(unsafe) private static let router: Router<Route> = {
        let router = Router<Route>()
        for route in Route.all {
            router.add(route.method, route.path, route)
            if route.isOfWorld { router.add(route.method, "/worlds/{id}" + route.path, route) }
        }
        return router
    }()

    /// The longest body that is read: a scenario of the largest size, escaped.
    private static let longestBody = 4 << 20

    /// The response to a request at the control port.
    package func respond(to request: Request) -> Response {
        do {
            return try handle(request)
        } catch let problem as ControlProblem {
            // A browser that opens the page is asked for the token.
            let isPage = request.method == .get && request.headers[.accept]?.contains("text/html") ?? false
            return problem.status == 401 && isPage ? PageFiles.login(status: 401) : problem.response
        } catch {
            // Any other error is that of an engine inside the world, which has stopped.
            return ControlProblem(409, "The engine of this world stopped: \(error)").response
        }
    }

    /// The name of the cookie that a browser gets for the token.
    static let cookie = "tandem-control"

    /// Whether a browser sent back what it was given for the token.
    private func hasSession(_ request: Request) -> Bool {
        let cookies = (request.headers[.cookie] ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
        return cookies.contains { Self.areEqual("\(Self.cookie)=\(session)", String($0)) }
    }

    func isControlToken(_ text: String) -> Bool { settings.controlToken.map { Self.areEqual($0, text) } ?? false }

    private func handle(_ request: Request) throws -> Response {
        let segments = request.path.parts(between: "/")
        switch Self.router.match(request.method, segments) {
        case .notFound:
            try admit(request, isOpen: false)
            throw ControlProblem(404, "There is nothing at \(request.path.prefix(200)). GET /openapi.json lists the operations.")
        case .methodNotAllowed(let allowed):
            try admit(request, isOpen: false)
            throw ControlProblem.notAllowed(request.method, allowed)
        case .found(let route, let parameters):
            try admit(request, isOpen: route.isOpen)
            var world = main
            if let id = parameters["id"].map({ PercentEncoding.decode($0) }), route.isOfWorld {
                guard let other = self.world(id) else { throw Self.noWorld(id) }
                world = other
            }
            guard request.body.count <= Self.longestBody else {
                throw ControlProblem(413, "The body is longer than \(Self.longestBody) bytes.")
            }
            return try route.handle(
                self,
                RequestContext(
                    request: request, parameters: parameters, query: Query(parsing: request.queryText ?? ""), world: world))
        }
    }

    static func noWorld(_ id: String) -> ControlProblem {
        ControlProblem(404, "There is no world '\(id.prefix(60))'. GET /worlds lists the worlds.")
    }

    private func admit(_ request: Request, isOpen: Bool) throws(ControlProblem) {
        // A foreign page in the browser of whoever runs this must not act here.
        if let origin = request.headers[.origin], origin != "http://" + (request.headers[.hostHeader] ?? "") {
            throw ControlProblem(403, "A page of \(origin.prefix(100)) may not use this API.")
        }
        guard let token = settings.controlToken else {
            // Such a page could also point its own host name at this machine, and the browser would see one origin.
            if let host = request.headers[.hostHeader], WebhookTarget("http://\(host)/")?.isLoopback != true {
                throw ControlProblem(
                    403, "Without a token this API serves only callers that use localhost or a loopback address.")
            }
            return
        }
        guard !isOpen, !hasSession(request) else { return }
        guard let given = request.headers[.authorization], Self.areEqual("Bearer \(token)", given) else {
            var problem = ControlProblem(401, "This API needs the bearer token that tandem serve was started with.")
            problem.headers[.wwwAuthenticate] = "Bearer"
            throw problem
        }
    }

    /// Takes the same time however much matches.
    private static func areEqual(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var difference = UInt8(left.count == right.count ? 0 : 1)
        for index in left.indices { difference |= left[index] ^ (index < right.count ? right[index] : 0xFF) }
        return difference == 0
    }
}

extension HTTPField.Name {
    static let hostHeader = Self("Host")!
    static let frameOptions = Self("X-Frame-Options")!
    static let contentSecurityPolicy = Self("Content-Security-Policy")!
}
