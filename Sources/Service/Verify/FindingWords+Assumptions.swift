import Contract
import Exchange

/// What is assumed of both systems.
extension ReadinessFinding {
    var assumptionWords: FindingWords? {
        guard case .assumption(let assumption, let assumed, let outcome) = kind else { return nil }
        let name = "\(assumption.number) \(assumption.key)"
        let harm =
            AssumptionHarm.of(assumption)?.sentence ?? "The fakes behave differently from this account. Tandem does the same."
        switch outcome {
        case .confirmed: return FindingWords("\(name): \(assumed)")
        case .stated: return FindingWords("\(name): \(assumed), as the configuration states")
        case .immaterial(let why): return FindingWords("\(name): makes no difference, as \(why)")
        case .untested(let why):
            return FindingWords(
                "\(name): \(assumed) assumed; \(why)", harm: harm,
                remedy: "Ask \(assumption.system.title), and state the choice in '\(profileKey)'.")
        case .refuted(let seen):
            return FindingWords("\(name): \(assumed) assumed, \(seen) seen", harm: harm, remedy: remedy(assumption, seen))
        }
    }

    private var profileKey: String { connection.map { "connections.\($0).ongoing.profile" } ?? "rackbeat.profile" }

    private func remedy(_ assumption: Assumption, _ seen: String) -> String {
        guard assumption.accepts(seen) else {
            return "Tandem supports no such choice. Report it to its authors with this report."
        }
        return switch assumption.support(of: seen) {
        case .supported: "Set '\(assumption.key): \(seen)' in '\(profileKey)'."
        case .refused(let sentence): sentence
        }
    }
}
