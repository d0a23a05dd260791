import Foundation
import Testing

/// One connection without any HTTP of ours: bytes go out as they are written, and come back as they are.
final class RawConnection: @unchecked Sendable {
    private let descriptor: CInt
    private var isOpen = true

    init(descriptor: CInt) {
        self.descriptor = descriptor
        // Nothing here waits forever: what has not come by then does not come.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        #if !canImport(Glibc)
            var isOn: CInt = 1
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<CInt>.size))
        #endif
    }

    convenience init(port: Int) {
        let descriptor = RawConnection.makeSocket()
        RawConnection.withLoopback(port) { #expect(connect(descriptor, $0, $1) == 0) }
        self.init(descriptor: descriptor)
    }

    deinit { close() }

    func close() {
        if isOpen { Foundation.close(descriptor) }
        isOpen = false
    }

    /// Ends it with a reset.
    func reset() {
        var now = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Says that nothing more will come, and goes on listening.
    func endOutput() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Gives up silently when the peer does not take it.
    ///
    /// - Returns: Whether it took everything.
    @discardableResult func write(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            #if canImport(Glibc)
                let flags = CInt(MSG_NOSIGNAL)
            #else
                let flags: CInt = 0
            #endif
            let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
            guard sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    enum End: Equatable {
        /// What was waited for has come.
        case goingOn
        case closed
        case reset
        case nothingCame
    }

    /// Everything that comes until `isEnough`, or until the connection ends.
    func read(until isEnough: (String) -> Bool = { _ in false }) -> (text: String, end: End) {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if isEnough(text) { return (text, .goingOn) }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 {
                return (text, .closed)
            } else {
                return (text, errno == ECONNRESET ? .reset : .nothingCame)
            }
        }
    }

    /// One request with its body; `nil` when the peer has gone.
    func readRequest() -> String? {
        let (text, end) = read { text in
            guard let headEnd = text.range(of: "\r\n\r\n") else { return false }
            let head = text[..<headEnd.lowerBound].lowercased()
            let length = head.range(of: "content-length: ").map { Int(head[$0.upperBound...].prefix { $0.isNumber })! } ?? 0
            return text[headEnd.upperBound...].utf8.count >= length
        }
        return end == .goingOn ? text : nil
    }

    static func makeSocket() -> CInt {
        #if canImport(Glibc)
            return socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        #else
            return socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }

    static func withLoopback(_ port: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Void) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}

/// A server that does what its script says with each connection, one after another, and nothing else.
final class RawServer: @unchecked Sendable {
    let port: Int
    private let descriptor: CInt
    private let lock = NSLock()
    private var count = 0

    /// How many connections were taken so far.
    var connections: Int { lock.withLock { count } }

    init(_ script: @escaping @Sendable (RawConnection) -> Void) {
        let descriptor = RawConnection.makeSocket()
        RawConnection.withLoopback(0) { _ = bind(descriptor, $0, $1) }
        listen(descriptor, 64)
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let accepted = accept(descriptor, nil, nil)
                guard accepted >= 0 else {
                    close(descriptor)
                    return
                }
                lock.withLock { count += 1 }
                script(RawConnection(descriptor: accepted))
            }
        }
    }

    /// To be called at the end of every test; until then its thread waits for the next connection.
    ///
    /// The thread itself closes the descriptor: whoever closed it under the thread's hands would give its number to another test.
    func stop() { shutdown(descriptor, CInt(SHUT_RDWR)) }
}
