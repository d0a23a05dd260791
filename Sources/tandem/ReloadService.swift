import Logging
import Service
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Reads the configuration again on SIGHUP. It ends with the next one, and the service then starts again in this process: the exchange in
/// flight is finished, and the journal stays open.
///
/// A configuration with mistakes changes nothing.
final class ReloadService: Service {
    private let access: EndpointAccess
    private let read: @Sendable () throws -> EndpointAccess
    private let following = Mutex<EndpointAccess?>(nil)

    /// - Parameter read: Reads configuration and secrets again.
    init(_ access: EndpointAccess, read: @escaping @Sendable () throws -> EndpointAccess) {
        self.access = access
        self.read = read
    }

    /// What the service goes on with; `nil`: it was stopped.
    var next: EndpointAccess? { following.withLock { $0 } }

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            guard let next = reread() else { continue }
            following.withLock { $0 = next }
            return
        }
    }

    private func reread() -> EndpointAccess? {
        let next: EndpointAccess
        do {
            next = try read()
        } catch {
            access.log.error("SIGHUP: \(error) The service goes on as before.")
            return nil
        }
        let changes = access.configuration.changes(to: next.configuration)
        if let fixed = changes.first(where: { Configuration.fixedPaths.contains($0.path) }) {
            access.log.error(
                "SIGHUP: '\(fixed.path)' cannot change while the service runs; it goes on as before. Stop it and start it again.")
            return nil
        }
        for change in changes { access.log.notice("SIGHUP: \(change)") }
        if changes.isEmpty { access.log.notice("SIGHUP: no key has changed; secrets and certificates are read again") }
        return next
    }
}
