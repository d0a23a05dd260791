import Testing

@testable import tandem

/// What `tandem serve` refuses before it opens a port.
struct ServeCommandTests {
    private func serve(_ arguments: [String]) -> (ending: Ending, output: String, complaints: String) {
        let output = Box()
        let complaints = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, complain: { complaints.text += $0 }, isColoured: false, showsProgress: false)
        return (Main.run(["serve"] + arguments, on: terminal), output.text, complaints.text)
    }

    private final class Box {
        var text = ""
    }

    /// Whoever can reach the control API can do anything to the worlds, and has webhooks posted.
    @Test(arguments: ["0.0.0.0", "::", "192.168.1.5"])
    func beyondLoopbackTheControlAPITakesAToken(host: String) {
        let refused = serve(["--host", host])
        #expect(refused.ending == .badInput)
        #expect(refused.output.isEmpty)
        #expect(refused.complaints.contains("--control-token"))
    }

    @Test(arguments: [
        ["--control-port", "70000"], ["--rackbeat-token", "a b"], ["--ongoing-user", "a:b"], ["--goods-owner", "0"],
        ["--clock", "lunar"], ["no-such-file.yaml"],
    ])
    func whatCannotBeServedIsSaid(arguments: [String]) {
        let refused = serve(arguments)
        #expect(refused.ending == .badInput)
        #expect(refused.output.isEmpty)
        #expect(!refused.complaints.isEmpty)
    }
}
