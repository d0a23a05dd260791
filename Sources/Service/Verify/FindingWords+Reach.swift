import Exchange
import SyncCore
import Units

extension System {
    fileprivate var credentialWords: String {
        switch self {
        case .rackbeat: "token"
        case .ongoing: "user name or password"
        }
    }

    fileprivate var credentialKey: String {
        switch self {
        case .rackbeat: "rackbeat.token"
        case .ongoing: "ongoing.user and ongoing.password"
        }
    }

    fileprivate var keyOfURL: String {
        switch self {
        case .rackbeat: "rackbeat.base-url"
        case .ongoing: "ongoing.base-url"
        }
    }
}

extension EngineRead {
    fileprivate var harm: String {
        jobs.count == Job.ofRound.count
            ? "No job runs." : "These jobs stop there: \(jobs.map(\.rawValue).joined(separator: ", "))."
    }
    var text: String { "\(system.title) \(operation)" }
}

/// Reach and rights.
extension ReadinessFinding {
    var reachWords: FindingWords? {
        switch kind {
        case .answered(let system, let latency): return FindingWords("\(system.title) answers in \(latency.forPeople)")
        case .certificate(let system, let seen):
            return FindingWords(
                "\(system.title)'s certificate for \(seen.subject) is good until \(seen.expiresAt.date(in: .utc))")
        case .certificateExpired(let system, let seen):
            return FindingWords(
                "\(system.title)'s certificate for \(seen.subject) expired on \(seen.expiresAt.date(in: .utc))",
                harm: "Tandem sends nothing to a host whose certificate is not valid.",
                remedy: "Ask the operator of the host for a new certificate. If the date is wrong, correct this machine's clock.")
        case .certificateEndsSoon(let system, let seen, let left):
            return FindingWords(
                "\(system.title)'s certificate for \(seen.subject) expires in \(left.forPeople)",
                harm: "From then on nothing is synced.", remedy: "Ask the operator of the host when it is renewed.")
        case .unreachable(let system, let failure):
            return FindingWords(
                "\(system.title) cannot be reached: \(failure)", harm: "No job runs.",
                remedy: "Check '\(system.keyOfURL)', the name server, the firewall and the proxy of this machine.")
        case .credentialsRefused(let system, let status):
            return FindingWords(
                "\(system.title) refuses the \(system.credentialWords) with \(status)", harm: "No job runs.",
                remedy: "Check what '\(system.credentialKey)' names, and that it was not revoked.")
        case .pageInsteadOfAPI(let system, let read):
            return FindingWords(
                "\(read.text) returns a page of HTML instead of the API's JSON",
                harm: "A proxy or a web server answers in the place of \(system.title). \(read.harm)",
                remedy: "Check '\(system.keyOfURL)'. Let the proxy pass the host through.")
        case .serverFails(let system, let read, let status):
            return FindingWords(
                "\(read.text) fails with \(status) each time", harm: read.harm,
                remedy: "Try again later. If it stays so, ask \(system.title).")
        case .stillRateLimited(let system, let read):
            return FindingWords(
                "\(read.text) is answered 429 each time",
                harm: "Other programs use up the calls of the same \(system.credentialWords).",
                remedy: "Stop the other program, or get a \(system.credentialWords) of its own for Tandem. Then verify again.")
        case .rateLimitMet(let system, let times):
            return FindingWords(
                "\(system.title) answered 429 \(counted(times, "time"))",
                harm: "Rounds take longer: other programs use the same account, or the limit is lower than the profile says.",
                remedy: "Set 'rate_limit' in the profile to what the account allows.")
        case .clockDiffers(let system, let ahead):
            let words = ahead < .zero ? "behind" : "ahead of"
            let size = Duration.milliseconds(Int64(ahead.milliseconds.magnitude))
            return FindingWords(
                "\(system.title)'s clock is \(size.forPeople) \(words) this machine's",
                harm: "Tandem reads further back to miss nothing, and times in reports are off by that much.",
                remedy: "Let this machine's clock be set by NTP. If it is right, tell \(system.title).")
        case .readsGranted(let system, let count):
            return FindingWords(
                "\(counted(count, "kind")) of read that the engine makes of \(system.title) \(count == 1 ? "is" : "are") granted")
        case .readRefused(let read, let status):
            return FindingWords(
                "\(read.text) is refused with \(status)", harm: read.harm,
                remedy: "Give the \(read.system.credentialWords) the right to read it.")
        case .readNotFound(let read):
            return FindingWords(
                "\(read.text) is not found", harm: read.harm,
                remedy: "Check '\(read.system.keyOfURL)': it ends with the base path of the API.")
        case .readUnreadable(let read, let problem):
            return FindingWords(
                "\(read.text) cannot be read: \(problem)", harm: read.harm,
                remedy: "Report it to the authors of Tandem with this report.")
        case .readBroken(let read, let failure):
            return FindingWords("\(read.text) broke off: \(failure)", harm: read.harm, remedy: "Verify again.")
        case .readUntried(let reads):
            return FindingWords(
                "not tried, as there is nothing yet to read them of: " + reads.map(\.text).joined(separator: ", "))
        default: return nil
        }
    }
}
