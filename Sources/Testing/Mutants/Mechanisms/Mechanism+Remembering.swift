import Exchange
import HTTPTypes

extension Mechanism {
    static let remembering: [Mechanism] = [
        Mechanism(
            "unchanged-articles-are-not-sent", "What the warehouse holds of an article is forgotten.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER content AFTER INSERT ON pushed_articles WHEN NEW.fingerprint IS NOT NULL BEGIN
                            UPDATE pushed_articles SET fingerprint = NULL WHERE connection = NEW.connection AND item = NEW.item;
                        END
                        """)
            ]),
        Mechanism(
            "unchanged-documents-are-not-sent", "What the warehouse holds of an order or a purchase order is forgotten.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER content AFTER INSERT ON pushed WHEN NEW.held IS NOT NULL BEGIN
                            UPDATE pushed SET held = NULL
                            WHERE connection = NEW.connection AND kind = NEW.kind AND number = NEW.number;
                        END
                        """)
            ]),
        Mechanism(
            "resending-after-an-unknown-outcome", "A write whose outcome is unknown is forgotten.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER unknown AFTER INSERT ON unknown_writes BEGIN
                            DELETE FROM unknown_writes
                            WHERE connection = NEW.connection AND job = NEW.job AND subject = NEW.subject;
                        END
                        """)
            ]),
        Mechanism(
            "waking-of-what-waits", "What a parked record waits for is forgotten.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER waits AFTER INSERT ON parked WHEN NEW.waits_for_kind IS NOT NULL BEGIN
                            UPDATE parked SET waits_for_kind = NULL, waits_for_number = NULL WHERE id = NEW.id;
                        END;
                        CREATE TRIGGER waits_on AFTER UPDATE OF waits_for_kind ON parked WHEN NEW.waits_for_kind IS NOT NULL BEGIN
                            UPDATE parked SET waits_for_kind = NULL, waits_for_number = NULL WHERE id = NEW.id;
                        END
                        """)
            ]),
        Mechanism(
            "parked-content-is-not-retried",
            "For which content a record was parked is forgotten, so it is tried again and again.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER content AFTER INSERT ON parked WHEN NEW.fingerprint IS NOT NULL BEGIN
                            UPDATE parked SET fingerprint = NULL WHERE id = NEW.id;
                        END;
                        CREATE TRIGGER content_again AFTER UPDATE OF fingerprint ON parked WHEN NEW.fingerprint IS NOT NULL BEGIN
                            UPDATE parked SET fingerprint = NULL WHERE id = NEW.id;
                        END
                        """)
            ]),
        Mechanism(
            "brake-on-many-deletions", "Somebody seems to have confirmed at once whatever is missing.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER confirmed AFTER INSERT ON parked WHEN NEW.job = 'reconcile' AND NEW.retry_at IS NULL BEGIN
                            UPDATE parked SET retry_at = NEW.since WHERE id = NEW.id;
                        END
                        """)
            ]),
        Mechanism(
            "watch-on-the-clocks",
            "No response says what time it is at the other system, and what was known of that is forgotten.",
            [
                .wire(.rackbeat) { withoutDate }, .wire(.ongoing) { withoutDate },
                .journal(
                    triggers: """
                        CREATE TRIGGER ahead AFTER INSERT ON cursors WHEN NEW.clock_ahead IS NOT NULL BEGIN
                            UPDATE cursors SET clock_ahead = NULL WHERE connection = NEW.connection AND job = NEW.job;
                        END
                        """),
            ]),
        Mechanism(
            "unparking-takes-two-looks", "A record that seems well once is taken off the list at once.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER well AFTER UPDATE OF well_since ON parked WHEN NEW.well_since IS NOT NULL BEGIN
                            DELETE FROM parked WHERE id = NEW.id;
                        END
                        """)
            ]),
        Mechanism(
            "unparking", "What is parked stays parked, whatever becomes of its cause.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER stays BEFORE DELETE ON parked BEGIN
                            SELECT RAISE(IGNORE);
                        END
                        """)
            ]),
        Mechanism(
            "documents-that-were-there-before", "Which documents an order had before its booking is forgotten.",
            [
                .journal(
                    triggers: """
                        CREATE TRIGGER before AFTER INSERT ON intent_before BEGIN
                            DELETE FROM intent_before WHERE intent = NEW.intent AND document = NEW.document;
                        END
                        """)
            ]),
        Mechanism("ledger-of-shipments", asIn: ["ledger-rows-lost"]),
        Mechanism("ledger-of-receipts", asIn: ["receipt-repeated-after-a-crash"]),
        Mechanism("ledger-is-a-sum", asIn: ["earlier-receipts-forgotten"]),
        Mechanism("marks-of-adjustments", asIn: ["adjustments-recreated-after-the-window-moves"]),
        Mechanism("sent-documents-are-compared", asIn: ["sent-documents-are-never-compared"]),
        Mechanism("numbers-of-the-warehouse", asIn: ["renumbered-order-sent-under-its-old-number"]),
    ]

    @Sendable private static func withoutDate(_ request: Request, _ wire: Wire) throws -> Response {
        var response = try wire.send(request)
        response.headers[.date] = nil
        return response
    }
}
