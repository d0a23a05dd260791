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
            print: { text in
                guard !write(text, to: STDOUT_FILENO), errno != EPIPE else { return }
                // On a full disk, say: who reads the rest must not take it for the whole.
                write("Error: the output cannot be written: \(String(cString: strerror(errno)))\n", to: STDERR_FILENO)
                exit(ExitReason.usage.rawValue)
            }, printError: { write($0, to: STDERR_FILENO) }, isColoured: isTerminal(STDOUT_FILENO) && !refusesColour,
            showsProgress: isTerminal(STDERR_FILENO))
    }

    /// <https://no-color.org>: set to anything but an empty text.
    private static var refusesColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    }

    private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// - Returns: Whether everything was written; otherwise `errno` tells why not. `EPIPE`: the reader has closed the pipe, so there is
    ///   nobody to tell.
    @discardableResult static func write(_ text: String, to descriptor: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                #if canImport(Glibc)
                    Glibc.write(descriptor, $0.baseAddress, $0.count)
                #else
                    Darwin.write(descriptor, $0.baseAddress, $0.count)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }
}

/// When output is coloured.
enum ColorChoice: String, CaseIterable {
    case auto, always, never
}
