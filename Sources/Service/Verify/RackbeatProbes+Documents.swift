import Exchange
import HTTPTypes
import JSON
import Trade
import Units

/// What documents, partners and stock look like.
extension RackbeatProbes {
    static var documentProbes: [String: Probe] {
        [
            "orders.list_embeds_lines": { probeClient in try firstRow(probeClient, "orders") { .flag($0["lines"]?.array != nil) }
            },
            "po.list_embeds_lines": { probeClient in
                try firstRow(probeClient, "purchase-orders", "purchase_orders") { .flag($0["lines"]?.array != nil) }
            },
            "supplier.name_keys": { probeClient in
                try firstRow(probeClient, "suppliers") { row in
                    switch (row["name"] != nil, row["company_name"] != nil) {
                    case (true, true): .choice("both")
                    case (true, false): .choice("name")
                    case (false, true): .choice("company_name")
                    case (false, false): .inconclusive("a supplier has neither name nor company_name")
                    }
                }
            },
            "supplier.group_shape": { probeClient in
                try firstRow(probeClient, "suppliers") { row in
                    if row["supplier_group"] != nil { return .choice("object") }
                    return .choice(row["supplier_group_id"] != nil ? "id" : "absent")
                }
            },
            "delivery_terms_shape": { probeClient in
                let terms = try orders(probeClient).compactMap { $0["delivery_terms"] }.first { !$0.isNull }
                guard let terms else { return .inconclusive("no order among the latest has delivery terms") }
                return terms.string != nil
                    ? .choice("string") : terms.object != nil ? .choice("object") : .inconclusive(terms.kind)
            },
            "order.address_name2": { probeClient in
                let addresses = try orders(probeClient).compactMap { $0["delivery_address"]?.object }
                guard !addresses.isEmpty else { return .inconclusive("no order among the latest has a delivery address") }
                return .choice(addresses.contains { $0["name2"] != nil } ? "present" : "absent")
            },
            "document.references": { probeClient in
                guard let line = try lines(probeClient, "orders").first(where: { $0["item"]?.object != nil }) else {
                    return .inconclusive("no order line with an item was seen")
                }
                return .choice(line["child_id"] != nil ? "both" : "object")
            },
            "line.incl_vat_field": { probeClient in
                guard let line = try lines(probeClient, "orders").first else { return .inconclusive("no order line was seen") }
                return .choice(line["line_total_incl_vat"] != nil ? "line_total_incl_vat" : "absent")
            },
            "price.taxful": { probeClient in
                try firstRow(probeClient, "products") { row in
                    row["sales_price_incl_vat"] != nil
                        ? .choice("field")
                        : .inconclusive("no member names a price with VAT; whether sales_price is net, people must tell")
                }
            },
            "shipment.line_exposes_order_line_id": { probeClient in
                let response = try probeClient.get("order-shipments", ["limit": "1"])
                guard let line = response.rows("order_shipments")?.first?["lines"]?[0] else {
                    return .inconclusive("no shipment was seen")
                }
                return .flag(line["order_line_id"] != nil)
            },
            "receipt.envelope_key": receiptEnvelope,
            "cancelled_orders": { probeClient in
                let rows = try probeClient.get("orders", ["limit": "100", "is_cancelled": "true"]).rows("orders") ?? []
                return rows.contains { $0["is_cancelled"]?.bool == true }
                    ? .choice("flagged") : .inconclusive("no cancelled order was seen")
            },
            "ledger.shape": ledgerShape,
            "partly_shipped_when_shipped": { probeClient in
                let rows = try probeClient.get("orders", ["limit": "100", "is_shipped": "true"]).rows("orders") ?? []
                guard let flag = rows.first(where: { $0["is_shipped"]?.bool == true })?["is_partly_shipped"]?.bool else {
                    return .inconclusive("no shipped order was seen")
                }
                return .flag(flag)
            },
            "po.received_name": { probeClient in
                guard let line = try lines(probeClient, "purchase-orders").first else {
                    return .inconclusive("no purchase order line was seen")
                }
                return .choice(line["quantity_received"] != nil ? "quantity_received" : "absent")
            },
            "po.your_reference": { probeClient in
                try firstRow(probeClient, "purchase-orders", "purchase_orders") { row in
                    row["your_reference_id"] != nil
                        ? .choice("your_reference_id") : .inconclusive("a purchase order has no such member")
                }
            },
            "shipped_lists": { probeClient in
                let shipped = try probeClient.get("orders", ["limit": "100", "is_shipped": "true"]).rows("orders") ?? []
                guard let number = shipped.first(where: { $0["is_shipped"]?.bool == true })?["number"]?.key else {
                    return .inconclusive("no shipped order was seen")
                }
                let response = try probeClient.get("orders/\(number)/shipments")
                guard let list = response.tree else { return .unexpected(response) }
                return list["pages"] != nil
                    ? .choice("paged") : .inconclusive("the list of an order's shipments has no page count")
            },
            "adjustment.line_quantity": lineQuantity,
            "adjustments.search": { probeClient in
                let rows = try probeClient.get("inventory-adjustments", ["limit": "100"]).rows("inventory_regulations") ?? []
                guard let reason = rows.lazy.compactMap({ $0["reason"]?.string }).first(where: { !$0.isEmpty }) else {
                    return .inconclusive("no adjustment with a reason was seen")
                }
                let found = try probeClient.get("inventory-adjustments", ["limit": "100", "search": reason])
                let finds = found.rows("inventory_regulations")?.contains { $0["reason"]?.string == reason } ?? false
                return finds ? .choice("reason") : .inconclusive("an adjustment is not found by its own reason")
            },
        ]
    }

    /// A booked adjustment stands in the ledger with the change that it made; a total below nought would be no total.
    private static func lineQuantity(_ probeClient: ProbeClient) throws -> ProbeResult {
        let rows = try probeClient.get("inventory-adjustments", ["limit": "100"]).rows("inventory_regulations") ?? []
        let quantities = rows.flatMap { $0["lines"]?.array ?? [] }.compactMap { $0["quantity"]?.quantity }
        if quantities.contains(where: \.isNegative) { return .choice("change") }
        for row in rows.prefix(10) {
            guard let id = row["id"]?.int, let line = row["lines"]?[0], let shown = line["quantity"]?.quantity,
                let item = line["child_id"]?.key
            else { continue }
            let ledger = try probeClient.get("reports/ledger/\(PercentEncoding.encode(item))").rows("ledger_items") ?? []
            guard let entry = ledger.last(where: { $0["document_id"]?.int == id }), let change = entry["quantity"]?.quantity,
                let first = ledger.first, first["document_id"]?.int != id
            else { continue }
            return .choice(shown == change ? "change" : "total")
        }
        return .inconclusive("no booked adjustment of an item that had moved before was seen")
    }

    private static func receiptEnvelope(_ probeClient: ProbeClient) throws -> ProbeResult {
        let list = try probeClient.get("purchase-order-receipts", ["limit": "1"])
        let row = list.tree?.object?.first { $0.value.array != nil }?.value[0]
        guard let row, let number = row["number"]?.key else { return .inconclusive("no receipt was seen") }
        let single = try probeClient.get("purchase-order-receipts/\(number)")
        return single.tree?.object?.names.first.map { .choice($0) } ?? .unexpected(single)
    }

    private static func ledgerShape(_ probeClient: ProbeClient) throws -> ProbeResult {
        for row in try probeClient.get("products", ["limit": "20"]).rows("products") ?? [] {
            guard let number = row["number"]?.key else { continue }
            let response = try probeClient.get("reports/ledger/\(PercentEncoding.encode(number))")
            guard let rows = response.rows("ledger_items") else { return .unexpected(response) }
            guard let entry = rows.first else { continue }
            let missing = ["quantity", "type", "location_id", "document_id"].filter { entry[$0] == nil }
            return missing.isEmpty ? .choice("tandem") : .choice("a row without \(missing.joined(separator: ", "))")
        }
        return .inconclusive("none of the first items has moved")
    }
}
