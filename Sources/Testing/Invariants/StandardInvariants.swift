/// The rules that hold in every run.
package enum StandardInvariants {
    /// In the order in which reports show them: what a customer would notice first.
    package static let all: [any Invariant.Type] = [
        CatalogueAgrees.self, OrdersAreThere.self, PurchaseOrdersAreThere.self, ShippedEqualsPicked.self,
        ReceivedEqualsReceipts.self, AdjustmentsReplayedOnce.self, StockAgrees.self, NothingOutsideTheLocation.self,
        ContractKept.self, PaceKept.self, RefusalsAreBelieved.self, NothingStuck.self, NoSecretAnywhere.self, BooksBalance.self,
    ]

    package static let names: [String] = all.map { $0.name }

    /// What every rule says of a run.
    package static func judge(_ evidence: Evidence) -> [InvariantResult] {
        all.map { InvariantResult(invariant: $0.name, statement: $0.statement, verdict: $0.init().judge(evidence)) }
    }
}
