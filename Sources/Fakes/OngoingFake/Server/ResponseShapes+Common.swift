import JSON

/// The models of the answers that stand in several places, one table each.
enum ReadTables {
    static let codeName = ReadTable<JSONObject>([.kept(.null, "code", "name")])

    static let notification = ReadTable<JSONObject>([.kept(.no, "toBeNotified"), .kept(.empty, "value")])

    static let textLine = ReadTable<JSONObject>([.kept(.null, "rowNumber", "comment", "numberOfItems")])

    static let file = ReadTable<FileView>([
        .made("fileId") { JSON($0.file.id) },
        .made("orderId") { Wire.id($0.order) },
        .made("articleSystemId") { Wire.id($0.article) },
        .made("fileName") { .string($0.file.name) },
        .made("mimeType") { .string($0.file.mimeType) },
        .made("fileDataBase64") { .string($0.file.base64) },
        .made("purchaseOrderId") { Wire.id($0.purchaseOrder) },
    ])
}

struct FileView: Keeping {
    let file: AttachedFile
    var order: Int?
    var article: Int?
    var purchaseOrder: Int?
    var kept: JSONObject { [:] }
}
