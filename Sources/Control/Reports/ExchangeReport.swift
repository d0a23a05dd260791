import Exchange
import HTTPTypes
import JSON
import RackbeatFake
import ScenarioKit
import Simulation
import Units

/// Exchanges for people and programs, without credentials.
struct ExchangeReport {
    static let mask = "•••"
    /// A longer body is cut off, with a note.
    private static let longestBody = 20_000

    private let secrets: [String]

    init(of world: World, _ credentials: ServedCredentials) {
        let pair = "\(credentials.ongoingUser):\(credentials.ongoingPassword)"
        let plain = [credentials.rackbeatToken, credentials.ongoingPassword] + world.webhookTokens
        // A very short secret occurs in ordinary words; masking it everywhere would hide everything else.
        secrets = (plain + [Base64.encode(pair)]).filter { $0.utf8.count > 3 }
            .flatMap { [$0, PercentEncoding.encode($0)] }
    }

    func json(_ exchange: Exchanged) -> JSON {
        var object: JSONObject = [
            "number": JSON(exchange.number), "system": .string(exchange.system.rawValue),
            "connection": exchange.connection.isEmpty ? .null : .string(exchange.connection),
            "startedAt": JSON(exchange.startedAt), "method": .string(exchange.request.method.rawValue),
            "target": .string(masked(exchange.request.target)), "requestHeaders": headers(exchange.request.headers),
            "requestBody": body(exchange.request.body, exchange.request),
        ]
        switch exchange.outcome {
        case .response(let response):
            object.append("status", JSON(response.status))
            object.append("failure", .null)
            object.append("responseHeaders", headers(response.headers))
            object.append("responseBody", body(response.body, exchange.request))
        case .failed(let failure):
            object.append("status", .null)
            object.append("failure", .string(failure.description))
            object.append("responseHeaders", [])
            object.append("responseBody", .null)
        }
        object.append("fault", JSON(exchange.fault?.description))
        return .object(object)
    }

    private func headers(_ fields: HTTPFields) -> JSON {
        .array(
            fields.map { field in
                let isSecret = field.name == .authorization || field.name.canonicalName.contains("token")
                return [
                    "name": .string(field.name.rawName), "value": .string(isSecret ? Self.mask : masked(field.value)),
                ]
            })
    }

    private func body(_ bytes: [UInt8], _ request: Request) -> JSON {
        guard !bytes.isEmpty else { return .null }
        var text = String(decoding: bytes.prefix(Self.longestBody), as: UTF8.self)
        // The response to the registration of a webhook is the only place that shows its token.
        if request.path.contains("webhook"), let json = try? JSON.parse(bytes) { text = Self.withoutTokens(json).text }
        return .string(masked(text) + (bytes.count > Self.longestBody ? "… (\(bytes.count) bytes in all)" : ""))
    }

    private static func withoutTokens(_ json: JSON) -> JSON {
        switch json {
        case .array(let elements): .array(elements.map(withoutTokens))
        case .object(let object):
            .object(
                JSONObject(
                    object.map { member in
                        JSONObject.Member(
                            name: member.name, value: member.name == "token" ? .string(mask) : withoutTokens(member.value))
                    }))
        case .null, .bool, .number, .string: json
        }
    }

    func masked(_ text: String) -> String {
        secrets.reduce(text) { $0.contains($1) ? $0.replacing($1, with: Self.mask) : $0 }
    }
}

extension World {
    /// The tokens by which receivers know webhooks.
    fileprivate var webhookTokens: [String] { rackbeat.webhookTokens }
}
