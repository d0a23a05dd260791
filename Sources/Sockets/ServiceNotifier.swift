#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Tells the service manager that started this process how it fares: systemd's protocol of `sd_notify`, one datagram for each message.
package struct ServiceNotifier: Sendable {
    package enum Message: Sendable {
        case ready
        case alive
        case stopping

        var text: String {
            switch self {
            case .ready: "READY=1"
            case .alive: "WATCHDOG=1"
            case .stopping: "STOPPING=1"
            }
        }
    }

    /// How often it must hear that the process is alive; `nil`: it does not want to know.
    package let watchdog: Duration?
    private let path: String

    /// `nil` where no service manager asks.
    ///
    /// - Parameters:
    ///   - environment: `NOTIFY_SOCKET`, `WATCHDOG_USEC`, `WATCHDOG_PID`.
    ///   - process: The number of this process: the watchdog may be meant for another.
    package init?(environment: [String: String], process: Int32) {
        guard let path = environment["NOTIFY_SOCKET"], path.hasPrefix("/") || path.hasPrefix("@") else { return nil }
        self.path = path
        let isMeant = environment["WATCHDOG_PID"].map { $0 == "\(process)" } ?? true
        watchdog = environment["WATCHDOG_USEC"].flatMap { Int64($0) }.flatMap { $0 > 0 && isMeant ? .microseconds($0) : nil }
    }

    /// Nothing comes back, and a service manager that does not listen is no reason to stop.
    package func send(_ message: Message) {
        #if canImport(Glibc)
            let kind = CInt(SOCK_DGRAM.rawValue)
        #else
            let kind = SOCK_DGRAM
        #endif
        let descriptor = socket(AF_UNIX, kind, 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        // Linux writes a zero byte for a name that is in no folder.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        let longest = MemoryLayout.size(ofValue: address.sun_path)
        guard name.count < longest else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size - longest + name.count)
        let bytes = Array(message.text.utf8)
        _ = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { sendto(descriptor, bytes, bytes.count, 0, $0, length) }
        }
    }
}
