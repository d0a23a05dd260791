import Exchange
import HTTPTypes
import JSON

/// A request to which a fake responded wrongly.
package struct FuzzFinding: CustomStringConvertible {
    let system: System
    let seed: UInt64
    let round: Int
    /// From 1, within the round.
    let number: Int
    let request: Request
    let response: Response
    let problems: [String]
    /// The assumptions of the fake that are not the default.
    let choices: [String: String]

    package var description: String {
        var text = "\(system.title): seed \(seed), round \(round), request \(number)\n"
        text += Self.text(of: request) + "\n→ \(response.status) \(Self.excerpt(response.body))\n"
        if !choices.isEmpty {
            text += "profile: " + choices.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ") + "\n"
        }
        return text + problems.map { "- " + $0 }.joined(separator: "\n")
    }

    static func text(of request: Request) -> String {
        // The credentials of a fuzzed world are its own; which were sent is part of the case.
        let headers = request.headers.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
        return "\(request.method.rawValue) \(request.target) [\(headers)] \(excerpt(request.body))"
    }

    private static func excerpt(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(3000), as: UTF8.self) + (bytes.count > 3000 ? "… (\(bytes.count) bytes)" : "")
    }
}
