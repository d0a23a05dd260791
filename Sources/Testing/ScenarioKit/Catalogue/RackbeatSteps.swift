import StrictYAML

// Steps that people take in Rackbeat.

extension StepKind {
    static let rackbeatCatalogue: [StepKind] = [
        StepKind(
            "rackbeat.create-product", "Creates a product.",
            .required(
                .record(
                    Record(
                        "a new product",
                        [.required("number", .newName(.product), "Its number in both systems.")] + WorldShapes.productFields))),
            example: "- rackbeat.create-product: { number: LAMP-01, name: Brass lamp, price: 79.96 }"
        ) { try $0.erpActor.createProduct($1.value) },
        StepKind(
            "rackbeat.change-product", "Changes a product. Fields that are not named stay the same.",
            .required(
                .record(
                    Record(
                        "a change of a product",
                        [.required("number", .name(.product), "The product's number.")]
                            + WorldShapes.productFields))),
            example: "- rackbeat.change-product: { number: CHAIR-01, name: Oak chair with arms, barred: true }"
        ) { try $0.erpActor.changeProduct($1.value) },
        StepKind(
            "rackbeat.touch-product", "Saves a product without a change. Only the time of its last change moves.",
            .required(
                .record(Record("a product to save", [.required("number", .name(.product), "The product's number.")]))),
            example: "- rackbeat.touch-product: { number: CHAIR-01 }"
        ) { try $0.erpActor.touchProduct($1.value) },
        StepKind(
            "rackbeat.change-supplier", "Changes a supplier. Documents that refer to it do not change.",
            .required(
                .record(
                    Record(
                        "a change of a supplier",
                        [
                            .required("number", .name(.supplier), "The supplier's number."),
                            .optional("name", .text, "Its name."),
                            .optional("group", .text, "The name of its supplier group."),
                        ] + WorldShapes.addressFields))),
            example: "- rackbeat.change-supplier: { number: 20, city: Kolding }"
        ) { try $0.erpActor.changeSupplier($1.value) },
        StepKind(
            "rackbeat.renumber-product", "Gives a product another number. Its stock and its lines on documents follow.",
            .required(
                .record(
                    Record(
                        "a product to renumber",
                        [
                            .required("number", .name(.product), "Its number."),
                            .required("to", .newName(.product), "Its new number."),
                        ]))),
            example: """
                - rackbeat.create-product: { number: STOOL-01 }
                - rackbeat.renumber-product: { number: STOOL-01, to: STOOL-02 }
                """
        ) { try $0.erpActor.renumberProduct($1.value) },
        StepKind(
            "rackbeat.delete-product", "Deletes a product.",
            .required(
                .record(Record("a product to delete", [.required("number", .name(.product), "The product's number.")]))),
            example: """
                - rackbeat.create-product: { number: LAMP-01 }
                - rackbeat.delete-product: { number: LAMP-01 }
                """
        ) { try $0.erpActor.deleteProduct($1.value) },
    ]

    static let rackbeatOrders: [StepKind] = [
        StepKind(
            "rackbeat.draft-order", "Creates a draft of a sales order.",
            .required(.record(DocumentShapes.newOrder)),
            example: "- rackbeat.draft-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }"
        ) { try $0.erpActor.draftOrder($1.value) },
        StepKind(
            "rackbeat.book-order", "Creates a sales order and books it.",
            .required(.record(DocumentShapes.newOrder)),
            example: """
                - rackbeat.book-order:
                    number: 1042
                    deliver-at: 2026-03-05
                    delivery: { name: Kulhuset ApS, street: Kajen 3, zipcode: 8000, city: Aarhus C, country: Danmark }
                    lines: [ { id: 1, item: CHAIR-01, quantity: 5 }, { id: 2, text: Please call first } ]
                """
        ) { try $0.erpActor.bookOrder($1.value) },
        StepKind(
            "rackbeat.book-many",
            "Books many orders at once. Each has one line with a quantity of one, of the products in turn.",
            .required(
                .record(
                    Record(
                        "many orders",
                        [
                            .required("orders", .whole(1...100_000), "How many."),
                            .optional("from", .whole(from: 1), "The number of the first; the others follow. Default: 10001."),
                        ]))),
            example: "- rackbeat.book-many: { orders: 3 }"
        ) { try $0.erpActor.bookMany($1.value) },
        StepKind(
            "rackbeat.book-draft", "Books a draft, for the first time or again.",
            .required(.record(DocumentShapes.order())),
            example: """
                - rackbeat.draft-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.book-draft: { order: 1042 }
                """
        ) { try $0.erpActor.bookDraft($1.value) },
        StepKind(
            "rackbeat.reopen-order", "Reopens an order: it becomes a draft that can be changed.",
            .required(.record(DocumentShapes.order())),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.reopen-order: { order: 1042 }
                """
        ) { try $0.erpActor.reopenOrder($1.value) },
        StepKind(
            "rackbeat.change-order", "Changes a draft. Fields that are not named stay the same.",
            .required(.record(DocumentShapes.orderChange)),
            example: """
                - rackbeat.draft-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01 }, { id: 2, item: TABLE-01 } ] }
                - rackbeat.change-order:
                    order: 1042
                    note: By Friday
                    quantities: { 1: 4 }
                    remove-lines: [ 2 ]
                    add-lines: [ { id: 3, item: TABLE-01, quantity: 2 } ]
                """
        ) { try $0.erpActor.changeOrder($1.value) },
        StepKind(
            "rackbeat.cancel-order", "Cancels an order.",
            .required(.record(DocumentShapes.order())),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.cancel-order: { order: 1042 }
                """
        ) { try $0.erpActor.cancelOrder($1.value) },
        StepKind(
            "rackbeat.close-rest",
            "Gives up what is still open of an order or a purchase order of which a part is shipped or received. What is shipped of an "
                + "order is invoiced first.",
            .required(
                .record(
                    Record(
                        "whose rest is given up",
                        [
                            .optional("order", .name(.order), "The order's number.", example: "1042"),
                            .optional("purchase-order", .name(.purchaseOrder), "The purchase order's number.", example: "3001"),
                        ], exactlyOneOf: [["order", "purchase-order"]]))),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.ship-by-hand: { order: 1042, lines: { 1: 2 } }
                - rackbeat.close-rest: { order: 1042 }
                """
        ) { try $0.erpActor.closeRest($1.value) },
        StepKind(
            "rackbeat.delete-order", "Deletes a draft.",
            .required(.record(DocumentShapes.order())),
            example: """
                - rackbeat.draft-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.delete-order: { order: 1042 }
                """
        ) { try $0.erpActor.deleteOrder($1.value) },
    ]

    static let rackbeatPurchases: [StepKind] = [
        StepKind(
            "rackbeat.draft-purchase-order", "Writes a purchase order and leaves it a draft.",
            .required(.record(DocumentShapes.newPurchaseOrder)),
            example: "- rackbeat.draft-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }"
        ) { try $0.erpActor.draftPurchaseOrder($1.value) },
        StepKind(
            "rackbeat.book-purchase-order", "Writes a purchase order and books it.",
            .required(.record(DocumentShapes.newPurchaseOrder)),
            example: """
                - rackbeat.book-purchase-order:
                    number: 3001
                    supplier: 20
                    note: Gate B
                    lines: [ { id: 1, item: CHAIR-01, quantity: 40, price: 31.25 } ]
                """
        ) { try $0.erpActor.bookPurchaseOrder($1.value) },
        StepKind(
            "rackbeat.book-purchase-draft", "Books a purchase order that is a draft, for the first time or again.",
            .required(.record(DocumentShapes.purchaseOrder())),
            example: """
                - rackbeat.draft-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - rackbeat.book-purchase-draft: { purchase-order: 3001 }
                """
        ) { try $0.erpActor.bookPurchaseDraft($1.value) },
        StepKind(
            "rackbeat.reopen-purchase-order", "Reopens a purchase order: it becomes a draft.",
            .required(.record(DocumentShapes.purchaseOrder())),
            example: """
                - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - rackbeat.reopen-purchase-order: { purchase-order: 3001 }
                """
        ) { try $0.erpActor.reopenPurchaseOrder($1.value) },
        StepKind(
            "rackbeat.change-purchase-order", "Changes a draft. Fields that are not named stay the same.",
            .required(.record(DocumentShapes.purchaseChange)),
            example: """
                - rackbeat.draft-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - rackbeat.change-purchase-order: { purchase-order: 3001, quantities: { 1: 50 } }
                """
        ) { try $0.erpActor.changePurchaseOrder($1.value) },
        StepKind(
            "rackbeat.cancel-purchase-order", "Cancels a purchase order.",
            .required(.record(DocumentShapes.purchaseOrder())),
            example: """
                - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - rackbeat.cancel-purchase-order: { purchase-order: 3001 }
                """
        ) { try $0.erpActor.cancelPurchaseOrder($1.value) },
        StepKind(
            "rackbeat.delete-purchase-order", "Deletes a draft.",
            .required(.record(DocumentShapes.purchaseOrder())),
            example: """
                - rackbeat.draft-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - rackbeat.delete-purchase-order: { purchase-order: 3001 }
                """
        ) { try $0.erpActor.deletePurchaseOrder($1.value) },
    ]

    private static func stockFields(_ quantity: Field) -> [Field] {
        [
            .required("item", .name(.product), "The product."),
            .optional("location", .name(.location), "Default: the first connection's location."),
            quantity,
            .optional("reason", .text, "Default: Count."),
        ]
    }

    /// A part of a document, or all that is open of it.
    private static func moved(_ title: String, of document: Record, _ lines: String) -> Argument {
        .required(
            .record(
                Record(
                    title,
                    document.fields + [
                        .optional("lines", DocumentShapes.quantities, "\(lines) Default: all that is open.")
                    ])))
    }

    private static let drafts = Record(
        "whose drafts",
        [
            .optional("order", .name(.order), "The order's number.", example: "1042"),
            .optional("purchase-order", .name(.purchaseOrder), "The purchase order's number.", example: "3001"),
            .optional("item", .name(.product), "The product.", example: "CHAIR-01"),
        ], exactlyOneOf: [["order", "purchase-order", "item"]])

    static let rackbeatStock: [StepKind] = [
        StepKind(
            "rackbeat.adjust",
            "Adjusts stock in Rackbeat by a change. This is drift unless the warehouse makes the same change.",
            .required(.record(Record("a stock adjustment", stockFields(.required("change", .decimal, "Positive or negative."))))),
            example: "- rackbeat.adjust: { item: CHAIR-01, change: -2, reason: Two in the showroom }"
        ) { try $0.erpActor.adjust($1.value) },
        StepKind(
            "rackbeat.count",
            "Counts stock and books the result in Rackbeat. This is drift unless the warehouse holds the same.",
            .required(.record(Record("a stock count", stockFields(.required("counted", .decimal, "The quantity on hand."))))),
            example: "- rackbeat.count: { item: CHAIR-01, counted: 8 }"
        ) { try $0.erpActor.count($1.value) },
        StepKind(
            "rackbeat.ship-by-hand", "Ships in Rackbeat, without the warehouse.",
            moved("a shipment by hand", of: DocumentShapes.order(), "What is shipped."),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.ship-by-hand: { order: 1042, lines: { 1: 2 } }
                """
        ) { try $0.erpActor.shipByHand($1.value) },
        StepKind(
            "rackbeat.receive-by-hand", "Books a receipt in Rackbeat, without the warehouse.",
            moved("a receipt by hand", of: DocumentShapes.purchaseOrder(), "What is received."),
            example: """
                - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - rackbeat.receive-by-hand: { purchase-order: 3001, lines: { 1: 4 } }
                """
        ) { try $0.erpActor.receiveByHand($1.value) },
        StepKind(
            "rackbeat.draft-shipment", "Creates a shipment in Rackbeat and leaves it open.",
            moved("a shipment that stays open", of: DocumentShapes.order(), "What it is to ship."),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.draft-shipment: { order: 1042, lines: { 1: 2 } }
                """
        ) { try $0.erpActor.draftShipment($1.value) },
        StepKind(
            "rackbeat.draft-receipt", "Creates a receipt in Rackbeat and leaves it a draft.",
            moved("a receipt that stays a draft", of: DocumentShapes.purchaseOrder(), "What it is to receive."),
            example: """
                - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
                - rackbeat.draft-receipt: { purchase-order: 3001, lines: { 1: 4 } }
                """
        ) { try $0.erpActor.draftReceipt($1.value) },
        StepKind(
            "rackbeat.draft-adjustment", "Creates a stock adjustment in Rackbeat and leaves it a draft.",
            .required(
                .record(
                    Record(
                        "an adjustment that stays a draft", stockFields(.required("change", .decimal, "Positive or negative."))))),
            example: "- rackbeat.draft-adjustment: { item: CHAIR-01, change: -2 }"
        ) { try $0.erpActor.draftAdjustment($1.value) },
        StepKind(
            "rackbeat.confirm-drafts",
            "Confirms every open shipment of an order, every draft receipt of a purchase order or every draft adjustment of an item.",
            .required(.record(drafts)),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - rackbeat.draft-shipment: { order: 1042 }
                - rackbeat.confirm-drafts: { order: 1042 }
                """
        ) { try $0.erpActor.confirmDrafts($1.value) },
        StepKind(
            "rackbeat.delete-drafts",
            "Deletes every open shipment of an order, every draft receipt of a purchase order or every draft adjustment of an item.",
            .required(.record(drafts)),
            example: """
                - rackbeat.draft-adjustment: { item: CHAIR-01, change: -2 }
                - rackbeat.delete-drafts: { item: CHAIR-01 }
                """
        ) { try $0.erpActor.deleteDrafts($1.value) },
        StepKind(
            "rackbeat.revoke-token", "Deletes the engine's token. Every request is refused with 401.",
            example: "- rackbeat.revoke-token"
        ) { world, _ in world.erpActor.revokeToken() },
        StepKind(
            "rackbeat.restore-token", "Makes the engine's token valid again.",
            example: """
                - rackbeat.revoke-token
                - rackbeat.restore-token
                """
        ) { world, _ in world.erpActor.restoreToken() },
        StepKind(
            "rackbeat.hide-records",
            "Rackbeat finds no product, order or purchase order by its number any more, as when a permission is taken away or a proxy "
                + "responds for it.",
            .optional(
                .record(
                    Record("what is hidden", [.optional("lists", .flag, "Whether lists are empty too. Default: false.")]))),
            example: "- rackbeat.hide-records: { lists: true }"
        ) { $0.erpActor.hideRecords($1.argument) },
        StepKind(
            "rackbeat.show-records", "Rackbeat finds again what it has.",
            example: """
                - rackbeat.hide-records
                - rackbeat.show-records
                """
        ) { world, _ in world.erpActor.showRecords() },
    ]
}
