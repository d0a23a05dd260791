package import Foundation

/// A process of the `tandem` that was built with this program, and its output so far.
package final class TandemProcess {
    private let process: SpawnedProcess
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
        let inherited = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME", "LD_LIBRARY_PATH"].contains($0.key) }
        let environment = inherited.merging(environment) { $1 }.merging(try Self.environment(of: conditions)) { $1 }
        let output = try Self.file(outputPath)
        let errors = try errors ?? Self.file(errorPath)
        process = try SpawnedProcess(
            "/bin/sh", ["-c", conditions.script, "sh", folder, tandem.path] + arguments, environment: environment,
            output: output.fileDescriptor, errors: errors.fileDescriptor)
    }

    /// The program that was built with this one.
    package static var path: String { get throws { try built("tandem").path } }

    /// What it has written to stdout so far.
    package var output: String { Self.text(outputPath) }
    /// What it has written to stderr so far.
    package var errorOutput: String { Self.text(errorPath) }
    package var isRunning: Bool { process.isRunning }
    package var identifier: Int32 { process.identifier }

    /// SIGKILL: no handler runs, no buffer is flushed, no socket is closed properly.
    package func killNow() throws {
        process.signal(SIGKILL)
        _ = try exitCode(within: 60)
    }

    /// SIGTERM, as a service manager sends it.
    package func terminate() { process.signal(SIGTERM) }

    /// Any other signal.
    package func signal(_ number: Int32) { process.signal(number) }

    /// Waits until the process has ended.
    ///
    /// - Returns: Its exit code, or 128 plus the number of the signal that ended it.
    package func exitCode(within seconds: Int) throws -> Int32 {
        guard Self.eventually(within: seconds, { !self.process.isRunning }), let code = process.exitCode else {
            throw StageError("\(words) did not end within \(seconds) s.\n\(errorOutput.suffix(2000))")
        }
        return code
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
