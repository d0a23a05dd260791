import Foundation
import Testing

@testable import tandem

/// The same engine and the same fakes, once called in process and once over real HTTP.
struct TransportTests {
    private func report(_ arguments: String...) -> (ending: Ending, text: String) {
        let output = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, complain: { output.text += $0 }, isColoured: false, showsProgress: false)
        return (Main.run(["run", "--format", "json"] + arguments, on: terminal), output.text)
    }

    private final class Box {
        var text = ""
    }

    /// Time is simulated either way and every fault happens, so nothing in the report may differ: the digest covers each exchange
    /// with its times, bodies and failures. The folders have every kind of trouble and of sabotage; `.ci/run` compares all of them.
    @Test(arguments: ["trouble", "negative"]) func overSocketsTheReportIsTheSameToTheByte(folder: String) {
        let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Scenarios/\(folder)").path()
        let inProcess = report(path)
        let overSockets = report("--transport", "sockets", path)
        #expect(inProcess.ending == .allHeld)
        #expect(overSockets.ending == .allHeld)
        #expect(overSockets.text == inProcess.text)
    }

    @Test func aTimeScaleIsAWholeNumberThatTimeCanStand() {
        for scale in ["0", "-3", "1001", "2.5"] {
            #expect(report("--transport", "sockets", "--time-scale=\(scale)").ending == .badInput)
        }
    }
}
