import StrictYAML

/// The documents of Rackbeat, as steps write them.
enum DocumentShapes {
    static let orderLine = line("an order line", item: "What is sold.", location: "Where it is to be taken from.")
    static let purchaseLine = line("a purchase order line", item: "What is bought.", location: "Where it is to arrive.")

    private static func line(_ title: String, item: String, location: String) -> Record {
        Record(
            title,
            [
                .optional("id", .whole(from: 1), "The line's id. Default: the next free one."),
                .optional("item", .name(.product), item),
                .optional(
                    "text", .text,
                    "The line's text: alone it makes a line without an item, beside an item it is the line's name."),
                .optional("quantity", .decimal, "How many. Default: 1."),
                .optional("location", .name(.location), "\(location) Default: the first connection's location."),
                .optional("no-location", .flag, "Whether the line names no location at all. Default: false."),
                .optional("price", .decimal, "Of one, net of VAT. Default: the product's."),
                .optional("discount", .decimal, "In percent."),
                .optional("vat", .decimal, "In percent. Default: the product group's."),
            ])
    }

    static let address = Record(
        "an address",
        [
            .optional("name", .text, "Who it is."),
            .optional("name2", .text, "The second line of the name, where the profile exposes it."),
        ] + WorldShapes.addressFields)

    /// What an order can be given besides its number and lines.
    static let orderHeader: [Field] = [
        .optional("customer", .name(.customer), "Default: the first customer."),
        .optional("delivery", .record(address), "The delivery address. Default: the billing address."),
        .optional("billing", .record(address), "The billing address. Default: the customer's own."),
        .optional("currency", .text, "Default: DKK."),
        .optional("vat-zone", .choice(["domestic", "eu", "abroad", "domestic_exempt"]), "Default: domestic."),
        .optional("order-date", .date, "Default: today."),
        .optional("deliver-at", .date, "The delivery date. Default: none."),
        .optional("delivery-terms", .text, "Such as DAP."),
        .optional("our-reference", .name(.employee), "The number of an employee."),
        .optional("payment-terms", .name(.paymentTerm), "Default: the customer's own."),
        .optional("other-reference", .text, "The customer's own reference."),
        .optional("heading", .text, "The order's heading."),
        .optional("note", .text, "The order's note."),
    ]

    static let newOrder = Record(
        "an order",
        [.required("number", .newName(.order), "The order's number.")] + orderHeader + [
            .required("lines", .list(.record(orderLine)), "Its lines.")
        ])

    static let orderChange = Record(
        "a change of an order",
        [.required("order", .name(.order), "The order's number.")] + orderHeader + changes(of: orderLine))

    /// What a purchase order can be given besides its number and lines.
    static let purchaseHeader: [Field] = [
        .optional("supplier", .name(.supplier), "Default: the first supplier."),
        .optional("currency", .text, "Default: the supplier's."),
        .optional("vat-zone", .choice(["domestic", "eu", "abroad", "domestic_exempt"]), "Default: domestic."),
        .optional("your-reference", .whole(from: 1), "The id of your reference."),
        .optional("heading", .text, "The purchase order's heading."),
        .optional("note", .text, "The purchase order's note."),
        .optional("purchase-date", .date, "Default: today."),
        .optional("preferred-delivery-date", .date, "Default: none."),
    ]

    static let newPurchaseOrder = Record(
        "a purchase order",
        [.required("number", .newName(.purchaseOrder), "The purchase order's number.")] + purchaseHeader + [
            .required("lines", .list(.record(purchaseLine)), "Its lines.")
        ])

    static let purchaseChange = Record(
        "a change of a purchase order",
        [.required("purchase-order", .name(.purchaseOrder), "The purchase order's number.")] + purchaseHeader
            + changes(of: purchaseLine))

    private static func changes(of line: Record) -> [Field] {
        [
            .optional("quantities", quantities, "New quantities, by the ids of the lines."),
            .optional("change-lines", .list(.record(change(of: line))), "Lines that stay, with what changes of them."),
            .optional("add-lines", .list(.record(line)), "Lines to be added."),
            .optional("remove-lines", .list(.whole(from: 1)), "The ids of lines to be removed."),
        ]
    }

    private static func change(of line: Record) -> Record {
        Record(
            "a change of \(line.title)",
            [.required("id", .whole(from: 1), "The line's id.")]
                + line.fields.filter { $0.name != "id" }.map {
                    // A field that is not named stays as it is.
                    .optional($0.name, $0.shape, $0.doc.text(before: " Default:"), example: $0.example)
                })
    }

    /// `{ 1: 3, 2: 0.5 }`: quantities by the ids of lines.
    static let quantities = Shape.table(key: .whole(from: 1), value: .decimal)

    static func order(_ title: String = "an order") -> Record {
        Record(title, [.required("order", .name(.order), "The order's number.")])
    }

    static func purchaseOrder(_ title: String = "a purchase order") -> Record {
        Record(title, [.required("purchase-order", .name(.purchaseOrder), "The purchase order's number.")])
    }
}

extension String {
    fileprivate func text(before part: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return String(self[..<range.lowerBound])
    }
}
