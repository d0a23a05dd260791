import Exchange
import Units

/// The values of the assumptions, read once from the profile.
struct Behaviour {
    enum UpdatedFrom: String {
        case updatedAtFrom = "updated_at_from"
        case simpleFilter = "simple_filter"
        case none
    }
    enum PagingMembers: String { case both, total, none }
    enum SupplierNames: String {
        case both, name
        case companyName = "company_name"
    }
    enum GroupShape: String { case object, id, absent }
    enum TermsShape: String { case string, object, null }
    enum TaxfulPrice: String { case computed, field, net }
    enum ShipmentMode: String {
        case linesInBody = "lines_in_body"
        case editAfterCreate = "edit_after_create"
        case wholeOnly = "whole_only"
    }
    enum ReceiptMode: String {
        case editAfterCreate = "edit_after_create"
        case linesInBody = "lines_in_body"
    }
    enum AdjustmentMode: String {
        case absoluteViaRead = "absolute_via_read"
        case relativeFlag = "relative_flag"
    }

    let listStatus: Int
    let defaultLimit: Int
    let maxLimit: Int
    let refusesLimitOverMax: Bool
    let refusesPageAfterLast: Bool
    let pagingMembers: PagingMembers
    let refusesUnknownParameters: Bool
    let updatedFrom: UpdatedFrom
    let updatedFromIsInclusive: Bool
    let sortParameter: String

    let zone: Zone
    let writesSQLTimes: Bool
    let requiresAccept: Bool
    let requiresConsumerHeaders: Bool
    let decodePasses: Int
    /// Calls in a window; 0 for no limit.
    let rateLimit: Int
    let rateWindow: Duration
    let writesMessageBesideErrors: Bool

    let postBooksOrders: Bool
    let orderListEmbedsLines: Bool
    let purchaseOrderListEmbedsLines: Bool
    let supplierNames: SupplierNames
    let supplierGroup: GroupShape
    let deliveryTerms: TermsShape
    /// Whether a document names what it refers to by its number too, beside the object.
    let writesNumbersOfObjects: Bool
    let writesName2: Bool
    let writesBillingSame: Bool
    let writesTotalInclVAT: Bool
    let taxfulPrice: TaxfulPrice
    let writesReceivedQuantity: Bool
    let partlyShippedStaysWhenShipped: Bool

    let shipmentMode: ShipmentMode
    let ignoresShipmentBody: Bool
    let shipmentLinesNameOrderLines: Bool
    let creatingShips: Bool
    let capsShipmentsToStock: Bool
    let refusesOverShipment: Bool
    let shipmentCreateStatus: Int

    let receiptMode: ReceiptMode
    let receiptKey: String
    let refusesOverReceipt: Bool
    let receiptCreateStatus: Int
    let receiptLineTakesQuantityAlone: Bool

    let adjustmentMode: AdjustmentMode
    let relativeFlag: String
    let ignoresRelativeFlag: Bool
    let adjustmentsNeedBooking: Bool
    let adjustmentLinesShowTotal: Bool
    let adjustmentsAreDeletable: Bool
    let refusesZeroChange: Bool
    let ledgerHasOtherRows: Bool

    let plainStockMayBeNegative: Bool
    let onlyEditsTouch: Bool
    let locationsMatchChildren: Bool
    let cancelledOrdersVanish: Bool
    let reopeningKeepsLineIDs: Bool
    /// Whether the lines of an order whose rest is given up ask for no more than was moved of them.
    let closingCutsQuantities: Bool
    /// Whether an order can be reopened after a part of it is shipped, a purchase order after a part is received.
    let begunOrdersReopen: Bool
    let refusesBatchAndSerialWithoutNumbers: Bool
    let refusesDoubleBooking: Bool
    let ignoresSuppressWebhooks: Bool

    /// - Precondition: every value is one that the assumption ledger lists.
    init(_ profile: Profile) {
        func choice<Choice: RawRepresentable<String>>(_ key: String) -> Choice {
            guard let choice = Choice(rawValue: profile[key]) else {
                preconditionFailure("the fake Rackbeat does not know the choice '\(profile[key])' for '\(key)'")
            }
            return choice
        }
        func picks(_ key: String, _ choice: String, over other: String) -> Bool {
            let chosen = profile[key]
            precondition(chosen == choice || chosen == other, "the fake Rackbeat does not know '\(chosen)' for '\(key)'")
            return chosen == choice
        }

        listStatus = profile.int("list_status")
        defaultLimit = profile.int("default_limit")
        maxLimit = profile.int("max_limit")
        refusesLimitOverMax = picks("limit_over_max", "422", over: "clamp")
        refusesPageAfterLast = picks("page_after_last", "404", over: "empty")
        pagingMembers = choice("list.paging_members")
        refusesUnknownParameters = picks("unknown_param", "422", over: "ignore")
        updatedFrom = choice("updated_from_param")
        updatedFromIsInclusive = profile.isOn("updated_from_inclusive")
        sortParameter = profile["sort_param"]

        zone = choice("time_zone")
        writesSQLTimes = picks("datetime_format", "sql", over: "iso")
        requiresAccept = profile.isOn("require_accept_header")
        requiresConsumerHeaders = profile.isOn("require_consumer_headers")
        decodePasses = profile.int("url_decode_passes")
        rateLimit = profile.int("rate_limit")
        rateWindow = .seconds(profile.int("rate_window_s"))
        writesMessageBesideErrors = picks("error_message_key", "both", over: "errors")

        postBooksOrders = picks("orders.post_creates", "booked", over: "draft")
        orderListEmbedsLines = profile.isOn("orders.list_embeds_lines")
        purchaseOrderListEmbedsLines = profile.isOn("po.list_embeds_lines")
        supplierNames = choice("supplier.name_keys")
        supplierGroup = choice("supplier.group_shape")
        deliveryTerms = choice("delivery_terms_shape")
        writesNumbersOfObjects = picks("document.references", "both", over: "object")
        writesName2 = picks("order.address_name2", "present", over: "absent")
        writesBillingSame = picks("order.billing_same", "field", over: "computed")
        writesTotalInclVAT = picks("line.incl_vat_field", "line_total_incl_vat", over: "absent")
        taxfulPrice = choice("price.taxful")
        writesReceivedQuantity = picks("po.received_name", "quantity_received", over: "absent")
        partlyShippedStaysWhenShipped = profile.isOn("partly_shipped_when_shipped")

        shipmentMode = choice("shipment.partial_mode")
        ignoresShipmentBody = profile.isOn("shipment.body_ignored")
        shipmentLinesNameOrderLines = profile.isOn("shipment.line_exposes_order_line_id")
        creatingShips = profile.isOn("shipment.create_also_ships")
        capsShipmentsToStock = profile.isOn("shipment.cap_to_stock")
        refusesOverShipment = picks("shipment.over_quantity", "422", over: "accept")
        shipmentCreateStatus = profile.int("shipment.create_status")

        receiptMode = choice("receipt.partial_mode")
        receiptKey = profile["receipt.envelope_key"]
        refusesOverReceipt = picks("receipt.over_quantity", "422", over: "accept")
        receiptCreateStatus = profile.int("receipt.create_status")
        receiptLineTakesQuantityAlone = profile.isOn("receipt.line_put_quantity_alone")

        adjustmentMode = choice("adjustment.mode")
        relativeFlag = profile["adjustment.relative_flag_name"]
        ignoresRelativeFlag = profile.isOn("adjustment.relative_flag_ignored")
        adjustmentsNeedBooking = profile.isOn("adjustment.needs_booking")
        adjustmentLinesShowTotal = picks("adjustment.line_quantity", "total", over: "change")
        adjustmentsAreDeletable = profile.isOn("adjustment.deletable")
        refusesZeroChange = picks("adjustment.zero_change", "422", over: "accept")
        ledgerHasOtherRows = picks("ledger.shape", "other", over: "tandem")

        plainStockMayBeNegative = picks("stock.allow_negative", "plain", over: "false")
        onlyEditsTouch = picks("touch_updated_at", "edits_only", over: "default")
        locationsMatchChildren = picks("location_match", "children", over: "exact")
        cancelledOrdersVanish = picks("cancelled_orders", "vanish", over: "flagged")
        reopeningKeepsLineIDs = profile.isOn("reopen_keeps_line_ids")
        closingCutsQuantities = picks("rest_closed", "quantities_cut", over: "quantities_stay")
        begunOrdersReopen = picks("reopen_when", "part_shipped", over: "nothing_shipped")
        refusesBatchAndSerialWithoutNumbers = profile.isOn("strict_batch_serial")
        refusesDoubleBooking = picks("double_book", "422", over: "200")
        ignoresSuppressWebhooks = picks("webhook_on_suppress", "ignored", over: "honoured")
    }
}
