import FoundationEssentials
import Units

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
    /// Writes a text to where errors go, without ever waiting for its reader for long.
    ///
    /// Returns whether it was taken; `nil`: ``printError`` never waits.
    var offerError: ((String) -> Bool)?
}

extension Terminal {
    static var process: Terminal {
        Terminal(
            print: { text in
                guard !write(shown(text), to: STDOUT_FILENO), errno != EPIPE else { return }
                // On a full disk, say: who reads the rest must not take it for the whole.
                write("Error: the output cannot be written: \(String(cString: strerror(errno)))\n", to: STDERR_FILENO)
                exit(ExitReason.usage.rawValue)
            }, printError: { write(shown($0), to: STDERR_FILENO) },
            isColoured: isTerminal(STDOUT_FILENO) && !refusesColour, showsProgress: isTerminal(STDERR_FILENO),
            offerError: { offer(shown($0), to: STDERR_FILENO) })
    }

    /// The beginning of a progress line, which goes over the one before.
    static let progressStart = "\r\u{1B}[K"

    /// Whatever another system wrote is shown and not obeyed. Our own are the start of a progress line, at the beginning of what is written,
    /// and colours.
    static func shown(_ text: String) -> String {
        if text.hasPrefix(progressStart) { return progressStart + shown(String(text.unicodeScalars.dropFirst(4))) }
        guard text.utf8.contains(0x1B) else { return text.escapingControls(keepsLines: true) }
        var result = ""
        var rest = text[...]
        while let colour = rest.firstMatch(of: /\u{1B}\[[0-9]{1,2}m/) {
            result += rest[..<colour.range.lowerBound].escapingControls(keepsLines: true) + colour.output
            rest = rest[colour.range.upperBound...]
        }
        return result + rest.escapingControls(keepsLines: true)
    }

    /// What a pipe takes whole once it says that it takes anything.
    private static let atOnce = 512

    /// Writes as long as the reader keeps up. A line that was begun may take a moment to be ended, so that no half line stays.
    private static func offer(_ text: String, to descriptor: Int32) -> Bool {
        var rest = Array(text.utf8)[...]
        var wait: Int32 = 0
        while !rest.isEmpty {
            var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            guard poll(&request, 1, wait) > 0, request.revents & Int16(POLLOUT) != 0 else { return false }
            let part = rest.prefix(atOnce)
            write(part, to: descriptor)
            rest = rest.dropFirst(part.count)
            wait = 200
        }
        return true
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
        write(Array(text.utf8)[...], to: descriptor)
    }

    @discardableResult private static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
        var bytes = bytes
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
