import Dispatch
import Foundation
import Logging
import Synchronization
import Testing
import Units

@testable import tandem

/// The wall's clock and the threads, as the command line gives them to the engine.
@Suite(.timeLimit(.minutes(1))) struct ServiceTests {
    private let bell = DispatchSemaphore(value: 0)

    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isUp: Bool { value.withLock { $0 } }
        func raise() { value.withLock { $0 = true } }
    }

    /// The time limit would tell: an hour is waited for.
    @Test func aBellFromAnotherThreadEndsAWait() async {
        let nudged = Flag()
        let bell = bell
        Thread.detachNewThread {
            nudged.raise()
            bell.signal()
        }
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                WallClock(bell: bell).wait(for: .seconds(3600), unless: { nudged.isUp })
                continuation.resume()
            }
        }
        #expect(nudged.isUp)
    }

    @Test func whatIsTrueAlreadyIsNotWaitedFor() {
        WallClock(bell: bell).wait(for: .seconds(3600), unless: { true })
    }

    /// A bell that rang for something else, or before, cuts no pause short that a server asked for.
    @Test func aBellWithoutReasonEndsNoWait() {
        for _ in 0..<3 { bell.signal() }
        let began = ContinuousClock.now
        WallClock(bell: bell).wait(for: .milliseconds(30))
        #expect(ContinuousClock.now - began >= .milliseconds(30))
    }

    /// Blocks a thread of its own, as a command blocks the main one. Tests run on the threads that the services need.
    private func supervise(_ service: ThreadService) async -> Result<Void, any Error> {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [silence] in
                continuation.resume(returning: Result { try Supervision.run([service], log: silence) })
            }
        }
    }

    private let silence = Logger(label: "silence", factory: { _ in SwiftLogNoOpLogHandler() })

    private struct JournalIsFull: Error {}

    /// The connections share a journal: when one cannot write it, none can.
    @Test func aPieceThatFailsEndsTheOthersAndIsTold() async {
        let stopped = DispatchSemaphore(value: 0)
        let ended = Flag()
        let service = ThreadService(
            pieces: [
                ThreadService.Piece(name: "fails") { throw JournalIsFull() },
                ThreadService.Piece(name: "waits") {
                    stopped.wait()
                    ended.raise()
                },
            ], stop: { stopped.signal() })
        let result = await supervise(service)
        #expect(throws: JournalIsFull.self) { try result.get() }
        #expect(ended.isUp)
    }

    @Test func workThatEndsByItselfEndsTheCommand() async throws {
        let done = Flag()
        let service = ThreadService(pieces: [ThreadService.Piece(name: "works") { done.raise() }], stop: {})
        try await supervise(service).get()
        #expect(done.isUp)
    }

    @Test(arguments: [
        ["--once", "--dry-run"], ["--json"], ["--once", "--listen", "127.0.0.1:0"], ["--dry-run", "--listen", "127.0.0.1:0"],
    ]) func whatCannotGoTogetherIsRefused(arguments: [String]) {
        let complaints = Mutex("")
        let terminal = Terminal(
            print: { _ in }, complain: { text in complaints.withLock { $0 += text } }, isColoured: false, showsProgress: false)
        #expect(Main.run(["sync"] + arguments, on: terminal).rawValue == 2)
        #expect(complaints.withLock { $0 }.contains("Usage: tandem sync"))
    }
}
