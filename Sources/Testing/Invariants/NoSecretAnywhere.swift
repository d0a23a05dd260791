import Exchange
import HTTPTypes
import SyncCore
import Units

/// Tokens and passwords are in the header that carries them, and nowhere else.
package struct NoSecretAnywhere: Invariant {
    package static let id = "no-secret-anywhere"
    package static let statement =
        "Credentials are in the Authorization header and nowhere else; otherwise anybody who reads a log can empty the warehouse."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        let secrets = evidence.secrets.filter { !$0.isEmpty }.map { Array($0.utf8) }
        guard !secrets.isEmpty else { return .undecided("the run names no secrets to look for") }
        func hasSecret(_ bytes: [UInt8]) -> Bool { secrets.contains { bytes.contains(bytes: $0) } }

        var findings: [Finding] = []
        var reported: Set<String> = []
        for exchange in evidence.exchanges {
            // One finding for each place: a token in every query is one mistake.
            for place in Self.places(exchange.request, hasSecret) where reported.insert("\(exchange.system) \(place)").inserted {
                findings.append(
                    Finding(
                        subject: "\(exchange.system.title), \(place)",
                        sentence: "The request has a secret outside the Authorization header.",
                        expected: "secrets in the Authorization header only", exchanges: [exchange.number]))
            }
        }
        for output in evidence.outputs where hasSecret(Array(output.text.utf8)) {
            findings.append(
                Finding(
                    subject: output.name, sentence: "The text has a secret in it.",
                    expected: "no secret in anything that is stored or shown"))
        }
        for fact in evidence.parked where hasSecret(Array((fact.number + " " + fact.reason).utf8)) {
            findings.append(
                Finding(
                    subject: "parked \(fact.job.rawValue), connection '\(fact.connection)'",
                    sentence: "The text has a secret in it.",
                    expected: "no secret in anything that is stored or shown"))
        }
        return Verdict(findings)
    }

    private static func places(_ request: Request, _ hasSecret: ([UInt8]) -> Bool) -> [String] {
        var places: [String] = []
        if hasSecret(Array(request.target.utf8)) || hasSecret(Array(PercentEncoding.decode(request.target).utf8)) {
            places.append("request target")
        }
        if hasSecret(request.body) { places.append("request body") }
        for field in request.headers where field.name != .authorization && hasSecret(Array(field.value.utf8)) {
            places.append("header \(field.name.rawName)")
        }
        return places
    }
}
