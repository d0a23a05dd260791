package import HTTPTypes
import JSON
package import Units

extension OngoingFake {
    /// Where the warehouse sends word of what happens, as configured by hand in the tenant.
    package struct WebhookSettings: Sendable {
        package enum Subject: String, Sendable, CaseIterable {
            case order, purchaseOrder, purchaseOrderLine, inboundAndMove, inventory
        }

        /// `nil`: an automation, which fires for all goods owners.
        package var goodsOwner: Int?
        package var subjects: Set<Subject>
        /// The path at the receiver, such as `/webhooks/ongoing`.
        package var target: String
        /// The fixed value of `X-Auth-Token` the receiver chose.
        package var token: String
        /// Only changes to these statuses are told; `nil`: to all.
        package var statuses: [Int]?
        /// Whether an order or a purchase order is told of when it is created.
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

/// Writes the messages; delivering and repeating them is for others.
final class WebhookOutbox {
    private(set) var settings: [WebhookSettings] = []
    private(set) var deliveries: [WebhookDelivery] = []
    private(set) var events = 0

    func configure(_ settings: WebhookSettings) { self.settings.append(settings) }

    func take() -> [WebhookDelivery] {
        defer { deliveries = [] }
        return deliveries
    }

    // MARK: How it is told

    /// What is told always, and what only some settings ask for.
    enum Occasion {
        case always
        /// A status was reached; or the work of that status was done for the first time: something was picked or received.
        case status(old: Int?, new: Int, isFirstWork: Bool)

        func concerns(_ settings: WebhookSettings) -> Bool {
            switch self {
            case .always: true
            case .status(nil, _, _): settings.tellsOfNew
            case .status(let old?, let new, let isFirstWork):
                isFirstWork || (old != new && settings.statuses?.contains(new) != false)
            }
        }
    }

    func tell(
        _ subject: WebhookSettings.Subject, of owner: GoodsOwner, _ occasion: Occasion, at now: Moment,
        _ payload: (JSONObject) -> JSONObject
    ) {
        for settings in settings
        where settings.subjects.contains(subject) && (settings.goodsOwner ?? owner.id) == owner.id && occasion.concerns(settings)
        {
            events += 1
            let eventID = "event-\(events)"
            // Seven decimals and no zone: so the vendor's examples have it.
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
