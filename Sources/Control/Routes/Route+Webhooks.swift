import Exchange
import HTTPTypes
import JSON
import OngoingFake
import Units

enum WebhookRoutes {
    static let subjects = OngoingFake.WebhookSettings.Subject.allCases.map(\.rawValue)

    /// Reads the settings of a webhook of Ongoing.
    static func settings(_ body: JSONObject) throws(ControlProblem) -> OngoingFake.WebhookSettings {
        guard let url = body["url"]?.string, WebhookTarget(url) != nil, url.utf8.count <= 2000 else {
            throw ControlProblem(422, "'url' must be an http or https address.")
        }
        guard let token = body["token"]?.string, (1...200).contains(token.utf8.count),
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw ControlProblem(422, "'token' must be the text that X-Auth-Token is to carry: 1 to 200 visible letters.") }
        var settings = OngoingFake.WebhookSettings(target: url, token: token)
        if let value = body["goodsOwnerId"] { settings.goodsOwner = try whole(value, "goodsOwnerId") }
        if let value = body["subjects"] {
            settings.subjects = []
            for word in try list(value, "subjects") { settings.subjects.insert(try subject(word)) }
        }
        if let value = body["statuses"] {
            settings.statuses = []
            for number in try list(value, "statuses") { settings.statuses?.append(try whole(number, "statuses")) }
        }
        if let value = body["tellsOfNew"] {
            guard let flag = value.bool else { throw ControlProblem(422, "'tellsOfNew' must be true or false.") }
            settings.tellsOfNew = flag
        }
        return settings
    }

    private static func list(_ value: JSON, _ name: String) throws(ControlProblem) -> [JSON] {
        guard let list = value.array else { throw ControlProblem(422, "'\(name)' must be a list, not \(value.kind).") }
        return list
    }

    private static func whole(_ value: JSON, _ name: String) throws(ControlProblem) -> Int {
        guard let number = value.int else { throw ControlProblem(422, "'\(name)' takes whole numbers, not \(value.kind).") }
        return number
    }

    private static func subject(_ value: JSON) throws(ControlProblem) -> OngoingFake.WebhookSettings.Subject {
        guard let word = value.string, let subject = OngoingFake.WebhookSettings.Subject(rawValue: word) else {
            throw ControlProblem(422, "'subjects' takes \(subjects.joined(separator: ", ")).")
        }
        return subject
    }
}

extension Route {
    static let webhookRoutes: [Route] = [
        Route(
            method: .get, path: "/webhooks", identifier: "listWebhooks",
            summary: "The webhooks of Ongoing, and what became of every message of both systems.",
            isOfWorld: true,
            responses: [ok("Without the tokens.", "WebhookList")]
        ) { control, context in
            try control.enter(context) { served in Response(status: 200, json: WebhookReport(book: served.deliveries).json) }
        },
        Route(
            method: .post, path: "/webhooks", identifier: "configureOngoingWebhook",
            summary:
                "Sets up a webhook of Ongoing, as the warehouse does by hand. Those of Rackbeat are registered over its own API.",
            isOfWorld: true,
            body: Body(
                doc: "Where it posts, what about, and the value of X-Auth-Token by which the receiver knows it.",
                schema: Schemas.reference("OngoingWebhook"), isRequired: true,
                example: ["url": "http://127.0.0.1:8080/webhooks/ongoing", "token": "chosen-by-the-receiver"]),
            responses: [ok("All webhooks.", "WebhookList", status: 201)]
        ) { control, context in
            let settings = try WebhookRoutes.settings(
                context.object(
                    "a webhook", knowing: ["url", "token", "goodsOwnerId", "subjects", "statuses", "tellsOfNew"]))
            return try control.enter(context) { served in
                guard served.deliveries.configured.count < 100 else {
                    throw ControlProblem(409, "There are 100 webhooks already. POST /reset removes them all.")
                }
                served.configure(settings)
                return Response(status: 201, json: WebhookReport(book: served.deliveries).json)
            }
        },
    ]
}
