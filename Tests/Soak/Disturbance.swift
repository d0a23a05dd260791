/// What goes wrong between the actions of people. Each round draws some, in any order.
enum Disturbance: String, CaseIterable {
    case kill = "kill -9 at a random moment"
    case killDuringWrite = "kill -9 while a write is in flight"
    case pause = "pause by SIGSTOP"
    case engineClock = "step of the engine's clock"
    case systemClock = "step of a system's clock"
    case olderJournal = "older journal put back"
    case sameJournal = "second engine on the same journal"
    case secondEngine = "second engine with a journal of its own"
    case fullDisk = "full disk"

    /// Those of a round, of each at most one, but two kills.
    static let ofARound = 6
    static let all = allCases + [.kill]
}
