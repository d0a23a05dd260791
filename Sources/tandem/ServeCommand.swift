import ArgumentParser
import Control
import Dispatch
import Exchange
import FoundationEssentials
import JSON
import ScenarioKit
import Sockets
import StrictYAML
import Units

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

struct ServeCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve both fakes and a control API, for any client in any language.",
        discussion: """
            Prints one line of JSON with the addresses and credentials when both fakes and the control API are ready; messages go to stderr. Runs until \
            SIGINT or SIGTERM, and exits with 0.
            """)

    enum Clock: String, ExpressibleByArgument, CaseIterable {
        case real, virtual
    }

    @Argument(help: "Scenario file with the world to serve. Default: a small demo world.")
    var scenario: String?

    @Flag(help: "Addresses and credentials as export lines for a shell instead of JSON.")
    var env = false

    @Option(help: ArgumentHelp("Port of the Rackbeat fake; 0: any free port.", valueName: "port"))
    var rackbeatPort = 0

    @Option(help: ArgumentHelp("Port of the Ongoing fake.", valueName: "port"))
    var ongoingPort = 0

    @Option(help: ArgumentHelp("Port of the control API.", valueName: "port"))
    var controlPort = 0

    @Option(
        help: ArgumentHelp("Address to listen on. Beyond this machine the control API needs a token.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: "Clock; a virtual one stands still until the control API moves it.")
    var clock = Clock.real

    @Option(help: ArgumentHelp("Rackbeat's bearer token. Default: a new one at each start.", valueName: "token"))
    var rackbeatToken: String?

    @Option(help: ArgumentHelp("Ongoing's user name.", valueName: "name"))
    var ongoingUser = "WSI-demo"

    @Option(help: ArgumentHelp("Ongoing's password. Default: a new one at each start.", valueName: "password"))
    var ongoingPassword: String?

    @Option(help: ArgumentHelp("Goods owner of the first connection. Default: the scenario's.", valueName: "number"))
    var goodsOwner: Int?

    @Option(
        help: ArgumentHelp(
            "Bearer token of the control API. Default: TANDEM_CONTROL_TOKEN.",
            valueName: "token"))
    var controlToken: String?

    @Flag(help: "Webhooks to other machines too, not only to this one.")
    var webhooksAnywhere = false

    func validate() throws {
        for (name, port) in [("rackbeat", rackbeatPort), ("ongoing", ongoingPort), ("control", controlPort)]
        where !(0...65_535).contains(port) {
            throw ValidationError("--\(name)-port: expected a port from 0 to 65535, not \(port)")
        }
        for (name, secret) in [
            ("rackbeat-token", rackbeatToken), ("ongoing-user", ongoingUser), ("ongoing-password", ongoingPassword),
            ("control-token", controlToken),
        ] where secret.map({ $0.isEmpty || !$0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }) ?? false {
            throw ValidationError("--\(name): expected visible ASCII characters without spaces")
        }
        if ongoingUser.contains(":") { throw ValidationError("--ongoing-user: expected a name without a colon") }
        if let goodsOwner, goodsOwner < 1 { throw ValidationError("--goods-owner: expected a number from 1") }
    }

    func perform(on terminal: Terminal) throws -> ExitReason {
        let control = try makeControl()
        // Before the first thread starts: all threads inherit the mask, so the signals wait for this one.
        let signals = EndSignals()
        let servers = try listen(with: control)
        terminal.print(env ? Self.exports(control.readyLine) : control.readyLine + "\n")
        terminal.printError("serving until SIGINT or SIGTERM\n")
        let webhookSender = WebhookSender(control)
        terminal.printError("stopping: \(signals.wait())\n")
        signals.letEnd(within: StopDeadline.limit)
        webhookSender.stop()
        Self.stop(servers)
        return .allHeld
    }

    /// The members of the line of JSON as variables. Without the prefix of the variables that configurations read.
    static func exports(_ readyLine: String) -> String {
        let addresses = (try? JSON.parse(readyLine))?.object ?? [:]
        let names = [
            "rackbeat": "RACKBEAT_URL", "rackbeatToken": "RACKBEAT_TOKEN", "ongoing": "ONGOING_URL",
            "ongoingUser": "ONGOING_USER", "ongoingPassword": "ONGOING_PASSWORD", "goodsOwnerId": "ONGOING_GOODS_OWNER",
            "control": "CONTROL_URL",
        ]
        return addresses.map { member in
            let value = member.value.string ?? member.value.number?.text ?? ""
            return names[member.name].map { "export \($0)=\(value.quotedForShell)\n" } ?? ""
        }.joined()
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
                "\(host) can be reached from other machines, so the control API needs a token: set --control-token or "
                    + "TANDEM_CONTROL_TOKEN")
        }
        do {
            return try Control(settings, environment: ControlEnvironment(now: WallClock.time, secret: Self.secret))
        } catch let problem as Problem {
            throw UsageError("\(problem)")
        }
    }

    private func readScenario() throws -> Scenario? {
        guard let scenario else { return nil }
        do { return try ScenarioReader.read(path: scenario) } catch { throw UsageError("\(error)") }
    }

    private func listen(with control: Control) throws -> [SocketServer] {
        var limits = SocketServer.Limits()
        limits.leaveDescriptors(servers: 3)
        do {
            let rackbeat = try SocketServer.start(host: host, port: rackbeatPort, limits: limits) {
                control.respond(to: $0, as: .rackbeat)
            }
            let ongoing = try SocketServer.start(host: host, port: ongoingPort, limits: limits) {
                control.respond(to: $0, as: .ongoing)
            }
            let api = try SocketServer.start(host: host, port: controlPort, limits: limits) { .response(control.respond(to: $0)) }
            control.listens(
                at: Origins(rackbeat: origin(rackbeat.port), ongoing: origin(ongoing.port), control: origin(api.port)))
            return [rackbeat, ongoing, api]
        } catch let failure as SocketServer.StartFailure {
            throw UsageError("\(failure)")
        }
    }

    /// Stops all at once, so that requests in flight at each have the same time to finish.
    private static func stop(_ servers: [SocketServer]) {
        let stopped = DispatchGroup()
        let queues = servers.map { server in
            let queue = SerialQueue()
            stopped.enter()
            queue.submit {
                server.stop(within: .milliseconds(1200))
                stopped.leave()
            }
            return queue
        }
        withExtendedLifetime(queues) { stopped.wait() }
    }

    private var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    /// The wildcard address is not one that clients can call.
    private func origin(_ port: Int) -> String {
        "http://" + (host == "0.0.0.0" || host == "::" ? "127.0.0.1" : bracketedHost) + ":\(port)"
    }

    @Sendable private static func secret() -> String {
        let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return String((0..<32).map { _ in letters.randomElement()! })
    }
}

/// The signals that end a service, blocked until they are waited for.
private struct EndSignals {
    private var set = sigset_t()

    init() {
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        pthread_sigmask(SIG_BLOCK, &set, nil)
        // A receiver that hangs up shows as an error of the write.
        signal(SIGPIPE, SIG_IGN)
        // Nor is a terminal that is closed a reason to stop.
        signal(SIGHUP, SIG_IGN)
    }

    /// From here on a signal ends the process at once, and so does the time: a request may keep a world busy for long.
    func letEnd(within limit: DispatchTimeInterval) {
        var set = set
        signal(SIGINT, SIG_DFL)
        signal(SIGTERM, SIG_DFL)
        pthread_sigmask(SIG_UNBLOCK, &set, nil)
        DispatchQueue.global().asyncAfter(deadline: .now() + limit) { _exit(ExitReason.allHeld.rawValue) }
    }

    /// - Returns: The name of the signal.
    func wait() -> String {
        var set = set
        var number: Int32 = 0
        while sigwait(&set, &number) != 0 {}
        return number == SIGINT ? "SIGINT" : "SIGTERM"
    }
}

/// Delivers webhooks, a few at a time, so that a slow receiver delays neither a world nor all other receivers.
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
