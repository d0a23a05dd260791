import FoundationEssentials
import ScenarioKit
import Synchronization
import Units

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `tandem run --watch`: runs what has changed, until somebody presses Ctrl-C.
struct RunWatch {
    /// Files and folders, as they were given.
    let paths: [String]
    let terminal: Terminal
    /// Runs these files, and returns their results.
    let run: ([String]) throws -> [ScenarioResult]

    private static let pause: UInt32 = 150_000

    /// - Returns: What the latest results of all files come to.
    func perform() throws -> ExitReason {
        Interruption.begin()
        defer { Interruption.end() }
        var seen = FileStamps(paths)
        var latest: [String: [ScenarioResult]] = [:]
        func run(_ files: [String]) throws {
            for file in files { latest[file] = [] }
            for result in try self.run(files) { latest[result.path, default: []].append(result) }
            guard !Interruption.hasCome else { return }
            terminal.printError("Watching \(counted(seen.scenarios.count, "scenario")) and the program; Ctrl-C ends.\n")
        }
        try run(seen.scenarios)
        while !Interruption.hasCome {
            usleep(Self.pause)
            guard let now = settled(after: seen) else { continue }
            if now.program != seen.program { startAnew() }
            let changed = now.scenarios.filter { now[$0] != seen[$0] }
            for gone in seen.scenarios where now[gone] == nil {
                latest[gone] = nil
                terminal.printError("\(gone) is gone.\n")
            }
            seen = now
            if !changed.isEmpty {
                terminal.printError("\nchanged: \(changed.joined(separator: ", "))\n")
                try run(changed)
            }
        }
        terminal.printError("\n")
        return ExitReason(latest.sorted { $0.key < $1.key }.flatMap(\.value))
    }

    /// What the files are now, once whoever changes them has come to rest; `nil` when nothing has changed.
    private func settled(after seen: FileStamps) -> FileStamps? {
        var now = FileStamps(paths)
        guard now != seen else { return nil }
        while !Interruption.hasCome {
            usleep(Self.pause)
            let next = FileStamps(paths)
            if next == now { return now }
            now = next
        }
        return nil
    }

    /// Another program lies where this one was started from: it goes on in this process.
    private func startAnew() {
        guard let program = FileStamps.programPath, access(program, X_OK) == 0 else { return }
        terminal.printError("\nThe program has changed.\n")
        Interruption.end()
        var arguments = ([program] + CommandLine.arguments.dropFirst()).map { strdup($0) }
        arguments.append(nil)
        execv(program, &arguments)
        terminal.printError("\(program) cannot be started: \(String(cString: strerror(errno))). The old program goes on.\n")
        Interruption.begin()
    }
}

/// When files were last written, and how long they are.
private struct FileStamps: Equatable {
    struct Stamp: Equatable {
        var seconds: Int
        var nanoseconds: Int
        var bytes: Int
        var file: UInt64
    }

    /// In the order in which they run.
    private(set) var scenarios: [String] = []
    private(set) var program: Stamp?
    private var stamps: [String: Stamp] = [:]

    /// While somebody saves a file, it can be missing; that is a change like any other.
    init(_ paths: [String]) {
        for path in paths {
            for file in (try? ScenarioFiles.find([path])) ?? [] where stamps[file] == nil {
                guard let stamp = Self.stamp(file) else { continue }
                stamps[file] = stamp
                scenarios.append(file)
            }
        }
        program = Self.programPath.flatMap(Self.stamp)
    }

    subscript(file: String) -> Stamp? { stamps[file] }

    /// Where this program was started from.
    static let programPath: String? = {
        let name = CommandLine.arguments.first ?? ""
        // Through the search path only the system knows.
        guard name.contains("/") else { return try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") }
        return URL(filePath: name).standardized.path
    }()

    private static func stamp(_ path: String) -> Stamp? {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        #if canImport(Darwin)
            let time = information.st_mtimespec
        #else
            let time = information.st_mtim
        #endif
        return Stamp(
            seconds: Int(time.tv_sec), nanoseconds: Int(time.tv_nsec), bytes: Int(information.st_size),
            file: UInt64(information.st_ino))
    }
}

/// Ctrl-C, where it is to end something in order.
enum Interruption {
    private static let flag = Atomic<Bool>(false)

    static var hasCome: Bool { flag.load(ordering: .relaxed) }

    /// From here on Ctrl-C is noted and ends nothing by itself.
    static func begin() {
        flag.store(false, ordering: .relaxed)
        signal(SIGINT) { _ in Interruption.note() }
        // Who started this process may have blocked it, and a blocked signal waits.
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    static func end() { signal(SIGINT, SIG_DFL) }

    private static func note() { flag.store(true, ordering: .relaxed) }
}
