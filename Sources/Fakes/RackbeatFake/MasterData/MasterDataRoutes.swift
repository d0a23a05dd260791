import Exchange
import FakeKit
import HTTPTypes

typealias Handler = (RackbeatFake) -> (RequestContext) throws(Refusal) -> Response

extension RackbeatFake {
    /// Every path that is known of Rackbeat, with the paths of 2018 that mean the same. Whatever is not here is answered with 404, as
    /// the real service answers what it does not have.
    static func routes() -> Router<Route<Handler>> {
        let router = Router<Route<Handler>>()
        func list(_ pattern: String, _ handler: @escaping Handler) {
            router.add(.get, pattern, .list(pattern, handler))
        }
        func on(_ method: HTTPRequest.Method, _ pattern: String, _ handler: @escaping Handler) {
            router.add(method, pattern, .get(pattern, handler))
        }

        on(.get, "self", RackbeatFake.getSelf)

        list("products", RackbeatFake.listProducts)
        on(.get, "products/{number}", RackbeatFake.getProduct)
        on(.post, "products", RackbeatFake.postProduct)
        on(.put, "products/{number}", RackbeatFake.putProduct)
        on(.delete, "products/{number}", RackbeatFake.deleteProduct)
        on(.post, "products/bulk/delete", RackbeatFake.bulkDeleteProducts)
        list("products/{number}/locations", RackbeatFake.listProductLocations)
        on(.get, "products/{number}/locations/{location}", RackbeatFake.getProductLocation)
        list("lots", RackbeatFake.listLots)
        on(.get, "lots/{number}", RackbeatFake.getLot)
        list("lots/{number}/locations", RackbeatFake.listLotLocations)
        on(.get, "lots/{number}/locations/{location}", RackbeatFake.getLotLocation)
        list("items", RackbeatFake.listItems)
        on(.get, "items/{number}", RackbeatFake.getItem)
        list("items/{number}/locations/available", RackbeatFake.listAvailable)
        on(.get, "items/{number}/locations/available/{location}", RackbeatFake.getAvailable)
        list("reports/checking", RackbeatFake.listChecking)
        list("reports/ledger/{number}", RackbeatFake.listLedger)

        list("locations", RackbeatFake.listLocations)
        list("locations/flat", RackbeatFake.listLocations)
        on(.post, "locations", RackbeatFake.postLocation)
        on(.get, "locations/{number}", RackbeatFake.getLocation)
        on(.put, "locations/{number}", RackbeatFake.putLocation)
        on(.delete, "locations/{number}", RackbeatFake.deleteLocation)
        list("locations/{number}/children", RackbeatFake.listChildren)
        on(.get, "locations/{location}/get-stock/{number}", RackbeatFake.getStock)
        addMasterData(list, on)

        list("orders", RackbeatFake.listOrders)
        on(.post, "orders", RackbeatFake.postOrder)
        on(.post, "orders/drafts", RackbeatFake.postOrderDraft)
        on(.get, "orders/{number}", RackbeatFake.getOrder)
        on(.put, "orders/{number}", RackbeatFake.putOrder)
        on(.delete, "orders/{number}", RackbeatFake.deleteOrder)
        on(.post, "orders/{number}/book", RackbeatFake.postBookOrder)
        on(.post, "orders/{number}/book-for-shipping", RackbeatFake.postBookOrder)
        on(.post, "orders/{number}/reopen", RackbeatFake.postReopenOrder)
        list("orders/{number}/lines", RackbeatFake.listOrderLines)
        on(.post, "orders/{number}/lines", RackbeatFake.postOrderLine)
        on(.get, "orders/{number}/lines/{line}", RackbeatFake.getOrderLine)
        on(.put, "orders/{number}/lines/{line}", RackbeatFake.putOrderLine)
        on(.delete, "orders/{number}/lines/{line}", RackbeatFake.deleteOrderLine)

        list("order-shipments", RackbeatFake.listShipments)
        on(.get, "order-shipments/{id}", RackbeatFake.getShipment)
        on(.post, "orders/{number}/create-shipment", RackbeatFake.postShipment)
        on(.post, "orders/shipments/{id}/mark-shipped", RackbeatFake.postMarkShipped)
        list("orders/{number}/shipments", RackbeatFake.listShipmentsOfOrder)
        on(.post, "orders/{number}/shipments", RackbeatFake.postShipment)
        on(.get, "orders/{number}/shipments/{id}", RackbeatFake.getShipment)
        on(.delete, "orders/{number}/shipments/{id}", RackbeatFake.deleteShipment)
        on(.post, "orders/{number}/shipments/{id}/mark-picked", RackbeatFake.postMarkPicked)
        on(.post, "orders/{number}/shipments/{id}/mark-shipped", RackbeatFake.postMarkShipped)
        list("orders/{number}/shipments/{id}/lines", RackbeatFake.listShipmentLines)
        on(.get, "orders/{number}/shipments/{id}/lines/{line}", RackbeatFake.getShipmentLine)
        on(.put, "orders/{number}/shipments/{id}/lines/{line}", RackbeatFake.putShipmentLine)
        on(.delete, "orders/{number}/shipments/{id}/lines/{line}", RackbeatFake.deleteShipmentLine)
        on(.post, "orders/{number}/shipments/{id}/lines/{line}/mark-picked", RackbeatFake.postMarkLinePicked)
        on(.post, "orders/{number}/shipments/{id}/lines/{line}/mark-unpicked", RackbeatFake.postMarkLineUnpicked)

        list("purchase-orders", RackbeatFake.listPurchaseOrders)
        on(.post, "purchase-orders", RackbeatFake.postPurchaseOrder)
        on(.post, "purchase-orders/drafts", RackbeatFake.postPurchaseOrderDraft)
        on(.get, "purchase-orders/{number}", RackbeatFake.getPurchaseOrder)
        on(.put, "purchase-orders/{number}", RackbeatFake.putPurchaseOrder)
        on(.delete, "purchase-orders/{number}", RackbeatFake.deletePurchaseOrder)
        on(.post, "purchase-orders/{number}/book", RackbeatFake.postBookPurchaseOrder)
        on(.post, "purchase-orders/{number}/unbook", RackbeatFake.postReopenPurchaseOrder)
        on(.post, "purchase-orders/{number}/reopen", RackbeatFake.postReopenPurchaseOrder)
        list("purchase-orders/{number}/not-received", RackbeatFake.listNotReceived)
        on(.post, "purchase-orders/{number}/create-receipt", RackbeatFake.postReceipt)
        list("purchase-order-receipts", RackbeatFake.listReceipts)
        on(.get, "purchase-order-receipts/{receipt}", RackbeatFake.getReceipt)
        list("purchase-orders/{number}/receipts", RackbeatFake.listReceiptsOfPurchaseOrder)
        on(.get, "purchase-orders/{number}/receipts/{receipt}", RackbeatFake.getReceipt)
        on(.delete, "purchase-orders/{number}/receipts/{receipt}", RackbeatFake.deleteReceipt)
        on(.post, "purchase-orders/{number}/receipts/{receipt}/mark-received", RackbeatFake.postMarkReceived)
        list("purchase-orders/{number}/receipts/{receipt}/lines", RackbeatFake.listReceiptLines)
        on(.post, "purchase-orders/{number}/receipts/{receipt}/lines", RackbeatFake.postReceiptLine)
        on(.get, "purchase-orders/{number}/receipts/{receipt}/lines/{line}", RackbeatFake.getReceiptLine)
        on(.put, "purchase-orders/{number}/receipts/{receipt}/lines/{line}", RackbeatFake.putReceiptLine)
        on(.delete, "purchase-orders/{number}/receipts/{receipt}/lines/{line}", RackbeatFake.deleteReceiptLine)

        list("inventory-adjustments", RackbeatFake.listAdjustments)
        on(.post, "inventory-adjustments", RackbeatFake.postAdjustment)
        on(.delete, "inventory-adjustments/{id}", RackbeatFake.deleteAdjustment)
        on(.post, "inventory-adjustments/{id}/book", RackbeatFake.postBookAdjustment)

        on(.post, "inventory-adjustment", RackbeatFake.postAdjustmentOf2018)
        addFurther(list, on)

        list("webhooks", RackbeatFake.listWebhooks)
        on(.post, "webhooks", RackbeatFake.postWebhook)
        on(.get, "webhooks/{id}", RackbeatFake.getWebhook)
        on(.put, "webhooks/{id}", RackbeatFake.putWebhook)
        on(.delete, "webhooks/{id}", RackbeatFake.deleteWebhook)
        list("webhooks/{id}/logs", RackbeatFake.listWebhookLogs)
        return router
    }

    /// What the integration does not need and other callers try.
    private static func addFurther(
        _ list: (String, @escaping Handler) -> Void, _ on: (HTTPRequest.Method, String, @escaping Handler) -> Void
    ) {
        for kind in ["products", "lots"] {
            list("\(kind)/{number}/fields", RackbeatFake.listItemFields)
            list("\(kind)/{number}/prices", RackbeatFake.listItemPrices)
            list("\(kind)/{number}/units", RackbeatFake.listItemUnits)
            list("\(kind)/{number}/translations", RackbeatFake.listItemTranslations)
        }
        list("settings", RackbeatFake.listSettings)
        on(.get, "settings/{key}", RackbeatFake.getSetting)

        on(.post, "orders/shipments/{id}/download", RackbeatFake.postDownload)
        on(.post, "orders/shipments/{id}/download-delivery-note", RackbeatFake.postDownloadDeliveryNote)
        on(.post, "orders/{number}/convert-to-invoice", RackbeatFake.postConvertToInvoice)
        on(.put, "orders/{number}/fields", RackbeatFake.putOrderFields)

        list("inventory-movements", RackbeatFake.listMovements)
        on(.post, "inventory-movement", RackbeatFake.postMovementOf2018)
        on(.post, "inventory-movements/{id}/book", RackbeatFake.postBookMovement)
        list("inventory/internal-movements", RackbeatFake.listInternalMovements)
        on(.post, "inventory/internal-movements", RackbeatFake.postInternalMovement)
        on(.post, "inventory/internal-movements/{id}/book", RackbeatFake.postBookInternalMovement)
        on(.post, "inventory/internal-movements/{id}/create-receipt", RackbeatFake.postReceiveInternalMovement)
        list("inventory/checking-drafts", RackbeatFake.listCheckingDrafts)
        on(.post, "inventory/checking-drafts", RackbeatFake.postCheckingDraft)
        on(.post, "inventory/checking-drafts/{id}/book", RackbeatFake.postBookCheckingDraft)
    }

    private static func addMasterData(
        _ list: (String, @escaping Handler) -> Void, _ on: (HTTPRequest.Method, String, @escaping Handler) -> Void
    ) {
        list("product-groups", RackbeatFake.listGroups)
        on(.post, "product-groups", RackbeatFake.postGroup)
        on(.get, "product-groups/{number}", RackbeatFake.getGroup)
        list("suppliers", RackbeatFake.listSuppliers)
        on(.post, "suppliers", RackbeatFake.postSupplier)
        on(.get, "suppliers/{number}", RackbeatFake.getSupplier)
        on(.put, "suppliers/{number}", RackbeatFake.putSupplier)
        list("suppliers/{number}/contacts", RackbeatFake.listSupplierContacts)
        on(.post, "suppliers/{number}/contacts", RackbeatFake.postSupplierContact)
        list("supplier-groups", RackbeatFake.listSupplierGroups)
        on(.post, "supplier-groups", RackbeatFake.postSupplierGroup)
        on(.get, "supplier-groups/{number}", RackbeatFake.getSupplierGroup)
        list("customers", RackbeatFake.listCustomers)
        on(.post, "customers", RackbeatFake.postCustomer)
        on(.get, "customers/{number}", RackbeatFake.getCustomer)
        on(.put, "customers/{number}", RackbeatFake.putCustomer)
        list("customers/{number}/contacts", RackbeatFake.listCustomerContacts)
        on(.post, "customers/{number}/contacts", RackbeatFake.postCustomerContact)
        list("customers/{number}/addresses", RackbeatFake.listCustomerAddresses)
        on(.post, "customers/{number}/addresses", RackbeatFake.postCustomerAddress)
        list("payment-terms", RackbeatFake.listPaymentTerms)
        on(.get, "payment-terms/{number}", RackbeatFake.getPaymentTerm)
        list("delivery-terms", RackbeatFake.listDeliveryTerms)
        list("employees", RackbeatFake.listEmployees)
        on(.get, "employees/{number}", RackbeatFake.getEmployee)
        list("units", RackbeatFake.listUnits)
        list("layouts", RackbeatFake.listLayouts)
        list("fields", RackbeatFake.listFields)
        list("users", RackbeatFake.listUsers)
    }
}
