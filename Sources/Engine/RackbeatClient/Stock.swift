import ClientKit
import Exchange
package import Trade

extension RackbeatClient {
    /// What physically lies at a location, reserved or not.
    ///
    /// - Returns: `nil` for an unknown item or location.
    package func stock(of item: ItemNumber, at location: LocationNumber) throws -> Quantity? {
        let call = Call.get("products/\(segment(item))/locations/\(segment(location))")
        return try oneIfPresent(call, "product_location") { wire throws(WireError) in
            Quantity(try wire.required("stock_quantity", .decimal))
        }
    }

    /// What lies at these locations together of every item that the report names at one of them.
    package func stockEverywhere(at locations: Set<LocationNumber>) throws -> [ItemNumber: Quantity] {
        var filters = Query()
        filters.append("show_all_locations", "true")
        let rows = try all("reports/checking", "items", filters) { wire throws(WireError) in
            (item: ItemNumber(try wire.required("number", .key)), stock: try wire.stock(at: locations))
        }
        var stock: [ItemNumber: Quantity] = [:]
        for row in rows { if let quantity = row.stock { stock[row.item] = quantity } }
        return stock
    }

    /// Every movement of an item, oldest first.
    package func ledger(of item: ItemNumber) throws -> [LedgerEntry] {
        try all("reports/ledger/\(segment(item))", "ledger_items") { wire throws(WireError) in
            LedgerEntry(
                location: try wire.locationNumber(), change: Quantity(try wire.required("quantity", .decimal)),
                kind: try wire.required("type", .text),
                document: try wire.optional("document_id", .whole).map { DocumentID($0) })
        }
    }
}

extension WireReader {
    /// What an item of the report has at these locations; `nil` when the report names none of them for it.
    fileprivate func stock(at locations: Set<LocationNumber>) throws(WireError) -> Quantity? {
        var stock: Quantity?
        for row in try rows("locations") ?? [] where locations.contains(LocationNumber(try row.required("number", .key))) {
            stock = (stock ?? .zero) + Quantity(try row.required("stock_quantity", .decimal))
        }
        return stock
    }
}
