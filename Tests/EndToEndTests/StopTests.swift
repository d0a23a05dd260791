import Foundation
import JSON
import Stage
import Testing

extension EndToEndTests {
    /// What service managers, terminals and log collectors do to `tandem sync`.
    @Suite(.timeLimit(.minutes(5))) struct StopTests {
        private let folder: TemporaryFolder
        private let fakes: Fakes

        init() throws {
            folder = try TemporaryFolder()
            fakes = try Fakes(world: smallWorld, in: folder.path)
        }

        /// Starts the service, and returns when it waits for a response that does not come.
        private func startAndLeaveWaiting(_ options: String...) throws -> TandemProcess {
            try fakes.post("/faults", ["match": "rackbeat GET /**", "fault": "slow", "times": "all"])
            let engine = try Operator(of: fakes, in: folder.path)
            let process = try TandemProcess(["sync"] + options, in: engine.folder, environment: engine.environment)
            #expect(try TandemProcess.eventually(within: 30) { try !fakes.exchanges().isEmpty }, "\(process.errorOutput)")
            return process
        }

        @Test func aSignalEndsItInTimeWhateverIsInFlight() throws {
            let process = try startAndLeaveWaiting()
            let began = ContinuousClock.now
            process.terminate()
            #expect(try process.exitCode(within: 12) == 0)
            #expect(began.duration(to: .now) < .seconds(10))
            #expect(process.errorOutput.contains("stopped with an exchange in flight"), "\(process.errorOutput)")
        }

        @Test func aSecondSignalEndsItAtOnce() throws {
            let process = try startAndLeaveWaiting()
            process.terminate()
            // Both would be one if the first was not taken yet.
            usleep(500_000)
            let began = ContinuousClock.now
            process.terminate()
            #expect(try process.exitCode(within: 5) == 128 + SIGTERM)
            #expect(began.duration(to: .now) < .seconds(3))
        }

        @Test func aClosedTerminalDoesNotEndIt() throws {
            let engine = try Operator(of: fakes, in: folder.path)
            let process = try engine.start("sync")
            #expect(try TandemProcess.eventually(within: 60) { try !engine.openJobs() }, "\(process.errorOutput)")
            process.signal(SIGHUP)
            usleep(300_000)
            #expect(process.isRunning)
            process.terminate()
            #expect(try process.exitCode(within: 12) == 0, "\(process.errorOutput)")
        }

        /// The service reads its configuration again on this signal; nothing else does.
        @Test func aClosedTerminalEndsNeitherASingleRunNorTheFakes() throws {
            let process = try startAndLeaveWaiting("--once")
            process.signal(SIGHUP)
            fakes.process.signal(SIGHUP)
            usleep(300_000)
            #expect(process.isRunning)
            #expect(fakes.process.isRunning)
            #expect(try !fakes.exchanges().isEmpty)
            process.terminate()
            _ = try process.exitCode(within: 12)
        }

        /// With mistakes nothing changes; without, the same process goes on with what is written now.
        @Test func aReloadTakesWhatIsWrittenNow() throws {
            let engine = try Operator(of: fakes, in: folder.path)
            let process = try engine.start("sync")
            #expect(try TandemProcess.eventually(within: 60) { try !engine.openJobs() }, "\(process.errorOutput)")
            let file = "\(folder.path)/tandem.yaml"
            let text = try String(contentsOfFile: file, encoding: .utf8)

            try (text + "    schedule: { orders: 0s }\n").write(toFile: file, atomically: true, encoding: .utf8)
            process.signal(SIGHUP)
            #expect(
                TandemProcess.eventually(within: 20) { process.errorOutput.contains("The service goes on as before") },
                "\(process.errorOutput)")

            try (text + "    schedule: { orders: 10s }\n").write(toFile: file, atomically: true, encoding: .utf8)
            process.signal(SIGHUP)
            #expect(
                TandemProcess.eventually(within: 20) {
                    process.errorOutput.contains("connections.main.schedule.orders: 10s, was not set")
                }, "\(process.errorOutput)")
            // Five minutes would be the default.
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            #expect(
                try TandemProcess.eventually(within: 40) {
                    try fakes.ongoing("/orders?goodsOwnerId=\(fakes.goodsOwner)&orderNumber=1042").array?.isEmpty == false
                }, "\(process.errorOutput)")
            process.terminate()
            #expect(try process.exitCode(within: 12) == 0, "\(process.errorOutput)")
        }

        #if os(Linux)
            /// `F_SETPIPE_SZ`, which is not imported.
            private static let setPipeSize: Int32 = 1031

            /// Nobody reads the log, and the engine goes on; whoever reads again is told how much is missing.
            @Test func aFullLogPipeDoesNotStopTheEngine() throws {
                #expect(try fakes.take("rackbeat.book-order", fiveChairs))
                let pipe = Pipe()
                _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, Self.setPipeSize, 4096)
                let engine = try Operator(of: fakes, in: folder.path, settings: ["schedule: { orders: 10s, shipments: 10s }"])
                let process = try TandemProcess(
                    ["sync", "--log-level", "debug"], in: engine.folder, environment: engine.environment,
                    errors: pipe.fileHandleForWriting)
                #expect(try TandemProcess.eventually(within: 60) { try !engine.openJobs() })
                #expect(try fakes.ongoing("/orders?goodsOwnerId=\(fakes.goodsOwner)&orderNumber=1042").array?.isEmpty == false)
                var log = Data()
                #expect(
                    TandemProcess.eventually(within: 40) {
                        log += pipe.fileHandleForReading.availableData
                        return String(decoding: log, as: UTF8.self).contains("dropped, because nobody read them")
                    })
                // Nobody reads on from here.
                process.terminate()
                #expect(try process.exitCode(within: 12) == 0)
            }
        #endif
    }
}
