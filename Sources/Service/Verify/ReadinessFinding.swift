package import Contract
package import Exchange
package import SyncCore
import Trade
package import Units

/// A part of the readiness report, in its order.
package enum ReadinessSection: String, Sendable, CaseIterable {
    case reach
    case setUp = "set-up"
    /// Before the assumptions, of which it tells some.
    case canary
    case assumptions
    case data
    case stock
    case firstRun = "first-run"
    /// After what reads most: it is judged by every exchange.
    case contract
}

/// How much a finding weighs. The verdict counts these and nothing else.
package enum Severity: String, Sendable, CaseIterable {
    /// Tandem must not be switched on before it is dealt with.
    case failure
    /// It could not be looked at, so nobody can say.
    case unknown
    /// Somebody should look at it; Tandem works as it is.
    case warning
    /// Worth knowing, nothing to do.
    case news
    case good
}

/// One thing that was found out about the configured systems: a value. Its texts are in `ReadinessFinding+Text`, and nothing decides by them.
package struct ReadinessFinding: Sendable, Equatable {
    package let section: ReadinessSection
    /// `nil` for what concerns the Rackbeat account whatever the connection.
    package let connection: String?
    package let kind: Kind

    package init(_ section: ReadinessSection, _ connection: String?, _ kind: Kind) {
        self.section = section
        self.connection = connection
        self.kind = kind
    }

    /// Some records of a kind: how many, and the first of them.
    package struct Records: Sendable, Equatable {
        package private(set) var count = 0
        package private(set) var first: [String] = []

        package init(_ keys: [String] = []) { for key in keys { add(key) } }

        package mutating func add(_ key: String) {
            count += 1
            if first.count < Self.mostShown { first.append(key) }
        }

        private static let mostShown = 5
    }

    package enum Kind: Sendable, Equatable {
        // Reach and rights
        case answered(System, latency: Duration)
        case certificate(System, SeenCertificate)
        case certificateExpired(System, SeenCertificate)
        case certificateEndsSoon(System, SeenCertificate, left: Duration)
        case unreachable(System, TransportFailure)
        case credentialsRefused(System, status: Int)
        case pageInsteadOfAPI(System, EngineRead)
        case serverFails(System, EngineRead, status: Int)
        case stillRateLimited(System, EngineRead)
        /// 429 came and passed.
        case rateLimitMet(System, times: Int)
        /// The system's clock is ahead of ours by this.
        case clockDiffers(System, ahead: Duration)
        case readsGranted(System, Int)
        case readRefused(EngineRead, status: Int)
        case readNotFound(EngineRead)
        case readUnreadable(EngineRead, problem: String)
        case readBroken(EngineRead, TransportFailure)
        /// There was nothing to read it of.
        case readUntried([EngineRead])

        // Set-up
        case account(number: Int, name: String?)
        case accountDiffers(number: Int, name: String?, expected: Int)
        case location(String, name: String?)
        case locationMissing(String)
        case locationBlocked(String)
        case locationHasChildren(String, [String], counted: Bool)
        case goodsOwner(Int, name: String)
        case goodsOwnerOutOfReach(Int, reached: [Int])
        case goodsOwnersUnlisted(Int)
        case statuses(DocumentKind, Int)
        case statusMissing(setting: String, number: Int, DocumentKind, known: [Int])
        case statusRenamed(setting: String, number: Int, text: String)
        case webhooks(Int)
        case draftsOfOthers(Records)
        case marksOfOthers(Records)
        /// An import: so many products, at least, bear one time of change.
        case changedTogether(atLeast: Int)

        // Contract
        case contractHolds(exchanges: Int)
        case unreadable(operation: String, jobs: [Job], Records, places: [ContractPlace])
        case deviation(ContractPlace)
        case unknownMembers(operation: String, [String])

        // Assumptions
        case assumption(Assumption, assumed: String, AssumptionOutcome)

        // Data
        case wouldBePut(articles: Int, orders: Int, purchaseOrders: Int)
        case wouldBeParked(Job, reason: String, remedy: String, Records)
        case mapped(Job, field: String, problem: String, Records)
        case heldWithOtherContent(DocumentKind, Records)
        case articlesOfWarehouseOnly(Records)
        /// - Parameter of: How many lines were read.
        case linesWithoutLocation(Records, of: Int)
        case jobNotTold(Job, summary: String)
        case notLookedAt(ReadinessSection)

        // Stock
        case stockEqual(items: Int)
        case stockDiffers(items: Int, Records)
        case stockUnderWay(items: Int, Records)

        // First run
        case firstRun(FirstRun)

        // Canary
        case canaryRan(writes: Int)
        case canaryRefused(CanaryRefusal)
        /// The budget does not reach for a step, so that it was not begun.
        case canaryBudget(step: String, most: Int)
        case canaryDiffers(step: String, field: String)
        case canaryFailed(step: String, reason: String)
        case canarySweptUp([String])
        case canaryLeft([String])

        // People
        case operatorDid(OperatorTask, OperatorOutcome)
        /// The warehouse does not show it in time.
        case operatorAway(OperatorTask, waited: Duration, shown: String)
        case peopleNotAsked
        /// What was worked on stays in the warehouse, which removes nothing of it.
        case operatorLeaves([String])
    }

    package enum DocumentKind: String, Sendable {
        case order
        case purchaseOrder = "purchase-order"
    }
}

/// Why a canary did not begin.
package enum CanaryRefusal: Sendable, Equatable {
    case notAllowed(goodsOwner: Int)
    case notConfirmed(goodsOwner: Int)
}

/// What became of one assumption.
package enum AssumptionOutcome: Sendable, Equatable {
    case confirmed
    case refuted(seen: String)
    /// The configuration states the choice, so somebody stands for it.
    case stated
    /// It makes no difference here.
    case immaterial(String)
    case untested(String)
}

/// What the first round would do and take.
package struct FirstRun: Sendable, Equatable {
    package var articles = 0
    package var orders = 0
    package var purchaseOrders = 0
    package var reads = 0
    package var writes = 0
    package var duration = Duration.zero
}

/// The certificate that a system showed.
package struct SeenCertificate: Sendable, Equatable {
    /// The name that it was made for.
    package let subject: String
    package let expiresAt: Moment

    package init(subject: String, expiresAt: Moment) {
        self.subject = subject
        self.expiresAt = expiresAt
    }
}

extension ReadinessFinding {
    package var severity: Severity {
        switch kind {
        case .answered, .certificate, .readsGranted, .account, .location, .goodsOwner, .statuses, .contractHolds, .wouldBePut,
            .stockEqual, .firstRun, .canaryRan:
            .good
        case .goodsOwnersUnlisted, .readUntried, .webhooks, .draftsOfOthers, .changedTogether, .unknownMembers, .stockUnderWay,
            .canarySweptUp, .notLookedAt, .peopleNotAsked, .operatorLeaves:
            .news
        case .certificateEndsSoon, .rateLimitMet, .clockDiffers, .statusRenamed, .marksOfOthers, .deviation,
            .mapped, .heldWithOtherContent, .articlesOfWarehouseOnly, .linesWithoutLocation, .wouldBeParked, .stockDiffers:
            .warning
        case .locationHasChildren(_, _, let counted): counted ? .good : .warning
        case .serverFails, .stillRateLimited, .readBroken, .jobNotTold, .canaryBudget, .operatorAway: .unknown
        case .certificateExpired, .unreachable, .credentialsRefused, .pageInsteadOfAPI, .readRefused, .readNotFound,
            .readUnreadable, .accountDiffers, .locationMissing, .locationBlocked, .goodsOwnerOutOfReach, .statusMissing,
            .unreadable, .canaryRefused, .canaryDiffers, .canaryFailed, .canaryLeft:
            .failure
        case .operatorDid(let task, let outcome): severity(of: task, outcome)
        case .assumption(let assumption, _, let outcome): severity(of: assumption, outcome)
        }
    }

    private func severity(of task: OperatorTask, _ outcome: OperatorOutcome) -> Severity {
        if !outcome.parked.isEmpty { return .failure }
        if outcome.isCancelled { return .unknown }
        return task.asked.map { $0 == outcome.moved } ?? true ? .good : .news
    }

    private func severity(of assumption: Assumption, _ outcome: AssumptionOutcome) -> Severity {
        switch outcome {
        case .confirmed, .stated, .immaterial: .good
        // The engine does the same whatever it is.
        case .refuted: assumption.readBy == .engine ? .failure : .news
        case .untested: assumption.readBy == .engine ? .news : .good
        }
    }

    /// Whether an endpoint could not be reached, or refused us.
    var isOutOfReach: Bool {
        switch kind {
        case .unreachable, .credentialsRefused, .certificateExpired, .pageInsteadOfAPI, .serverFails, .stillRateLimited: true
        default: false
        }
    }
}
