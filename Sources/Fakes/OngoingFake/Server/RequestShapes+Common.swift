/// The request bodies of the API, one table each. What the vendor's file leaves open is kept as it comes.
enum Shapes {
    static let codeName = Shape("CodeNamePair", [.optional(.code, "code"), .optional(.name, "name")])

    static let codeNameComment = Shape(
        "CodeNameComment", [.optional(.code, "code"), .optional(.name, "name"), .optional(.remark, "comment")])

    static let codeNameWithClear = Shape(
        "CodeNamePairWithClear", [.optional(.code, "code"), .optional(.name, "name"), .optional(.flag, "clear")])

    static let file = Shape(
        "PostFileModel",
        [
            .required(.words, "fileName", "mimeType", "fileDataBase64"), .optional(.members, "advanced"),
            .optional(.time, "fileWillBeDeletedAt"),
        ])

    static let fileWithoutName = Shape("PostFileNoFilenameModel", [.required(.words, "mimeType", "fileDataBase64")])

    /// A body of a single member, as most PATCH calls have it.
    static func single(_ title: String, _ name: String, _ kind: Shape.Kind, required: Bool = true) -> Shape {
        Shape(title, [required ? .required(kind, name) : .optional(kind, name)])
    }

    /// The same for a text that must be given and may be empty.
    static func singleText(_ title: String, _ name: String, _ length: Shape.Length) -> Shape {
        Shape(title, [.present(.text(length), name)])
    }
}
