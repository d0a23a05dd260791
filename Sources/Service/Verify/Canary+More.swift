import Exchange
import HTTPTypes
import JSON
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine
import Trade

/// What takes writes beyond those that every canary needs: left out where the budget does not reach so far.
extension Canary {
    func tryMore() throws {
        if seen[.rackbeat]?["adjustment.line_quantity"] == nil {
            see(.rackbeat, "adjustment.line_quantity", .inconclusive(Self.noStock))
        }
        if seen[.rackbeat]?["adjustment.mode"] == nil { try tellMode() }
        try answer(.ongoing, "put.cancelled_number", writes: 2, seeCancelledNumber)
        try answer(.ongoing, "article.number_case", writes: 2, seeNumberCase)
        try answer(.rackbeat, "null_line_location", writes: 2, seeLineWithoutLocation)
        try answer(.rackbeat, "receipt.line_put_quantity_alone", writes: 3, seeQuantityAlone)
    }

    private func answer(_ system: System, _ key: String, writes: Int, _ look: () throws -> ProbeResult) throws {
        progress("canary: \(key)", 0)
        guard reaches(writes) else {
            return see(system, key, .inconclusive("the canary tells with --max-writes \(Self.writesOfAll)"))
        }
        do {
            see(system, key, try look())
        } catch let error as ExchangeError {
            see(system, key, .inconclusive(error.description))
        } catch let failure as TransportFailure {
            see(system, key, .inconclusive("\(failure)"))
        } catch is WriteBudgetSpent {
            see(system, key, .inconclusive("the canary tells with --max-writes \(Self.writesOfAll)"))
        }
    }

    /// As many as every question together takes.
    private static let writesOfAll = 30

    // MARK: What the quantity of an adjustment means

    /// A draft of a product without stock shows three as the change and as the new total alike, and booking is not for a canary.
    private static let noStock =
        "only booking tells: the canary's product has no stock, so that change and total are one number; by hand: adjust a test "
        + "product that has some"

    /// Whether the account takes the flag, by giving it a value that no flag has. What it does not know, it ignores.
    private func tellMode() throws {
        let (mode, flag) = ("adjustment.mode", "adjustment.relative_flag_name")
        let name = rackbeat.profile[flag]
        var isKnown: Bool?
        guard adjustmentsAreDrafts == true else {
            return see(.rackbeat, mode, .inconclusive("no draft of an adjustment was made"))
        }
        try answer(.rackbeat, flag, writes: 2) {
            let made = try rackbeat.write(
                .post, "inventory-adjustments", adjustment(of: 3, more: [(name, "perhaps")]), isProvoking: true)
            if made.status == 422, made.refuses(name) {
                isKnown = true
                return .choice(name)
            }
            guard made.isSuccess, let id = made.tree?["inventory_regulation"]?["id"]?.int else { return .unexpected(made) }
            isKnown = false
            // Were it to stay, the search for what is left would find it.
            _ = try rackbeat.write(.delete, "inventory-adjustments/\(id)", nil)
            return .inconclusive("the account knows no member '\(name)'; whether it knows one of another name is not seen")
        }
        switch (rackbeat.profile[mode], isKnown) {
        case ("relative_flag", true?): see(.rackbeat, mode, .choice("relative_flag"))
        case ("relative_flag", false?): see(.rackbeat, mode, .choice("absolute_via_read"))
        case ("relative_flag", nil): if let unseen = seen[.rackbeat]?[flag] { see(.rackbeat, mode, unseen) }
        case (_, true?):
            see(.rackbeat, mode, .inconclusive("the account knows '\(name)'; what a quantity without it is, " + Self.noStock))
        default: see(.rackbeat, mode, .inconclusive(Self.noStock))
        }
    }

    private func seeCancelledNumber() throws -> ProbeResult {
        guard let (id, body) = cancelledOrder else { return .inconclusive("no test order was cancelled") }
        let again = try warehouse.write(.put, "orders", body)
        guard again.isSuccess else { return again.status == 400 ? .choice("refuse") : .unexpected(again) }
        try clients.ongoing.cancelOrder(id)
        return .choice("revive")
    }

    private func seeNumberCase() throws -> ProbeResult {
        guard let held = try clients.ongoing.article(ItemNumber(article)) else {
            return .inconclusive("the test article is gone")
        }
        let written = try warehouse.write(
            .put, "articles",
            [
                "goodsOwnerId": JSON(settings.goodsOwner), "articleNumber": .string(article.lowercased()),
                "articleName": "Tandem canary, not for sale",
            ])
        guard written.isSuccess, let id = written.tree?["articleSystemId"]?.int else { return .unexpected(written) }
        guard "\(id)" != "\(held.id)" else { return .choice("ignored") }
        reserved += 1
        return .choice("exact")
    }

    private func seeLineWithoutLocation() throws -> ProbeResult {
        guard let (order, line) = lineWithoutLocation else { return .inconclusive("no shipment takes single lines") }
        guard let usual = try clients.rackbeat.defaultLocation() else {
            return .inconclusive("the account has no default location")
        }
        let wanted: JSON = ["order_line_id": line, "quantity": 1]
        let made = try rackbeat.write(
            .post, "orders/\(order)/create-shipment", ["lines": .array([wanted]), "suppress_webhooks": true])
        guard let drafted = made.tree?["order_shipment"]?["lines"]?[0] else {
            return made.status == 422 ? .choice("no_match") : .unexpected(made)
        }
        reserved += 1
        let shown: JSON? = drafted["location_id"] ?? drafted["location"]?["number"]
        guard let place = shown?.key else {
            return .inconclusive("the draft of such a line names no location; only shipping it tells")
        }
        return place == "\(usual)" ? .choice("default") : .inconclusive("such a line ships from location \(place)")
    }

    private func seeQuantityAlone() throws -> ProbeResult {
        if receiptLine == nil, let purchaseOrder {
            // Lines were refused, so there is no draft yet; one of all that is open does as well.
            let made = try rackbeat.write(
                .post, "purchase-orders/\(purchaseOrder)/create-receipt", ["suppress_webhooks": true])
            guard made.isSuccess else { return .unexpected(made) }
            reserved += 1
            receiptLine = firstLine(ofReceipt: made, of: purchaseOrder)
        }
        guard let receiptLine else { return .inconclusive("no line of a draft receipt was seen") }
        let put = try rackbeat.write(.put, receiptLine, ["quantity": 2])
        return put.isSuccess ? .flag(true) : put.status == 422 ? .flag(false) : .unexpected(put)
    }
}
