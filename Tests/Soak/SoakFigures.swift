/// What happened. A soak in which nothing happened proves nothing.
struct SoakFigures: CustomStringConvertible {
    private var counts: [Count: Int] = [:]

    enum Count: String, CaseIterable {
        case kills = "kills"
        case killsInFlight = "with a write in flight"
        case faults = "faults"
        case pauses = "pauses"
        case engineClockSteps = "steps of the engine's clock"
        case systemClockSteps = "steps of a system's clock"
        case olderJournals = "older journals"
        case refusals = "engines refused on a journal in use"
        case secondEngines = "runs of a second engine"
        case fullDisks = "full disks"
        case fullDiskEnds = "that ended the engine"
        case answers = "questions answered by a person"
        case drafts = "drafts deleted by a person"
        case steps = "actions of people"
        case exchanges = "exchanges"
        case shipments = "shipments"
        case receipts = "receipts"
        case adjustments = "adjustments"

        /// Part of the count before it.
        var isPart: Bool { self == .killsInFlight || self == .fullDiskEnds }
        /// Whether a soak of many rounds must include it. What people had to settle depends on the moment of each kill.
        var isRequired: Bool {
            switch self {
            case .answers, .drafts: false
            case .engineClockSteps: Round.canShiftClocks
            default: true
            }
        }
    }

    subscript(count: Count) -> Int {
        get { counts[count] ?? 0 }
        set { counts[count] = newValue }
    }

    mutating func add(_ other: SoakFigures) { counts.merge(other.counts, uniquingKeysWith: +) }

    var description: String {
        var text = ""
        for count in Count.allCases {
            let part = "\(self[count]) \(count.rawValue)"
            text += count.isPart ? " (\(part))" : (text.isEmpty ? "" : ", ") + part
        }
        return text
    }

    /// What did not happen, although a soak of many rounds must include it.
    var idle: String? {
        let missing = Count.allCases.filter { $0.isRequired && self[$0] == 0 }.map(\.rawValue)
        return missing.isEmpty ? nil : "no \(missing.joined(separator: ", no ")): this proves nothing"
    }
}
