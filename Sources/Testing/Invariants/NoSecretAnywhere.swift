import Exchange
import HTTPTypes

/// Tokens and passwords stand in the one header that carries them, and nowhere else.
package struct NoSecretAnywhere: Invariant {
    package static let name = "no-secret-anywhere"
    package static let statement =
        "Credentials never leave the header they belong in, or whoever reads a log can empty the warehouse."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        let secrets = evidence.secrets.filter { !$0.isEmpty }.map { Array($0.utf8) }
        guard !secrets.isEmpty else { return .undecided("nobody said what the secrets are") }
        func tells(_ bytes: [UInt8]) -> Bool { secrets.contains { bytes.contains($0) } }

        var findings: [Finding] = []
        var told: Set<String> = []
        for exchange in evidence.exchanges {
            // One finding for each place: a token in every query is one mistake.
            for place in Self.places(exchange.request, tells) where told.insert("\(exchange.system) \(place)").inserted {
                findings.append(
                    Finding(
                        subject: "\(exchange.system.title), \(place)",
                        sentence: "A secret stands where it does not belong.",
                        expected: "secrets in the Authorization header alone", exchanges: [exchange.number]))
            }
        }
        for output in evidence.outputs where tells(Array(output.text.utf8)) {
            findings.append(
                Finding(
                    subject: output.name, sentence: "A secret was written out.",
                    expected: "no secret in anything that is kept or shown"))
        }
        for fact in evidence.parked where tells(Array((fact.subject + " " + fact.reason).utf8)) {
            findings.append(
                Finding(
                    subject: "parked \(fact.job), connection '\(fact.connection)'", sentence: "A secret was written out.",
                    expected: "no secret in anything that is kept or shown"))
        }
        return Verdict(findings)
    }

    private static func places(_ request: Request, _ tells: ([UInt8]) -> Bool) -> [String] {
        var places: [String] = []
        if tells(Array(request.target.utf8)) || tells(Array(PercentEncoding.decode(request.target).utf8)) {
            places.append("request target")
        }
        if tells(request.body) { places.append("request body") }
        for field in request.headers where field.name != .authorization && tells(Array(field.value.utf8)) {
            places.append("header \(field.name.rawName)")
        }
        return places
    }
}
