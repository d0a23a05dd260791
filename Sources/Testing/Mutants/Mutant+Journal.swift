extension Mutant {
    /// The journal loses what the engine wrote.
    static let journal: [Mutant] = [
        Mutant(
            name: "failing-records-dropped",
            description:
                "What failed was logged and dropped. The next sweep found it at night, and until then no list showed that an order was missing.",
            caughtBy: "nothing-silent",
            act: .journal(
                triggers: """
                    CREATE TRIGGER dropped AFTER INSERT ON parked WHEN NEW.retry_at IS NOT NULL BEGIN
                        DELETE FROM parked WHERE id = NEW.id;
                    END
                    """)),
        Mutant(
            name: "ledger-rows-lost",
            description:
                "Booked quantities were kept in a table of their own, written after the response. A full disk lost the rows, and every pick was booked again.",
            caughtBy: "shipped-equals-picked", act: .journal(triggers: losing("booked", "NEW.kind = 'order'"))),
        Mutant(
            name: "receipt-repeated-after-a-crash",
            description:
                "The receipt was confirmed in one transaction and counted in another. The process crashed in between, and booked the receipt again.",
            caughtBy: "received-equals-receipts", act: .journal(triggers: losing("booked", "NEW.kind = 'purchase-order'"))),
        Mutant(
            name: "earlier-receipts-forgotten",
            description:
                "The ledger kept the last booked quantity of a line instead of the sum. The third delivery of a purchase order was compared with the second alone, and part of the first was received again.",
            caughtBy: "received-equals-receipts",
            act: .journal(
                triggers: """
                    CREATE TRIGGER last AFTER INSERT ON booked WHEN NEW.kind = 'purchase-order' BEGIN
                        UPDATE booked SET quantity = (
                            SELECT line.quantity FROM intent_lines line JOIN intents ON intents.id = line.intent
                            WHERE intents.connection = NEW.connection AND intents.kind = NEW.kind
                                AND intents.warehouse_id = NEW.warehouse_id AND intents.state = 'booked' AND line.row = NEW.row
                            ORDER BY intents.id DESC LIMIT 1)
                        WHERE connection = NEW.connection AND kind = NEW.kind AND warehouse_id = NEW.warehouse_id
                            AND row = NEW.row;
                    END
                    """)),
        Mutant(
            name: "adjustments-recreated-after-the-window-moves",
            description:
                "Recreated adjustments were remembered only while the window was open, under a mark that was new each time. The next window reached back to the same rows, and they were recreated again.",
            caughtBy: "adjustments-recreated-once",
            act: .journal(
                triggers: """
                    CREATE TRIGGER marked AFTER INSERT ON adjustments WHEN NEW.reason NOT LIKE '% made good' BEGIN
                        UPDATE adjustments SET reason = NEW.reason || NEW.id WHERE id = NEW.id;
                    END;
                    CREATE TRIGGER forgotten AFTER UPDATE OF state ON adjustments WHEN NEW.state = 'booked' BEGIN
                        UPDATE adjustments SET row_key = 'forgotten ' || id WHERE id = NEW.id;
                    END
                    """)),
        Mutant(
            name: "sent-documents-are-never-compared",
            description:
                "The nightly comparison turned only to what Rackbeat's list showed. An order that was deleted there was in no list, and the warehouse shipped it.",
            caughtBy: "orders-are-there",
            act: .journal(
                triggers: """
                    CREATE TRIGGER compared AFTER INSERT ON pushed WHEN NEW.state = 'held' BEGIN
                        UPDATE pushed SET is_done = 1
                        WHERE connection = NEW.connection AND kind = NEW.kind AND number = NEW.number;
                    END
                    """)),
        Mutant(
            name: "renumbered-order-sent-under-its-old-number",
            description:
                "The warehouse gave an order a number of its own. The next change was sent under the old number, and both orders were shipped.",
            caughtBy: "orders-are-there",
            act: .journal(
                triggers: """
                    CREATE TRIGGER renumbered AFTER INSERT ON pushed WHEN NEW.warehouse_number <> NEW.number BEGIN
                        UPDATE pushed SET warehouse_number = number
                        WHERE connection = NEW.connection AND kind = NEW.kind AND number = NEW.number;
                    END
                    """)),
    ]

    /// Deletes rows of a table as soon as they are written.
    private static func losing(_ table: String, _ condition: String) -> String {
        """
        CREATE TRIGGER lost AFTER INSERT ON \(table) WHEN \(condition) BEGIN
            DELETE FROM \(table) WHERE connection = NEW.connection AND kind = NEW.kind
                AND warehouse_id = NEW.warehouse_id AND row = NEW.row;
        END
        """
    }
}
