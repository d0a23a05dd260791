import Contract

/// What goes wrong where an assumption that the engine reads does not hold, and how much that weighs.
struct AssumptionHarm {
    enum Weight: Int, Comparable {
        /// Goods or stock are wrong in one of the systems.
        case stock
        /// A change reaches the other system late or never.
        case documents
        /// A field shows another value.
        case fields
        /// Only time is lost.
        case pace

        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    let weight: Weight
    let sentence: String

    private init(_ weight: Weight, _ sentence: String) {
        self.weight = weight
        self.sentence = sentence
    }

    /// - Returns: `nil` for an assumption that the engine does not read.
    static func of(_ assumption: Assumption) -> AssumptionHarm? { all[assumption.key, default: [:]][assumption.number] }

    /// By key, then by number: both systems have a rate limit.
    private static let all: [String: [String: AssumptionHarm]] = {
        var all: [String: [String: AssumptionHarm]] = [:]
        for (number, key, harm) in table { all[key, default: [:]][number] = harm }
        return all
    }()

    private static let table: [(String, String, AssumptionHarm)] = [
        (
            "RB-27", "shipment.partial_mode",
            .init(.stock, "A partial pick is parked, or ships more than was picked where the account books at once.")
        ),
        ("RB-34", "receipt.partial_mode", .init(.stock, "A partial receipt is parked, or receives more than came.")),
        (
            "RB-38", "adjustment.mode",
            .init(.stock, "An adjustment of -2 sets the stock to -2, or one that sets it is added to it.")
        ),
        (
            "RB-39", "adjustment.relative_flag_name",
            .init(.stock, "A difference is taken for the new total, and the stock becomes that number.")
        ),
        (
            "RB-41", "adjustment.needs_booking",
            .init(
                .stock, "Adjustments stay drafts and the stock stays wrong, or a draft that is compared has moved stock already.")
        ),
        ("RB-42", "adjustment.line_quantity", .init(.documents, "Every draft is taken for wrong, removed and parked.")),
        ("RB-43", "adjustment.deletable", .init(.stock, "A draft that a lost response left stays, and somebody may book it.")),
        (
            "RB-47", "location_match",
            .init(.stock, "Lines at the shelves of a location are not sent, or lines of another warehouse are.")
        ),
        (
            "RB-48", "null_line_location",
            .init(.stock, "A line without a location ships from a place that is not the warehouse's, or is not sent.")
        ),
        ("RB-55", "receipt.line_put_quantity_alone", .init(.documents, "A partial receipt cannot be lowered, and is parked.")),
        ("ON-08", "put.missing_lines", .init(.stock, "A line that was removed in Rackbeat is picked and sent all the same.")),
        (
            "ON-10", "put.cancelled_number",
            .init(
                .documents, "An order that was cancelled and comes back gets a number of its own in the warehouse, or is parked.")
        ),
        (
            "ON-52", "article.number_case",
            .init(.documents, "Of two products whose numbers differ in case alone, the second is parked.")
        ),
        (
            "RB-07", "updated_from_param",
            .init(.documents, "Changed orders and products are not seen, or everything is read each time.")
        ),
        ("RB-08", "updated_from_inclusive", .init(.documents, "The second of two changes in one second is missed.")),
        ("RB-09", "time_zone", .init(.documents, "Changes of one or two hours are missed until the nightly comparison.")),
        ("RB-10", "datetime_format", .init(.documents, "No row of a list can be read.")),
        ("RB-35", "receipt.envelope_key", .init(.documents, "No receipt can be read or booked.")),
        (
            "RB-49", "cancelled_orders",
            .init(.documents, "A cancelled order stays in the warehouse until the nightly comparison.")
        ),
        ("RB-57", "sort_param", .init(.documents, "A row that changes while pages are read is seen a round later.")),
        ("ON-07", "put.null_members", .init(.documents, "A value that was cleared in Rackbeat stays in the warehouse.")),
        ("ON-23", "zone_less_time", .init(.documents, "Picks and adjustments are dated an hour or two wrong.")),
        (
            "ON-35", "order.orders_updated_filter_hours",
            .init(.documents, "After a long pause the warehouse refuses to list what changed.")
        ),
        (
            "RB-26", "price.taxful",
            .init(.fields, "The customer price of the article is net where it should hold VAT, or the reverse.")
        ),
        (
            "ON-13", "line_price",
            .init(.fields, "The warehouse prints the price of the line as that of one piece, or the reverse.")
        ),
        (
            "ON-27", "dimension_unit",
            .init(.fields, "Measures of articles are a hundred or a thousand times too small or too large.")
        ),
        ("RB-03", "max_limit", .init(.pace, "A page holds fewer rows than were asked for, and reading takes more calls.")),
        ("RB-14", "rate_limit", .init(.pace, "Rackbeat answers 429, and the rounds take longer.")),
        ("RB-15", "rate_window_s", .init(.pace, "Rackbeat answers 429, and the rounds take longer.")),
        ("RB-18", "orders.list_embeds_lines", .init(.pace, "Each changed order costs a call of its own.")),
        ("RB-19", "po.list_embeds_lines", .init(.pace, "Each changed purchase order costs a call of its own.")),
        ("ON-24", "rate_limit", .init(.pace, "The warehouse answers 429, and the rounds take longer.")),
    ]
}
