import Contract
package import Exchange
import HTTPTypes
import JSON
import OngoingFake
import RackbeatFake
import Simulation
import Units

/// Sends valid and mutated requests to a fake, and checks every response against the contract.
///
/// Each round has a world of its own and can be repeated alone: same seed, same round, same requests. Every other round uses other
/// assumptions than the default, since each alternative has responses of its own.
package struct FakeFuzz {
    package let system: System
    package let seed: UInt64
    /// Called with each request before it is sent. When a fake traps, the process ends, and the last line names the request.
    package var trace: ((String) -> Void)?

    package init(_ system: System, seed: UInt64, trace: ((String) -> Void)? = nil) {
        self.system = system
        self.seed = seed
        self.trace = trace
    }

    /// Figures of a round.
    package struct Tally {
        package var requests = 0
        /// Responses by the hundreds of their status.
        package var responses: [Int: Int] = [:]
        /// The operations that were carried out at least once.
        package var succeeded: Set<String> = []

        package mutating func add(_ other: Tally) {
            requests += other.requests
            responses.merge(other.responses, uniquingKeysWith: +)
            succeeded.formUnion(other.succeeded)
        }

        package init() {}
    }

    /// - Returns: The first wrong response; `nil` when all are right.
    package func run(round: Int, requests: Int, into tally: inout Tally) -> FuzzFinding? {
        let chance = Chance(seed: seed)
        var random = chance.generator(for: "\(system) round \(round)")
        let choices = round.isMultiple(of: 2) ? [:] : Self.choices(for: system, using: &random)
        let world = FuzzedWorld(system, choices: choices)
        let forge = ContractForge(system)
        let operations = forge.document.operations
        let observer = Observer()
        for number in 1...requests {
            world.advance(using: &random)
            let operation = random.pick(operations)
            let optional = random.pick([1, 3, 8])
            let forged = forge.request(
                for: operation, headers: world.headers, pool: world.pool, optional: Int64(optional), using: &random)
            let isUnmodified = random.once(in: 3)
            var request = forged.request(basePath: world.basePath)
            if !isUnmodified {
                var mutation = RequestMutation(SeededRandom(seed: random.next()))
                request = mutation.mutate(forged, basePath: world.basePath)
            }
            trace?("\(system) round \(round) #\(number) \(FuzzFinding.text(of: request))")
            let response = world.answer(request)
            tally.requests += 1
            tally.responses[response.status / 100, default: 0] += 1
            if response.isSuccess { tally.succeeded.insert(operation.identifier) }
            var problems = Self.problems(request, response, world, observer, isUnmodified: isUnmodified)
            if number.isMultiple(of: 250) || number == requests { problems += world.imbalances }
            guard problems.isEmpty else {
                return FuzzFinding(
                    system: system, seed: seed, round: round, number: number, request: request, response: response,
                    problems: problems, choices: choices)
            }
            if response.isSuccess, let json = try? JSON.parse(response.body) { world.pool.gather(json) }
        }
        return nil
    }

    /// Some alternatives of the assumptions, chosen at random.
    private static func choices(for system: System, using random: inout SeededRandom) -> [String: String] {
        var choices: [String: String] = [:]
        for assumption in AssumptionLedger.standard.assumptions(about: system) {
            let others = assumption.alternatives.filter { $0 != assumption.defaultChoice && assumption.accepts($0) }
            if !others.isEmpty, random.once(in: 4) { choices[assumption.key] = random.pick(others) }
        }
        return choices
    }

    // MARK: Checks of every response

    static func problems(
        _ request: Request, _ response: Response, _ world: FuzzedWorld, _ observer: Observer, isUnmodified: Bool
    ) -> [String] {
        var problems: [String] = []
        if response.status >= 500 { problems.append("the status is \(response.status)") }
        if request.method == .head {
            if !response.body.isEmpty { problems.append("the response to HEAD has a body") }
            return problems
        }
        let exchange = Exchanged(
            number: 1, system: world.system, connection: "", request: request, outcome: .response(response), served: response,
            startedAt: world.now, endedAt: world.now)
        for violation in observer.violations(in: exchange, basePath: world.basePath)
        where isUnmodified || violation.side == .response {
            problems.append("\(violation)")
        }
        if response.status == 405, response.headers[.allow] == nil { problems.append("405 without Allow") }
        if response.status >= 400, !response.body.isEmpty { problems += refusalProblems(response, world.system) }
        return problems
    }

    /// A refusal has the vendor's shape, also where the contract has no such path.
    private static func refusalProblems(_ response: Response, _ system: System) -> [String] {
        guard response.saysJSON, let json = try? JSON.parse(response.body), let object = json.object else {
            return ["the refusal is no JSON object"]
        }
        let known = system == .rackbeat ? ["message", "errors"] : ["message", "modelState"]
        return object.names.filter { !known.contains($0.prefix(1).lowercased() + $0.dropFirst()) }
            .map { "the refusal has a member '\($0)'" }
    }
}
