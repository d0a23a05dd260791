import FakeKit
package import JSON
package import Units

/// A subscription to one kind of event.
package struct WebhookRecord: Document, Equatable, Sendable {
    package let id: Int
    package internal(set) var event: String
    package internal(set) var url: String
    package internal(set) var isActive: Bool
    /// Sent with each delivery, so that the receiver can identify the sender.
    package let token: String
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment

    var key: Int { id }
    var isListed: Bool { true }
}

/// One message to the receiver of a webhook.
package struct WebhookDelivery: Equatable, Sendable {
    package let webhook: Int
    package let event: String
    package let url: String
    package let headers: [Header]
    package let body: JSON
    package let createdAt: Moment

    package struct Header: Equatable, Sendable {
        package let name: String
        package let value: String
    }
}

extension RackbeatFake {
    /// Removes the integration from the account. Webhooks send one last message, then fall silent.
    package func uninstallPlugin() {
        raise("plugin.uninstalled", key: JSON(accountNumber), keyName: "id") { ["id": JSON(accountNumber)] }
        for webhook in store.webhooks.all { store.webhooks.update(webhook.id) { $0.isActive = false } }
        isTokenRevoked = true
    }

    /// The events that were observed. No other is known, in particular none of a purchase order.
    static let webhookEvents =
        ["order.created", "product.created", "product.updated", "inventory.changed", "plugin.uninstalled"]
        + ["delivery_terms", "employee", "payment_terms"].flatMap { ["\($0).created", "\($0).updated", "\($0).deleted"] }

    /// Puts a message in the outbox for each active webhook of the event.
    ///
    /// - Parameter changed: the changed members of an update; `nil` for any other event.
    func raise(_ event: String, key: JSON, keyName: String, changed: [String]? = nil, _ data: () -> JSON) {
        guard !webhooksAreSuppressed, store.webhooks.byKey.count > 0 else { return }
        for webhook in store.webhooks.all where webhook.isActive && webhook.event == event {
            var body = Members()
            body.add("key", key)
            body.add("key_name", .string(keyName))
            body.add("event", .string(event))
            body.add("data", data())
            if let changed {
                body.add("old_key", key)
                body.add("new_key", key)
                body.add("changed", .array(changed.map(JSON.string)))
            }
            outbox.append(
                WebhookDelivery(
                    webhook: webhook.id, event: event, url: webhook.url,
                    headers: [
                        .init(name: "Rackbeat-Webhook-Token", value: webhook.token),
                        .init(name: "Rackbeat-Webhook-Event", value: event),
                        .init(name: "Rackbeat-Account-Id", value: String(accountNumber)),
                        .init(name: "User-Agent", value: "Rackbeat Webhook"),
                    ], body: body.json, createdAt: clock()))
        }
    }

    /// Registers a webhook. One with the same event and URL is changed instead.
    ///
    /// - Returns: The webhook, and whether it is new.
    func register(_ body: JSONObject) throws(Refusal) -> (webhook: WebhookRecord, isNew: Bool) {
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        var (event, url, isActive) = ("", "", true)
        reader.text("event", into: &event)
        reader.text("url", into: &url, limit: 2000)
        reader.flag("is_active", into: &isActive)
        check(event: event, url: url, reader)
        try problems.throwIfAny()
        if let known = store.webhooks.all.first(where: { $0.event == event && $0.url == url }) {
            store.webhooks.update(known.id) { [now] in
                $0.isActive = isActive
                $0.updatedAt = now
            }
            return (store.webhooks[known.id]!, false)
        }
        let id = store.numbers.next(\.webhook)
        let webhook = WebhookRecord(
            id: id, event: event, url: url, isActive: isActive, token: webhookToken(id), createdAt: now, updatedAt: now)
        store.webhooks.put(webhook)
        return (webhook, true)
    }

    func change(webhook id: Int, _ body: JSONObject) throws(Refusal) -> WebhookRecord {
        guard var webhook = store.webhooks[id] else { throw .notFound }
        let problems = Problems()
        let reader = BodyReader(object: body, problems: problems)
        reader.text("event", into: &webhook.event)
        reader.text("url", into: &webhook.url, limit: 2000)
        reader.flag("is_active", into: &webhook.isActive)
        check(event: webhook.event, url: webhook.url, reader)
        try problems.throwIfAny()
        webhook.updatedAt = now
        store.webhooks.put(webhook)
        return webhook
    }

    private func check(event: String, url: String, _ reader: BodyReader) {
        if !event.isEmpty, !Self.webhookEvents.contains(event) { reader.add("event", "The selected event is invalid.") }
        if !url.isEmpty, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
            reader.add("url", "The url format is invalid.")
        }
    }

    /// Thirty-two characters that differ from webhook to webhook and are the same in each run.
    private func webhookToken(_ id: Int) -> String {
        // Nobody attacks a fake: a hash is random enough.
        var hash = FNV1a()
        var text = ""
        for round in ["a", "b"] {
            hash.mix("\(accountNumber)/\(id)/\(round)".utf8)
            text += hash.digits
        }
        return text
    }
}
