import ScenarioKit
import StrictYAML
import Units

/// The day of work that sweeps run under every alternative and with every outage: two warehouses; orders and purchase orders that are
/// changed, cancelled and reopened, also too late; partial picks, a back order, goods that are put back, receipts on two days, adjustments
/// with stock sync on; lost responses, access revoked for an hour, wrong clocks, and an engine that stands still for four hours. Some lines
/// are at a shelf inside the first location, some at none.
enum WorkingDay {
    static func path(_ alternative: Alternative) -> String { "assumptions/\(alternative.name).yaml" }

    static func scenario(_ alternative: Alternative) throws(InvalidFile) -> Scenario {
        try ScenarioReader.read(text(alternative), path: path(alternative))
    }

    private static func text(_ alternative: Alternative) -> String {
        text(where: alternative.title, Circumstances(alternative))
    }

    /// - Parameters:
    ///   - title: What is so on this day.
    ///   - faults: Lines under `faults`, which take precedence over those of the day.
    ///   - end: Until when the schedule runs on after the last step; `nil`: as long as the run's options say.
    static func text(
        where title: String, _ circumstances: Circumstances, faults: [String] = [], end: Duration? = nil
    ) -> String {
        let lastStep = end.map { "\n  - run-until: \($0.written)" } ?? ""
        return #"""
            # A day of work in two warehouses, where \#(title).
            world:
              clock-skew: { rackbeat: 20s, ongoing: -40s }
            \#(circumstances.profiles)
              clock: \#(circumstances.clock)
              locations:
                - { number: 1001, name: Main, default: true }
                - { number: 1002, name: North }
                - { number: 1011, name: Shelf A, parent: 1001 }
                - { number: 1111, name: Box in A, parent: 1011 }
              groups: [ { number: 1, name: Goods }, { number: 2, name: Books, vat: 0 } ]
              suppliers:
                - { number: 20, name: Ler A/S, street: Havnen 4, zipcode: 7100, city: Vejle, country: Danmark, email: salg@ler.example, phone: 75000000, group: Keramik }
              customers:
                - { number: 501, name: Café Fiktiv, street: Gade 1, zipcode: 8000, city: Aarhus C, country: Danmark, email: lager@fiktiv.example, phone: 20000000 }
              payment-terms: [ { number: 7, name: Net 14 } ]
              employees: [ { number: 3, name: Mia Prøve } ]
              products:
                - { number: CHAIR-01, name: Oak chair, barcode: 5700000000012, price: 79.96, height: 90, width: 45.5, depth: 50, weight: 4.2, supplier: 20, stock: { 1001: 100, 1002: 20, 1011: 8, 1111: 4 } }
                - { number: TABLE-01, name: Oak table, price: 1234.5, group: 2, stock: { 1001: 40, 1002: 20 } }
                - { number: LAMP-01, name: Brass lamp, batch: true, stock: { 1001: 30, 1002: 30 } }
                - { number: RUG/1 50%, name: Rug, price: 0.07, stock: { 1001: 30, 1002: 30 } }
              connections:
                - { name: main, location: 1001, goods-owner: 42\#(circumstances.completedStatuses) }
                - { name: north, location: 1002, goods-owner: 43, receipt-trigger: immediate, completed-statuses: [ 400, 500 ] }
              engine: { stock-sync: on, sends-supplier-group: true, schedule: { products: 1h, orders: 30m, purchase-orders: 30m, shipments: 30m, receipts: 30m, stock: 1h } }
            faults:\#(faults.map { "\n  " + $0 }.joined())
              - { match: ongoing PUT /orders, fault: response-lost, nth: 4 }
              - { match: "ongoing DELETE /orders/{}", fault: response-lost }
              - { match: "rackbeat POST /orders/{}/create-shipment", fault: response-lost, nth: 2 }
              - { match: "rackbeat POST /inventory-adjustments/{}/book", fault: response-lost }
              - { match: "rackbeat POST /inventory-adjustments", fault: response-lost, nth: 2 }
            steps:
              - run-until: 15m
              - rackbeat.book-order:
                  number: 1042
                  deliver-at: \#(circumstances.deliverAt)
                  delivery: { name: Kulhuset ApS, \#(circumstances.secondName)street: Kajen 3, street2: 2. sal, zipcode: 8000, city: Aarhus C, country: Danmark, email: ind@kul.example, phone: 20000001 }
                  delivery-terms: DAP
                  our-reference: 3
                  payment-terms: 7
                  other-reference: PO 77
                  lines: [ { id: 1, item: CHAIR-01, quantity: 5, price: 79.96 }, { id: 2, item: TABLE-01, quantity: 2 }, { id: 3, text: Please call first } ]
              - rackbeat.book-order: { number: 1043, lines: [ { id: 11, item: CHAIR-01, quantity: 3, location: 1001 }, { id: 12, item: CHAIR-01, quantity: 2, location: 1002 } ] }
              - rackbeat.book-order: { number: 1044, lines: [ { id: 21, item: RUG/1 50%, quantity: 1.5 }, { id: 22, item: TABLE-01, quantity: 1, location: 1002 } ] }
              - rackbeat.book-order: { number: 1045, lines: [ { id: 31, item: CHAIR-01, quantity: 1, location: 1011 }, { id: 32, item: CHAIR-01, quantity: 1, location: 1111 }, { id: 33, item: TABLE-01, quantity: 1, location: 1001 } ] }
              - rackbeat.book-order: { number: 1047, lines: [ { id: 41, item: LAMP-01, quantity: 4, location: 1002 } ] }
              - rackbeat.book-order: { number: 1048, note: To be changed, lines: [ { id: 51, item: CHAIR-01, quantity: 1 }, { id: 52, item: TABLE-01, quantity: 1 } ] }
              - rackbeat.book-order: { number: 1049, lines: [ { id: 61, item: CHAIR-01, quantity: 1 } ] }
              - rackbeat.book-order: { number: 1051, lines: [ { id: 81, item: TABLE-01, quantity: 2 } ] }
              - rackbeat.book-order: { number: 1052, lines: [ { id: 91, item: TABLE-01, quantity: 3 }, { id: 92, item: CHAIR-01, quantity: 2 } ] }
              - rackbeat.book-order: { number: 1053, lines: [ { id: 161, item: TABLE-01, quantity: 1 } ] }
              - rackbeat.book-order: { number: 1054, lines: [ { id: 171, item: TABLE-01, quantity: 1 } ] }
              - rackbeat.book-order: { number: 1055, delivery: { name: Firma, street: "\#(Circumstances.longStreet)", city: Odense, country: DK }, lines: [ { id: 181, item: TABLE-01, quantity: 1 } ] }
              - rackbeat.book-order: { number: 1056, lines: [ { id: 191, item: TABLE-01, quantity: 1, no-location: true } ] }
              - rackbeat.book-purchase-order: { number: 3006, lines: [ { id: 145, item: TABLE-01, quantity: 3 } ] }
              - rackbeat.book-purchase-order: { number: 3001, supplier: 20, note: Gate B, lines: [ { id: 101, item: CHAIR-01, quantity: 10, price: 31.25 }, { id: 102, item: TABLE-01, quantity: 5 } ] }
              - rackbeat.book-purchase-order: { number: 3002, lines: [ { id: 111, item: LAMP-01, quantity: 6, location: 1002 } ] }
              - rackbeat.book-purchase-order: { number: 3003, lines: [ { id: 121, item: CHAIR-01, quantity: 4 }, { id: 122, item: TABLE-01, quantity: 4 } ] }
              - rackbeat.book-purchase-order: { number: 3004, lines: [ { id: 131, item: CHAIR-01, quantity: 4 } ] }
              - rackbeat.book-purchase-order: { number: 3005, lines: [ { id: 141, item: CHAIR-01, quantity: 4, location: 1011 }, { id: 142, item: CHAIR-01, quantity: 2, location: 1001 } ] }
              - run-until: 1h
              # The office changes its mind.
              - rackbeat.reopen-order: { order: 1048 }
              - rackbeat.change-order: { order: 1048, \#(circumstances.orderChange), add-lines: [ { id: 53, item: RUG/1 50%, quantity: 2 } ] }
              - rackbeat.book-draft: { order: 1048 }
              - rackbeat.cancel-order: { order: 1049 }
              - rackbeat.reopen-order: { order: 1051 }
              - ongoing.allocate: { order: 1053 }
              - ongoing.set-status: { order: 1054, status: 300 }
              - rackbeat.cancel-order: { order: 1053 }
              - rackbeat.reopen-order: { order: 1054 }
              - rackbeat.change-order: { order: 1054, add-lines: [ { id: 172, item: CHAIR-01, quantity: 1 } ] }
              - rackbeat.book-draft: { order: 1054 }
              - rackbeat.reopen-purchase-order: { purchase-order: 3003 }
              - rackbeat.change-purchase-order: { purchase-order: 3003, \#(circumstances.purchaseChange) }
              - rackbeat.book-purchase-draft: { purchase-order: 3003 }
              - rackbeat.cancel-purchase-order: { purchase-order: 3004 }
              - rackbeat.change-product: { number: TABLE-01, name: Oak table with leaves, price: 1300 }
              - rackbeat.create-product: { number: STOOL-01, name: Stool, price: 15 }
              - run-until: 2h
              - rackbeat.book-draft: { order: 1051 }
              # The warehouses work.
              - ongoing.allocate: { order: 1042 }
              - ongoing.pick: { order: 1042, lines: { 1: 3 } }
              - ongoing.send: { order: 1042 }
              - ongoing.back-order: { order: 1042 }
              - ongoing.pick: { order: 1043, connection: main }
              - ongoing.unpick: { order: 1043, connection: main, lines: { 11: 1 } }
              - ongoing.send: { order: 1043, connection: main }
              - ongoing.pick: { order: 1047, connection: north, lines: { 41: { quantity: 4, batch: B-1 } } }
              - ongoing.collect: { order: 1047, connection: north }
              - ongoing.pick: { order: 1045, connection: main }
              - ongoing.collect: { order: 1045, connection: main }
              - ongoing.receive: { purchase-order: 3001, lines: { 101: 6 } }
              - ongoing.receive: { purchase-order: 3002, connection: north, lines: { 111: { quantity: 2, batch: B-2 } } }
              - run-until: 4h
              - ongoing.pick: { order: 1043, connection: north }
              - ongoing.collect: { order: 1043, connection: north }
              - ongoing.pick: { order: 1043, connection: main }
              - ongoing.pick: { order: 1044, connection: main }
              - ongoing.send: { order: 1044, connection: main }
              - ongoing.pick: { order: 1048 }
              - ongoing.send: { order: 1048 }
              - ongoing.adjust: { item: CHAIR-01, change: -2, cause: BROKEN, connection: main }
              - ongoing.adjust: { rows: [ { item: TABLE-01, change: 3 }, { item: CHAIR-01, change: 1 } ], connection: main }
              - ongoing.adjust: { item: TABLE-01, change: -1, connection: north }
              - ongoing.adjust: { item: RUG/1 50%, change: -0.5, connection: main }
              - ongoing.receive: { purchase-order: 3006, lines: { 145: 1 } }
              - ongoing.finish: { purchase-order: 3006 }
              - run-until: 8h
              - ongoing.pick: { order: "1042\#(circumstances.suffix)"\#(circumstances.backOrderLines) }
              - ongoing.send: { order: "1042\#(circumstances.suffix)" }
              - ongoing.pick: { order: 1052, lines: { 91: 1, 92: 2 } }
              - ongoing.send: { order: 1052 }
              - rackbeat.book-order: { number: 1060, lines: [ { id: 151, item: STOOL-01, quantity: 1 } ] }
              - run-until: 9h\#(circumstances.lateChange)\#(circumstances.orderToGiveUp)
              # Nobody lets the engine in for a while, and then it stands still for the evening.
              - ongoing.revoke-access
              - run-until: 10h
              - ongoing.restore-access
            \#(circumstances.givenUpRest)
              - run-until: 12h
              - wait: 4h
              - run-until: 1d1h
              # The next day the rest comes in.
              - ongoing.pick: { order: 1044, connection: north }
              - ongoing.collect: { order: 1044, connection: north }
              - ongoing.receive: { purchase-order: 3001 }
              - ongoing.finish: { purchase-order: 3001 }
              - ongoing.receive: { purchase-order: 3002, connection: north, lines: { 111: { quantity: 5, batch: B-3 } } }
              - ongoing.finish: { purchase-order: 3002, connection: north }
              - ongoing.receive: { purchase-order: 3003 }
              - ongoing.finish: { purchase-order: 3003 }
              - ongoing.receive: { purchase-order: 3005 }
              - ongoing.finish: { purchase-order: 3005 }
              - ongoing.pick: { order: 1052, lines: { 91: 2 } }
            \#(circumstances.lateReceipt)
              - ongoing.adjust: { item: LAMP-01, change: -1, batch: B-3, connection: north }\#(lastStep)
            \#(circumstances.expectations)
            """#
    }
}
