package import Foundation

/// A process of the `tandem` that was built with this program, and its output so far.
package final class TandemProcess {
    private let process = Process()
    private let outputPath: String
    private let errorPath: String
    private let words: String

    /// - Parameters:
    ///   - folder: The working folder, which also gets the output.
    ///   - environment: The whole environment. Only the paths of programs and libraries are inherited.
    ///   - conditions: What is special about its clock and its disk.
    ///   - errors: What it writes its errors to; by default a file that ``errorOutput`` shows.
    ///   - program: A copy of the program instead of the program itself.
    package init(
        _ arguments: [String], in folder: String, environment: [String: String] = [:],
        under conditions: ProcessConditions = ProcessConditions(), errors: FileHandle? = nil, program: String? = nil
    ) throws {
        words = "tandem " + arguments.joined(separator: " ")
        let stamp = UUID().uuidString.prefix(8)
        let name = arguments.first { !$0.hasPrefix("-") } ?? "tandem"
        outputPath = "\(folder)/\(name)-\(stamp).out"
        errorPath = "\(folder)/\(name)-\(stamp).err"
        let tandem = try program.map { URL(filePath: $0) } ?? Self.built("tandem")
        process.executableURL = conditions.shell.map { URL(filePath: $0.path) } ?? tandem
        process.arguments = (conditions.shell.map { $0.arguments + [tandem.path] } ?? []) + arguments
        process.currentDirectoryURL = URL(filePath: folder)
        let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "LD_LIBRARY_PATH"].contains($0.key) }
        process.environment = inherited.merging(environment) { $1 }.merging(try Self.environment(of: conditions)) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try Self.file(outputPath)
        process.standardError = try errors ?? Self.file(errorPath)
        try Self.starting.withLock { try Self.withoutBlockedSignals { try process.run() } }
    }

    /// A process begins with the signal mask of the thread that starts it, and threads that run tests may block every signal: it would
    /// survive whatever a shell or a service manager sends.
    private static func withoutBlockedSignals(_ body: () throws -> Void) rethrows {
        var none = sigset_t()
        var before = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        try body()
    }

    /// The program that was built with this one.
    package static var path: String { get throws { try built("tandem").path } }

    /// One start at a time: Foundation's own crashed in a soak that started two processes at one moment.
    private static let starting = NSLock()

    /// The process does not outlive its owner.
    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// What it has written to stdout so far.
    package var output: String { Self.text(outputPath) }
    /// What it has written to stderr so far.
    package var errorOutput: String { Self.text(errorPath) }
    package var isRunning: Bool { process.isRunning }
    package var identifier: Int32 { process.processIdentifier }

    /// SIGKILL: no handler runs, no buffer is flushed, no socket is closed properly.
    package func killNow() throws {
        kill(process.processIdentifier, SIGKILL)
        // It is gone at once; on a busy machine it may take a while until this process is told so.
        _ = try exitCode(within: 60)
    }

    /// SIGTERM, as a service manager sends it.
    package func terminate() { kill(process.processIdentifier, SIGTERM) }

    /// Any other signal.
    package func signal(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits until the process has ended.
    ///
    /// - Returns: Its exit code, or 128 plus the number of the signal that ended it.
    package func exitCode(within seconds: Int) throws -> Int32 {
        guard Self.eventually(within: seconds, { !self.process.isRunning }) else {
            throw StageError("\(words) did not end within \(seconds) s.\n\(errorOutput.suffix(2000))")
        }
        return process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
    }

    /// Polls until the condition is true, at most for this time.
    package static func eventually(within seconds: Int, _ condition: () throws -> Bool) rethrows -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try condition() { return true }
            usleep(2000)
        }
        return try condition()
    }

    private static func file(_ path: String) throws -> FileHandle {
        guard FileManager.default.createFile(atPath: path, contents: nil), let handle = FileHandle(forWritingAtPath: path) else {
            throw StageError("\(path) cannot be written")
        }
        return handle
    }

    private static func text(_ path: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }

    private static func environment(of conditions: ProcessConditions) throws -> [String: String] {
        guard conditions.clockShift != .zero else { return [:] }
        return [
            "LD_PRELOAD": try built("libShiftedClock.so").path,
            "SHIFTED_CLOCK_SECONDS": "\(conditions.clockShift.components.seconds)",
        ]
    }

    /// A program or library of the same build, in the folder of this executable or of the test bundle.
    private static func built(_ name: String) throws -> URL {
        var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        // On macOS tests are in a bundle, three folders deeper.
        for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
            folder = bundle.bundleURL.deletingLastPathComponent()
        }
        let file = folder.appending(path: name)
        guard FileManager.default.isExecutableFile(atPath: file.path) else {
            throw StageError("\(file.path) does not exist; build everything first: swift build")
        }
        return file
    }
}

/// A test cannot go on.
package struct StageError: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
}
