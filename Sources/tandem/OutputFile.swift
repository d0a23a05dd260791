import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The file of `--output`.
enum OutputFile {
    /// Writes a whole report. A file appears complete or not at all, so that nobody reads half of it; a link is followed, a pipe or a
    /// device is written to.
    static func write(_ text: String, to path: String, option: String = "--output") throws {
        let target = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) == nil ? path : resolved(path)
        var information = stat()
        let exists = stat(target, &information) == 0
        if !exists || information.st_mode & S_IFMT == S_IFREG {
            do { return try Data(text.utf8).write(to: URL(filePath: target), options: .atomic) } catch {
                throw UsageError("\(option) \(path): the results cannot be written there")
            }
        }
        let descriptor = open(target, O_WRONLY)
        guard descriptor >= 0 else { throw problem(path, option) }
        defer { close(descriptor) }
        guard Terminal.write(text, to: descriptor) else { throw problem(path, option) }
    }

    /// A link may lead to a file that does not exist yet, so every step is followed here.
    private static func resolved(_ path: String) -> String {
        var path = path
        for _ in 0..<40 {
            guard let next = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else { break }
            path = next.hasPrefix("/") ? next : URL(filePath: path).deletingLastPathComponent().appending(path: next).path
        }
        return path
    }

    private static func problem(_ path: String, _ option: String) -> UsageError {
        UsageError("\(option) \(path): the results cannot be written there: \(String(cString: strerror(errno)))")
    }
}
