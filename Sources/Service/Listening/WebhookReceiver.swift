import Exchange
import HTTPTypes
import JSON
import SyncCore
import Synchronization

/// Receives the webhooks of both systems and nudges the job that would have seen the change.
///
/// A message says *look*, never *this is so*: nothing of its content reaches the engine, so that a forged, doubled, late or lost
/// one changes nothing but the moment at which a job looks. Responds at once; another thread looks.
///
/// Sources: Rackbeat's «Intro to webhooks», Ongoing's «Webhooks» on their developer sites.
final class WebhookReceiver: Sendable {
    /// A larger body is refused unread.
    static let largestBody = 1_000_000
    /// How many identifiers of messages are remembered, so that one that comes twice nudges once.
    private static let memory = 10_000

    private let rackbeatTokens: [Secret]
    private let ongoingTokens: [Secret]
    private let account: Int?
    private let connections: [(name: String, goodsOwner: Int)]
    private let nudge: @Sendable (Job, String) -> Void
    private let count: @Sendable (System, ServiceHealth.WebhookOutcome) -> Void
    private let seen = Mutex(Seen())

    private struct Seen {
        var identifiers: Set<String> = []
        var order: [String] = []
        var oldest = 0

        /// - Returns: Whether it is new.
        mutating func insert(_ identifier: String) -> Bool {
            guard identifiers.insert(identifier).inserted else { return false }
            if order.count < WebhookReceiver.memory {
                order.append(identifier)
            } else {
                identifiers.remove(order[oldest])
                order[oldest] = identifier
                oldest = (oldest + 1) % WebhookReceiver.memory
            }
            return true
        }
    }

    /// - Parameter count: Receives the outcome of each message.
    init(
        _ configuration: Configuration, _ credentials: Credentials, nudge: @escaping @Sendable (Job, String) -> Void,
        count: @escaping @Sendable (System, ServiceHealth.WebhookOutcome) -> Void
    ) {
        rackbeatTokens = credentials.rackbeatWebhooks
        ongoingTokens = credentials.ongoingWebhooks
        account = configuration.general.rackbeat.account
        connections = configuration.connections.map { ($0.name, $0.settings.goodsOwner) }
        self.nudge = nudge
        self.count = count
    }

    func respond(to request: Request, from system: System) -> Response {
        let tokens = system == .rackbeat ? rackbeatTokens : ongoingTokens
        guard !tokens.isEmpty else { return .plain(404, "webhooks of \(system.title) are not configured") }
        guard request.method == .post else {
            return .plain(405, "POST was expected", headers: [.allow: "POST"])
        }
        let header = system == .rackbeat ? HTTPField.Name.rackbeatWebhookToken : .authToken
        // Every token is compared, so that the time of the response does not tell which one was nearly right.
        guard let given = request.headers[header], tokens.reduce(false, { $1.matches(given) || $0 }) else {
            return refused(system, 401, "the token is unknown")
        }
        guard request.body.count <= Self.largestBody else {
            return refused(system, 413, "at most \(Self.largestBody) bytes were expected")
        }
        guard let body = try? JSON.parse(request.body), body.object != nil else {
            return refused(system, 400, "a JSON object was expected")
        }
        return system == .rackbeat ? fromRackbeat(request) : fromOngoing(body)
    }

    // MARK: Rackbeat

    private func fromRackbeat(_ request: Request) -> Response {
        guard let account, let given = request.headers[.rackbeatAccountID], given.trimmed == "\(account)" else {
            return refused(.rackbeat, 403, "the account is unknown")
        }
        // The body's own name for the event is not always there.
        let event = request.headers[.rackbeatWebhookEvent] ?? ""
        let jobs: [Job] =
            switch event.prefix(while: { $0 != "." }) {
            case "product", "lot", "item": [.products]
            case "order": [.orders]
            // Not among the events that were seen; should it come, it can only mean this.
            case "purchase_order", "purchase-order": [.purchaseOrders]
            default: []
            }
        return nudged(jobs, connections.map(\.name), .rackbeat)
    }

    // MARK: Ongoing

    private func fromOngoing(_ body: JSON) -> Response {
        let goodsOwner = body["goodsOwnerId"]?.int ?? body.at(["goodsOwner", "id"])?.int
        let concerned = connections.filter { $0.goodsOwner == goodsOwner }.map(\.name)
        guard !concerned.isEmpty else { return refused(.ongoing, 403, "the goods owner is unknown") }
        if let identifier = body["webhookEventId"]?.key, !seen.withLock({ $0.insert("\(goodsOwner ?? 0) \(identifier)") }) {
            count(.ongoing, .duplicate)
            return Response(status: 202)
        }
        return nudged(Self.jobs(for: body), concerned, .ongoing)
    }

    /// The kinds of messages bear no common name: what they carry tells them apart.
    private static func jobs(for body: JSON) -> [Job] {
        if body["transaction"] != nil || body["inventory"] != nil { return [.stock] }
        if body["movement"] != nil || body["isReceive"] != nil {
            return body["isReceive"]?.bool == false ? [] : [.receipts]
        }
        if body["purchaseOrderId"] != nil || body["purchaseOrderInfo"] != nil { return [.receipts] }
        return body["orderId"] != nil ? [.shipments] : []
    }

    // MARK: Responses

    private func nudged(_ jobs: [Job], _ names: [String], _ system: System) -> Response {
        for name in names { for job in jobs { nudge(job, name) } }
        count(system, jobs.isEmpty ? .ignored : .nudged)
        return Response(status: 202)
    }

    private func refused(_ system: System, _ status: Int, _ why: String) -> Response {
        count(system, .refused)
        return .plain(status, why)
    }
}

extension HTTPField.Name {
    fileprivate static let rackbeatWebhookToken = HTTPField.Name("Rackbeat-Webhook-Token")!
    fileprivate static let rackbeatWebhookEvent = HTTPField.Name("Rackbeat-Webhook-Event")!
    fileprivate static let rackbeatAccountID = HTTPField.Name("Rackbeat-Account-Id")!
    fileprivate static let authToken = HTTPField.Name("X-Auth-Token")!
}

extension Response {
    /// One line of text.
    static func plain(_ status: Int, _ text: String, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "text/plain; charset=utf-8"
        return Response(status: status, headers: headers, body: Array((text + "\n").utf8))
    }
}
