/// The invariants of every run.
package enum AllInvariants {
    /// In the order of reports: what a customer would notice first.
    package static let types: [any Invariant.Type] = [
        CatalogueAgrees.self, OrdersAreThere.self, PurchaseOrdersAreThere.self, ShippedEqualsPicked.self,
        ReceivedEqualsReceipts.self, AdjustmentsRecreatedOnce.self, StockAgrees.self, NothingOutsideTheLocation.self,
        ContractKept.self, RateLimitsKept.self, RefusalsAreNotRetried.self, CallsAreFew.self, SettledInTime.self,
        NothingSilent.self, NothingStuck.self, NoSecretAnywhere.self, StockEqualsMovements.self,
    ]

    package static let ids: [String] = types.map { $0.id }

    /// The verdict of each invariant on one run.
    package static func judge(_ evidence: Evidence) -> [InvariantResult] {
        types.map { judge($0, evidence) }
    }

    /// The verdict of one invariant; undecided when the evidence cannot answer it.
    package static func judge(_ invariant: any Invariant.Type, _ evidence: Evidence) -> InvariantResult {
        let unanswered = evidence.api?.unanswered[invariant.id]
        return InvariantResult(
            invariant: invariant.id, statement: invariant.statement,
            verdict: unanswered.map { .undecided($0) } ?? invariant.init().judge(evidence))
    }
}
