import FoundationEssentials
import Logging
import Service
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The log of a command that uses endpoints. It goes to stderr, so that stdout has only the output of the command.
enum LogOutput {
    static func logger(_ configuration: Configuration, _ credentials: Credentials, on terminal: Terminal) -> Logger {
        let printError = terminal.printError
        let output = LockedOutput(
            offer: terminal.offerError ?? { text in
                printError(text)
                return true
            })
        let handler = LogLines(
            form(configuration.general.logFormat), level: Logger.Level(rawValue: configuration.general.logLevel) ?? .info,
            redaction: Redaction(hiding: credentials), now: WallClock.time, write: output.write)
        return Logger(label: "tandem", factory: { _ in handler })
    }

    private static func form(_ word: String) -> LogLines.Form {
        switch word {
        case "text": .text
        case "json": .json
        default: isatty(STDERR_FILENO) == 1 ? .text : .json
        }
    }
}

/// Writes whole lines, although several connections log at once.
private final class LockedOutput: Sendable {
    private struct Output: @unchecked Sendable {
        // Used only under the lock.
        var lines: LossyLines
    }

    private let output: Mutex<Output>

    init(offer: @escaping (String) -> Bool) { output = Mutex(Output(lines: LossyLines(offer: offer))) }

    func write(_ line: String) { output.withLock { $0.lines.write(line) } }
}
