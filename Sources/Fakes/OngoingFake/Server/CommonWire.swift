import JSON

/// The request bodies of the API, one table each. What the vendor's file leaves open is stored as sent.
enum RequestShapes {
    static let codeName = RequestShape("CodeNamePair", [.optional(.code, "code"), .optional(.name, "name")])

    static let codeNameComment = RequestShape(
        "CodeNameComment", [.optional(.code, "code"), .optional(.name, "name"), .optional(.remark, "comment")])

    static let codeNameWithClear = RequestShape(
        "CodeNamePairWithClear", [.optional(.code, "code"), .optional(.name, "name"), .optional(.flag, "clear")])

    /// A body of a single member, as most PATCH calls have it.
    static func single(_ title: String, _ name: String, _ kind: RequestShape.Kind, required: Bool = true) -> RequestShape {
        RequestShape(title, [required ? .required(kind, name) : .optional(kind, name)])
    }

    /// The same for a text that must be given and may be empty.
    static func singleText(_ title: String, _ name: String, _ length: RequestShape.Length) -> RequestShape {
        RequestShape(title, [.present(.text(length), name)])
    }

    static let notification = RequestShape(
        "PostOrderNotification", [.optional(.flag, "toBeNotified"), .optional(.name, "value")])

    static let textLine = RequestShape(
        "PostOrderTextLine",
        [.required(.code, "rowNumber"), .optional(.words, "comment"), .optional(.decimal, "numberOfItems")])
}

/// The response models that several resources share, one table each.
enum ResponseShapes {
    static let codeName = ResponseShape<JSONObject>([.kept(.null, "code", "name")])

    static let notification = ResponseShape<JSONObject>([.kept(.no, "toBeNotified"), .kept(.empty, "value")])

    static let textLine = ResponseShape<JSONObject>([.kept(.null, "rowNumber", "comment", "numberOfItems")])
}
