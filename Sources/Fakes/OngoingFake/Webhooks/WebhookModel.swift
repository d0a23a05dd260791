package import HTTPTypes
import JSON
package import Units

extension OngoingFake {
    /// Where the warehouse sends messages about changes, as configured by hand in the tenant.
    package struct WebhookSettings: Sendable {
        package enum Subject: String, Sendable, CaseIterable {
            case order, purchaseOrder, purchaseOrderLine, inboundAndMove, inventory
        }

        /// `nil`: an automation, which fires for all goods owners.
        package var goodsOwner: Int?
        package var subjects: Set<Subject>
        /// The path at the receiver, such as `/webhooks/ongoing`.
        package var target: String
        /// The fixed value of `X-Auth-Token` that the receiver chose.
        package var token: String
        /// Only changes to these statuses cause a message; `nil`: changes to any.
        package var statuses: [Int]?
        /// Whether the creation of an order or a purchase order causes a message.
        package var tellsOfNew: Bool

        package init(
            goodsOwner: Int? = nil, subjects: Set<Subject> = Set(Subject.allCases), target: String, token: String,
            statuses: [Int]? = nil, tellsOfNew: Bool = true
        ) {
            self.goodsOwner = goodsOwner
            self.subjects = subjects
            self.target = target
            self.token = token
            self.statuses = statuses
            self.tellsOfNew = tellsOfNew
        }
    }

    /// One message of the warehouse that is to be delivered by POST.
    package struct WebhookDelivery: Sendable {
        /// `webhookEventId`: the receiver knows a repetition by it.
        package let eventID: String
        package let subject: WebhookSettings.Subject
        package let target: String
        package let headers: HTTPFields
        package let body: [UInt8]
        package let createdAt: Moment
    }
}

typealias WebhookSettings = OngoingFake.WebhookSettings
typealias WebhookDelivery = OngoingFake.WebhookDelivery

/// Queues the messages; somebody else delivers and repeats them.
final class WebhookOutbox {
    private(set) var settings: [WebhookSettings] = []
    private(set) var deliveries: [WebhookDelivery] = []
    private(set) var events = 0

    func configure(_ settings: WebhookSettings) { self.settings.append(settings) }

    func take() -> [WebhookDelivery] {
        defer { deliveries = [] }
        return deliveries
    }

    // MARK: Queueing

    /// What causes a message always, and what only with some settings.
    enum Trigger {
        case always
        /// A status was reached; or the work of that status was done for the first time: something was picked or received.
        case status(old: Int?, new: Int, isFirstWork: Bool)

        func applies(to settings: WebhookSettings) -> Bool {
            switch self {
            case .always: true
            case .status(nil, _, _): settings.tellsOfNew
            case .status(let old?, let new, let isFirstWork):
                isFirstWork || (old != new && settings.statuses?.contains(new) != false)
            }
        }
    }

    func enqueue(
        _ subject: WebhookSettings.Subject, of owner: GoodsOwner, _ trigger: Trigger, at now: Moment,
        _ payload: (JSONObject) -> JSONObject
    ) {
        for settings in settings
        where settings.subjects.contains(subject) && (settings.goodsOwner ?? owner.id) == owner.id
            && trigger.applies(to: settings)
        {
            events += 1
            let eventID = "event-\(events)"
            // Seven decimals and no zone, as in the vendor's examples.
            let timestamp = String(now.isoUTCMilliseconds.dropLast()) + "0000"
            let body = payload([
                "webhookEventId": .string(eventID), "system": "demo", "timestamp": .string(timestamp),
            ])
            var headers: HTTPFields = [.contentType: "application/json"]
            headers[Self.tokenHeader] = settings.token
            deliveries.append(
                WebhookDelivery(
                    eventID: eventID, subject: subject, target: settings.target, headers: headers,
                    body: JSON.object(body).serialized, createdAt: now))
        }
    }

    private static let tokenHeader = HTTPField.Name("X-Auth-Token")!
}
