import Exchange
import FoundationEssentials
import JSON
import Logging
import Recording
import Service
import SyncCore
import Synchronization
import Units

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The folder of `--record`: a file for each start, and the key of the pseudonyms.
struct RecordingFolder: Sendable {
    let path: String

    /// Stays with the operator: who has it can find out which number a pseudonym stands for.
    private var keyPath: String { path + "/key" }

    // MARK: Reading

    /// The whole recording; `nil` for the key where the folder was handed on without it.
    func read() throws -> (recording: Recording, pseudonyms: Pseudonyms?) {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw UsageError(
                "\(path) is no folder that can be read. 'tandem sync --record \(path.quotedForShell)' makes a recording.")
        }
        let files = names.filter { $0.hasSuffix(".jsonl") }.sorted()
        guard !files.isEmpty else { throw UsageError("\(path) holds no recording: no file ends in .jsonl.") }
        var recording = Recording()
        for name in files {
            guard let data = FileManager.default.contents(atPath: path + "/" + name) else {
                throw UsageError("\(path)/\(name) cannot be read.")
            }
            recording.read([UInt8](data), named: name)
        }
        guard recording.unreadable.isEmpty else {
            throw UsageError(
                "\(path): \(counted(recording.unreadable.count, "line")) cannot be read, the first in \(recording.unreadable[0])."
            )
        }
        return (recording, key)
    }

    private var key: Pseudonyms? {
        FileManager.default.contents(atPath: keyPath).flatMap { Pseudonyms(key: String(decoding: $0, as: UTF8.self)) }
    }

    // MARK: Writing

    /// Begins a file.
    ///
    /// - Returns: What records an exchange. When the file cannot be written any more, a warning is logged once and the recording ends:
    ///   what is recorded goes on.
    func begin(
        _ configuration: Configuration, at now: Moment, log: Logger
    ) throws -> @Sendable (Exchanged, _ basePath: String) -> Void {
        mkdir(path, 0o700)
        let pseudonyms = try ownKey()
        var head = Recording.Head(startedAt: now)
        head.connections = configuration.connections.map { plan in
            let settings = plan.settings
            return (
                plan.name, "\(settings.location)", settings.goodsOwner,
                SettingsCatalogue.all.filter { $0.value(in: settings) != $0.standard }
                    .map { ($0.path, $0.value(in: settings).description) }
            )
        }
        head.profiles = [
            .rackbeat: Self.sorted(configuration.general.rackbeat.choices),
            .ongoing: Self.sorted(configuration.connections.first?.ongoing.choices ?? [:]),
        ]
        let name = now.isoUTCMilliseconds.filter { $0 != "-" && $0 != ":" }
        let file = path + "/" + name + ".jsonl"
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, 0o600)
        guard descriptor >= 0 else {
            throw UsageError("--record: \(file) cannot be created: \(String(cString: strerror(errno))).")
        }
        // Open until the process ends, which closes it.
        let isOpen = Mutex(true)
        @Sendable func write(_ line: JSON) {
            isOpen.withLock { isOpen in
                guard isOpen, !Terminal.write(String(decoding: line.serialized, as: UTF8.self) + "\n", to: descriptor) else {
                    return
                }
                isOpen = false
                log.warning("the recording ends: \(file) cannot be written: \(String(cString: strerror(errno)))")
            }
        }
        write(head.json(pseudonyms))
        let mask = RecordingMask(pseudonyms, connections: configuration.connections.map(\.name))
        return { exchange, basePath in write(mask.masked(exchange, basePath: basePath).json) }
    }

    private static func sorted(_ choices: [String: String]) -> [(key: String, choice: String)] {
        choices.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The same in every file of a folder, so that all of them join.
    private func ownKey() throws -> Pseudonyms {
        if let key { return key }
        var generator = SystemRandomNumberGenerator()
        let key = (generator.next(), generator.next())
        let descriptor = open(keyPath, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        guard descriptor >= 0, Terminal.write(Pseudonyms.text(ofKey: key) + "\n", to: descriptor) else {
            throw UsageError("--record: \(keyPath) cannot be created: \(String(cString: strerror(errno))).")
        }
        close(descriptor)
        return Pseudonyms(key: key)
    }
}
