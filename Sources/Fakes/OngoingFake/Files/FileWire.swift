import JSON

/// A file attached to an article, an order or a purchase order.
struct AttachedFile: Sendable {
    let id: Int
    var name: String
    var mimeType: String
    var base64: String
}

struct FileView: KeptMembers {
    let file: AttachedFile
    var order: Int?
    var article: Int?
    var purchaseOrder: Int?
    var kept: JSONObject { [:] }
}

extension RequestShapes {
    static let file = RequestShape(
        "PostFileModel",
        [
            .required(.words, "fileName", "mimeType", "fileDataBase64"), .optional(.members, "advanced"),
            .optional(.time, "fileWillBeDeletedAt"),
        ])

    static let fileWithoutName = RequestShape("PostFileNoFilenameModel", [.required(.words, "mimeType", "fileDataBase64")])
}

extension ResponseShapes {
    static let file = ResponseShape<FileView>([
        .made("fileId") { JSON($0.file.id) },
        .made("orderId") { Wire.id($0.order) },
        .made("articleSystemId") { Wire.id($0.article) },
        .made("fileName") { .string($0.file.name) },
        .made("mimeType") { .string($0.file.mimeType) },
        .made("fileDataBase64") { .string($0.file.base64) },
        .made("purchaseOrderId") { Wire.id($0.purchaseOrder) },
    ])
}
