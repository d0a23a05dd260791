import StrictYAML

// Steps that people take in the warehouse.

extension StepKind {
    private static let connection = Field.optional(
        "connection", .name(.connection),
        "The connection of the goods owner. Default: the only one that holds the document, else the first.")

    /// Numbers in the warehouse: Rackbeat's, or one with a suffix such as `1042-B`.
    private static let orderField = Field.required("order", .text, "The order's number in the warehouse.")
    private static let purchaseField = Field.required("purchase-order", .text, "The purchase order's number in the warehouse.")

    /// `{ 1: 3 }`, or with a batch or serial number `{ 1: { quantity: 3, batch: B12 } }`.
    private static let goods = Shape.table(
        key: .text,
        value: .either([
            .decimal,
            .record(
                Record(
                    "marked goods",
                    [
                        .required("quantity", .decimal, "How many."),
                        .optional("batch", .text, "Their batch."),
                        .optional("serial", .text, "The serial number of one."),
                    ])),
        ]))

    private static let force = Field.optional(
        "force", .flag, "Whether the order leaves although nothing was picked. Default: false.")

    private static func order(_ title: String, _ fields: [Field] = []) -> Argument {
        .required(.record(Record(title, [orderField] + fields + [connection])))
    }

    private static func purchaseOrder(_ title: String, _ fields: [Field] = []) -> Argument {
        .required(.record(Record(title, [purchaseField] + fields + [connection])))
    }

    private static let orderIsThere = """
        - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
        - engine.sync

        """

    private static let purchaseOrderIsThere = """
        - rackbeat.book-purchase-order: { number: 3001, lines: [ { id: 1, item: CHAIR-01, quantity: 40 } ] }
        - engine.sync

        """

    static let ongoingOrders: [StepKind] = [
        StepKind(
            "ongoing.release", "Releases the order for picking.", order("an order to release"),
            example: orderIsThere + "- ongoing.release: { order: 1042 }"
        ) { try $0.warehouseActor.release($1.value) },
        StepKind(
            "ongoing.allocate", "Reserves stock for the order.",
            order(
                "an allocation",
                [.optional("lines", .table(key: .text, value: .decimal), "How many of each line. Default: all that is open.")]),
            example: orderIsThere + "- ongoing.allocate: { order: 1042 }"
        ) { try $0.warehouseActor.allocate($1.value) },
        StepKind(
            "ongoing.pick", "Picks goods for the order.",
            order(
                "a pick",
                [
                    .optional("lines", goods, "How many of each line, with batch or serial number. Default: all that is open."),
                    .optional("over", .flag, "Whether more than ordered may be picked. Default: false."),
                ]),
            example: orderIsThere + "- ongoing.pick: { order: 1042, lines: { 1: 3 } }"
        ) { try $0.warehouseActor.pick($1.value) },
        StepKind(
            "ongoing.unpick", "Puts picked goods back.",
            order("an un-pick", [.required("lines", .table(key: .text, value: .decimal), "How many of each line.")]),
            example: orderIsThere + """
                - ongoing.pick: { order: 1042 }
                - ongoing.unpick: { order: 1042, lines: { 1: 2 } }
                """
        ) { try $0.warehouseActor.unpick($1.value) },
        StepKind(
            "ongoing.set-status", "Sets a status by hand.",
            .required(
                .record(
                    Record(
                        "a status to set",
                        [
                            .optional("order", .text, "The order's number in the warehouse."),
                            .optional("purchase-order", .text, "The purchase order's number in the warehouse."),
                            .required("status", .whole(1...9999), "The number of the status."),
                            connection,
                        ], exactlyOneOf: [["order", "purchase-order"]]))),
            example: orderIsThere + "- ongoing.set-status: { order: 1042, status: 300 }"
        ) { try $0.warehouseActor.setStatus($1.value) },
        StepKind(
            "ongoing.send", "Hands the order to the carrier's platform: Sent.", order("an order to send", [force]),
            example: orderIsThere + """
                - ongoing.pick: { order: 1042 }
                - ongoing.send: { order: 1042 }
                """
        ) { try $0.warehouseActor.send($1.value) },
        StepKind(
            "ongoing.collect", "The carrier collects the order: Collected.", order("an order to collect", [force]),
            example: orderIsThere + """
                - ongoing.pick: { order: 1042 }
                - ongoing.collect: { order: 1042 }
                """
        ) { try $0.warehouseActor.collect($1.value) },
        StepKind(
            "ongoing.return", "Takes sent goods that the customer sends back into stock again: Returned.",
            order(
                "a return",
                [
                    .required("lines", .table(key: .text, value: .decimal), "How many of each line."),
                    .optional("cause", .text, "The code of the cause. Default: none."),
                ]),
            example: orderIsThere + """
                - ongoing.pick: { order: 1042 }
                - ongoing.send: { order: 1042 }
                - engine.sync
                - ongoing.return: { order: 1042, lines: { 1: 2 }, cause: UNWANTED }
                """
        ) { try $0.warehouseActor.takeBack($1.value) },
        StepKind(
            "ongoing.back-order", "Moves what was not picked to a back order, numbered 1042-B.",
            order("a back order"),
            example: orderIsThere + """
                - ongoing.pick: { order: 1042, lines: { 1: 3 } }
                - ongoing.send: { order: 1042 }
                - ongoing.back-order: { order: 1042 }
                """
        ) { try $0.warehouseActor.backOrder($1.value) },
        StepKind(
            "ongoing.cancel", "Cancels an order or a purchase order in the warehouse.",
            .required(
                .record(
                    Record(
                        "a document to cancel",
                        [
                            .optional("order", .text, "The order's number in the warehouse."),
                            .optional("purchase-order", .text, "The purchase order's number in the warehouse."),
                            .optional(
                                "force", .flag,
                                "Whether it is cancelled although goods are picked or received. They stay so. Default: false."),
                            connection,
                        ], exactlyOneOf: [["order", "purchase-order"]]))),
            example: orderIsThere + "- ongoing.cancel: { order: 1042 }"
        ) { try $0.warehouseActor.cancel($1.value) },
        StepKind(
            "ongoing.tracking", "Adds the carrier's tracking number to the order.",
            order(
                "a tracking number",
                [
                    .required("waybill", .text, "The carrier's number."),
                    .optional("url", .text, "The tracking page of the parcel."),
                ]),
            example: orderIsThere + "- ongoing.tracking: { order: 1042, waybill: 370123456 }"
        ) { try $0.warehouseActor.addTracking($1.value) },
        StepKind(
            "ongoing.add-line", "Adds a line by hand, without a row number of Rackbeat.",
            document(
                "a line to add",
                [.required("item", .name(.product), "The product."), .required("quantity", .decimal, "How many.")]),
            example: orderIsThere + "- ongoing.add-line: { order: 1042, item: TABLE-01, quantity: 1 }"
        ) { try $0.warehouseActor.addLine($1.value) },
        StepKind(
            "ongoing.delete-line", "Deletes a line of the order.",
            order("a line to delete", [.required("line", .text, "The line's id.")]),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01 }, { id: 2, item: TABLE-01 } ] }
                - engine.sync
                - ongoing.delete-line: { order: 1042, line: 2 }
                """
        ) { try $0.warehouseActor.deleteLine($1.value) },
    ]

    private static let eitherDocument = [
        Field.optional("order", .text, "The order's number in the warehouse."),
        Field.optional("purchase-order", .text, "The purchase order's number in the warehouse."),
    ]

    private static func document(_ title: String, _ fields: [Field]) -> Argument {
        .required(
            .record(Record(title, eitherDocument + fields + [connection], exactlyOneOf: [["order", "purchase-order"]])))
    }

    static let ongoingDocuments: [StepKind] = [
        StepKind(
            "ongoing.renumber", "Gives an order or a purchase order another number.",
            document("a document to renumber", [.required("number", .text, "The new number.")]),
            example: orderIsThere + "- ongoing.renumber: { order: 1042, number: W-77 }"
        ) { try $0.warehouseActor.renumber($1.value) },
        StepKind(
            "ongoing.change-line", "Changes the quantity or the article of a line.",
            document(
                "a line to change",
                [
                    .required("line", .text, "The line's id."), .optional("quantity", .decimal, "The new quantity."),
                    .optional("item", .name(.product), "The new article."),
                ]),
            example: orderIsThere + "- ongoing.change-line: { order: 1042, line: 1, quantity: 3 }"
        ) { try $0.warehouseActor.changeLine($1.value) },
        StepKind(
            "ongoing.remove", "Removes an order or a purchase order without a trace.", document("a document to remove", []),
            example: orderIsThere + "- ongoing.remove: { order: 1042 }"
        ) { try $0.warehouseActor.remove($1.value) },
        StepKind(
            "ongoing.create-order", "Another system, or the warehouse's staff, creates an order or a purchase order.",
            document(
                "a document from another source",
                [
                    .required("line", .text, "The row number of its line."), .required("item", .name(.product), "The product."),
                    .required("quantity", .decimal, "How many."),
                ]),
            example: "- ongoing.create-order: { order: 1042, line: A-1, item: CHAIR-01, quantity: 2 }"
        ) { try $0.warehouseActor.create($1.value) },
        StepKind(
            "ongoing.reactivate", "Makes a cancelled order or purchase order live again.",
            document("a document to reactivate", []),
            example: orderIsThere + """
                - ongoing.cancel: { order: 1042 }
                - ongoing.reactivate: { order: 1042 }
                """
        ) { try $0.warehouseActor.reactivate($1.value) },
    ]

    static let ongoingPurchases: [StepKind] = [
        StepKind(
            "ongoing.receive", "Receives goods for the purchase order.",
            purchaseOrder(
                "a delivery",
                [
                    .optional("lines", goods, "How many of each line, with batch or serial number. Default: all that is open."),
                    .optional("late", .flag, "Whether goods arrive although the purchase order is finished. Default: false."),
                ]),
            example: purchaseOrderIsThere + "- ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }"
        ) { try $0.warehouseActor.receive($1.value) },
        StepKind(
            "ongoing.correct-receipt", "Corrects received quantities.",
            purchaseOrder(
                "a correction of a receipt",
                [
                    .required(
                        "lines", .table(key: .text, value: .decimal), "The change of each line, positive or negative.")
                ]),
            example: purchaseOrderIsThere + """
                - ongoing.receive: { purchase-order: 3001, lines: { 1: 15 } }
                - ongoing.correct-receipt: { purchase-order: 3001, lines: { 1: -2 } }
                """
        ) { try $0.warehouseActor.correctReceipt($1.value) },
        StepKind(
            "ongoing.finish", "Finishes the purchase order: Received, or with a deviation when goods are missing.",
            purchaseOrder("a purchase order to finish"),
            example: purchaseOrderIsThere + """
                - ongoing.receive: { purchase-order: 3001 }
                - ongoing.finish: { purchase-order: 3001 }
                """
        ) { try $0.warehouseActor.finish($1.value) },
    ]

    static let ongoingStock: [StepKind] = [
        StepKind(
            "ongoing.adjust", "Adjusts stock, and records the adjustment.",
            .required(
                .record(
                    Record(
                        "an adjustment",
                        [
                            .optional("item", .name(.product), "The product."),
                            .optional("change", .decimal, "Positive or negative."),
                            .optional("batch", .text, "The batch."),
                            .optional("serial", .text, "The serial number."),
                            .optional(
                                "rows", .list(.record(adjustmentRow)), "Several rows in one adjustment, instead of one item."),
                            .optional("cause", .text, "The code of the cause. Default: COUNT."),
                            .optional("comment", .text, "A comment."),
                            connection,
                        ], exactlyOneOf: [["item", "rows"], ["change", "rows"]]))),
            example: """
                - engine.sync
                - ongoing.adjust: { item: CHAIR-01, change: -2, cause: BROKEN, comment: Dropped }
                """
        ) { try $0.warehouseActor.adjust($1.value) },
        StepKind(
            "ongoing.move-unrecorded", "Changes stock without a record: drift that only a comparison finds.",
            .required(
                .record(
                    Record(
                        "an unrecorded move",
                        [
                            .required("item", .name(.product), "The product."),
                            .required("change", .decimal, "Positive or negative."),
                            connection,
                        ]))),
            example: "- ongoing.move-unrecorded: { item: CHAIR-01, change: -1 }"
        ) { try $0.warehouseActor.moveUnrecorded($1.value) },
        StepKind(
            "ongoing.create-article", "Creates an article in the warehouse that Rackbeat does not know.",
            .required(
                .record(
                    Record(
                        "an article",
                        [
                            .required("number", .newName(.product), "Its number."),
                            .optional("name", .text, "Default: the number."),
                            .optional("stock", .decimal, "How many there are. Default: 0."),
                            connection,
                        ]))),
            example: "- ongoing.create-article: { number: ODD-99, stock: 3 }"
        ) { try $0.warehouseActor.createArticle($1.value) },
        StepKind(
            "ongoing.change-article", "Gives an article without stock another number, or switches an article on or off.",
            .required(
                .record(
                    Record(
                        "a change of an article",
                        [
                            .required("number", .name(.product), "Its number."),
                            .optional("to", .newName(.product), "Its new number."),
                            .optional("active", .flag, "Whether it is in use."),
                            connection,
                        ]))),
            example: """
                - engine.sync
                - ongoing.change-article: { number: CHAIR-01, active: false }
                """
        ) { try $0.warehouseActor.changeArticle($1.value) },
        StepKind(
            "ongoing.revoke-access", "Locks the engine's user. Every request is refused with 401.",
            example: "- ongoing.revoke-access"
        ) { world, _ in world.warehouseActor.revokeAccess() },
        StepKind(
            "ongoing.restore-access", "Unlocks the engine's user.",
            example: """
                - ongoing.revoke-access
                - ongoing.restore-access
                """
        ) { world, _ in world.warehouseActor.restoreAccess() },
    ]

    private static let adjustmentRow = Record(
        "a row of an adjustment",
        [
            .required("item", .name(.product), "The product."),
            .required("change", .decimal, "Positive or negative."),
            .optional("batch", .text, "The batch."),
            .optional("serial", .text, "The serial number."),
        ])
}
