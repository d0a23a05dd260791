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

    /// Answers a request that came in at the control port.
    package func answer(_ request: Request) -> Response {
        do {
            return try respond(to: request)
        } catch let problem as ControlProblem {
            return problem.response
        } catch {
            // What a world throws that is no problem of the caller's is the end of an engine inside it, with its reason.
            return ControlProblem(409, "The engine of this world stopped: \(error)").response
        }
    }

    private func respond(to request: Request) throws -> Response {
        let segments = request.path.parts(between: "/")
        switch Self.router.match(request.method, segments) {
        case .notFound:
            try admit(request, isOpen: false)
            throw ControlProblem(404, "There is nothing at \(request.path.prefix(200)). GET /openapi.json says what there is.")
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
        ControlProblem(404, "There is no world '\(id.prefix(60))'. GET /worlds lists those that stand.")
    }

    private func admit(_ request: Request, isOpen: Bool) throws(ControlProblem) {
        // A page of somebody else's in the browser of whoever runs this must not pull levers here.
        if let origin = request.headers[.origin], origin != "http://" + (request.headers[.hostHeader] ?? "") {
            throw ControlProblem(403, "A page of \(origin.prefix(100)) may not use this API.")
        }
        guard let token = settings.controlToken else {
            // Such a page could also give this machine a name of its own, under which the browser takes both for one origin.
            if let host = request.headers[.hostHeader], WebhookTarget("http://\(host)/")?.isLoopback != true {
                throw ControlProblem(403, "This API is for callers on this machine, who call it localhost or by its number.")
            }
            return
        }
        guard !isOpen else { return }
        guard let given = request.headers[.authorization], Self.areEqual("Bearer \(token)", given) else {
            var problem = ControlProblem(401, "This API takes the bearer token that tandem serve was started with.")
            problem.headers[.wwwAuthenticate] = "Bearer"
            throw problem
        }
    }

    /// In a time that does not tell how much of it was right.
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
    static let contentSecurityPolicy = Self("Content-Security-Policy")!
}
