import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Where output goes, and how it may look there.
struct Terminal {
    /// Writes the output of the command.
    var print: (String) -> Void
    /// Writes errors and progress.
    var printError: (String) -> Void
    var isColoured: Bool
    /// Whether errors go to a terminal, where a progress line can be shown.
    var showsProgress: Bool
}

extension Terminal {
    static var process: Terminal {
        Terminal(
            print: { write($0, to: STDOUT_FILENO) }, printError: { write($0, to: STDERR_FILENO) },
            isColoured: isTerminal(STDOUT_FILENO) && !refusesColour, showsProgress: isTerminal(STDERR_FILENO))
    }

    /// <https://no-color.org>: set to anything but an empty text.
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
            // The reader has closed the pipe, so there is nobody to tell.
            guard count > 0 else { return }
            bytes = bytes.dropFirst(count)
        }
    }
}
