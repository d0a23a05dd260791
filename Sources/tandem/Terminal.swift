import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where output goes, and what it may look like there.
struct Terminal {
    /// What was asked for.
    var print: (String) -> Void
    /// What went wrong with the asking, and progress.
    var complain: (String) -> Void
    var isColoured: Bool
    /// Whether somebody watches what is complained.
    var showsProgress: Bool
}

extension Terminal {
    static var process: Terminal {
        Terminal(
            print: { write($0, to: STDOUT_FILENO) }, complain: { write($0, to: STDERR_FILENO) },
            isColoured: isTerminal(STDOUT_FILENO) && !refusesColour, showsProgress: isTerminal(STDERR_FILENO))
    }

    /// <https://no-color.org>: set to anything but nothing.
    private static var refusesColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    }

    private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                #if canImport(Glibc)
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                #else
                    Darwin.write(descriptor, $0.baseAddress, $0.count)
                #endif
            }
            // Whoever read the other end has gone: there is nobody left to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
