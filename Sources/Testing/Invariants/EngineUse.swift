package import SyncCore
package import Units

/// How a run used its engine: when it let it work, what disturbed it, and where both sides disagreed in between.
///
/// The run keeps it, not the engine. Evidence of the two APIs has none: nobody recorded what the engine was asked for.
package struct EngineUse: Sendable {
    /// The engine was let work.
    package struct Work: Sendable {
        package enum Kind: Sendable, Equatable {
            /// On its schedule.
            case schedule
            /// Every job of every connection once, or one of them.
            case round
            /// Both systems were compared, as every night.
            case comparison
        }

        package let kind: Kind
        package let from: Moment
        package let until: Moment

        package init(_ kind: Kind, from: Moment, until: Moment) {
            self.kind = kind
            self.from = from
            self.until = until
        }
    }

    /// In order. A job that runs by itself counts as a round.
    package var work: [Work] = []
    /// When a webhook asked for a job.
    package var nudges: [Moment] = []
    /// When people did something, with or without an entry in the action log, or a fault was applied, or the engine's process, settings or
    /// clock changed. In order.
    package var disturbances: [Moment] = []
    /// Those without the faults.
    package var changes: [Moment] = []
    /// When a fault was last applied; `nil`: never.
    package var lastFault: Moment?
    /// Where something disagreed that no parked record named; those at which all was well are not kept.
    package var looks: [Look] = []
    /// Whether a clock was set or the engine's process stood still: then nothing says from when on it has to read.
    package var promisesNoTime = false

    package init() {}
}

/// What both systems held at a moment of a run at which the engine was to have dealt with something.
package struct Look: Sendable {
    package enum Reason: Sendable, Equatable {
        /// A round of the engine ended, undisturbed.
        case roundEnded
        /// The engine ran on its schedule for this long after the change, undisturbed.
        case wasDue(after: Duration)
        /// The same after a webhook.
        case wasNudged(after: Duration)
    }

    package let time: Moment
    package let reason: Reason
    /// What disagrees, and is neither parked nor of unknown outcome.
    package let findings: [Finding]

    package init(time: Moment, reason: Reason, findings: [Finding]) {
        self.time = time
        self.reason = reason
        self.findings = findings
    }

    /// The invariants that compare both sides, each with the job that makes them agree.
    private static let comparisons: [(job: Job, invariant: any Invariant.Type)] = [
        (.products, CatalogueAgrees.self), (.orders, OrdersAreThere.self), (.purchaseOrders, PurchaseOrdersAreThere.self),
        (.shipments, ShippedEqualsPicked.self), (.receipts, ReceivedEqualsReceipts.self), (.stock, AdjustmentsRecreatedOnce.self),
    ]

    /// Compares both sides as they are now. What the engine has parked, and what it does not know the outcome of, it has told.
    ///
    /// - Parameters:
    ///   - evidence: As it is now.
    ///   - connection: Of which findings count; `nil`: of all.
    ///   - due: Until when actions count, by the job; `nil`: the job is not looked at.
    package static func taken(
        of evidence: Evidence, at time: Moment, _ reason: Reason, connection: String? = nil, due: (Job) -> Moment?
    ) -> Look {
        var evidence = evidence
        evidence.expectedParked =
            evidence.parked.map { ExpectedParked(connection: $0.connection, parkedBy: $0.job, number: $0.number) }
            + evidence.unknownOutcomes.map { ExpectedParked(connection: $0.connection, number: $0.record.number) }
        var findings: [Finding] = []
        for (job, invariant) in comparisons {
            guard let moment = due(job) else { continue }
            evidence.lastRoundBegan = moment
            guard case .broken(let broken) = invariant.init().judge(evidence) else { continue }
            findings += broken.filter { connection == nil || $0.connection == connection }
        }
        return Look(time: time, reason: reason, findings: findings)
    }
}

extension ActionLog.Action {
    /// The job that brings it to the other side; `nil`: none does.
    package var job: Job? {
        switch self {
        case .productChanged: .products
        case .orderBooked, .orderReopened, .orderCancelled, .restGivenUp: .orders
        case .purchaseOrderBooked, .purchaseOrderReopened, .purchaseOrderCancelled, .purchaseRestGivenUp: .purchaseOrders
        case .picked, .unpicked, .returned, .orderReached, .backOrdered, .orderCancelledInWarehouse: .shipments
        case .received, .receiptCorrected, .purchaseOrderReached: .receipts
        case .adjusted: .stock
        case .shippedByHand, .receivedByHand, .adjustedByHand, .drifted: nil
        }
    }
}

extension Evidence {
    /// What an invariant about looks finds: each subject once, where it was first seen.
    func firstFindings(_ isMeant: (Look.Reason) -> Bool, _ words: (Look) -> String) -> [Finding] {
        var known: Set<String> = []
        var findings: [Finding] = []
        for look in engineUse?.looks ?? [] where isMeant(look.reason) {
            for finding in look.findings where known.insert(finding.subject).inserted {
                var finding = finding
                finding.sentence = words(look) + " " + finding.sentence
                findings.append(finding)
            }
        }
        return findings
    }
}
