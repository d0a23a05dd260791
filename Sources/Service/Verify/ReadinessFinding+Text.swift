import Contract
import Exchange
import SyncCore
import Units

/// A finding in words: what is so, what goes wrong with it, what to do.
package struct FindingWords: Sendable, Equatable {
    package let isSo: String
    package let harm: String?
    package let remedy: String?

    init(_ isSo: String, harm: String? = nil, remedy: String? = nil) {
        self.isSo = isSo
        self.harm = harm
        self.remedy = remedy
    }
}

extension ReadinessSection {
    package var title: String {
        switch self {
        case .reach: "reach and rights"
        case .setUp: "set-up"
        case .contract: "contract"
        case .assumptions: "assumptions"
        case .data: "data: what the first round would meet"
        case .stock: "stock: may stock sync be switched on?"
        case .firstRun: "first round"
        case .canary: "canary"
        }
    }
}

extension ReadinessFinding.Records {
    /// `A, B, C and 17 more`
    var text: String {
        first.joined(separator: ", ") + (count > first.count ? " and \(count - first.count) more" : "")
    }
}

extension ReadinessFinding.DocumentKind {
    var noun: String {
        switch self {
        case .order: "order"
        case .purchaseOrder: "purchase order"
        }
    }
}

extension System {
    fileprivate var credentialWords: String {
        switch self {
        case .rackbeat: "token"
        case .ongoing: "user name or password"
        }
    }

    fileprivate var credentialKey: String {
        switch self {
        case .rackbeat: "rackbeat.token"
        case .ongoing: "ongoing.user and ongoing.password"
        }
    }

    fileprivate var keyOfURL: String {
        switch self {
        case .rackbeat: "rackbeat.base-url"
        case .ongoing: "ongoing.base-url"
        }
    }
}

private func list(_ jobs: [Job]) -> String { jobs.map(\.rawValue).joined(separator: ", ") }

extension EngineRead {
    fileprivate var harm: String {
        jobs.count == Job.ofRound.count ? "No job runs." : "These jobs stop there: \(list(jobs))."
    }
    var text: String { "\(system.title) \(operation)" }
}

extension ReadinessFinding {
    package var words: FindingWords {
        switch section {
        case .reach: reachWords ?? otherWords
        case .setUp: setUpWords ?? reachWords ?? otherWords
        case .assumptions: assumptionWords ?? otherWords
        case .contract, .data, .stock, .firstRun, .canary: dataWords ?? canaryWords ?? otherWords
        }
    }

    private var otherWords: FindingWords {
        reachWords ?? setUpWords ?? dataWords ?? canaryWords ?? assumptionWords ?? FindingWords(section.title)
    }

    private var reachWords: FindingWords? {
        switch kind {
        case .answered(let system, let latency): return FindingWords("\(system.title) answers in \(latency.forPeople)")
        case .certificate(let system, let seen):
            return FindingWords(
                "\(system.title)'s certificate for \(seen.subject) is good until \(seen.expiresAt.date(in: .utc))")
        case .certificateExpired(let system, let seen):
            return FindingWords(
                "\(system.title)'s certificate for \(seen.subject) expired on \(seen.expiresAt.date(in: .utc))",
                harm: "Tandem sends nothing to a host whose certificate is not valid.",
                remedy: "Ask the operator of the host for a new certificate. If the date is wrong, correct this machine's clock.")
        case .certificateEndsSoon(let system, let seen, let left):
            return FindingWords(
                "\(system.title)'s certificate for \(seen.subject) expires in \(left.forPeople)",
                harm: "From then on nothing is synced.", remedy: "Ask the operator of the host when it is renewed.")
        case .unreachable(let system, let failure):
            return FindingWords(
                "\(system.title) cannot be reached: \(failure)", harm: "No job runs.",
                remedy: "Check '\(system.keyOfURL)', the name server, the firewall and the proxy of this machine.")
        case .credentialsRefused(let system, let status):
            return FindingWords(
                "\(system.title) refuses the \(system.credentialWords) with \(status)", harm: "No job runs.",
                remedy: "Check what '\(system.credentialKey)' names, and that it was not revoked.")
        case .pageInsteadOfAPI(let system, let read):
            return FindingWords(
                "\(read.text) returns a page of HTML instead of the API's JSON",
                harm: "A proxy or a web server answers in the place of \(system.title). \(read.harm)",
                remedy: "Check '\(system.keyOfURL)'. Let the proxy pass the host through.")
        case .serverFails(let system, let read, let status):
            return FindingWords(
                "\(read.text) fails with \(status) each time", harm: read.harm,
                remedy: "Try again later. If it stays so, ask \(system.title).")
        case .stillRateLimited(let system, let read):
            return FindingWords(
                "\(read.text) is answered 429 each time",
                harm: "Other programs use up the calls of the same \(system.credentialWords).",
                remedy: "Stop the other program, or get a \(system.credentialWords) of its own for Tandem. Then verify again.")
        case .rateLimitMet(let system, let times):
            return FindingWords(
                "\(system.title) answered 429 \(counted(times, "time"))",
                harm: "Rounds take longer: other programs use the same account, or the limit is lower than the profile says.",
                remedy: "Set 'rate_limit' in the profile to what the account allows.")
        case .clockDiffers(let system, let ahead):
            let words = ahead < .zero ? "behind" : "ahead of"
            let size = Duration.milliseconds(Int64(ahead.milliseconds.magnitude))
            return FindingWords(
                "\(system.title)'s clock is \(size.forPeople) \(words) this machine's",
                harm: "Tandem reads further back to miss nothing, and times in reports are off by that much.",
                remedy: "Let this machine's clock be set by NTP. If it is right, tell \(system.title).")
        case .readsGranted(let system, let count):
            return FindingWords(
                "\(counted(count, "kind")) of read that the engine makes of \(system.title) \(count == 1 ? "is" : "are") granted")
        case .readRefused(let read, let status):
            return FindingWords(
                "\(read.text) is refused with \(status)", harm: read.harm,
                remedy: "Give the \(read.system.credentialWords) the right to read it.")
        case .readNotFound(let read):
            return FindingWords(
                "\(read.text) is not found", harm: read.harm,
                remedy: "Check '\(read.system.keyOfURL)': it ends with the base path of the API.")
        case .readUnreadable(let read, let problem):
            return FindingWords(
                "\(read.text) cannot be read: \(problem)", harm: read.harm,
                remedy: "Report it to the authors of Tandem with this report.")
        case .readBroken(let read, let failure):
            return FindingWords("\(read.text) broke off: \(failure)", harm: read.harm, remedy: "Verify again.")
        case .readUntried(let reads):
            return FindingWords(
                "not tried, as there is nothing yet to read them of: " + reads.map(\.text).joined(separator: ", "))
        default: return nil
        }
    }

    private var setUpWords: FindingWords? {
        switch kind {
        case .account(let number, let name):
            return FindingWords("Rackbeat account \(number)" + (name.map { " \($0)" } ?? ""))
        case .accountDiffers(let number, let name, let expected):
            return FindingWords(
                "the token belongs to account \(number)" + (name.map { " \($0)" } ?? "")
                    + ", 'rackbeat.account' says \(expected)",
                harm: "The stock and orders of another company would be synced.",
                remedy: "Take a token of account \(expected), or correct 'rackbeat.account'.")
        case .location(let number, let name): return FindingWords("location \(number)" + (name.map { " \($0)" } ?? ""))
        case .locationMissing(let number):
            return FindingWords(
                "Rackbeat has no location \(number)", harm: "No line belongs to the connection, and nothing is sent.",
                remedy: "Correct 'location' of the connection: the location's number, as in Rackbeat's list of locations.")
        case .locationBlocked(let number):
            return FindingWords(
                "location \(number) is blocked in Rackbeat", harm: "Rackbeat refuses shipments, receipts and adjustments there.",
                remedy: "Open the location in Rackbeat, or name another one.")
        case .locationHasChildren(let number, let children, let counted):
            let shown = "location \(number) has others inside: \(children.prefix(5).joined(separator: ", "))"
            return counted
                ? FindingWords(shown)
                : FindingWords(
                    shown, harm: "Order lines at those are not sent to the warehouse.",
                    remedy:
                        "If they belong to the warehouse, set 'location_match: children' in 'rackbeat.profile'; if not, state 'location_match: exact'."
                )
        case .goodsOwner(let number, let name): return FindingWords("goods owner \(number) \(name)")
        case .goodsOwnerOutOfReach(let number, let reached):
            let others = reached.isEmpty ? "none" : reached.prefix(10).map(String.init).joined(separator: ", ")
            return FindingWords(
                "the user does not reach goods owner \(number), but \(others)", harm: "The warehouse refuses every call.",
                remedy: "Correct 'ongoing.goods-owner', or ask the warehouse to give the user access.")
        case .goodsOwnersUnlisted(let number):
            return FindingWords("this version of the warehouse's API does not list goods owners; \(number) is not checked")
        case .statuses(let kind, let count):
            return FindingWords("the \(counted(count, "status", "statuses")) of a warehouse \(kind.noun) fit the settings")
        case .statusMissing(let setting, let number, let kind, let known):
            return FindingWords(
                "'\(setting)' says \(number), but a warehouse \(kind.noun) has no such status",
                harm: "What was shipped, received or cancelled is not seen.",
                remedy: "Set '\(setting)' to one of \(known.map(String.init).joined(separator: ", ")).")
        case .statusRenamed(let setting, let number, let text):
            return FindingWords(
                "'\(setting)' is \(number), which the warehouse calls '\(text)'",
                harm: "If it means something else, goods are booked too early, too late or never.",
                remedy: "Ask the warehouse what the status means, and set '\(setting)' to the right one.")
        case .webhooks(let count):
            return FindingWords(
                "\(counted(count, "webhook is", "webhooks are")) registered in the account: other programs may write to it too")
        case .draftsOfOthers(let records):
            return FindingWords(
                "\(counted(records.count, "draft")) stand in Rackbeat: \(records.text). Tandem completes none that it did not make"
            )
        case .changedTogether(let count):
            return FindingWords(
                "at least \(count) products changed in one second, as an import does: the rounds read them again until another changes"
            )
        case .marksOfOthers(let records):
            return FindingWords(
                "\(counted(records.count, "adjustment is", "adjustments are")) marked as reported by somebody else: \(records.text)",
                harm: "Two programs that recreate adjustments double each of them.",
                remedy: "Find the other integration of the goods owner, and switch off one of the two.")
        default: return nil
        }
    }

    private var assumptionWords: FindingWords? {
        guard case .assumption(let assumption, let assumed, let outcome) = kind else { return nil }
        let name = "\(assumption.number) \(assumption.key)"
        let harm =
            AssumptionHarm.of(assumption)?.sentence ?? "The fakes behave differently from this account. Tandem does the same."
        switch outcome {
        case .confirmed: return FindingWords("\(name): \(assumed)")
        case .stated: return FindingWords("\(name): \(assumed), as the configuration states")
        case .immaterial(let why): return FindingWords("\(name): makes no difference, as \(why)")
        case .untested(let why):
            return FindingWords(
                "\(name): \(assumed) assumed; \(why)", harm: harm,
                remedy: "Ask \(assumption.system.title), and state the choice in '\(profileKey)'.")
        case .refuted(let seen):
            return FindingWords("\(name): \(assumed) assumed, \(seen) seen", harm: harm, remedy: remedy(assumption, seen))
        }
    }

    private var profileKey: String { connection.map { "connections.\($0).ongoing.profile" } ?? "rackbeat.profile" }

    private func remedy(_ assumption: Assumption, _ seen: String) -> String {
        guard assumption.accepts(seen) else {
            return "Tandem supports no such choice. Report it to its authors with this report."
        }
        return switch assumption.support(of: seen) {
        case .supported: "Set '\(assumption.key): \(seen)' in '\(profileKey)'."
        case .refused(let sentence): sentence
        }
    }

    private var dataWords: FindingWords? {
        switch kind {
        case .contractHolds(let exchanges): return FindingWords("\(counted(exchanges, "exchange conforms", "exchanges conform"))")
        case .unreadable(let operation, let jobs, let records, let places):
            let differing = places.isEmpty ? "" : "; the contract differs at " + places.map(\.text).joined(separator: ", ")
            return FindingWords(
                "\(counted(records.count, "row", "rows")) of \(operation) cannot be read: \(records.text)\(differing)",
                harm: "They are parked. These jobs stop at them: \(list(jobs)).",
                remedy: "Report it to the authors of Tandem with this report.")
        case .deviation(let place):
            return FindingWords(
                "\(place.system.title) \(place.operation), \(place.text)",
                harm: "The engine does not rely on it.", remedy: "Report it to the authors of Tandem with this report.")
        case .unknownMembers(let operation, let names):
            return FindingWords(
                "\(operation) has \(counted(names.count, "member")) that the contract does not know: \(names.prefix(5).joined(separator: ", "))"
            )
        case .wouldBePut(let articles, let orders, let purchaseOrders):
            return FindingWords(
                "\(counted(articles, "article")), \(counted(orders, "order")), \(counted(purchaseOrders, "purchase order")) would be sent to the warehouse"
            )
        case .wouldBeParked(let job, let reason, let remedy, let records):
            return FindingWords(
                "\(counted(records.count, "record")) of \(job.rawValue) would be parked: \(records.text). \(reason)",
                harm: "They do not reach the other system before somebody acts.", remedy: remedy)
        case .mapped(let job, let field, let problem, let records):
            return FindingWords(
                "\(counted(records.count, "record")) of \(job.rawValue) would be sent with another \(field): \(problem) (\(records.text))",
                harm: "The warehouse shows something else than Rackbeat.", remedy: "Correct the field in Rackbeat.")
        case .heldWithOtherContent(let kind, let records):
            return FindingWords(
                "the warehouse has \(counted(records.count, kind.noun)) of the same number already: \(records.text)",
                harm: "The first round writes Rackbeat's content over what stands there.",
                remedy: "Compare them. Where it is another order, change the number of one of the two.")
        case .articlesOfWarehouseOnly(let records):
            return FindingWords(
                "\(counted(records.count, "article")) of the warehouse \(records.count == 1 ? "has" : "have") no product in Rackbeat: \(records.text)",
                harm: "Their stock and adjustments reach nobody.", remedy: "Create the products, or deactivate the articles.")
        case .linesWithoutLocation(let records, let count):
            return FindingWords(
                "\(records.count) of \(counted(count, "order line")) have no location: \(records.text)",
                harm: "Whether the warehouse ships them depends on RB-48 null_line_location.",
                remedy: "Give them a location in Rackbeat, or ask Rackbeat and state 'null_line_location' in 'rackbeat.profile'.")
        case .jobNotTold(let job, let summary):
            return FindingWords(
                "what \(job.rawValue) would do is not known: \(summary)",
                harm: "The first round may do something else than shown here.",
                remedy: "Deal with the cause, then verify again.")
        case .notLookedAt: return FindingWords("not looked at: deal with the failures above, then verify again")
        case .stockEqual(let items):
            return FindingWords("yes: \(counted(items, "item")), all equal")
        case .stockUnderWay(_, let records):
            return FindingWords(
                "yes, later: the difference of \(counted(records.count, "item")) is explained by what is under way: \(records.text)"
            )
        case .stockDiffers(let items, let records):
            return FindingWords(
                "not yet: \(records.count) of \(counted(items, "item")) differ and nothing explains it, Ongoing minus Rackbeat: \(records.text)",
                harm: "Stock sync recreates adjustments only, so that the difference stays.",
                remedy: "Count in the warehouse and correct the side that is wrong, then switch 'stock-sync' on.")
        case .firstRun(let run):
            return FindingWords(
                "about \(run.reads) calls to read and \(run.writes) to write, \(run.duration.forPeople) under the limits")
        default: return nil
        }
    }

    private var canaryWords: FindingWords? {
        switch kind {
        case .canaryRan(let writes):
            return FindingWords("written, read back, updated, cancelled and removed in \(counted(writes, "write"))")
        case .canaryRefused(.notAllowed(let goodsOwner)):
            return FindingWords(
                "not run: 'verify.allow-writes-for' does not name goods owner \(goodsOwner)",
                remedy: "Name it there if it is a test goods owner, or one where a cancelled test order may stand.")
        case .canaryRefused(.notConfirmed(let goodsOwner)):
            return FindingWords(
                "not run: nobody confirmed goods owner \(goodsOwner)", remedy: "Confirm it with --yes-goods-owner \(goodsOwner).")
        case .canaryBudget(let step, let most):
            return FindingWords(
                "\(step): not begun, as \(counted(most, "write")) do not reach for it and for removing it",
                harm: "What it would tell stays open.", remedy: "Run the canary again with a larger --max-writes.")
        case .canaryDiffers(let step, let field):
            return FindingWords(
                "\(step): \(field)", harm: "What the engine writes is not what the warehouse holds.",
                remedy: "Report it to the authors of Tandem with this report.")
        case .canaryFailed(let step, let reason):
            return FindingWords(
                "\(step) failed: \(reason)", harm: "The engine needs the same call.",
                remedy: "Deal with the cause, then run the canary again: it first removes what is left.")
        case .canarySweptUp(let what):
            return FindingWords("removed what an earlier canary left: \(what.joined(separator: ", "))")
        case .canaryLeft(let what):
            return FindingWords(
                "still there: \(what.joined(separator: ", "))", harm: "The warehouse may pick a test order.",
                remedy: "Run the canary again: it removes what is left. If that fails, cancel it by hand.")
        case .operatorDid(let task, let outcome): return task.words(outcome)
        case .operatorAway(let task, let waited, let shown): return task.wordsOfAbsence(waited, shown)
        case .peopleNotAsked: return FindingWords("nobody was asked to work: deal with the failures above first")
        case .operatorLeaves(let what):
            return FindingWords(
                "stays in the warehouse, which removes nothing that was worked on: \(what.joined(separator: ", "))")
        default: return nil
        }
    }
}

extension ContractPlace {
    /// `/orders/*/number: the string 'x' (3 times), where the contract says an integer`
    var text: String {
        let verb =
            switch kind {
            case .unknown: "knows"
            case .missing: "requires"
            case .wrong: "says"
            }
        return "\(path): \(example) (\(counted(count, "time"))), where the contract \(verb) \(expected)"
    }
}
