import Exchange
import FakeKit
import JSON
import Units

/// Webhooks: subscriptions to events.
extension RackbeatFake {
    static var webhookRoutes: [Route<Handler>] {
        [
            .list("webhooks", listWebhooks),
            .post("webhooks", postWebhook),
            .get("webhooks/{id}", getWebhook),
            .put("webhooks/{id}", putWebhook),
            .delete("webhooks/{id}", deleteWebhook),
            .list("webhooks/{id}/logs", listWebhookLogs),
        ]
    }

    /// - Parameter withToken: only the response to a registration shows the token.
    func wire(_ webhook: WebhookRecord, withToken: Bool = false) -> JSON {
        var members = Members()
        members.add("id", webhook.id)
        members.add("event", webhook.event)
        members.add("url", webhook.url)
        members.add("is_active", webhook.isActive)
        members.add("plugin", JSON.null)
        members.add("failures_since_last_success", 0)
        if withToken { members.add("token", webhook.token) }
        members.add("created_at", time(webhook.createdAt))
        members.add("updated_at", time(webhook.updatedAt))
        return members.json
    }

    func listWebhooks(_ context: RequestContext) throws(Refusal) -> Response {
        let listing = Listing<WebhookRecord>(plural: "webhooks", keyName: "id", write: { [self] in wire($0) })
        return try list(store.webhooks, listing, context.query)
    }

    private func webhook(_ context: RequestContext) throws(Refusal) -> WebhookRecord {
        let webhook = try store.webhooks.found(context.number("id"))
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
        store.webhooks.remove(try webhook(context).id)
        return deleted()
    }

    /// The messages of the webhook in the outbox. Whether they arrived is not known here.
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
