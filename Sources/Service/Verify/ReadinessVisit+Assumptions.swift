import Contract
import Exchange
import SyncCore
import Units

extension ReadinessVisit {
    func lookAtAssumptions() throws {
        for connection in connections {
            if connection.isFirst, !connection.outOfReach.contains(.rackbeat) {
                try probe(connection.raw[.rackbeat]!, RackbeatProbes.reading, of: nil, immaterial(connection))
            }
            if !connection.outOfReach.contains(.ongoing) {
                let probes = OngoingProbes(goodsOwner: connection.plan.settings.goodsOwner)
                try probe(connection.raw[.ongoing]!, probes.reading, of: connection.plan.name, [:])
            }
        }
        sortAssumptions()
    }

    func sortAssumptions() {
        func rank(_ finding: ReadinessFinding) -> Int {
            guard case .assumption(let assumption, _, _) = finding.kind else { return 0 }
            return AssumptionHarm.of(assumption)?.weight.rawValue ?? 9
        }
        let ranked = findings.enumerated().sorted { left, right in
            guard left.element.section == .assumptions, right.element.section == .assumptions else {
                return left.offset < right.offset
            }
            return (rank(left.element), left.offset) < (rank(right.element), right.offset)
        }
        findings = ranked.map(\.element)
    }

    /// Where an assumption makes no difference for what was seen of the account, by key.
    func immaterial(_ connection: Connection) -> [String: String] {
        var reasons: [String: String] = [:]
        if connections.allSatisfy(\.children.isEmpty) {
            reasons["location_match"] = "no location of a connection has others inside"
        }
        if connections.allSatisfy({ $0.plan.settings.stockSync == .off }) {
            for key in ["mode", "relative_flag_name", "needs_booking", "line_quantity", "deletable"] {
                reasons["adjustment." + key] = "stock sync is off"
            }
        } else if assembly.rackbeatProfile["adjustment.mode"] == "absolute_via_read" {
            reasons["adjustment.relative_flag_name"] = "adjustments are sent as totals"
        }
        if connection.lines.seen > 0, connection.lines.withoutLocation.count == 0 {
            reasons["null_line_location"] =
                "each of the \(counted(connection.lines.seen, "line", "lines")) that were read has a location"
        }
        return reasons
    }

    func probe(
        _ raw: ProbeClient, _ probes: [String: (ProbeClient) throws -> ProbeResult], of connection: String?,
        _ immaterial: [String: String]
    ) throws {
        var choices: [(String, String)] = []
        for assumption in AssumptionLedger.standard.assumptions(about: raw.system) where !assumption.concernsFakeOnly {
            progress("\(raw.system.title) \(assumption.number)", 0)
            let assumed = raw.profile[assumption.key]
            var outcome = try look(assumption, assumed, raw, probes[assumption.key])
            if case .untested = outcome {
                if raw.profile.isConfirmed(assumption.key) {
                    outcome = .stated
                } else if let reason = immaterial[assumption.key] {
                    outcome = .immaterial(reason)
                }
            }
            switch outcome {
            case .confirmed, .stated: choices.append((assumption.key, assumed))
            case .refuted(let seen):
                if assumption.accepts(seen), case .supported = assumption.support(of: seen) {
                    choices.append((assumption.key, seen))
                }
            case .immaterial, .untested: break
            }
            add(.assumptions, connection, .assumption(assumption, assumed: assumed, outcome))
        }
        profiles.append(Verification.SeenProfile(connection: connection, choices: choices))
    }

    func look(
        _ assumption: Assumption, _ assumed: String, _ raw: ProbeClient, _ probe: ((ProbeClient) throws -> ProbeResult)?
    ) throws -> AssumptionOutcome {
        guard let probe else {
            guard let how = assumption.probe else { return .untested("only \(raw.system.title) itself can tell") }
            return .untested((how.writes ? "the canary tells: " : "by hand: ") + how.how)
        }
        do {
            switch try probe(raw) {
            case .choice(assumed): return .confirmed
            case .choice(let other): return .refuted(seen: other)
            case .inconclusive(let why): return .untested(why)
            }
        } catch let failure as TransportFailure {
            return .untested("\(failure)")
        }
    }

    // MARK: The canary

    func runCanary() throws {
        guard let plan = options.canary else { return }
        for connection in connections {
            guard connection.outOfReach.isEmpty, !hasFailure(connection) else {
                add(.canary, connection.plan.name, .notLookedAt(.canary))
                continue
            }
            let canary = Canary(
                plan, options.people, connection.plan, connection.clients, connection.raw, connection.budget, clock: clock,
                progress: progress)
            try canary.run()
            for kind in canary.kinds { add(.canary, connection.plan.name, kind) }
            settle(canary.seen, of: connection)
        }
        sortAssumptions()
    }

    /// What the canary saw takes the place of what reading left open.
    func settle(_ seen: [System: [String: ProbeResult]], of connection: Connection) {
        for index in findings.indices {
            guard case .assumption(let assumption, let assumed, let known) = findings[index].kind,
                findings[index].connection == (assumption.system == .rackbeat ? nil : connection.plan.name),
                let result = seen[assumption.system]?[assumption.key]
            else { continue }
            // What makes no difference, or is known already, stays so when writing could not tell.
            if case .inconclusive = result {
                guard case .untested = known else { continue }
            }
            let outcome: AssumptionOutcome =
                switch result {
                case .choice(assumed): .confirmed
                case .choice(let other): .refuted(seen: other)
                case .inconclusive(let why): .untested(why)
                }
            findings[index] = ReadinessFinding(
                .assumptions, findings[index].connection, .assumption(assumption, assumed: assumed, outcome))
        }
    }
}
