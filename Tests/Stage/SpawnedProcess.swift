import Foundation
import Synchronization

/// A child process.
///
/// Foundation's own starts a child with the signal mask of the thread that asks for it: on the threads of tests, which block everything, a
/// child survives whatever a shell or a service manager sends. And it crashed when two threads had each started some hundred of them.
final class SpawnedProcess: Sendable {
    let identifier: Int32
    /// How it ended, as `waitpid` says; `nil` while it runs.
    private let end = Mutex<Int32?>(nil)

    /// Starts a program by its path, with no signal blocked or ignored, and with nothing to read. Whatever this process has open closes there
    /// by itself.
    init(
        _ program: String, _ arguments: [String], environment: [String: String], output: Int32, errors: Int32
    ) throws {
        #if canImport(Darwin)
            var actions: posix_spawn_file_actions_t?
            var attributes: posix_spawnattr_t?
        #else
            var actions = posix_spawn_file_actions_t()
            var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        var flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        #if canImport(Darwin)
            flags |= POSIX_SPAWN_CLOEXEC_DEFAULT
        #endif
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(flags))

        var identifier: pid_t = 0
        let words = [program] + arguments
        let settings = environment.map { "\($0)=\($1)" }
        let failure = Self.withTexts(words) { words in
            Self.withTexts(settings) { posix_spawn(&identifier, program, &actions, &attributes, words, $0) }
        }
        guard failure == 0 else { throw StageError("\(program) does not start: \(String(cString: strerror(failure)))") }
        self.identifier = identifier
    }

    /// It does not outlive its owner.
    deinit {
        signal(SIGKILL)
        var status: Int32 = 0
        if end.withLock({ $0 }) == nil { waitpid(identifier, &status, 0) }
    }

    var isRunning: Bool { ended() == nil }

    /// Its exit code, or 128 plus the number of the signal that ended it; `nil` while it runs.
    var exitCode: Int32? {
        ended().map { status in
            let signal = status & 0x7F
            return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
        }
    }

    /// Nothing once it has ended: its number may be another process's by then.
    func signal(_ number: Int32) {
        end.withLock { end in if end == nil { kill(identifier, number) } }
    }

    private func ended() -> Int32? {
        end.withLock { end in
            var status: Int32 = 0
            if end == nil, waitpid(identifier, &status, WNOHANG) == identifier { end = status }
            return end
        }
    }

    /// Calls with an array of texts that ends with a null pointer, as C takes them.
    private static func withTexts<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
