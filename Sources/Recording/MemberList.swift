import Contract
import Exchange
import JSON

/// What of an exchange may stand in a recording: the members, parameters and headers that are listed here, each with the kind of value that
/// it must be. What is not listed, or is of another kind, is covered.
enum MemberList {
    enum Kind {
        /// A quantity, an amount, a measure, a position in a list.
        case amount
        /// A day or a moment.
        case time
        /// A word of the system's own: letters, without spaces.
        case word
        /// Identifies a record: replaced, always in the same way.
        case key
        /// Text, or whatever is unknown.
        case covered
    }

    /// - Parameter parent: The name of the member that it stands in.
    static func kind(of name: String, in parent: String, _ system: System) -> Kind {
        switch system {
        case .rackbeat: rackbeat(name)
        case .ongoing: ongoing(name, in: parent)
        }
    }

    // MARK: Rackbeat

    private static func rackbeat(_ name: String) -> Kind {
        if rackbeatAmounts.contains(name) { return .amount }
        if name.hasSuffix("_at") || name.hasSuffix("_date") || name.hasPrefix("updated_at_") { return .time }
        if rackbeatWords.contains(name) { return .word }
        if rackbeatKeys.contains(name) || name.hasSuffix("_id") || name.hasSuffix("_number") { return .key }
        return .covered
    }

    private static let rackbeatAmounts: Set = [
        "available_quantity", "in_order_quantity", "purchased_quantity", "quantity", "quantity_received", "quantity_shipped",
        "stock_quantity", "cost_price", "line_cost_price", "line_price", "line_total", "line_total_incl_vat",
        "recommended_cost_price", "recommended_sales_price", "sales_price", "sales_price_incl_vat", "total_subtotal", "total_vat",
        "total_total", "currency_rate", "discount_percentage", "general_discount_percentage", "vat_abroad", "vat_domestic",
        "vat_domestic_exempt", "vat_eu", "vat_percentage", "depth", "height", "width", "weight", "min_order", "min_sales",
        "min_stock", "page", "pages", "limit", "total", "index", "children_count", "nesting_level", "maturity_days",
        "delivery_time_in_days", "failures_since_last_success",
    ]
    private static let rackbeatWords: Set = [
        "vat_zone", "currency", "type", "item_type", "adjustment_type", "size_unit", "weight_unit", "order_by", "order_direction",
        "is_booked", "is_cancelled", "is_shipped", "is_received", "is_archived", "is_draft", "show_all_locations",
    ]
    private static let rackbeatKeys: Set = [
        "number", "id", "item", "location", "from_location", "to_location", "customer", "supplier", "group", "numbers",
    ]

    // MARK: Ongoing

    private static func ongoing(_ name: String, in parent: String) -> Kind {
        if ongoingAmounts.contains(name) || name.hasSuffix("NumberOfItems") || name.hasPrefix("numberOf") { return .amount }
        if name == "number", statuses.contains(parent) { return .amount }
        // The bounds of a status in a query are numbers, those of a time are moments: either is checked before it is kept.
        if name.hasSuffix("StatusFrom") || name.hasSuffix("StatusTo") { return .amount }
        if name.hasSuffix("Date") || name.hasSuffix("Time") || name.hasSuffix("Updated") || name.hasSuffix("TimeFrom")
            || name.hasSuffix("TimeTo") || name == "from" || name == "to"
        {
            return .time
        }
        if ongoingWords.contains(name) { return .word }
        if ongoingKeys.contains(name) || name.hasSuffix("Id") || name.hasSuffix("Ids") || name.hasSuffix("IdFrom")
            || name.hasSuffix("Number") || name.hasSuffix("Numbers")
        {
            return .key
        }
        return .covered
    }

    private static let statuses: Set = ["orderStatus", "orderStatuses", "purchaseOrderStatus", "returnOrderStatus"]
    private static let ongoingAmounts: Set = [
        "maxOrdersToGet", "maxPurchaseOrdersToGet", "maxArticlesToGet", "weight", "length", "width", "height", "volume",
        "customerPrice", "linePrice", "customerLinePrice", "purchasePrice", "rowPrice", "lineTotalCustomsValue", "percent",
        "totalVat", "discountPercentage", "stockValuationPrice", "change", "quantityChange",
    ]
    private static let ongoingWords: Set = [
        "currencyCode", "customsValueCurrencyCode", "isReported", "onlyOrdersWithOrderLinesToReport",
        "onlyPurchaseOrdersWithOrderLinesToReport",
    ]
    private static let ongoingKeys: Set = ["id", "number", "batch", "serial"]

    // MARK: Names

    /// Whether a member of that name may be called so in a recording: an object may use personal data as names.
    static func knows(_ name: String, _ system: System) -> Bool { known[system]!.contains(name) }

    /// All names that the contracts use.
    private static let known: [System: Set<String>] = Dictionary(
        uniqueKeysWithValues: System.allCases.map { system in
            var names: Set<String> = []
            collect(ContractDocument.standard(for: system).json, into: &names)
            return (system, names)
        })

    private static func collect(_ json: JSON, into names: inout Set<String>) {
        switch json {
        case .object(let object):
            for member in object {
                if member.name == "properties", let properties = member.value.object { names.formUnion(properties.names) }
                if member.name == "name", let name = member.value.string { names.insert(name) }
                collect(member.value, into: &names)
            }
        case .array(let elements): for element in elements { collect(element, into: &names) }
        default: break
        }
    }

    // MARK: Headers

    /// Kept where their values are made of what such a value is made of.
    static func value(ofHeader name: String, _ value: String) -> String? {
        switch name.lowercased() {
        case "content-type":
            let media = value.prefix { $0 != ";" }.trimmed.lowercased()
            return media.utf8.count < 60 && media.allSatisfy { $0.isASCII && ($0.isLetter || "/+.-".contains($0)) }
                ? media : "other"
        case "accept": return value == "application/json" ? value : "other"
        case "retry-after", "x-ratelimit-limit", "x-ratelimit-remaining":
            if !value.isEmpty, value.utf8.count < 12, value.allSatisfy({ $0.isASCII && $0.isNumber }) { return value }
            return HTTPDate.parse(value) == nil ? "other" : value
        case "date": return HTTPDate.parse(value) == nil ? "other" : value
        case "authorization":
            // Only how it begins: the contract wants to know whether it is there.
            let scheme = value.prefix { $0 != " " }
            return ["Bearer", "Basic"].contains(String(scheme)) ? scheme + " covered" : "covered"
        case "user-agent", "consumer-name", "consumer-contact": return "covered"
        case "api-version": return value == "latest" ? value : "other"
        default: return nil
        }
    }
}
