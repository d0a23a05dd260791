import ArgumentParser
import Control
import Exchange
import FoundationEssentials
import ScenarioKit
import Sockets
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ServeCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves both stand-ins and a control API on ports of their own, for any client in any language.",
        discussion: """
            When all three answer, one line of JSON with the addresses and the credentials is printed, and nothing else; whatever \
            there is to say goes to the error output. It ends with SIGINT or SIGTERM, and with 0.
            """)

    enum Clock: String, ExpressibleByArgument, CaseIterable {
        case real, virtual
    }

    @Argument(help: "A scenario file whose world is served. Without it: a small demo world.")
    var scenario: String?

    @Option(help: "The port of the stand-in for Rackbeat; 0 is any free one.")
    var rackbeatPort = 0

    @Option(help: "The port of the stand-in for Ongoing.")
    var ongoingPort = 0

    @Option(help: "The port of the control API.")
    var controlPort = 0

    @Option(help: "The address to listen on. Beyond this machine the control API takes a token.")
    var host = "127.0.0.1"

    @Option(help: "real, or virtual: time stands still until the control API moves it.")
    var clock = Clock.real

    @Option(help: ArgumentHelp("Rackbeat's bearer token. Default: another one at each start.", valueName: "token"))
    var rackbeatToken: String?

    @Option(help: ArgumentHelp("Ongoing's user.", valueName: "name"))
    var ongoingUser = "WSI-demo"

    @Option(help: ArgumentHelp("Ongoing's password. Default: another one at each start.", valueName: "password"))
    var ongoingPassword: String?

    @Option(help: ArgumentHelp("The goods owner of the first connection. Default: the scenario's.", valueName: "number"))
    var goodsOwner: Int?

    @Option(
        help: ArgumentHelp(
            "What callers of the control API must present as bearer token; TANDEM_CONTROL_TOKEN says the same.",
            valueName: "token"))
    var controlToken: String?

    @Flag(help: "Delivers webhooks to other machines too, not only to this one.")
    var webhooksAnywhere = false

    func validate() throws {
        for (name, port) in [("rackbeat", rackbeatPort), ("ongoing", ongoingPort), ("control", controlPort)]
        where !(0...65_535).contains(port) {
            throw ValidationError("--\(name)-port: a port from 0 to 65535 was expected, not \(port)")
        }
        for (name, secret) in [
            ("rackbeat-token", rackbeatToken), ("ongoing-user", ongoingUser), ("ongoing-password", ongoingPassword),
            ("control-token", controlToken),
        ] where secret.map({ $0.isEmpty || !$0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }) ?? false {
            throw ValidationError("--\(name): visible letters without spaces were expected")
        }
        if ongoingUser.contains(":") { throw ValidationError("--ongoing-user: a name without a colon was expected") }
        if let goodsOwner, goodsOwner < 1 { throw ValidationError("--goods-owner: a number from 1 was expected") }
    }

    func perform(on terminal: Terminal) throws -> Ending {
        let control = try makeControl()
        // Before the first thread is made: all threads inherit the mask, so that the signals wait for us.
        let signals = EndSignals()
        let servers = try listen(with: control)
        terminal.print(control.readyLine + "\n")
        terminal.complain("serving; SIGINT or SIGTERM ends it\n")
        let postman = WebhookSender(control)
        terminal.complain("ending: \(signals.wait())\n")
        postman.stop()
        Self.stop(servers)
        return .allHeld
    }

    private func makeControl() throws -> Control {
        var settings = ControlSettings(scenario: try readScenario())
        settings.isTimeVirtual = clock == .virtual
        settings.rackbeatToken = rackbeatToken
        settings.ongoingUser = ongoingUser
        settings.ongoingPassword = ongoingPassword
        settings.goodsOwner = goodsOwner
        settings.deliversAnywhere = webhooksAnywhere
        settings.controlToken = controlToken ?? ProcessInfo.processInfo.environment["TANDEM_CONTROL_TOKEN"]
        guard settings.controlToken?.isEmpty == false || WebhookTarget("http://\(bracketedHost)/")?.isLoopback == true else {
            throw UsageError(
                "\(host) can be reached from other machines: --control-token or TANDEM_CONTROL_TOKEN must say what callers of the "
                    + "control API are to present")
        }
        do {
            return try Control(settings, outside: Outside(now: WallTime.now, secret: Self.secret))
        } catch let problem as Problem {
            throw UsageError("\(problem)")
        }
    }

    private func readScenario() throws -> Scenario? {
        guard let scenario else { return nil }
        do { return try ScenarioReader.read(path: scenario) } catch { throw UsageError("\(error)") }
    }

    private func listen(with control: Control) throws -> [SocketServer] {
        do {
            let rackbeat = try SocketServer.start(host: host, port: rackbeatPort) { control.answer($0, as: .rackbeat) }
            let ongoing = try SocketServer.start(host: host, port: ongoingPort) { control.answer($0, as: .ongoing) }
            let api = try SocketServer.start(host: host, port: controlPort) { .response(control.answer($0)) }
            control.listens(
                at: Origins(rackbeat: origin(rackbeat.port), ongoing: origin(ongoing.port), control: origin(api.port)))
            return [rackbeat, ongoing, api]
        } catch let failure as SocketServer.StartFailure {
            throw UsageError("\(failure)")
        }
    }

    /// All at once, so that what is under way anywhere has the same time to come to its end.
    private static func stop(_ servers: [SocketServer]) {
        let left = Countdown(servers.count)
        let queues = servers.map { server in
            let queue = SerialQueue()
            queue.submit {
                server.stop(within: .milliseconds(1200))
                left.countDown()
            }
            return queue
        }
        withExtendedLifetime(queues) { left.wait() }
    }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    /// An address that stands for all of this machine's is none to call.
    private func origin(_ port: Int) -> String {
        "http://" + (host == "0.0.0.0" || host == "::" ? "127.0.0.1" : bracketedHost) + ":\(port)"
    }

    @Sendable private static func secret() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<32).map { _ in letters.randomElement()! })
    }
}

/// The signals that end a service, held back until somebody waits for them.
private struct EndSignals {
    private var set = sigset_t()

    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        // A receiver that hangs up is told by the call that wrote to it.
        signal(SIGPIPE, SIG_IGN)
    }

    /// Returns the name of the one that came.
    func wait() -> String {
        var set = set
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number == SIGINT ? "SIGINT" : "SIGTERM"
    }
}

/// Lets one thread wait until others have done their part.
private final class Countdown: Sendable {
    private let left: Mutex<Int>

    init(_ count: Int) { left = Mutex(count) }

    func countDown() { left.withLock { $0 -= 1 } }

    func wait() {
        while left.withLock({ $0 > 0 }) { usleep(5000) }
    }
}

/// Delivers webhooks, a few at a time, so that a receiver that takes its time holds up neither a world nor all others.
private final class WebhookSender: Sendable {
    private let round: Task<Void, Never>

    init(_ control: Control) {
        let queues = (0..<4).map { _ in SerialQueue() }
        round = Task.detached {
            var next = 0
            while !Task.isCancelled {
                for post in control.takeDueWebhooks() {
                    queues[next % queues.count].submit { control.posted(post, Self.send(post)) }
                    next += 1
                }
                try? await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    func stop() { round.cancel() }

    private static func send(_ post: Control.Post) -> DeliveryOutcome {
        do {
            return .answered(status: try SocketTransport(to: post.target.origin).send(post.request).status)
        } catch {
            return .noResponse("\(error)")
        }
    }
}
