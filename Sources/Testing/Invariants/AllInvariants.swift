/// The invariants of every run.
package enum AllInvariants {
    /// In the order of reports: what a customer would notice first.
    package static let types: [any Invariant.Type] = [
        CatalogueAgrees.self, OrdersAreThere.self, PurchaseOrdersAreThere.self, ShippedEqualsPicked.self,
        ReceivedEqualsReceipts.self, AdjustmentsRecreatedOnce.self, StockAgrees.self, NothingOutsideTheLocation.self,
        ContractKept.self, RateLimitsKept.self, RefusalsAreNotRetried.self, NothingStuck.self, NoSecretAnywhere.self,
        StockEqualsMovements.self,
    ]

    package static let ids: [String] = types.map { $0.id }

    /// The verdict of each invariant on one run.
    package static func judge(_ evidence: Evidence) -> [InvariantResult] {
        types.map { InvariantResult(invariant: $0.id, statement: $0.statement, verdict: $0.init().judge(evidence)) }
    }
}
