import JSON
import SyncCore
import Units

/// Every product in Rackbeat is an article in every connected warehouse, with every mapped field.
package struct CatalogueAgrees: Invariant {
    package static let id = "catalogue-agrees"
    package static let statement =
        "Every product is an article in the warehouse, with the values it has in Rackbeat; otherwise staff pick by the wrong barcode "
        + "and declare the wrong price."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var changed: [String: Moment] = [:]
        for entry in evidence.actionLog.entries {
            if case .productChanged(let number) = entry.action { changed[number] = entry.time }
        }
        var findings: [Finding] = []
        for connection in evidence.connections {
            var articles: [String: OngoingSnapshot.Article] = [:]
            for article in evidence.ongoing.articles where article.goodsOwner == connection.goodsOwner {
                articles[article.number] = article
            }
            for product in evidence.rackbeat.products where product.isDeleted {
                let deletedAt = max(changed[product.number] ?? product.updatedAt, product.updatedAt)
                let article = articles[withoutEdges(product.number)]
                if let article, !evidence.isYoung(since: deletedAt), !isTaken(product.number, evidence),
                    let finding = judge(deleted: product, article, evidence, connection)
                {
                    findings.append(finding)
                }
            }
            for product in evidence.rackbeat.products
            where !isPending(product, changed[product.number], evidence)
                && isDemanded(product, evidence, connection)
                && !evidence.isShownLate(
                    RecordRef(.product, product.number), to: .products, of: connection,
                    changed: changed[product.number] ?? product.updatedAt)
            {
                let article = articles[withoutEdges(product.number)]
                if !product.keepsInventory {
                    // What was goods before it changed stays an article as it was.
                    guard changed[product.number] == nil, let article else { continue }
                    findings.append(superfluous(product, article, evidence, connection))
                } else if let finding = judge(product, article, evidence, connection) {
                    findings.append(finding)
                }
            }
        }
        return Verdict(findings)
    }

    /// Rackbeat's own time stamp has whole seconds: of a change within the second before the round nobody knows which came first.
    private func isPending(_ product: RackbeatSnapshot.Product, _ changed: Moment?, _ evidence: Evidence) -> Bool {
        if let changed { return evidence.isPending(changed) }
        guard let began = evidence.lastRoundBegan, began != product.updatedAt else {
            return evidence.isPending(product.updatedAt)
        }
        return product.updatedAt > began - .seconds(1)
    }

    /// An article of a product that is gone is deactivated where the setting says so, or somebody is told. No list shows that a
    /// product is gone.
    private func judge(
        deleted product: RackbeatSnapshot.Product, _ article: OngoingSnapshot.Article, _ evidence: Evidence,
        _ connection: ConnectionFacts
    ) -> Finding? {
        guard connection.settings.barredProducts == .deactivate, article.fields.value(at: "isActive")?.bool != false,
            !evidence.isExcused(product.number, in: connection, jobs: [.products])
        else { return nil }
        let record = RecordRef(.product, product.number)
        return Finding(
            subject: "\(record), goods owner \(connection.goodsOwner)", record: record, connection: connection.name,
            sentence: "The product was deleted in Rackbeat, and its article is still active.",
            expected: "isActive false, or a parked record", rackbeatHolds: "nothing", ongoingHolds: "an active article",
            exchanges: evidence.writes(about: record))
    }

    /// Whether another product bears the number by now.
    private func isTaken(_ number: String, _ evidence: Evidence) -> Bool {
        evidence.rackbeat.products.contains { !$0.isDeleted && withoutEdges($0.number) == withoutEdges(number) }
    }

    /// A deleted product, or one whose record is parked, need not agree.
    private func isDemanded(
        _ product: RackbeatSnapshot.Product, _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> Bool {
        !product.isDeleted && !evidence.isExcused(product.number, in: connection, jobs: [.products])
    }

    private func superfluous(
        _ product: RackbeatSnapshot.Product, _ article: OngoingSnapshot.Article, _ evidence: Evidence,
        _ connection: ConnectionFacts
    ) -> Finding {
        let record = RecordRef(.product, product.number)
        return Finding(
            subject: "\(record), goods owner \(connection.goodsOwner)", record: record, connection: connection.name,
            sentence: "Rackbeat keeps no inventory of the product, and the warehouse has an article of it.",
            expected: "no article",
            rackbeatHolds: product.name ?? product.number, ongoingHolds: "article \(article.number)",
            exchanges: evidence.writes(about: record))
    }

    private func judge(
        _ product: RackbeatSnapshot.Product, _ article: OngoingSnapshot.Article?, _ evidence: Evidence,
        _ connection: ConnectionFacts
    ) -> Finding? {
        let record = RecordRef(.product, product.number)
        let subject = "\(record), goods owner \(connection.goodsOwner)"
        guard let article else {
            // A barred product may have been barred before it was ever sent to the warehouse.
            guard !product.isBarred else { return nil }
            return Finding(
                subject: subject, record: record, connection: connection.name,
                sentence: "The warehouse has no article of this number.", expected: "an article \(product.number)",
                rackbeatHolds: product.name ?? product.number, ongoingHolds: "nothing",
                exchanges: evidence.writes(about: record))
        }
        let wrong = evidence.differences(product.expectedArticle(for: connection), in: article.fields, for: connection) {
            evidence.latestPut("articles", "articleNumber", article.number, goodsOwner: connection.goodsOwner)
        }
        guard !wrong.isEmpty else { return nil }
        return Finding(
            subject: subject, record: record, connection: connection.name,
            sentence: "The article differs in \(listed(wrong.map(\.field.path))).",
            expected: wrong.map { "\($0.field.path) \($0.field.words)" }.joined(separator: "; "),
            ongoingHolds: wrong.map { "\($0.field.path) \($0.found.words)" }.joined(separator: "; "),
            exchanges: evidence.writes(about: record))
    }
}
