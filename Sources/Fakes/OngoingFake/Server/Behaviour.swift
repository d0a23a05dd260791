import Exchange
import Units

/// How this tenant behaves where the public material is silent: the values of its assumptions, read once from the profile.
struct Behaviour: Sendable {
    enum ErrorKeys: Sendable { case lower, upper }

    let initialOrderStatus: Int
    let ordersEditableBelow: Int
    let ordersEditableWhenAllocated: Bool
    let initialPurchaseOrderStatus: Int
    let purchaseOrdersEditableBelow: Int
    let orderCreateStatus: Int
    let absentMembersKeepTheirValue: Bool
    let missingLinesAreDeleted: Bool
    let linesStayWithoutTheArray: Bool
    let cancelledNumbersAreRevived: Bool
    let unknownMembersAreRefused: Bool
    let textLengthsAreLimited: Bool
    let cancelAgainStatus: Int
    let errorKeys: ErrorKeys
    let notReportedMeansUnreported: Bool
    let afterIncludesTheSecond: Bool
    let deviationIsFinal: Bool
    let backOrderSuffix: String
    let backOrdersCopyRowNumbers: Bool
    let backOrdersCopyOwnersOrderID: Bool
    let zone: Zone
    /// Calls a minute for each user; `nil` when there is no limit.
    let callsPerMinute: Int?
    let consigneesAreMatched: Bool
    let readLag: Duration
    let unpickMovesStatusBack: Bool
    let unauthorisedHasBody: Bool
    let wrongGoodsOwnerStatus: Int
    let unknownArticlesAreCreated: Bool
    let articleNumbersIgnoreCase: Bool
    let structuresNeedKind: Bool
    let shippedAtStatus: Int
    let ordersUpdatedLimit: Duration
    let ordersUpdatedLimitHours: Int
    let stockChangedLimit: Duration
    let stockChangedLimitHours: Int
    let sendsDate: Bool

    init(_ profile: Profile) {
        initialOrderStatus = profile.int("order.initial_status")
        ordersEditableBelow = profile.int("order.editable_below")
        ordersEditableWhenAllocated = profile.isOn("order.editable_when_allocated")
        initialPurchaseOrderStatus = profile.int("purchase_order.initial_status")
        purchaseOrdersEditableBelow = profile.int("purchase_order.editable_below")
        orderCreateStatus = profile.int("put.create_status")
        absentMembersKeepTheirValue = profile["put.null_members"] == "keep"
        missingLinesAreDeleted = profile["put.missing_lines"] == "delete"
        linesStayWithoutTheArray = profile["put.absent_line_array"] == "keep"
        cancelledNumbersAreRevived = profile["put.cancelled_number"] == "revive"
        unknownMembersAreRefused = profile["put.strict_members"] == "refuse"
        textLengthsAreLimited = profile["text.limits"] == "strict"
        cancelAgainStatus = profile.int("cancel.again")
        errorKeys = profile["error.key_case"] == "upper" ? .upper : .lower
        notReportedMeansUnreported = profile["adjustments.is_reported_false"] == "unreported"
        afterIncludesTheSecond = profile["filter.after"] == "inclusive"
        deviationIsFinal = profile.isOn("purchase_order.400_is_final")
        backOrderSuffix = profile["back_order.number_suffix"]
        backOrdersCopyRowNumbers = profile["back_order.row_numbers"] == "copied"
        backOrdersCopyOwnersOrderID = profile["back_order.goods_owner_order_id"] == "copied"
        zone = Zone(rawValue: profile["zone_less_time"]) ?? .utc
        let limit = profile.int("rate_limit")
        callsPerMinute = limit > 0 ? limit : nil
        consigneesAreMatched = profile["consignee.match"] == "name_and_address"
        readLag = .milliseconds(profile.int("read_lag_ms"))
        unpickMovesStatusBack = profile.isOn("unpick.touches_status")
        unauthorisedHasBody = profile["auth.401_body"] == "json"
        wrongGoodsOwnerStatus = profile.int("wrong_goods_owner")
        unknownArticlesAreCreated = profile["unknown_article"] == "create"
        articleNumbersIgnoreCase = profile["article.number_case"] == "ignored"
        structuresNeedKind = profile["structures.article_kind"] == "required"
        shippedAtStatus = profile.int("shipped_status_sets_time")
        ordersUpdatedLimitHours = profile.int("order.orders_updated_filter_hours")
        ordersUpdatedLimit = .seconds(ordersUpdatedLimitHours * 3600)
        stockChangedLimitHours = profile.int("articles.stock_filter_hours")
        stockChangedLimit = .seconds(stockChangedLimitHours * 3600)
        sendsDate = profile["date_header"] == "present"
    }
}
