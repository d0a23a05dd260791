package import Trade
import Units

/// What is to be done about an article that the warehouse shows otherwise than Rackbeat's product says.
package enum CatalogueDirective: Hashable, Sendable {
    case nothing
    /// Send the article again.
    case send(DiscrepancyKind)
    /// Switch the article of a product that is gone off.
    case deactivate
    case tell(MappingFinding)
    case park(RecordFailure)
}

/// Compares products with the articles that the warehouse lists. Lists of changes show neither that a product is gone nor what the
/// warehouse's people did to an article.
package struct CatalogueComparison: Hashable, Sendable {
    private let barredProducts: BarredProducts

    package init(barredProducts: BarredProducts) { self.barredProducts = barredProducts }

    /// Decides about a product that Rackbeat lists.
    ///
    /// - Parameters:
    ///   - isHeld: Whether the warehouse has its article by the journal.
    ///   - shown: `nil`: the warehouse's list does not name it.
    package func judge(
        isBarred: Bool, keepsInventory: Bool, isHeld: Bool, shown: WarehouseArticle?
    ) -> CatalogueDirective {
        guard let shown else { return keepsInventory ? .send(.articleMissing) : .nothing }
        // What the journal does not know yet is sent by the products job.
        guard isHeld, barredProducts == .deactivate else { return .nothing }
        switch (isBarred || !keepsInventory, shown.isActive) {
        case (true, true): return .send(.productBarred)
        case (false, false): return .send(.articleInactive)
        case (true, false), (false, true): return .nothing
        }
    }

    /// Whether nothing is to be done about an article whose product Rackbeat does not list, so that nobody need ask for the product.
    package func needsNothing(withoutProduct shown: WarehouseArticle?) -> Bool {
        shown.map { !$0.isActive && $0.onHand.isZero } ?? true
    }

    /// Decides about an article whose product was deleted in Rackbeat.
    ///
    /// Goods that are still there can be sold by nobody, and only a person knows where they belong. An empty article harms nobody:
    /// it is switched off where barred ones are, and otherwise told of.
    package func judge(deleted product: ItemNumber, _ shown: WarehouseArticle) -> CatalogueDirective {
        guard shown.onHand.isZero else {
            return .park(
                RecordFailure(
                    reason: "Product \(product) was deleted in Rackbeat, and the warehouse has \(shown.onHand) of it.",
                    effect:
                        "The article stays as it is in the warehouse. Nobody can sell what lies there, and no stock in Rackbeat counts it.",
                    remedy:
                        "Create the product again in Rackbeat, or have the goods returned or written off in the warehouse. Either "
                        + "way this clears by itself."))
        }
        guard shown.isActive else { return .nothing }
        switch barredProducts {
        case .deactivate: return .deactivate
        case .leave:
            return .tell(
                MappingFinding(
                    field: "isActive", problem: "the product was deleted in Rackbeat; its article stays in the warehouse as it is"
                ))
        }
    }
}

/// Articles that the warehouse has and neither Rackbeat nor the journal knows.
///
/// They are told of and not parked: a goods owner may have packaging, samples or another shop's goods in the same warehouse, and what
/// is parked for good only teaches people to ignore what is parked.
package struct UnknownArticles: Hashable, Sendable {
    /// The first of them, by number.
    package var first: [WarehouseArticle]
    package var count: Int

    /// So many are named.
    package static let mostNamed = 20

    package init(first: [WarehouseArticle], count: Int) {
        self.first = first
        self.count = count
    }

    /// `nil`: there are none.
    package var finding: MappingFinding? {
        guard count > 0 else { return nil }
        let names = first.map { $0.onHand.isZero ? $0.number.text : "\($0.number) (\($0.onHand) in stock)" }
        let rest = count - first.count
        return MappingFinding(
            field: "articleNumber",
            problem: "Rackbeat has no product for \(count == 1 ? "1 article" : "\(count) articles") of the warehouse: "
                + names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : ""))
    }
}

/// The stock of one item on both sides, and what of the difference the journal explains. Differences are Ongoing minus Rackbeat.
package struct StockDifference: Hashable, Sendable {
    package var item: ItemNumber
    package var ongoing: Quantity
    package var rackbeat: Quantity
    /// Received and not reported, less picked and not reported: not booked in Rackbeat yet.
    package var toBeBooked: Quantity
    /// Adjusted in the warehouse and not recreated in Rackbeat yet.
    package var toBeAdjusted: Quantity
    /// Accepted when stock sync began.
    package var accepted: Quantity

    package init(
        item: ItemNumber, ongoing: Quantity, rackbeat: Quantity, toBeBooked: Quantity = .zero, toBeAdjusted: Quantity = .zero,
        accepted: Quantity = .zero
    ) {
        self.item = item
        self.ongoing = ongoing
        self.rackbeat = rackbeat
        self.toBeBooked = toBeBooked
        self.toBeAdjusted = toBeAdjusted
        self.accepted = accepted
    }

    package var unexplained: Quantity { ongoing - rackbeat - toBeBooked - toBeAdjusted - accepted }

    /// So many are looked at a second time and named.
    package static let mostNamed = 20

    var words: String {
        let causes = [
            (toBeBooked, "to be booked"), (toBeAdjusted, "to be adjusted"), (accepted, "accepted when stock sync began"),
            (unexplained, "without a cause that the journal knows"),
        ].filter { !$0.0.isZero }.map { "\($0.0.signed) \($0.1)" }
        return "\(item): Ongoing \(ongoing), Rackbeat \(rackbeat) (" + causes.joined(separator: ", ") + ")"
    }

    /// What is told of those that differ; `nil`: none does.
    ///
    /// - Parameter count: How many there are in all.
    package static func finding(_ differences: [StockDifference], of count: Int) -> MappingFinding? {
        guard !differences.isEmpty else { return nil }
        let rest = count - differences.count
        return MappingFinding(
            field: "stock",
            problem: "the two systems hold different stock of \(count == 1 ? "1 item" : "\(count) items"): "
                + differences.map(\.words).joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
                + ". 'tandem drift' names documents")
    }
}
