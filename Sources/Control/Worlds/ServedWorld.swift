import Synchronization

/// A world with its lock: whoever enters has it alone.
///
/// The fakes know nothing of threads, and worlds share nothing that changes, so that one lock for each world is enough.
final class ServedWorld: @unchecked Sendable {
    /// `main`, `w2`, `w3`, …
    let id: String
    let credentials: ServedCredentials
    private let lock = Mutex<Void>(())
    private let live: LiveWorld

    init(id: String, credentials: ServedCredentials, _ live: LiveWorld) {
        self.id = id
        self.credentials = credentials
        self.live = live
    }

    func enter<Result: Sendable, Failure: Error>(_ body: (LiveWorld) throws(Failure) -> Result) throws(Failure) -> Result {
        try lock.withLock { (_: inout Void) throws(Failure) -> Result in try body(live) }
    }
}

/// What callers of one world's fakes need to know.
struct ServedCredentials: Sendable, Equatable {
    let rackbeatToken: String
    let ongoingUser: String
    let ongoingPassword: String
    let goodsOwner: Int
}
