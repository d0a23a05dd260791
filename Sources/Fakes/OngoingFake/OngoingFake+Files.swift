import Exchange
import JSON
import Units

/// Files attached to articles, orders and purchase orders. Their content is kept as it comes and never looked at.
extension OngoingFake {
    /// What bears files, and how to reach and change them.
    private struct Bearer {
        let files: [AttachedFile]
        let view: (AttachedFile) -> FileView
        let change: ((inout [AttachedFile]) -> Void) -> Void
    }

    private func articleBearer(_ visit: Visit) throws(Refusal) -> Bearer {
        let (record, owner) = try article(visit)
        return Bearer(
            files: record.files, view: { FileView(file: $0, article: record.systemId) },
            change: { edit in owner.changeArticle(record.systemId, at: visit.now) { edit(&$0.files) } })
    }

    private func orderBearer(_ visit: Visit) throws(Refusal) -> Bearer {
        let (record, owner) = try order(visit)
        return Bearer(
            files: record.files, view: { FileView(file: $0, order: record.id) },
            change: { edit in owner.changeOrder(record.id, at: visit.now) { edit(&$0.files) } })
    }

    private func purchaseOrderBearer(_ visit: Visit) throws(Refusal) -> Bearer {
        let (record, owner) = try purchaseOrder(visit)
        return Bearer(
            files: record.files, view: { FileView(file: $0, purchaseOrder: record.id) },
            change: { edit in owner.changePurchaseOrder(record.id, at: visit.now) { edit(&$0.files) } })
    }

    private func show(_ bearer: Bearer) -> Response {
        ok(.array(bearer.files.map { ReadTables.file.render(bearer.view($0)) }))
    }

    /// POST always makes a new file.
    private func post(_ bearer: Bearer, _ visit: Visit) throws(Refusal) -> Response {
        let body = try body(visit, Shapes.file, "m")
        return save(bearer, known: nil, name: body.text("fileName")!, body)
    }

    /// PUT with the name in the query makes a file or replaces the one of that name.
    private func put(_ bearer: Bearer, _ visit: Visit) throws(Refusal) -> Response {
        var query = visit.query(beliefs)
        let name = query.text("fileName")
        query.require("fileName", name)
        try query.check()
        let body = try body(visit, Shapes.fileWithoutName, "m")
        return save(bearer, known: bearer.files.first { $0.name == name }?.id, name: name!, body)
    }

    private func putByID(_ bearer: Bearer, _ visit: Visit) throws(Refusal) -> Response {
        let id = try file(visit, bearer)
        let body = try body(visit, Shapes.file, "m")
        return save(bearer, known: id, name: body.text("fileName")!, body)
    }

    private func file(_ visit: Visit, _ bearer: Bearer) throws(Refusal) -> Int {
        let id = try visit.id("fileId")
        guard bearer.files.contains(where: { $0.id == id }) else { throw .notFound("File with id \(id) was not found.") }
        return id
    }

    private func save(_ bearer: Bearer, known: Int?, name: String, _ body: JSONObject) -> Response {
        let id = known ?? tenant.ids.next(\.other)
        let file = AttachedFile(
            id: id, name: name, mimeType: body.text("mimeType")!, base64: body.text("fileDataBase64")!)
        bearer.change { files in
            if let index = files.firstIndex(where: { $0.id == id }) { files[index] = file } else { files.append(file) }
        }
        return success("fileId", id, "File saved.")
    }

    func getArticleFiles(_ visit: Visit) throws(Refusal) -> Response { show(try articleBearer(visit)) }
    func postArticleFile(_ visit: Visit) throws(Refusal) -> Response { try post(try articleBearer(visit), visit) }
    func putArticleFile(_ visit: Visit) throws(Refusal) -> Response { try put(try articleBearer(visit), visit) }
    func putArticleFileByID(_ visit: Visit) throws(Refusal) -> Response { try putByID(try articleBearer(visit), visit) }

    func getOrderFiles(_ visit: Visit) throws(Refusal) -> Response { show(try orderBearer(visit)) }
    func postOrderFile(_ visit: Visit) throws(Refusal) -> Response { try post(try orderBearer(visit), visit) }
    func putOrderFile(_ visit: Visit) throws(Refusal) -> Response { try put(try orderBearer(visit), visit) }
    func putOrderFileByID(_ visit: Visit) throws(Refusal) -> Response { try putByID(try orderBearer(visit), visit) }

    func deleteOrderFile(_ visit: Visit) throws(Refusal) -> Response {
        let bearer = try orderBearer(visit)
        let id = try file(visit, bearer)
        bearer.change { $0.removeAll { $0.id == id } }
        return success("fileId", id, "File deleted.")
    }

    func getPurchaseOrderFiles(_ visit: Visit) throws(Refusal) -> Response { show(try purchaseOrderBearer(visit)) }
    func postPurchaseOrderFile(_ visit: Visit) throws(Refusal) -> Response { try post(try purchaseOrderBearer(visit), visit) }
    func putPurchaseOrderFile(_ visit: Visit) throws(Refusal) -> Response { try put(try purchaseOrderBearer(visit), visit) }
    func putPurchaseOrderFileByID(_ visit: Visit) throws(Refusal) -> Response {
        try putByID(try purchaseOrderBearer(visit), visit)
    }
}
