import GRDB

/// The journal's tables. Quantities are decimal text, moments are milliseconds since 1970.
enum JournalSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: what the engine must not forget") { database in
            try database.execute(sql: first)
        }
        migrator.registerMigration("2: look up without reading all") { database in
            try database.execute(sql: second)
        }
        migrator.registerMigration("3: writes that may still arrive, and intents by number") { database in
            try database.execute(sql: third)
        }
        migrator.registerMigration("4: the engine's time of a cursor, and since when a record seems well") { database in
            try database.execute(sql: fourth)
        }
        migrator.registerMigration("5: records by kind and number, and writes whose outcome is unknown") { database in
            try database.execute(sql: fifth)
        }
        migrator.registerMigration("6: states of documents without marks in fingerprints") { database in
            try database.execute(sql: sixth)
        }
        migrator.registerMigration("7: records and jobs that time does not help") { database in
            try database.execute(sql: seventh)
        }
        migrator.registerMigration("8: the product behind an article, and products without inventory") { database in
            try database.execute(sql: eighth)
            // SQLite folds the case of ASCII alone.
            for item in try String.fetchAll(database, sql: "SELECT DISTINCT item FROM pushed_articles") {
                try database.execute(
                    sql: "UPDATE pushed_articles SET article = ? WHERE item = ?", arguments: [item.lowercased(), item])
            }
        }
        migrator.registerMigration("9: documents that are done on both sides") { database in
            try database.execute(sql: ninth)
        }
        migrator.registerMigration("10: how far the other system's clock is ahead") { database in
            try database.execute(sql: "ALTER TABLE cursors ADD COLUMN clock_ahead INTEGER")
        }
        migrator.registerMigration("11: what the journal was made for") { database in
            try database.execute(sql: eleventh)
        }
        migrator.registerMigration("12: what was booked and not looked at once more") { database in
            try database.execute(sql: twelfth)
        }
        migrator.registerMigration("13: until when a connection is paused") { database in
            try database.execute(sql: "ALTER TABLE runs ADD COLUMN paused_until INTEGER")
        }
        return migrator
    }

    /// Every table, those first that refer to others.
    static let tables = [
        "intent_lines", "intent_before", "intents", "cursors", "runs", "pushed_articles", "pushed", "pushed_lines", "booked",
        "adjustments", "stock_sync", "stock_offsets", "parked_documents", "parked", "findings", "unknown_writes",
        "products_without_inventory", "places",
    ]

    private static let first = """
        CREATE TABLE cursors (
            connection TEXT NOT NULL, job TEXT NOT NULL, moment INTEGER, swept_at INTEGER,
            PRIMARY KEY (connection, job)) WITHOUT ROWID;

        CREATE TABLE runs (
            connection TEXT NOT NULL, job TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
            outcome TEXT NOT NULL, summary TEXT NOT NULL,
            PRIMARY KEY (connection, job)) WITHOUT ROWID;

        CREATE TABLE pushed_articles (
            connection TEXT NOT NULL, item TEXT NOT NULL, fingerprint TEXT NOT NULL,
            PRIMARY KEY (connection, item)) WITHOUT ROWID;

        -- kind: order or purchase-order. fingerprint: what the warehouse holds; pending: what was last sent.
        CREATE TABLE pushed (
            connection TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, warehouse_number TEXT NOT NULL,
            warehouse_id INTEGER, generation INTEGER NOT NULL, state TEXT NOT NULL, fingerprint TEXT, pending TEXT,
            delivery_date TEXT, sent_at INTEGER NOT NULL,
            PRIMARY KEY (connection, kind, number)) WITHOUT ROWID;
        CREATE INDEX pushed_by_warehouse_id ON pushed (connection, kind, warehouse_id);
        CREATE INDEX pushed_by_warehouse_number ON pushed (connection, kind, warehouse_number);

        CREATE TABLE pushed_lines (
            connection TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, row TEXT NOT NULL, item TEXT NOT NULL,
            quantity TEXT NOT NULL,
            PRIMARY KEY (connection, kind, number, row)) WITHOUT ROWID;

        -- The ledger of what was booked, per document of the warehouse and line of the shop.
        CREATE TABLE booked (
            connection TEXT NOT NULL, kind TEXT NOT NULL, warehouse_id INTEGER NOT NULL, row TEXT NOT NULL,
            number TEXT NOT NULL, quantity TEXT NOT NULL,
            PRIMARY KEY (connection, kind, warehouse_id, row)) WITHOUT ROWID;
        CREATE INDEX booked_by_number ON booked (connection, kind, number);

        CREATE TABLE intents (
            id INTEGER PRIMARY KEY, connection TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL,
            warehouse_number TEXT NOT NULL, warehouse_id INTEGER NOT NULL, fingerprint TEXT NOT NULL,
            created_at INTEGER NOT NULL, state TEXT NOT NULL, document INTEGER, since INTEGER, was_in_doubt INTEGER NOT NULL);
        CREATE INDEX intents_open ON intents (connection, kind) WHERE state NOT IN ('booked', 'abandoned');
        CREATE TABLE intent_lines (
            intent INTEGER NOT NULL REFERENCES intents (id), position INTEGER NOT NULL, row TEXT NOT NULL, item TEXT NOT NULL,
            location TEXT NOT NULL, quantity TEXT NOT NULL,
            PRIMARY KEY (intent, position)) WITHOUT ROWID;
        -- What the shop held before: documents in them are not ours.
        CREATE TABLE intent_before (
            intent INTEGER NOT NULL REFERENCES intents (id), document INTEGER NOT NULL,
            PRIMARY KEY (intent, document)) WITHOUT ROWID;

        -- Rows of the warehouse's adjustments. They have no id of their own: equal rows are told apart by occurrence.
        -- parent: the replay whose shortfall this one makes good.
        CREATE TABLE adjustments (
            id INTEGER PRIMARY KEY, connection TEXT NOT NULL, inventory INTEGER NOT NULL, article_id INTEGER NOT NULL,
            item TEXT NOT NULL, change TEXT NOT NULL, time INTEGER NOT NULL, row_key TEXT NOT NULL,
            occurrence INTEGER NOT NULL, parent INTEGER, reason TEXT NOT NULL, state TEXT NOT NULL, document INTEGER,
            since INTEGER, base TEXT, created_at INTEGER NOT NULL,
            UNIQUE (connection, row_key, occurrence));
        CREATE INDEX adjustments_open ON adjustments (connection)
            WHERE state NOT IN ('booked', 'baseline', 'dismissed', 'abandoned');

        CREATE TABLE stock_sync (
            connection TEXT NOT NULL PRIMARY KEY, started_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE stock_offsets (
            connection TEXT NOT NULL, item TEXT NOT NULL, offset TEXT NOT NULL,
            PRIMARY KEY (connection, item)) WITHOUT ROWID;

        -- retry_at: when it is tried again by itself; NULL: waits for a change of its source, or for a person.
        CREATE TABLE parked (
            id INTEGER PRIMARY KEY, connection TEXT NOT NULL, job TEXT NOT NULL, subject TEXT NOT NULL, fingerprint TEXT,
            waits_for TEXT, reason TEXT NOT NULL, effect TEXT NOT NULL, remedy TEXT NOT NULL, since INTEGER NOT NULL,
            attempts INTEGER NOT NULL, retry_at INTEGER, dismissed_at INTEGER, dismissed_why TEXT,
            UNIQUE (connection, job, subject));
        CREATE INDEX parked_due ON parked (connection, job, retry_at);

        CREATE TABLE findings (
            connection TEXT NOT NULL, job TEXT NOT NULL, subject TEXT NOT NULL, field TEXT NOT NULL, problem TEXT NOT NULL,
            PRIMARY KEY (connection, job, subject, field)) WITHOUT ROWID;
        """

    private static let second = """
        CREATE INDEX adjustments_by_article ON adjustments (connection, inventory, article_id);
        CREATE INDEX pushed_underway ON pushed (connection, kind, number) WHERE state IN ('sending', 'cancelling');
        """

    private static let third = """
        -- Writes that went without an answer. tell_again_at: when the warehouse is to be told once more, because something else
        -- was written since; NULL: nothing was.
        CREATE TABLE doubts (
            connection TEXT NOT NULL, job TEXT NOT NULL, subject TEXT NOT NULL, fingerprint TEXT NOT NULL, at INTEGER NOT NULL,
            tell_again_at INTEGER,
            PRIMARY KEY (connection, job, subject)) WITHOUT ROWID;

        CREATE INDEX intents_by_number ON intents (kind, number);
        """

    private static let fourth = """
        -- moment is by the other system's clock, begun_at by our own: when the run that moved the cursor had begun.
        ALTER TABLE cursors ADD COLUMN begun_at INTEGER;
        -- Since when a parked record has seemed to need nobody any more.
        ALTER TABLE parked ADD COLUMN well_since INTEGER;
        """

    private static let fifth = """
        -- What a parked record is in Rackbeat, and the record whose success lets it be tried again.
        ALTER TABLE parked ADD COLUMN record_kind TEXT NOT NULL DEFAULT '';
        ALTER TABLE parked ADD COLUMN record_number TEXT NOT NULL DEFAULT '';
        ALTER TABLE parked ADD COLUMN waits_for_kind TEXT;
        ALTER TABLE parked ADD COLUMN waits_for_number TEXT;
        UPDATE parked SET
            record_kind = CASE job WHEN 'products' THEN 'product' WHEN 'stock' THEN 'product' WHEN 'orders' THEN 'order'
                WHEN 'shipments' THEN 'order' ELSE 'purchase-order' END,
            record_number = CASE WHEN job = 'stock' AND instr(subject, ': ') > 0
                THEN substr(subject, 1, instr(subject, ': ') - 1) ELSE subject END,
            waits_for_kind = CASE WHEN waits_for LIKE 'item %' THEN 'product' WHEN waits_for LIKE 'order %' THEN 'order'
                WHEN waits_for LIKE 'purchase order %' THEN 'purchase-order' END,
            waits_for_number = CASE WHEN waits_for LIKE 'item %' THEN substr(waits_for, 6)
                WHEN waits_for LIKE 'order %' THEN substr(waits_for, 7)
                WHEN waits_for LIKE 'purchase order %' THEN substr(waits_for, 16) END;
        ALTER TABLE parked DROP COLUMN waits_for;

        -- What Rackbeat holds that a parked record is about, such as a draft that was left.
        CREATE TABLE parked_documents (
            parked INTEGER NOT NULL REFERENCES parked (id) ON DELETE CASCADE, kind TEXT NOT NULL, number TEXT NOT NULL,
            PRIMARY KEY (parked, kind, number)) WITHOUT ROWID;

        -- resend_at: when the warehouse is to be sent what is valid now, because something else was written since.
        ALTER TABLE doubts RENAME TO unknown_writes;
        ALTER TABLE unknown_writes RENAME COLUMN tell_again_at TO resend_at;
        ALTER TABLE intents RENAME COLUMN was_in_doubt TO outcome_unknown;
        """

    private static let sixth = """
        -- What the warehouse holds of an article; NULL: something, and which content is not known.
        CREATE TABLE new_articles (
            connection TEXT NOT NULL, item TEXT NOT NULL, fingerprint TEXT,
            PRIMARY KEY (connection, item)) WITHOUT ROWID;
        INSERT INTO new_articles SELECT connection, item, NULLIF(fingerprint, 'unknown') FROM pushed_articles;
        DROP TABLE pushed_articles;
        ALTER TABLE new_articles RENAME TO pushed_articles;

        -- kind: order or purchase-order. sending: the content whose sending has an unknown outcome. is_held: whether the warehouse
        -- holds something, or held it before the last write; held: its content, NULL when that is not known; cancel_requested: it
        -- was told to cancel that. since: when a write whose outcome is unknown was sent.
        CREATE TABLE new_pushed (
            connection TEXT NOT NULL, kind TEXT NOT NULL, number TEXT NOT NULL, warehouse_number TEXT NOT NULL,
            warehouse_id INTEGER, generation INTEGER NOT NULL, state TEXT NOT NULL, sending TEXT, is_held INTEGER NOT NULL,
            held TEXT, cancel_requested INTEGER NOT NULL, since INTEGER, delivery_date TEXT,
            PRIMARY KEY (connection, kind, number)) WITHOUT ROWID;
        -- The request to cancel was a mark before the fingerprint, and content that is not known a fingerprint of its own.
        INSERT INTO new_pushed
            SELECT connection, kind, number, warehouse_number, warehouse_id, generation, state,
                CASE WHEN state IN ('sending', 'cancelling', 'cancel-unseen') THEN pending END,
                state IN ('sending', 'held', 'cancelling') AND fingerprint IS NOT NULL,
                CASE WHEN state IN ('sending', 'held', 'cancelling')
                    THEN NULLIF(replace(fingerprint, 'called off: ', ''), 'unknown') END,
                state IN ('sending', 'held', 'cancelling') AND coalesce(fingerprint, '') LIKE 'called off: %',
                CASE WHEN state IN ('sending', 'cancelling', 'cancel-unseen') THEN sent_at END, delivery_date
            FROM pushed;
        DROP TABLE pushed;
        ALTER TABLE new_pushed RENAME TO pushed;
        CREATE INDEX pushed_by_warehouse_id ON pushed (connection, kind, warehouse_id);
        CREATE INDEX pushed_by_warehouse_number ON pushed (connection, kind, warehouse_number);
        CREATE INDEX pushed_underway ON pushed (connection, kind, number) WHERE state IN ('sending', 'cancelling');

        -- content: NULL for a cancellation.
        CREATE TABLE new_unknown_writes (
            connection TEXT NOT NULL, job TEXT NOT NULL, subject TEXT NOT NULL, content TEXT, at INTEGER NOT NULL,
            resend_at INTEGER,
            PRIMARY KEY (connection, job, subject)) WITHOUT ROWID;
        INSERT INTO new_unknown_writes
            SELECT connection, job, subject, NULLIF(fingerprint, 'cancelled'), at, resend_at FROM unknown_writes;
        DROP TABLE unknown_writes;
        ALTER TABLE new_unknown_writes RENAME TO unknown_writes;
        """

    private static let seventh = """
        -- failing_since: the first of the failures in a row that may pass by themselves. gave_up_at: since when it needs a person
        -- although it is still retried.
        ALTER TABLE parked ADD COLUMN failing_since INTEGER;
        ALTER TABLE parked ADD COLUMN gave_up_at INTEGER;
        -- failing_since: the first of the failed runs in a row.
        ALTER TABLE runs ADD COLUMN failing_since INTEGER;
        """

    private static let eighth = """
        -- item: the number in Rackbeat as it stands there. article: the number in the warehouse in one case, since two products may
        -- differ in no more than that.
        ALTER TABLE pushed_articles ADD COLUMN article TEXT NOT NULL DEFAULT '';
        CREATE INDEX pushed_articles_by_article ON pushed_articles (connection, article);

        -- What Rackbeat keeps no stock of: services, freight.
        CREATE TABLE products_without_inventory (
            connection TEXT NOT NULL, item TEXT NOT NULL,
            PRIMARY KEY (connection, item)) WITHOUT ROWID;
        """

    private static let eleventh = """
        -- rackbeat, ongoing: base URLs. account: the number of the account in Rackbeat, once it is known.
        CREATE TABLE places (
            connection TEXT NOT NULL PRIMARY KEY, rackbeat TEXT NOT NULL, ongoing TEXT NOT NULL, location TEXT NOT NULL,
            goods_owner INTEGER NOT NULL, account INTEGER) WITHOUT ROWID;
        """

    private static let ninth = """
        -- Whether both sides were seen to be done with a document, so that no comparison turns to it again. Whatever is written of a
        -- document takes the mark away. state knows two more: cancelled-by-warehouse, and resend-requested when a person asked for it.
        ALTER TABLE pushed ADD COLUMN is_done INTEGER NOT NULL DEFAULT 0;
        """

    private static let twelfth = """
        -- booked_at: when a shipment, receipt or adjustment was booked, until it was looked at once more for what a second delivery
        -- of the request may have made; NULL: it was, or was booked by an earlier version.
        ALTER TABLE intents ADD COLUMN booked_at INTEGER;
        ALTER TABLE adjustments ADD COLUMN booked_at INTEGER;
        CREATE INDEX intents_to_look_at ON intents (connection, kind, booked_at) WHERE booked_at IS NOT NULL;
        CREATE INDEX adjustments_to_look_at ON adjustments (connection, booked_at) WHERE booked_at IS NOT NULL;
        """
}
