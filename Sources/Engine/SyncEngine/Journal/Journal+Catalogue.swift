import GRDB
import SyncCore
import Trade

/// What one comparison has seen of both catalogues, in temporary tables like what it has seen of documents: of every product its
/// number, of every article what a decision hangs on.
extension ConnectionJournal {
    private static let tables = """
        CREATE TEMP TABLE IF NOT EXISTS seen_articles (
            connection TEXT NOT NULL, number TEXT NOT NULL, key TEXT NOT NULL, id INTEGER NOT NULL, name TEXT,
            is_active INTEGER NOT NULL, is_batch INTEGER NOT NULL, is_serial INTEGER NOT NULL, on_hand TEXT NOT NULL,
            picked TEXT NOT NULL, received TEXT NOT NULL,
            PRIMARY KEY (connection, number)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS temp.seen_articles_by_key ON seen_articles (connection, key);
        CREATE TEMP TABLE IF NOT EXISTS seen_products (
            connection TEXT NOT NULL, item TEXT NOT NULL, key TEXT NOT NULL,
            PRIMARY KEY (connection, item)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS temp.seen_products_by_key ON seen_products (connection, key);
        """

    func forgetCatalogues() throws {
        try journal.makeScratchTables(Self.tables)
        try journal.scratch { database in
            for table in ["seen_articles", "seen_products"] {
                try database.run("DELETE FROM temp.\(table) WHERE connection = ?", [connection])
            }
        }
    }

    func note(_ articles: [WarehouseArticle]) throws {
        try journal.scratch { database in
            try database.inSavepoint {
                for article in articles {
                    try database.run(
                        """
                        INSERT OR REPLACE INTO temp.seen_articles (connection, number, key, id, name, is_active, is_batch, is_serial,
                        on_hand, picked, received) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        [
                            connection, article.number.text, ArticleNumber(of: article.number).key, article.id.value,
                            article.name,
                            article.isActive, article.isBatchArticle, article.isSerialNumberArticle, article.onHand.description,
                            article.pickedToBeReported.description, article.receivedToBeReported.description,
                        ])
                }
                return .commit
            }
        }
    }

    func noteListed(_ products: [ItemNumber]) throws {
        try journal.scratch { database in
            try database.inSavepoint {
                for product in products {
                    try database.run(
                        "INSERT OR IGNORE INTO temp.seen_products (connection, item, key) VALUES (?, ?, ?)",
                        [connection, product.text, ArticleNumber(of: product).key])
                }
                return .commit
            }
        }
    }

    private static let columns = "number, id, name, is_active, is_batch, is_serial, on_hand, picked, received"

    private func article(_ row: JournalRow) throws -> WarehouseArticle {
        var article = WarehouseArticle(id: WarehouseID(try row[1]), number: ItemNumber(try row[0]))
        article.name = try row[2]
        article.isActive = try row[3]
        article.isBatchArticle = try row[4]
        article.isSerialNumberArticle = try row[5]
        article.onHand = try row[6]
        article.pickedToBeReported = try row[7]
        article.receivedToBeReported = try row[8]
        return article
    }

    /// The article of a number; where the warehouse does not tell cases apart, also one that differs in case.
    func seenArticle(_ number: ArticleNumber, ignoringCase: Bool) throws -> WarehouseArticle? {
        try read { database in
            try database.row(
                ignoringCase
                    ? "SELECT \(Self.columns) FROM temp.seen_articles WHERE connection = ? AND key = ? ORDER BY number LIMIT 1"
                    : "SELECT \(Self.columns) FROM temp.seen_articles WHERE connection = ? AND number = ?",
                [connection, ignoringCase ? number.key : number.text]
            ).map(article)
        }
    }

    /// Articles by number, from one on.
    func seenArticles(after number: String, limit: Int) throws -> [WarehouseArticle] {
        try read { database in
            try database.rows(
                """
                SELECT \(Self.columns) FROM temp.seen_articles WHERE connection = ? AND number > ? ORDER BY number LIMIT ?
                """, [connection, number, limit]
            ).map(article)
        }
    }

    /// What Rackbeat does not list and the warehouse has an article of by our records; by number, from one on.
    func unlistedProducts(after item: String, limit: Int) throws -> [ItemNumber] {
        try read { database in
            try database.texts(
                """
                SELECT item FROM pushed_articles
                WHERE connection = ?1 AND item > ?2 AND NOT EXISTS (
                    SELECT 1 FROM temp.seen_products AS seen WHERE seen.connection = ?1 AND seen.item = pushed_articles.item)
                ORDER BY item LIMIT ?3
                """, [connection, item, limit]
            ).map { ItemNumber($0) }
        }
    }

    /// How many products the warehouse has an article of by our records.
    func heldArticles() throws -> Int {
        try read { database in
            try database.row("SELECT count(*) FROM pushed_articles WHERE connection = ?", [connection])?[0] ?? 0
        }
    }

    /// Articles that neither Rackbeat lists nor we have sent.
    func unknownArticles() throws -> UnknownArticles {
        let condition = """
            FROM temp.seen_articles AS seen
            WHERE seen.connection = ?1
                AND (seen.is_active OR seen.on_hand <> '0')
                AND NOT EXISTS (SELECT 1 FROM temp.seen_products AS listed WHERE listed.connection = ?1 AND listed.key = seen.key)
                AND NOT EXISTS (
                    SELECT 1 FROM pushed_articles INDEXED BY pushed_articles_by_article
                    WHERE pushed_articles.connection = ?1 AND pushed_articles.article = seen.key)
            """
        return try read { database in
            let count: Int = try database.row("SELECT count(*) \(condition)", [connection])?[0] ?? 0
            guard count > 0 else { return UnknownArticles(first: [], count: 0) }
            let rows = try database.rows(
                "SELECT \(Self.columns) \(condition) ORDER BY number LIMIT \(UnknownArticles.mostNamed)", [connection])
            return try UnknownArticles(first: rows.map(article), count: count)
        }
    }

    /// The articles on documents that the warehouse has begun with, as far as the lists showed them.
    func articlesOfBegunDocuments() throws -> Set<ItemNumber> {
        try read { database in
            Set(
                try database.texts(
                    """
                    SELECT DISTINCT seen_lines.item FROM temp.seen JOIN temp.seen_lines
                        ON seen_lines.connection = seen.connection AND seen_lines.kind = seen.kind AND seen_lines.id = seen.id
                    WHERE seen.connection = ? AND seen.has_begun
                    """, [connection]
                ).map { ItemNumber($0) })
        }
    }
}
