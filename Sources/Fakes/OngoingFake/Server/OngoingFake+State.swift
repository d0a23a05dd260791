package import FakeKit
package import Units

/// What a scenario sets up, and what invariants and tests read.
extension OngoingFake {
    /// Every movement of stock. The place is the number of the goods owner.
    package var ledger: StockLedger { store.ledger }

    func owner(_ id: Int) throws(ActionError) -> GoodsOwner {
        guard let owner = store.goodsOwners[id] else {
            let known = store.goodsOwnersByID.map { "\($0.id)" }.joined(separator: ", ")
            throw ActionError("There is no goods owner \(id). Known goods owners: \(known.isEmpty ? "none" : known).")
        }
        return owner
    }

    /// Stock at the start of a scenario. An unknown number makes a bare article.
    ///
    /// Naming an unknown goods owner, or a quantity below zero, is a defect of the caller.
    package func openStock(goodsOwner: Int, article: String, quantity: ExactDecimal) {
        guard let owner = store.goodsOwners[goodsOwner] else { preconditionFailure("there is no goods owner \(goodsOwner)") }
        precondition(!quantity.isNegative, "the opening stock of \(article) is \(quantity)")
        let now = store.clock()
        let id = owner.articleID(article) ?? owner.addArticle(article, at: now)
        if !quantity.isZero { owner.bringIn(quantity, of: id, cause: StockCause.opening, document: "", at: now) }
    }

    /// In ascending order of their system ids.
    package func articles(of goodsOwner: Int) -> [ArticleRecord] { store.goodsOwners[goodsOwner]?.articles.records ?? [] }

    package func article(_ number: String, of goodsOwner: Int) -> ArticleRecord? {
        store.goodsOwners[goodsOwner]?.article(number)
    }

    /// `status 450, sent`.
    package func words(forOrderStatus number: Int) -> String { Self.words(number, store.text(ofOrderStatus: number)) }

    package func words(forPurchaseOrderStatus number: Int) -> String {
        Self.words(number, store.text(ofPurchaseOrderStatus: number))
    }

    private static func words(_ number: Int, _ text: String?) -> String {
        "status \(number)" + (text.map { ", \($0.lowercased())" } ?? "")
    }

    /// In ascending order of their ids.
    package func orders(of goodsOwner: Int) -> [OrderRecord] { store.goodsOwners[goodsOwner]?.orders.records ?? [] }

    package func order(_ number: String, of goodsOwner: Int) -> OrderRecord? {
        store.goodsOwners[goodsOwner]?.order(numbered: number)
    }

    /// In ascending order of their ids.
    package func purchaseOrders(of goodsOwner: Int) -> [PurchaseOrderRecord] {
        store.goodsOwners[goodsOwner]?.purchaseOrders.records ?? []
    }

    package func purchaseOrder(_ number: String, of goodsOwner: Int) -> PurchaseOrderRecord? {
        store.goodsOwners[goodsOwner]?.purchaseOrder(numbered: number)
    }

    /// In the order in which they were made.
    package func adjustments(of goodsOwner: Int) -> [AdjustmentRecord] { store.goodsOwners[goodsOwner]?.adjustments ?? [] }

    package func returnOrders(of goodsOwner: Int) -> [ReturnOrderRecord] {
        store.goodsOwners[goodsOwner]?.returnOrders ?? []
    }

    /// Contradictions in the stock: between the ledger and its entries, an article and the ledger, or an article and its items.
    package func imbalances() -> [String] {
        var findings = store.ledger.imbalances().map {
            "\($0.item) of goods owner \($0.place): the ledger holds \($0.stock), its entries sum to \($0.sum)"
        }
        for owner in store.goodsOwnersByID {
            for article in owner.articles.records {
                let held = store.ledger.stock(of: article.number, at: owner.place)
                let items = article.items.reduce(ExactDecimal.zero) { $0 + $1.quantity }
                if article.onHand != held || items != held {
                    findings.append(
                        "\(article.number) of goods owner \(owner.id): the ledger holds \(held), the article \(article.onHand), "
                            + "its items \(items)")
                }
            }
        }
        return findings
    }

    // MARK: Webhooks

    /// Adds a webhook to those already configured.
    package func configureWebhook(_ settings: WebhookSettings) { store.outbox.configure(settings) }

    /// The messages waiting for delivery, oldest first.
    package var outbox: [WebhookDelivery] { store.outbox.deliveries }

    /// Takes the waiting messages out of the outbox.
    package func takeDeliveries() -> [WebhookDelivery] { store.outbox.take() }
}
