import GRDB
import SyncCore
import Trade
import Units

extension ConnectionJournal {
    /// What the warehouse holds of a product's article; `nil`: it was never sent.
    func heldArticle(_ product: ItemNumber) throws -> HeldContent? {
        try read { database in
            try database.row(
                "SELECT fingerprint FROM pushed_articles WHERE connection = ? AND item = ?", [connection, product.text]
            )
            .map { row in
                let fingerprint: String? = try row[0]
                return HeldContent(fingerprint.map(Fingerprint.init(text:)))
            }
        }
    }

    /// - Parameters:
    ///   - article: Its number in the warehouse.
    ///   - fingerprint: `nil`: which content is not known any more.
    ///   - former: The product that the article stood for before; `nil`: this one, or none.
    ///   - nothingIsUnknown: Whether no earlier request may still arrive: the note that one was on its way goes too.
    /// - Returns: Whether something waited for the article; it may be tried again now.
    @discardableResult
    func articleIsHeld(
        _ product: ItemNumber, as article: ArticleNumber, _ fingerprint: Fingerprint?, insteadOf former: ItemNumber? = nil,
        at now: Moment, nothingIsUnknown: Bool
    ) throws -> Bool {
        try commit { database in
            if nothingIsUnknown {
                try database.run(
                    "DELETE FROM unknown_writes WHERE connection = ? AND job = ? AND subject = ? AND resend_at IS NULL",
                    [connection, Job.products.rawValue, product.text])
            }
            if let former {
                try database.run(
                    "DELETE FROM pushed_articles WHERE connection = ? AND item = ?", [connection, former.text])
            }
            try database.run(
                "INSERT OR REPLACE INTO pushed_articles (connection, item, article, fingerprint) VALUES (?, ?, ?, ?)",
                [connection, product.text, article.key, fingerprint?.text])
            return try database.wake(waitingFor: RecordRef(.product, product.text), at: now, connection)
        }
    }

    /// The products that the warehouse has articles of under this number, or under one that differs from it in case alone.
    func products(ofArticle article: ArticleNumber) throws -> [ItemNumber] {
        try read { database in
            try database.texts(
                """
                SELECT item FROM pushed_articles INDEXED BY pushed_articles_by_article
                WHERE connection = ? AND article = ? ORDER BY item
                """, [connection, article.key]
            ).map { ItemNumber($0) }
        }
    }

    /// The product in Rackbeat that an article of the warehouse stands for.
    ///
    /// - Returns: Where none was sent under that number, the product of the same number.
    func product(ofArticle article: ItemNumber) throws -> ItemNumber {
        let products = try products(ofArticle: ArticleNumber(of: article))
        return products.first { ArticleNumber(of: $0).text == article.text } ?? products.first ?? article
    }

    // MARK: Products without inventory

    func productsWithoutInventory() throws -> Set<ItemNumber> {
        try read { database in
            Set(
                try database.texts("SELECT item FROM products_without_inventory WHERE connection = ?", [connection])
                    .map { ItemNumber($0) })
        }
    }

    /// Notes whether Rackbeat keeps stock of a product.
    func note(_ product: ItemNumber, keepsInventory: Bool) throws {
        try commit { database in
            try database.run(
                keepsInventory
                    ? "DELETE FROM products_without_inventory WHERE connection = ? AND item = ?"
                    : "INSERT OR IGNORE INTO products_without_inventory (connection, item) VALUES (?, ?)",
                [connection, product.text])
        }
    }

    /// Has the documents of a job read as they are read once a day, by its next run.
    func wantsSweep(_ job: Job) throws {
        var cursor = try cursor(job)
        guard cursor.sweptAt != nil else { return }
        cursor.sweptAt = nil
        try set(cursor, job)
    }
}
