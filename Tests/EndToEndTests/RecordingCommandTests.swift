import Foundation
import JSON
import Stage
import Testing

extension EndToEndTests {
    /// A recording as an operator makes it, and what is made of it.
    @Suite(.timeLimit(.minutes(5))) struct RecordingCommandTests {
        @Test func aRecordingIsCheckedAndMadeAScenarioOf() throws {
            let folder = try TemporaryFolder()
            let fakes = try Fakes(world: smallWorld, in: folder.path)
            #expect(try fakes.take("rackbeat.book-order", fiveChairs))
            let engine = try Operator(of: fakes, in: folder.path)
            #expect(try engine.run("sync", "--once", "--record", "rec").code == 0)
            #expect(try fakes.take("ongoing.pick", ["order": "1042"]))
            #expect(try fakes.take("ongoing.send", ["order": "1042"]))
            #expect(try engine.run("sync", "--once", "--record", "rec").code == 0)

            let files = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/rec").sorted()
            #expect(files.count == 3, "two starts and the key: \(files)")
            for file in files {
                let path = "\(folder.path)/rec/\(file)"
                let text = try String(contentsOfFile: path, encoding: .utf8)
                for secret in [fakes.rackbeatToken, fakes.ongoingPassword, fakes.ongoingUser, "stage@example.test", "CHAIR-01"] {
                    #expect(!text.contains(secret), "\(file)")
                }
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                #expect(mode == 0o600, "\(file)")
            }

            let check = try engine.run("contract", "check", "rec")
            #expect(check.code == 0, "\(check.output)")
            #expect(check.output.hasSuffix(" exchanges are as the contract says.\n"), "\(check.output)")
            let written = try engine.run("scenario", "from", "rec", "--order", "1042", "--output", "order.yaml")
            #expect(written.code == 0, "\(written.errorOutput)")
            let text = try String(contentsOfFile: "\(folder.path)/order.yaml", encoding: .utf8)
            #expect(text.contains("ongoing.pick:"), "\(text)")
            let run = try engine.run("run", "order.yaml")
            #expect(run.code == 0, "\(run.output)\n\(text)")
            let world = try engine.run("run", "--world-from", "rec")
            #expect(world.code == 0, "\(world.output)")
            try "steps:\n  - engine.reconcile\n".write(toFile: "\(folder.path)/more.yaml", atomically: true, encoding: .utf8)
            let more = try engine.run("run", "--world-from", "rec", "more.yaml")
            #expect(more.code == 0, "\(more.output)\(more.errorOutput)")
            let unknown = try engine.run("scenario", "from", "rec", "--order", "4711")
            #expect(unknown.code == 2)
            #expect(unknown.errorOutput.contains("rec shows no order 4711 with its lines."), "\(unknown.errorOutput)")
            #expect(try engine.run("contract", "rackbeat").output.hasPrefix("{"), "without a subcommand it prints as ever")
        }
    }
}
