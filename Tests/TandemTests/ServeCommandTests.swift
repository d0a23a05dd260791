import Testing

@testable import tandem

/// Options that `tandem serve` refuses before it opens a port.
struct ServeCommandTests {
    private func serve(_ arguments: [String]) -> (status: ExitReason, output: String, errors: String) {
        let output = Box()
        let errors = Box()
        let terminal = Terminal(
            print: { output.text += $0 }, printError: { errors.text += $0 }, isColoured: false, showsProgress: false)
        return (Main.run(["serve"] + arguments, on: terminal), output.text, errors.text)
    }

    private final class Box {
        var text = ""
    }

    /// Anyone who reaches the control API can change the worlds and send webhooks.
    @Test(arguments: ["0.0.0.0", "::", "192.168.1.5"])
    func beyondLoopbackTheControlAPINeedsAToken(host: String) {
        let refused = serve(["--host", host])
        #expect(refused.status == .usage)
        #expect(refused.output.isEmpty)
        #expect(refused.errors.contains("--control-token"))
    }

    @Test(arguments: [
        ["--control-port", "70000"], ["--rackbeat-token", "a b"], ["--ongoing-user", "a:b"], ["--goods-owner", "0"],
        ["--clock", "lunar"], ["no-such-file.yaml"],
    ])
    func optionsThatCannotBeServedAreRefused(arguments: [String]) {
        let refused = serve(arguments)
        #expect(refused.status == .usage)
        #expect(refused.output.isEmpty)
        #expect(!refused.errors.isEmpty)
    }
}
