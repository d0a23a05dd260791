import Dispatch
import Foundation
import Logging
import Synchronization
import Testing
import Units

@testable import tandem

/// The clock and the threads that the command line gives to the engine.
@Suite(.timeLimit(.minutes(1))) struct ServiceTests {
    private let wake = DispatchSemaphore(value: 0)

    private final class Flag: Sendable {
        private let value = Mutex(false)
        var isUp: Bool { value.withLock { $0 } }
        func raise() { value.withLock { $0 = true } }
    }

    /// Without the signal the wait would take an hour.
    @Test func aSignalFromAnotherThreadEndsAWait() async {
        let nudged = Flag()
        let wake = wake
        Thread.detachNewThread {
            nudged.raise()
            wake.signal()
        }
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                WallClock(wake: wake).wait(for: .seconds(3600), unless: { nudged.isUp })
                continuation.resume()
            }
        }
        #expect(nudged.isUp)
    }

    @Test func aTrueConditionNeedsNoWait() {
        WallClock(wake: wake).wait(for: .seconds(3600), unless: { true })
    }

    /// An old or unrelated signal does not shorten a pause that a server asked for.
    @Test func aSignalWithoutReasonEndsNoWait() {
        for _ in 0..<3 { wake.signal() }
        let began = ContinuousClock.now
        WallClock(wake: wake).wait(for: .milliseconds(30))
        #expect(ContinuousClock.now - began >= .milliseconds(30))
    }

    /// Blocks a thread of its own, as a command blocks the main thread. The services need the threads of the tests.
    private func run(_ service: ThreadService) async -> Result<Void, any Error> {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [silence] in
                continuation.resume(returning: Result { try ServiceRunner.run([service], log: silence) })
            }
        }
    }

    private let silence = Logger(label: "silence", factory: { _ in SwiftLogNoOpLogHandler() })

    private struct JournalIsFull: Error {}

    /// The connections share a journal: when one cannot write it, none can.
    @Test func workThatFailsEndsTheOthersAndIsReported() async {
        let stopped = DispatchSemaphore(value: 0)
        let ended = Flag()
        let service = ThreadService(
            work: [
                ThreadService.Work(name: "fails") { throw JournalIsFull() },
                ThreadService.Work(name: "waits") {
                    stopped.wait()
                    ended.raise()
                },
            ], stop: { stopped.signal() })
        let result = await run(service)
        #expect(throws: JournalIsFull.self) { try result.get() }
        #expect(ended.isUp)
    }

    @Test func workThatEndsByItselfEndsTheCommand() async throws {
        let done = Flag()
        let service = ThreadService(work: [ThreadService.Work(name: "works") { done.raise() }], stop: {})
        try await run(service).get()
        #expect(done.isUp)
    }

    @Test(arguments: [
        ["--once", "--dry-run"], ["--json"], ["--once", "--listen", "127.0.0.1:0"], ["--dry-run", "--listen", "127.0.0.1:0"],
    ]) func optionsThatExcludeEachOtherAreRefused(arguments: [String]) {
        let errors = Mutex("")
        let terminal = Terminal(
            print: { _ in }, printError: { text in errors.withLock { $0 += text } }, isColoured: false, showsProgress: false)
        #expect(Main.run(["sync"] + arguments, on: terminal).rawValue == 2)
        #expect(errors.withLock { $0 }.contains("Usage: tandem sync"))
    }
}
