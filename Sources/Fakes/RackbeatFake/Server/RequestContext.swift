import Exchange
import HTTPTypes
import JSON

/// One request as a handler sees it: parameters decoded, body parsed.
struct RequestContext {
    let query: Query
    /// Empty when the request had no body.
    let body: JSONObject
    /// Behind the base path, still percent-encoded.
    private let segments: [Substring]
    /// By name, still percent-encoded: how often to decode them is an assumption.
    private let parameters: [String: Substring]
    private let decodePasses: Int

    /// More than any document the integration sends, and little enough to parse at once.
    private static let bodyLimits = JSONLimits(depth: 32, bytes: 2 << 20)

    init(
        _ request: Request, _ segments: [Substring], _ parameters: [String: Substring], decodePasses: Int
    ) throws(Refusal) {
        self.segments = segments
        self.parameters = parameters
        self.decodePasses = decodePasses
        query = Query(parsing: request.queryText ?? "")
        body = request.method == .get ? JSONObject() : try Self.parse(request.body)
    }

    private static func parse(_ bytes: [UInt8]) throws(Refusal) -> JSONObject {
        guard bytes.count <= bodyLimits.bytes else { throw .tooLarge }
        guard !bytes.isEmpty else { return JSONObject() }
        do {
            switch try JSON.parse(bytes, limits: bodyLimits) {
            case .object(let object): return object
            // What PHP makes of an empty list of members.
            case .array(let elements) where elements.isEmpty: return JSONObject()
            case let other: throw Refusal.malformed("The body must be an object, not \(other.kind).")
            }
        } catch let error as JSONError {
            throw .malformed("The body is not valid JSON: \(error).")
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw .malformed("The body cannot be read.")
        }
    }

    /// The values that a path parameter may have. One SDK encodes item numbers twice, so a number that is not found is decoded again.
    /// Asking for a parameter that the route's pattern does not name is a defect.
    func candidates(_ name: String) -> [String] {
        let once = PercentEncoding.decode(parameters[name]!)
        guard decodePasses > 1 else { return [once] }
        let twice = PercentEncoding.decode(once)
        return twice == once ? [once] : [once, twice]
    }

    /// Whether the path has a parameter of that name.
    func has(_ name: String) -> Bool { parameters[name] != nil }

    /// Whether the path begins with that segment.
    func isBelow(_ segment: String) -> Bool { segments.first.map { $0 == segment } ?? false }

    /// A path parameter that is a whole number; anything else names nothing.
    func number(_ name: String) throws(Refusal) -> Int {
        for text in candidates(name) {
            if let number = Int(text), number > 0 { return number }
        }
        throw .notFound
    }

    /// What `fields` leaves of a single document; `nil` leaves all.
    func fields() throws(Refusal) -> FieldSelection? {
        guard let text = query["fields"] else { return nil }
        guard let fields = FieldSelection(text) else { throw .rule("fields", "The fields parameter cannot be read.") }
        return fields
    }

    /// A parameter that is written true, false, 1 or 0; absent is false.
    func flag(_ name: String) throws(Refusal) -> Bool {
        switch query[name] {
        case nil, "false", "0": return false
        case "true", "1": return true
        case .some: throw .rule(name, "The \(name) parameter must be true or false.")
        }
    }

    func suppressesWebhooks() throws(Refusal) -> Bool {
        let isWished = try flag("suppress_webhooks")
        switch body["suppress_webhooks"] {
        case nil, .some(.null), .some(false), .some(0): return isWished
        case .some(true), .some(1): return true
        case .some: throw .rule("suppress_webhooks", "The suppress webhooks field must be true or false.")
        }
    }
}
