import Contract
import Exchange
import SyncCore
import Units

/// Whether what was read is as the contract says.
extension ReadinessFinding {
    var contractWords: FindingWords? {
        switch kind {
        case .contractHolds(let exchanges): return FindingWords("\(counted(exchanges, "exchange conforms", "exchanges conform"))")
        case .unreadable(let operation, let jobs, let records, let places):
            let differing = places.isEmpty ? "" : "; the contract differs at " + places.map(\.text).joined(separator: ", ")
            return FindingWords(
                "\(counted(records.count, "row", "rows")) of \(operation) cannot be read: \(records.text)\(differing)",
                harm: "They are parked. These jobs stop at them: \(jobs.map(\.rawValue).joined(separator: ", ")).",
                remedy: "Report it to the authors of Tandem with this report.")
        case .deviation(let place):
            return FindingWords(
                "\(place.system.title) \(place.operation), \(place.text)",
                harm: "The engine does not rely on it.", remedy: "Report it to the authors of Tandem with this report.")
        case .unknownMembers(let operation, let names):
            return FindingWords(
                "\(operation) has \(counted(names.count, "member")) that the contract does not know: \(names.prefix(5).joined(separator: ", "))"
            )
        default: return nil
        }
    }
}

extension ContractPlace {
    /// `/orders/*/number: the string 'x' (3 times), where the contract says an integer`
    var text: String {
        let verb =
            switch kind {
            case .unknown: "knows"
            case .missing: "requires"
            case .wrong: "says"
            }
        return "\(path): \(example) (\(counted(count, "time"))), where the contract \(verb) \(expected)"
    }
}
