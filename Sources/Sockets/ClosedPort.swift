#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A reserved port of the loopback address on which nothing listens: connections to it are refused, and no other process gets it.
package final class ClosedPort: Sendable {
    package let port: Int
    private let descriptor: CInt

    /// - Throws: ``SocketServer/StartFailure`` when no port is left.
    package init() throws {
        #if canImport(Glibc)
            let stream = CInt(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let taken = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(taken, $0, length) == 0 && getsockname(taken, $0, &length) == 0
            }
        }
        guard isBound else {
            close(taken)
            throw SocketServer.StartFailure(description: "no port is free on 127.0.0.1")
        }
        descriptor = taken
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}
