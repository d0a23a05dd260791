import Contract
package import Exchange
import HTTPTypes
import JSON
import OngoingFake
import RackbeatFake
import Simulation
import Units

/// Throws requests at a fake, well-formed and spoilt, and holds every answer against the contract.
///
/// A round is a world of its own, so that any can be played again alone: same seed, same round, same requests. In every other round
/// the fake believes something else than by default, since each choice has answers of its own.
package struct FakeFuzz {
    package let system: System
    package let seed: UInt64
    /// Told of each request before it is sent: a trap in a fake ends the process, and the last line says by what.
    package var trace: ((String) -> Void)?

    package init(_ system: System, seed: UInt64, trace: ((String) -> Void)? = nil) {
        self.system = system
        self.seed = seed
        self.trace = trace
    }

    /// What a round came to.
    package struct Tally {
        package var requests = 0
        /// Answers by the hundreds of their status.
        package var answers: [Int: Int] = [:]
        /// The operations that were carried out at least once.
        package var succeeded: Set<String> = []

        package mutating func add(_ other: Tally) {
            requests += other.requests
            answers.merge(other.answers, uniquingKeysWith: +)
            succeeded.formUnion(other.succeeded)
        }

        package init() {}
    }

    /// - Returns: The first answer that was wrong; `nil` when all were right.
    package func play(round: Int, requests: Int, into tally: inout Tally) -> FuzzFinding? {
        let chance = Chance(seed: seed)
        var random = chance.generator(for: "\(system) round \(round)")
        let choices = round.isMultiple(of: 2) ? [:] : Self.choices(for: system, using: &random)
        let world = FuzzedWorld(system, choices: choices)
        let forge = ContractForge(system)
        let operations = forge.document.operations
        let observer = Observer()
        for number in 1...requests {
            world.live(using: &random)
            let operation = random.pick(operations)
            let optional = random.pick([1, 3, 8])
            let forged = forge.request(
                for: operation, headers: world.headers, pool: world.pool, optional: Int64(optional), using: &random)
            let isUnmodified = random.once(in: 3)
            var request = forged.request(basePath: world.basePath)
            if !isUnmodified {
                var mutation = RequestMutation(SeededRandom(seed: random.next()))
                request = mutation.spoil(forged, basePath: world.basePath)
            }
            trace?("\(system) round \(round) #\(number) \(FuzzFinding.text(of: request))")
            let response = world.answer(request)
            tally.requests += 1
            tally.answers[response.status / 100, default: 0] += 1
            if response.isSuccess { tally.succeeded.insert(operation.identifier) }
            var complaints = Self.complaints(request, response, world, observer, isUnmodified: isUnmodified)
            if number.isMultiple(of: 250) || number == requests { complaints += world.imbalances }
            guard complaints.isEmpty else {
                return FuzzFinding(
                    system: system, seed: seed, round: round, number: number, request: request, response: response,
                    complaints: complaints, choices: choices)
            }
            if response.isSuccess, let json = try? JSON.parse(response.body) { world.pool.gather(json) }
        }
        return nil
    }

    /// A profile that differs from the default here and there.
    private static func choices(for system: System, using random: inout SeededRandom) -> [String: String] {
        var choices: [String: String] = [:]
        for assumption in AssumptionLedger.standard.assumptions(about: system) {
            let others = assumption.alternatives.filter { $0 != assumption.defaultChoice && assumption.accepts($0) }
            if !others.isEmpty, random.once(in: 4) { choices[assumption.key] = random.pick(others) }
        }
        return choices
    }

    // MARK: What is asked of every answer

    static func complaints(
        _ request: Request, _ response: Response, _ world: FuzzedWorld, _ observer: Observer, isUnmodified: Bool
    ) -> [String] {
        var complaints: [String] = []
        if response.status >= 500 { complaints.append("the status is \(response.status)") }
        if request.method == .head {
            if !response.body.isEmpty { complaints.append("the answer to HEAD has a body") }
            return complaints
        }
        let exchange = Exchanged(
            number: 1, system: world.system, connection: "", request: request, outcome: .response(response), served: response,
            startedAt: world.now, endedAt: world.now)
        for violation in observer.violations(in: exchange, basePath: world.basePath)
        where isUnmodified || violation.side == .response {
            complaints.append("\(violation)")
        }
        if response.status == 405, response.headers[.allow] == nil { complaints.append("405 without Allow") }
        if response.status >= 400, !response.body.isEmpty { complaints += refusalComplaints(response, world.system) }
        return complaints
    }

    /// Whatever is refused, also where the contract has no such path, is refused in the vendor's shape.
    private static func refusalComplaints(_ response: Response, _ system: System) -> [String] {
        guard response.saysJSON, let json = try? JSON.parse(response.body), let object = json.object else {
            return ["the refusal is no JSON object"]
        }
        let known = system == .rackbeat ? ["message", "errors"] : ["message", "modelState"]
        return object.names.filter { !known.contains($0.prefix(1).lowercased() + $0.dropFirst()) }
            .map { "the refusal has a member '\($0)'" }
    }
}
