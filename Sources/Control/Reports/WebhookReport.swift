import Exchange
import JSON
import OngoingFake
import Units

/// The webhooks of Ongoing and what became of all messages, without tokens.
struct WebhookReport {
    let book: DeliveryBook

    var json: JSON {
        [
            "ongoing": .array(
                book.configured.map { settings in
                    [
                        "url": .string(settings.target), "goodsOwnerId": settings.goodsOwner.map { JSON($0) } ?? .null,
                        "subjects": .array(settings.subjects.map(\.rawValue).sorted().map(JSON.string)),
                        "statuses": settings.statuses.map { .array($0.map { JSON($0) }) } ?? .null,
                        "tellsOfNew": .bool(settings.tellsOfNew),
                    ]
                }),
            "deliveries": .array(book.all.map(Self.json)),
        ]
    }

    private static func json(_ delivery: Delivery) -> JSON {
        var object: JSONObject = [
            "id": JSON(delivery.id), "system": .string(delivery.system.rawValue), "event": .string(delivery.event),
            "url": .string(delivery.url), "createdAt": JSON(delivery.createdAt),
            "body": .string(String(decoding: delivery.body, as: UTF8.self)),
        ]
        let (state, time, why): (String, Moment, String?) =
            switch delivery.state {
            case .waiting(let until): ("waiting", until, nil)
            case .underWay(let since): ("under-way", since, nil)
            case .delivered(let at): ("delivered", at, nil)
            case .givenUp(let at, let why): ("given-up", at, why)
            }
        object.append("state", .string(state))
        object.append("time", JSON(time))
        object.append("why", JSON(why))
        object.append(
            "attempts",
            .array(delivery.attempts.map { ["time": JSON($0.time), "outcome": .string($0.outcome.words)] }))
        return .object(object)
    }
}
