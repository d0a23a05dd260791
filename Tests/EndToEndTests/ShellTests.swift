import Foundation
import JSON
import Stage
import Testing

extension EndToEndTests {
    /// One order through real processes: the README's curl example as a test.
    @Suite(.timeLimit(.minutes(5))) struct ShellTests {
        private let folder: TemporaryFolder
        private let fakes: Fakes
        private let engine: Operator

        init() throws {
            folder = try TemporaryFolder()
            fakes = try Fakes(world: smallWorld, in: folder.path)
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            engine = try Operator(of: fakes, in: folder.path)
        }

        @Test func whatIsPickedAndSentIsShippedInRackbeat() throws {
            let first = try engine.run("sync", "--once")
            #expect(first.code == 0, "\(first.errorOutput)")
            #expect(first.output.contains("main  orders"))
            #expect(try fakes.take("ongoing.pick", ["order": "1042", "lines": ["1": 3]]))
            #expect(try fakes.take("ongoing.send", ["order": "1042"]))
            let second = try engine.run("sync", "--once", "--json")
            #expect(second.code == 0, "\(second.errorOutput)")
            let shipments = try JSON.parse(second.output)["jobs"]?.array?.first { $0["job"]?.string == "shipments" }
            #expect(shipments?["outcome"]?.string == "done")
            #expect(shipments?["summary"]?.string?.contains("1 booked") == true)
            let order = try fakes.rackbeatOrder(1042)
            #expect(order["is_partly_shipped"]?.bool == true)
            #expect(order.at("lines", 0, "quantity_shipped")?.number?.text == "3")
            #expect(try fakes.violatedInvariants() == nil)
        }

        @Test func aDryRunWritesNothingAnywhere() throws {
            let table = try engine.run("sync", "--dry-run")
            #expect(table.code == 0, "\(table.errorOutput)")
            #expect(table.output.contains("orders: create order 1042 in Ongoing"), "\(table.output)")
            #expect(table.output.hasSuffix("would be written; nothing was, neither there nor in the journal.\n"))
            #expect(!FileManager.default.fileExists(atPath: engine.journal), "a dry run creates no journal")
            #expect(try fakes.writes() == [])

            #expect(try engine.run("sync", "--once").code == 0)
            let written = try fakes.writes()
            _ = try fakes.take("ongoing.pick", ["order": "1042"])
            _ = try fakes.take("ongoing.send", ["order": "1042"])
            let before = try engine.journalBytes()
            let told = try engine.run("sync", "--dry-run", "--json")
            let actions = try JSON.parse(told.output)["writes"]?.array?.map { $0["job"]?.string ?? "" }
            #expect(actions?.contains("shipments") == true, "\(told.output)")
            #expect(try engine.journalBytes() == before)
            #expect(try fakes.writes() == written)
        }

        @Test func aSecondProcessLearnsWhoHoldsTheJournal() throws {
            let service = try engine.start("sync")
            #expect(TandemProcess.eventually(within: 30) { service.errorOutput.contains("started: ") })
            let second = try engine.run("sync", "--once")
            #expect(second.code == 2)
            #expect(second.errorOutput.contains("is held by process \(service.identifier) on "), "\(second.errorOutput)")
            #expect(second.errorOutput.contains("two engines on one journal would book twice"))
            service.terminate()
            #expect(try service.exitCode(within: 30) == 0)
            #expect(try engine.run("sync", "--once").code == 0)
        }

        /// The commands write to the journal beside the running engine, whose next run reads it.
        @Test func statusAndRetryWorkBesideARunningService() throws {
            #expect(try engine.run("sync", "--once").code == 0)
            // Picked goods cannot be cancelled: somebody has to speak with the warehouse.
            #expect(try fakes.take("ongoing.pick", ["order": "1042"]))
            #expect(try fakes.take("rackbeat.cancel-order", ["order": 1042]))
            let service = try engine.start("sync")
            #expect(try TandemProcess.eventually(within: 30) { try engine.status()["parked"]?.array?.isEmpty == false })
            let status = try engine.run("status")
            #expect(status.code == 1)
            #expect(status.output.contains("main/orders 1042"), "\(status.output)")
            #expect(status.output.hasSuffix("1 record is parked.\n"), "\(status.output)")
            let id = try #require(try engine.status().at("parked", 0, "id")?.int)
            let retry = try engine.run("retry", "\(id)")
            #expect(retry.output == "1 record will be retried in the next run of its job.\n", "\(retry.errorOutput)")
            #expect(retry.code == 0)
            let stranger = try engine.run("retry", "\(id + 1000)")
            #expect(stranger.output == "There is no parked record \(id + 1000): see 'tandem status'.\n")
            #expect(stranger.code == 2)
            #expect(try engine.run("retry", "--dismiss", "\(id)", "--why", "Agreed by telephone").code == 0)
            #expect(try engine.run("status").code == 0)
            #expect(service.isRunning)
            service.terminate()
            #expect(try service.exitCode(within: 30) == 0)
        }

        @Test func anUnreachableEndpointEndsWithThree() throws {
            try fakes.process.killNow()
            let round = try engine.run("sync", "--once")
            #expect(round.code == 3)
            #expect(round.output.contains("unreachable"))
            #expect(round.output.contains("Nothing changed in Rackbeat."), "\(round.output)")
            #expect(try engine.run("verify").code == 3)
            #expect(try engine.run("drift").code == 3)
            #expect(try engine.run("sync", "--dry-run").code == 3)
        }

        @Test func verifyAndDriftReadBothSystems() throws {
            let verify = try engine.run("verify")
            #expect(verify.code == 0, "\(verify.output)\(verify.errorOutput)")
            #expect(verify.output.split(separator: "\n").last?.hasPrefix("ready: ") == true, "\(verify.output)")
            #expect(try fakes.writes() == [], "without --allow-writes only GET is sent")
            let report = try JSON.parse(try engine.run("verify", "--format", "json").output)
            #expect(report["verdict"] == "ready")
            #expect(report["findings"]?.array?.isEmpty == false)

            #expect(try engine.run("drift").output == "connection main\n  2 items, all equal.\n")
            _ = try fakes.take("ongoing.move-unrecorded", ["item": "CHAIR-01", "change": -1])
            let drift = try engine.run("drift", "--json")
            #expect(drift.code == 1)
            let row = try JSON.parse(drift.output).array?.first?["rows"]?.array?.first
            #expect(row?["item"]?.string == "CHAIR-01")
            #expect(row?["unexplained"]?.number?.text == "-1")
        }
    }
}
