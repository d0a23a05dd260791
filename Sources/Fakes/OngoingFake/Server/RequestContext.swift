import Exchange
import HTTPTypes
import JSON
import Units

/// One request on its way to its handler, with its user.
struct RequestContext {
    let request: Request
    let parameters: [String: Substring]
    let user: User
    let now: Moment

    /// An internal id in the path.
    func id(_ name: String) throws(Refusal) -> Int {
        let text = PercentEncoding.decode(parameters[name] ?? "")
        guard let id = Int32(text) else {
            throw .invalid(name, "The value '\(text.prefix(80))' is not valid for \(name).")
        }
        return Int(id)
    }

    func query(_ behaviour: Behaviour) -> QueryReader {
        QueryReader(Query(parsing: request.queryText ?? ""), zone: behaviour.zone)
    }
}

typealias Handler = (OngoingFake) -> (RequestContext) throws(Refusal) -> Response

/// What handlers have in common.
extension OngoingFake {
    /// The goods owner of that number, when the user may reach it.
    func goodsOwner(_ id: Int, for user: User) throws(Refusal) -> GoodsOwner {
        guard user.goodsOwners.contains(id), let owner = store.goodsOwners[id] else {
            throw Refusal(
                status: behaviour.wrongGoodsOwnerStatus, message: "User \(user.name) has no access to goods owner \(id).")
        }
        return owner
    }

    /// The goods owner a query names.
    func goodsOwner(_ context: RequestContext, _ query: inout QueryReader) throws(Refusal) -> GoodsOwner {
        let id = query.int("goodsOwnerId")
        query.require("goodsOwnerId", id)
        try query.check()
        return try goodsOwner(id!, for: context.user)
    }

    /// The goods owners the user may reach, in ascending order of their ids.
    func goodsOwners(of user: User) -> [GoodsOwner] { user.goodsOwners.sorted().compactMap { store.goodsOwners[$0] } }

    /// The default limit of ASP.NET servers.
    private static let largestBody = 4 << 20

    /// Reads a JSON body.
    ///
    /// - Parameter name: the name of the parameter the vendor binds the body to. Errors show it before the member.
    func body(_ context: RequestContext, _ shape: RequestShape, _ name: String) throws(Refusal) -> JSONObject {
        guard context.request.body.count <= Self.largestBody else {
            throw Refusal(status: 413, message: "Maximum request length exceeded.")
        }
        if let type = context.request.headers[.contentType]?.prefix(while: { $0 != ";" }).lowercased() {
            guard type.trimmed == "application/json" || type.trimmed == "text/json" else {
                throw Refusal(
                    status: 415,
                    message: "The request entity's media type '\(type.trimmed)' is not supported for this resource.")
            }
        }
        guard !context.request.body.isEmpty else { throw .invalid(name, "A non-empty request body is required.") }
        let json: JSON
        do {
            json = try JSON.parse(context.request.body)
        } catch {
            throw .invalid(name, "The body is not JSON: \(error).")
        }
        var reader = BodyReader(behaviour)
        let object = reader.read(json, as: shape, at: name)
        guard reader.problems.isEmpty else { throw .invalid(reader.problems) }
        return object
    }

    /// A list of records that were rendered one by one.
    func list(_ bodies: [[UInt8]]) -> Response {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(bodies.reduce(2) { $0 + $1.count + 1 })
        bytes.append(UInt8(ascii: "["))
        for (index, body) in bodies.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: body)
        }
        bytes.append(UInt8(ascii: "]"))
        return ok(bytes)
    }

    func ok(_ bytes: [UInt8]) -> Response {
        Response(status: 200, headers: [.contentType: "application/json; charset=utf-8"], body: bytes)
    }

    func ok(_ json: JSON) -> Response { ok(json.serialized) }

    /// Some operations declare a stream of bytes as their response; it is empty.
    var okWithoutJSON: Response { Response(status: 200, headers: [.contentType: "application/octet-stream"]) }

    func ids(_ id: String, _ value: Int, _ message: String) -> Response { ok([id: JSON(value), "message": .string(message)]) }

    func success(_ id: String, _ value: Int, _ message: String) -> Response {
        ok([id: JSON(value), "success": true, "message": .string(message)])
    }
}
