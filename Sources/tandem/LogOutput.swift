import FoundationEssentials
import Logging
import Service
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The log of a command that works on endpoints: on stderr, so that stdout holds what was asked for and nothing else.
enum LogOutput {
    static func logger(_ configuration: Configuration, _ credentials: Credentials, on terminal: Terminal) -> Logger {
        let line = OneAtATime(write: terminal.complain)
        let handler = LogLines(
            form(configuration.general.logFormat), level: Logger.Level(rawValue: configuration.general.logLevel) ?? .info,
            redaction: Redaction(hiding: credentials), now: WallTime.now, write: line.write)
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

/// Several connections log at once, and a line is one line.
private final class OneAtATime: Sendable {
    private struct Output: @unchecked Sendable {
        // Called under the lock alone.
        let write: (String) -> Void
    }

    private let output: Mutex<Output>

    init(write: @escaping (String) -> Void) { output = Mutex(Output(write: write)) }

    func write(_ line: String) { output.withLock { $0.write(line + "\n") } }
}
