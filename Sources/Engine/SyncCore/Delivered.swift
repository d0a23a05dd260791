package import Trade

/// What the warehouse has done on one line so far, and how much of that is booked in Rackbeat.
package struct DeliveredLine: Hashable, Sendable {
    /// `nil` for a line that warehouse staff typed in.
    package var row: LineID?
    package var article: ItemNumber?
    /// Picked or received, cumulative.
    package var done: Quantity
    /// Booked by us for this document of the warehouse.
    package var booked: Quantity
    /// Of what was picked, what the customer sent back.
    package var returned = Quantity.zero

    package init(row: LineID?, article: ItemNumber?, done: Quantity, booked: Quantity) {
        self.row = row
        self.article = article
        self.done = done
        self.booked = booked
    }

    var limitedToBooked: DeliveredLine {
        var limited = self
        limited.done = min(done, booked)
        return limited
    }
}

/// What is to be booked for one document of the warehouse: done minus booked, line by line.
package struct Delivery: Equatable, Sendable {
    package struct Line: Hashable, Sendable {
        package var row: LineID
        package var item: ItemNumber
        package var quantity: Quantity

        package init(row: LineID, item: ItemNumber, quantity: Quantity) {
            self.row = row
            self.item = item
            self.quantity = quantity
        }
    }

    /// In the order of the warehouse's lines.
    package var toBook: [Line] = []
    /// What a person has to look at; these lines are not booked.
    package var failures: [RecordFailure] = []

    /// - Parameters:
    ///   - lines: The document's lines.
    ///   - rule: What of them is booked.
    ///   - ordered: What was ordered per row, as the warehouse was told; a row that is not there was never sent by us.
    ///   - bookedInAll: What is booked per row, over every document of the warehouse that serves the order.
    ///   - mayExceed: Whether more than was ordered may be booked.
    ///   - countsByItem: Whether what is booked names goods and no line, so that what is too much on one line of an item makes up
    ///     for what is missing on another.
    ///   - verb: `picked` or `received`.
    package static func work(
        out lines: [DeliveredLine], by rule: BookingRule = .everything, ordered: [LineID: (item: ItemNumber, quantity: Quantity)],
        bookedInAll: [LineID: Quantity], mayExceed: Bool, countsByItem: Bool = false, verb: String, document: String
    ) -> Delivery {
        var delivery = Delivery()
        // Before it counts, only what is booked already can be wrong.
        let counted = rule == .nothingYet ? lines.map(\.limitedToBooked) : lines
        for line in countsByItem ? evenedOut(counted, ordered) : counted {
            let name = line.article.map(\.text) ?? "an unnamed article"
            guard let row = line.row, let order = ordered[row] else {
                if !line.done.isZero {
                    delivery.failures.append(
                        RecordFailure(
                            reason:
                                "\(document): \(line.done) of \(name) were \(verb) on a line that did not come from Rackbeat.",
                            effect: "Nothing was booked for that line.",
                            remedy: "Book it in Rackbeat by hand, then dismiss this."))
                }
                continue
            }
            if line.returned.isPositive {
                delivery.failures.append(
                    RecordFailure(
                        reason: "\(document), line \(row) (\(name)): the customer sent \(line.returned) back.",
                        effect:
                            "The warehouse has them in stock again; Rackbeat holds them as shipped, and its stock lacks them.",
                        remedy: "Credit them and adjust the stock in Rackbeat by hand, then dismiss this."))
            }
            let difference = line.done - line.booked
            if difference.isZero { continue }
            if difference.isNegative {
                delivery.failures.append(
                    RecordFailure(
                        reason: "\(document), line \(row) (\(name)): \(line.booked) were booked, the warehouse now says "
                            + "\(line.done) \(verb).",
                        effect: "Rackbeat holds \(-difference) more as \(verb) than the warehouse.",
                        remedy: "Correct the booking in Rackbeat by hand, then dismiss this."))
                continue
            }
            if rule == .nothingMore {
                delivery.failures.append(
                    RecordFailure(
                        reason:
                            "\(document), line \(row) (\(name)): the warehouse cancelled it with \(line.done) \(verb), of which "
                            + "\(line.booked) are booked.",
                        effect: "Nothing more was booked for that line; Rackbeat does not hold \(difference) as \(verb).",
                        remedy:
                            "Ask the warehouse where the goods are. Book them in Rackbeat by hand and dismiss this, or have the "
                            + "warehouse correct what was \(verb)."))
                continue
            }
            let total = (bookedInAll[row] ?? .zero) + difference
            if !mayExceed, total > order.quantity {
                delivery.failures.append(
                    RecordFailure(
                        reason: "\(document), line \(row) (\(name)): \(total) \(verb), \(order.quantity) ordered.",
                        effect: "Nothing more was booked for that line; \(bookedInAll[row] ?? .zero) are booked.",
                        remedy: "Put \(total - order.quantity) back in the warehouse, or change the order in Rackbeat."))
                continue
            }
            delivery.toBook.append(Line(row: row, item: order.item, quantity: difference))
        }
        return delivery
    }
}

extension Delivery {
    /// The same lines, where those of one item that are booked beyond what was done lend it to those that are not booked in full.
    private static func evenedOut(
        _ lines: [DeliveredLine], _ ordered: [LineID: (item: ItemNumber, quantity: Quantity)]
    ) -> [DeliveredLine] {
        func item(_ line: DeliveredLine) -> ItemNumber? { line.row.flatMap { ordered[$0]?.item } }
        var lines = lines
        for lender in lines.indices where item(lines[lender]) != nil {
            for borrower in lines.indices where item(lines[borrower]) == item(lines[lender]) {
                let excess = lines[lender].booked - lines[lender].done
                let want = lines[borrower].done - lines[borrower].booked
                let loan = min(excess, want)
                guard loan.isPositive else { continue }
                lines[lender].booked = lines[lender].booked - loan
                lines[borrower].booked += loan
            }
        }
        return lines
    }
}

extension WarehouseOrder {
    /// How far the warehouse has come with it: equal while nothing moved.
    package var progressFingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.add(status)
        for line in lines {
            builder.add(line.row)
            builder.add(line.article)
            builder.add(line.picked)
            if !line.returned.isZero { builder.add(line.returned) }
        }
        return builder.fingerprint
    }

    /// The same together with the orders that were split off it, and with what is owed of it all the same.
    package func progressFingerprint(with backOrders: [WarehouseOrder], _ owed: [OwedRest]) -> Fingerprint {
        var builder = FingerprintBuilder()
        builder.add(progressFingerprint.text)
        for order in backOrders {
            builder.add(order.id)
            builder.add(order.progressFingerprint.text)
            for line in order.lines { builder.add(line.ordered) }
        }
        for rest in owed {
            builder.add(rest.row)
            builder.add(rest.owed)
        }
        return builder.fingerprint
    }
}

extension WarehousePurchaseOrder {
    /// How far the warehouse has come with it: equal while nothing moved.
    package var progressFingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.add(status)
        for line in lines {
            builder.add(line.row)
            builder.add(line.article)
            builder.add(line.received)
        }
        return builder.fingerprint
    }
}
