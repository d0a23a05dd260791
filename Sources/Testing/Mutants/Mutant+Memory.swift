extension Mutant {
    /// What the engine is sure to have written down is not there.
    static let memory: [Mutant] = [
        Mutant(
            name: "ledger-rows-lost",
            story:
                "What was booked was kept in a table of its own, written after the answer. A full disk lost the rows, and every pick was booked again.",
            caughtBy: "shipped-equals-picked", act: .journal(triggers: losing("booked", "NEW.kind = 'order'"))),
        Mutant(
            name: "receipt-repeated-after-a-crash",
            story:
                "The receipt was confirmed in one transaction and counted in another. The process died in between, and began with the receipt again.",
            caughtBy: "received-equals-receipts", act: .journal(triggers: losing("booked", "NEW.kind = 'purchase-order'"))),
        Mutant(
            name: "earlier-receipts-forgotten",
            story:
                "What was booked of a line was kept as what was booked last, not as the sum. The third delivery of a purchase order was counted against the second alone, and part of the first was received again.",
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
            story:
                "What was replayed was remembered for as long as the window was open. The window moved, still reached back to the same rows, and they were replayed again.",
            caughtBy: "adjustments-recreated-once",
            act: .journal(
                triggers: """
                    CREATE TRIGGER forgotten AFTER UPDATE OF state ON adjustments WHEN NEW.state = 'booked' BEGIN
                        UPDATE adjustments SET row_key = 'forgotten ' || id WHERE id = NEW.id;
                    END
                    """)),
    ]

    /// Rows of a table that are gone as soon as they are written.
    private static func losing(_ table: String, _ condition: String) -> String {
        """
        CREATE TRIGGER lost AFTER INSERT ON \(table) WHEN \(condition) BEGIN
            DELETE FROM \(table) WHERE connection = NEW.connection AND kind = NEW.kind
                AND warehouse_id = NEW.warehouse_id AND row = NEW.row;
        END
        """
    }
}
