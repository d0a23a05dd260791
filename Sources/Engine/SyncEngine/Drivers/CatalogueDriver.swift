import ClientKit
import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Compares the products with the warehouse's articles, and with stock sync on the stock of both, as a part of the nightly comparison.
///
/// It costs the lists of both sides: for 1,000 products 16 calls, with stock 26. Nothing is asked about a product that both show alike.
struct CatalogueDriver: Driver {
    let context: JobContext
    let records: RecordKeeper
    let articles: ArticleDriver
    let pushes: PushDriver

    private var comparison: CatalogueComparison { CatalogueComparison(barredProducts: settings.barredProducts) }

    func compare() throws {
        try journal.forgetCatalogues()
        do {
            try ongoing.eachPageOfArticles { rows in
                tally.read += rows.count
                try journal.note(rows.compactMap(\.value))
            }
        } catch let error as ExchangeError {
            guard case .refused = error.reason else { throw error }
            // An account that does not let its articles be listed is not worse off for the rest.
            return try records.attempt(.reconcile, Self.subject, record: RecordRef(.product, Self.subject)) { throw error }
        }
        if try records.parkedRecord(.reconcile, Self.subject) != nil { try records.attempt(.reconcile, Self.subject) {} }
        let (missing, listed) = try compareProducts()
        try sendMissing(missing)
        try compareUnlisted(listed)
        try tell(journal.unknownArticles().finding, about: Self.subject, .unknownArticle)
        try compareStock()
        try journal.forgetCatalogues()
    }

    /// The subject under which articles are told of as a whole.
    private static let subject = "articles"

    private func shown(_ product: ItemNumber) throws -> WarehouseArticle? {
        try journal.seenArticle(ArticleNumber(of: product), ignoringCase: mapping.articleNumbersIgnoreCase)
    }

    // MARK: What Rackbeat lists

    /// - Returns: The products that the warehouse's list does not name, and any one that Rackbeat's list does.
    private func compareProducts() throws -> (missing: [ItemNumber], listed: ItemNumber?) {
        var missing: [ItemNumber] = []
        var listed: ItemNumber?
        var number = 1
        while true {
            let page = try rackbeat.products(updatedFrom: nil, page: number)
            tally.read += page.rows.count
            try journal.noteListed(
                page.rows.compactMap { row in
                    switch row {
                    case .value(let product): product.number
                    case .unreadable(let key, _, _, _): key.map { ItemNumber($0) }
                    }
                })
            for product in page.rows.compactMap(\.value) {
                listed = listed ?? product.number
                // What is parked has its own way.
                guard try records.parkedRecord(.products, product.number.text) == nil else { continue }
                let shown = try self.shown(product.number)
                let directive = comparison.judge(
                    isBarred: product.isBarred, keepsInventory: product.keepsInventory,
                    isHeld: try journal.heldArticle(product.number) != nil, shown: shown)
                guard case .send(let kind) = directive else { continue }
                if shown == nil {
                    missing.append(product.number)
                } else {
                    pushes.disagreed(kind, RecordRef(.product, product.number.text))
                    try articles.sendAgain(product.number)
                }
            }
            if page.isLast { return (missing, listed) }
            number += 1
        }
    }

    /// Sends what the warehouse's list does not name, if it is not there either when it is asked for by its number. A list that turns
    /// out wrong a few times over is not believed.
    private func sendMissing(_ products: [ItemNumber]) throws {
        var there = 0
        for product in products where there < 3 {
            guard try ongoing.article(ArticleNumber(of: product).item) == nil else {
                there += 1
                continue
            }
            if try journal.heldArticle(product) != nil { pushes.disagreed(.articleMissing, RecordRef(.product, product.text)) }
            try articles.sendAgain(product)
        }
    }

    // MARK: What Rackbeat does not list

    private func compareUnlisted(_ listed: ItemNumber?) throws {
        var missing: [ItemNumber] = []
        var last = ""
        while true {
            let page = try journal.unlistedProducts(after: last, limit: 200)
            guard let end = page.last else { break }
            last = end.text
            for product in page {
                let shown = try self.shown(product)
                let wasTold =
                    try records.parkedRecord(.products, product.text) != nil || records.hasFindings(.products, product.text)
                guard let shown, !comparison.needsNothing(withoutProduct: shown) else {
                    if wasTold { try settle(product) }
                    continue
                }
                if wasTold { try dealWith(deleted: product, shown) } else { missing.append(product) }
            }
        }
        try dealWithMissing(missing, listed)
    }

    /// What is seen to be missing for the first time is asked for by its number: lists are cut by offset, and a row may be missed.
    private func dealWithMissing(_ products: [ItemNumber], _ listed: ItemNumber?) throws {
        let witness: MissingRecords.Witness
        if products.isEmpty {
            witness = .none
        } else {
            witness = try listed.flatMap { try rackbeat.product($0) } == nil ? .none : .sameKind
        }
        let missing = MissingRecords(
            kind: .product, numbers: products.map(\.text), held: try journal.heldArticles(), witness: witness,
            cancelledVanish: false)
        guard try records.mayBeTakenForDeleted(missing) else { return pushes.disagreed(.productDeleted, missing.first!) }
        for product in products {
            guard let shown = try self.shown(product), try rackbeat.product(product) == nil else { continue }
            pushes.disagreed(.productDeleted, RecordRef(.product, product.text))
            try dealWith(deleted: product, shown)
        }
        try records.wereDealtWith(missing)
    }

    private func dealWith(deleted product: ItemNumber, _ shown: WarehouseArticle) throws {
        switch comparison.judge(deleted: product, shown) {
        case .park(let failure):
            try records.attempt(.products, product.text, fingerprint: Fingerprint(text: "deleted")) { throw failure }
        case .deactivate:
            try records.attempt(.products, product.text) { try articles.deactivate(product, as: shown) }
        case .tell(let finding):
            try settle(product)
            try records.set([finding], .products, product.text)
        case .nothing, .send: try settle(product)
        }
    }

    private func settle(_ product: ItemNumber) throws {
        if try records.parkedRecord(.products, product.text) != nil { try records.attempt(.products, product.text) {} }
        try records.set([], .products, product.text)
    }

    private func tell(_ finding: MappingFinding?, about subject: String, _ kind: DiscrepancyKind) throws {
        if finding != nil { tally.discrepancies += 1 }
        try records.set(finding.map { [$0] } ?? [], .reconcile, subject)
    }

    // MARK: Stock

    /// Compares the stock of both sides, and tells of what the journal does not explain.
    ///
    /// Where nothing is ever reported to the warehouse, it cannot say what of it is not booked yet: articles on documents that it has
    /// begun with are left out.
    private func compareStock() throws {
        guard settings.stockSync != .off, try journal.stockSyncStarted() != nil else {
            return try records.set([], .reconcile, "stock")
        }
        var erp = try rackbeat.stockEverywhere(at: mapping.locations)
        let explained = try Explained(journal)
        let leftOut = settings.marksReported ? [] : try journal.articlesOfBegunDocuments()
        var suspects: [StockDifference] = []
        func compare(_ item: ItemNumber, _ article: WarehouseArticle?) {
            let difference = self.difference(item, article, erp.removeValue(forKey: item) ?? .zero, explained)
            if !difference.unexplained.isZero { suspects.append(difference) }
        }
        var last = ""
        while true {
            let page = try journal.seenArticles(after: last, limit: 200)
            guard let end = page.last else { break }
            last = end.number.text
            for article in page {
                let item = try journal.product(ofArticle: article.number)
                // What only the warehouse has is told of elsewhere.
                guard !leftOut.contains(article.number), try journal.heldArticle(item) != nil else {
                    erp[item] = nil
                    continue
                }
                compare(item, article)
            }
        }
        for item in erp.keys.sorted() where !leftOut.contains(ArticleNumber(of: item).item) { compare(item, nil) }
        // Goods moved while the lists were read.
        let named = try suspects.prefix(StockDifference.mostNamed).map { try secondLook(at: $0.item, explained) }
            .filter { !$0.unexplained.isZero }
        let more = max(0, suspects.count - StockDifference.mostNamed)
        try tell(StockDifference.finding(named, of: named.count + more), about: "stock", .stockDiffers)
    }

    /// What the journal knows of why stock differs.
    private struct Explained {
        var pending: [ItemNumber: Quantity] = [:]
        var accepted: [ItemNumber: Quantity] = [:]

        init(_ journal: ConnectionJournal) throws {
            for adjustment in try journal.openAdjustments() { pending[adjustment.item, default: .zero] += adjustment.change }
            for offset in try journal.stockOffsets() { accepted[ItemNumber(offset.item)] = Quantity(offset.offset) }
        }
    }

    private func difference(
        _ item: ItemNumber, _ article: WarehouseArticle?, _ rackbeat: Quantity, _ explained: Explained
    ) -> StockDifference {
        let reports = settings.marksReported
        return StockDifference(
            item: item, ongoing: article?.onHand ?? .zero, rackbeat: rackbeat,
            toBeBooked: reports ? (article?.receivedToBeReported ?? .zero) - (article?.pickedToBeReported ?? .zero) : .zero,
            toBeAdjusted: explained.pending[item] ?? .zero, accepted: explained.accepted[item] ?? .zero)
    }

    private func secondLook(at item: ItemNumber, _ explained: Explained) throws -> StockDifference {
        let article = try ongoing.article(ArticleNumber(of: item).item)
        var stock = Quantity.zero
        for location in mapping.locations.sorted(by: { $0.text < $1.text }) {
            stock += try rackbeat.stock(of: item, at: location) ?? .zero
        }
        return difference(item, article, stock, explained)
    }
}
