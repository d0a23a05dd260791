import Exchange
import FakeKit
import HTTPTypes
import JSON
import Units

/// Files attached to articles, orders and purchase orders. Their content is kept as it comes and never looked at.
extension OngoingFake {
    /// Files of articles, orders and purchase orders.
    static var fileRoutes: [Route<Handler>] {
        [
            .get("articles/{articleSystemId}/files", getArticleFiles),
            .put("articles/{articleSystemId}/files", putArticleFile),
            .post("articles/{articleSystemId}/files", postArticleFile),
            .put("articles/{articleSystemId}/files/{fileId}", putArticleFileByID),
            .get("orders/{orderId}/files", getOrderFiles),
            .put("orders/{orderId}/files", putOrderFile),
            .post("orders/{orderId}/files", postOrderFile),
            .put("orders/{orderId}/files/{fileId}", putOrderFileByID),
            .delete("orders/{orderId}/files/{fileId}", deleteOrderFile),
            .get("purchaseOrders/{purchaseOrderId}/files", getPurchaseOrderFiles),
            .put("purchaseOrders/{purchaseOrderId}/files", putPurchaseOrderFile),
            .post("purchaseOrders/{purchaseOrderId}/files", postPurchaseOrderFile),
            .put("purchaseOrders/{purchaseOrderId}/files/{fileId}", putPurchaseOrderFileByID),
        ]
    }

    /// A record with files, and how to reach and change them.
    private struct Bearer {
        let files: [AttachedFile]
        let view: (AttachedFile) -> FileView
        let change: ((inout [AttachedFile]) -> Void) -> Void
    }

    private func articleBearer(_ context: RequestContext) throws(Refusal) -> Bearer {
        let (record, owner) = try article(context)
        return Bearer(
            files: record.files, view: { FileView(file: $0, article: record.systemId) },
            change: { edit in owner.changeArticle(record.systemId, at: context.now) { edit(&$0.files) } })
    }

    private func orderBearer(_ context: RequestContext) throws(Refusal) -> Bearer {
        let (record, owner) = try order(context)
        return Bearer(
            files: record.files, view: { FileView(file: $0, order: record.id) },
            change: { edit in owner.changeOrder(record.id, at: context.now) { edit(&$0.files) } })
    }

    private func purchaseOrderBearer(_ context: RequestContext) throws(Refusal) -> Bearer {
        let (record, owner) = try purchaseOrder(context)
        return Bearer(
            files: record.files, view: { FileView(file: $0, purchaseOrder: record.id) },
            change: { edit in owner.changePurchaseOrder(record.id, at: context.now) { edit(&$0.files) } })
    }

    private func show(_ bearer: Bearer) -> Response {
        ok(.array(bearer.files.map { ResponseShapes.file.render(bearer.view($0)) }))
    }

    /// POST always makes a new file.
    private func post(_ bearer: Bearer, _ context: RequestContext) throws(Refusal) -> Response {
        let body = try body(context, RequestShapes.file, "m")
        return save(bearer, known: nil, name: body.text("fileName")!, body)
    }

    /// PUT with the name in the query makes a file or replaces the one of that name.
    private func put(_ bearer: Bearer, _ context: RequestContext) throws(Refusal) -> Response {
        var query = context.query(behaviour)
        let name = query.text("fileName")
        query.require("fileName", name)
        try query.check()
        let body = try body(context, RequestShapes.fileWithoutName, "m")
        return save(bearer, known: bearer.files.first { $0.name == name }?.id, name: name!, body)
    }

    private func putByID(_ bearer: Bearer, _ context: RequestContext) throws(Refusal) -> Response {
        let id = try file(context, bearer)
        let body = try body(context, RequestShapes.file, "m")
        return save(bearer, known: id, name: body.text("fileName")!, body)
    }

    private func file(_ context: RequestContext, _ bearer: Bearer) throws(Refusal) -> Int {
        let id = try context.id("fileId")
        guard bearer.files.contains(where: { $0.id == id }) else { throw .notFound("File with id \(id) was not found.") }
        return id
    }

    private func save(_ bearer: Bearer, known: Int?, name: String, _ body: JSONObject) -> Response {
        let id = known ?? store.ids.next(\.other)
        let file = AttachedFile(
            id: id, name: name, mimeType: body.text("mimeType")!, base64: body.text("fileDataBase64")!)
        bearer.change { files in
            if let index = files.firstIndex(where: { $0.id == id }) { files[index] = file } else { files.append(file) }
        }
        return success("fileId", id, "File saved.")
    }

    func getArticleFiles(_ context: RequestContext) throws(Refusal) -> Response { show(try articleBearer(context)) }
    func postArticleFile(_ context: RequestContext) throws(Refusal) -> Response { try post(try articleBearer(context), context) }
    func putArticleFile(_ context: RequestContext) throws(Refusal) -> Response { try put(try articleBearer(context), context) }
    func putArticleFileByID(_ context: RequestContext) throws(Refusal) -> Response {
        try putByID(try articleBearer(context), context)
    }

    func getOrderFiles(_ context: RequestContext) throws(Refusal) -> Response { show(try orderBearer(context)) }
    func postOrderFile(_ context: RequestContext) throws(Refusal) -> Response { try post(try orderBearer(context), context) }
    func putOrderFile(_ context: RequestContext) throws(Refusal) -> Response { try put(try orderBearer(context), context) }
    func putOrderFileByID(_ context: RequestContext) throws(Refusal) -> Response {
        try putByID(try orderBearer(context), context)
    }

    func deleteOrderFile(_ context: RequestContext) throws(Refusal) -> Response {
        let bearer = try orderBearer(context)
        let id = try file(context, bearer)
        bearer.change { $0.removeAll { $0.id == id } }
        return success("fileId", id, "File deleted.")
    }

    func getPurchaseOrderFiles(_ context: RequestContext) throws(Refusal) -> Response { show(try purchaseOrderBearer(context)) }
    func postPurchaseOrderFile(_ context: RequestContext) throws(Refusal) -> Response {
        try post(try purchaseOrderBearer(context), context)
    }
    func putPurchaseOrderFile(_ context: RequestContext) throws(Refusal) -> Response {
        try put(try purchaseOrderBearer(context), context)
    }
    func putPurchaseOrderFileByID(_ context: RequestContext) throws(Refusal) -> Response {
        try putByID(try purchaseOrderBearer(context), context)
    }
}
