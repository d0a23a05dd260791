import SyncCore
import Units

/// Rackbeat has shipped of each line what the warehouse picked, once the order is sent.
package struct ShippedEqualsPicked: Invariant {
    package static let id = "shipped-equals-picked"
    package static let statement =
        "Rackbeat ships exactly what the warehouse picked and sent; otherwise customers are billed for goods they did not get, or get "
        + "goods nobody billed."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        var findings: [Finding] = []
        var contradictions: [String] = []
        for connection in evidence.connections {
            let fulfilments = FulfilmentList.shipping(evidence, connection)
            findings += fulfilments.all.compactMap { judge($0, evidence, connection) }
            contradictions += fulfilments.contradictions("picked")
        }
        return Verdict(findings, contradictions: contradictions)
    }

    private func judge(_ fulfilment: LineFulfilment, _ evidence: Evidence, _ connection: ConnectionFacts) -> Finding? {
        let isExcused = [fulfilment.order, fulfilment.item].contains {
            evidence.isExcused($0, in: connection, jobs: [.shipments, .orders])
        }
        func finding(_ sentence: String, expected: String, ongoing: String) -> Finding {
            let record = RecordRef(.order, fulfilment.order)
            return Finding(
                subject: "\(record), line \(fulfilment.line)", record: record, connection: connection.name, sentence: sentence,
                expected: expected,
                rackbeatHolds: "\(fulfilment.booked) shipped", ongoingHolds: ongoing,
                exchanges: evidence.writes(about: record))
        }
        guard !isExcused else {
            return tooMuch(fulfilment, evidence, connection).map {
                finding($0.sentence, expected: $0.expected, ongoing: "\(fulfilment.moved.total) picked")
            }
        }
        guard fulfilment.moved.allows(fulfilment.booked) else {
            let relation = fulfilment.booked > fulfilment.moved.wanted ? "more" : "less"
            return finding(
                "Rackbeat has shipped \(relation) than the warehouse picked and sent.",
                expected: "\(fulfilment.moved.words) shipped",
                ongoing: "\(fulfilment.moved.total) picked")
        }
        if fulfilment.hasLostGoods {
            return finding(
                "The warehouse cancelled the order with goods picked that Rackbeat has not shipped, and nobody is told.",
                expected: "\(fulfilment.documented) shipped, or a parked record", ongoing: "\(fulfilment.moved.total) picked")
        }
        // A quantity that is reported and not booked is never again in the list of what is left to report.
        if connection.settings.marksReported, let reported = fulfilment.reported, reported > fulfilment.booked {
            return finding(
                "The engine reported more to the warehouse than Rackbeat has booked.",
                expected: "at most \(fulfilment.booked) reported",
                ongoing: "\(fulfilment.moved.total) picked, \(reported) reported")
        }
        return nil
    }

    /// A parked record tells that something is not booked, or names a document that is too much. It excuses nothing else.
    private func tooMuch(
        _ fulfilment: LineFulfilment, _ evidence: Evidence, _ connection: ConnectionFacts
    ) -> (sentence: String, expected: String)? {
        // The APIs show neither what was picked at one time nor who made a shipment.
        guard evidence.api == nil else { return nil }
        let named = Set(evidence.parked.filter { $0.connection == connection.name }.flatMap(\.documents))
        let twins = Authorship(evidence).twins
        let shown = evidence.rackbeat.shipments.filter {
            $0.order == fulfilment.order && (named.contains(RecordRef(.shipment, String($0.id))) || twins.contains($0.id))
        }.flatMap(\.lines).filter { fulfilment.lines.contains($0.orderLine ?? "") }.reduce(ExactDecimal.zero) { $0 + $1.quantity }
        if fulfilment.booked > fulfilment.moved.most + shown {
            return (
                "Rackbeat has shipped more than the warehouse ever picked, and the parked record names no such shipment.",
                "at most \(fulfilment.moved.most + shown) shipped"
            )
        }
        if connection.settings.marksReported, let reported = fulfilment.reported, reported > fulfilment.booked {
            return (
                "The engine reported more to the warehouse than Rackbeat has booked, which no parked record can excuse.",
                "at most \(fulfilment.booked) reported"
            )
        }
        return nil
    }
}
