import Exchange
import HTTPTypes
import JSON
import Units

/// The account, adjustments of stock, and webhooks.
extension RackbeatFake {
    func getSelf(_ context: RequestContext) throws(Refusal) -> Response {
        let address: JSON = ["street": nil, "street2": nil, "city": nil, "zipcode": nil, "country": "Denmark"]
        let account: JSON = [
            "id": JSON(accountNumber), "company_name": .string(companyName), "address": address,
        ]
        return Response(status: 200, json: ["user_account": account, "user": Self.user])
    }

    var companyName: String { "Account \(accountNumber)" }

    private static let user: JSON = ["id": 9, "name": "Integration", "email": "integration@example.test"]

    func listUsers(_ context: RequestContext) throws(Refusal) -> Response { try list([Self.user], as: "users", context.query) }

    func listAdjustments(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<AdjustmentRecord>(
            plural: "inventory_regulations", keyName: "id", filters: [.search { [$0.reason] }],
            columns: [.by("regulated_at", \.date)], write: { [self] in wire($0) })
        return try list(adjustmentBook, listing, context.query)
    }

    func postAdjustment(_ context: RequestContext) throws(Refusal) -> Response {
        one("inventory_regulation", wire(try createAdjustment(context.body)), status: 201)
    }

    func postBookAdjustment(_ context: RequestContext) throws(Refusal) -> Response {
        one("inventory_regulation", wire(try book(adjustment: try context.number("id"))))
    }

    func deleteAdjustment(_ context: RequestContext) throws(Refusal) -> Response {
        guard behaviour.adjustmentsAreDeletable else { throw .methodNotAllowed([]) }
        try delete(adjustment: try context.number("id"))
        return deleted()
    }

    func listWebhooks(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<WebhookRecord>(plural: "webhooks", keyName: "id", write: { [self] in wire($0) })
        return try list(webhookBook, listing, context.query)
    }

    private func webhook(_ context: RequestContext) throws(Refusal) -> WebhookRecord {
        guard let webhook = webhookBook[try context.number("id")] else { throw .notFound }
        return webhook
    }

    func getWebhook(_ context: RequestContext) throws(Refusal) -> Response {
        one("webhook", wire(try webhook(context)), fields: try context.fields())
    }

    func postWebhook(_ context: RequestContext) throws(Refusal) -> Response {
        let (webhook, isNew) = try register(context.body)
        return one("webhook", wire(webhook, withToken: isNew), status: isNew ? 201 : 200)
    }

    func putWebhook(_ context: RequestContext) throws(Refusal) -> Response {
        one("webhook", wire(try change(webhook: try context.number("id"), context.body)))
    }

    func deleteWebhook(_ context: RequestContext) throws(Refusal) -> Response {
        webhookBook.remove(try webhook(context).id)
        return deleted()
    }

    /// What was put in the outbox for the webhook; whether it arrived is known only to who delivers it.
    func listWebhookLogs(_ context: RequestContext) throws(Refusal) -> Response {
        let id = try webhook(context).id
        let logs = outbox.filter { $0.webhook == id }.map { delivery -> JSON in
            [
                "event": .string(delivery.event), "url": .string(delivery.url), "payload": delivery.body,
                "created_at": time(delivery.createdAt.truncatedToSecond),
            ]
        }
        return try list(logs, as: "webhook_logs", context.query)
    }
}
