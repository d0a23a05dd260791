import JSON
package import Trade

/// One member of the body of a write, as a dry run shows it.
package struct WrittenField: Hashable, Sendable {
    /// The member's path, such as `consignee.name` or `line 90011, numberOfItems`.
    package let name: String
    package let value: String
}

extension OngoingClient {
    /// The members of the body with which ``put(_:isUpdate:)`` would send the article, but for the goods owner.
    package func fields(of article: Article, isUpdate: Bool) -> [WrittenField] {
        Self.fields(of: written(article, clearsTexts: clearsTexts(onUpdate: isUpdate)))
    }

    /// The members of the body with which ``put(_:isUpdate:)`` would send the order, but for the goods owner.
    package func fields(of order: OutboundOrder, isUpdate: Bool) -> [WrittenField] {
        Self.fields(of: written(order, clearsTexts: clearsTexts(onUpdate: isUpdate)))
    }

    /// The members of the body with which ``put(_:isUpdate:)`` would send the purchase order, but for the goods owner.
    package func fields(of order: InboundOrder, isUpdate: Bool) -> [WrittenField] {
        Self.fields(of: written(order, clearsTexts: clearsTexts(onUpdate: isUpdate)))
    }

    private static func fields(of body: JSON) -> [WrittenField] {
        fields(of: body, named: "").filter { $0.name != "goodsOwnerId" }
    }

    private static func fields(of value: JSON, named name: String) -> [WrittenField] {
        switch value {
        case .object(let members):
            members.flatMap { fields(of: $0.value, named: name.isEmpty ? $0.name : "\(name).\($0.name)") }
        case .array(let lines):
            lines.flatMap { line in
                let row = line["rowNumber"]?.string ?? ""
                return fields(of: line, named: "").map { WrittenField(name: "line \(row), \($0.name)", value: $0.value) }
            }
        case .string(let text): [WrittenField(name: name, value: text.isEmpty ? "(empty)" : text)]
        case .null: [WrittenField(name: name, value: "(empty)")]
        case .bool, .number: [WrittenField(name: name, value: value.text)]
        }
    }
}
