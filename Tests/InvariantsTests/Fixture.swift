import Contract
import Exchange
import FakeKit
import HTTPTypes
import Invariants
import JSON
import SyncCore
import Trade
import Units

@testable import ScenarioKit

/// A small correct run: one product, one sent order, one received purchase order.
///
/// Each test breaks one thing in it.
struct Fixture {
    static let start = Moment(iso: "2026-03-02T08:00:00Z")!

    var evidence: Evidence

    static func at(_ minutes: Int) -> Moment { start + .seconds(60 * minutes) }

    static func connection(_ change: (inout ConnectionSettings) -> Void = { _ in }) -> ConnectionFacts {
        var settings = ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: 1)
        change(&settings)
        return ConnectionFacts(
            settings: settings, rackbeatProfile: AssumptionLedger.standard.profile(for: .rackbeat),
            ongoingProfile: AssumptionLedger.standard.profile(for: .ongoing))
    }

    init() {
        var actionLog = ActionLog()
        actionLog.record(
            .orderBooked("1042", lines: [.init(id: "90011", item: "KOP-01", location: "1001", quantity: 5)]), at: Self.at(1))
        actionLog.record(.picked(goodsOwner: 1, order: "1042", line: "90011", item: "KOP-01", quantity: 3), at: Self.at(10))
        actionLog.record(.orderReached(goodsOwner: 1, order: "1042", status: 450), at: Self.at(11))
        actionLog.record(
            .received(goodsOwner: 1, purchaseOrder: "2001", line: "61001", item: "KOP-01", quantity: 40), at: Self.at(20))
        actionLog.record(.purchaseOrderReached(goodsOwner: 1, purchaseOrder: "2001", status: 500), at: Self.at(21))
        evidence = Evidence(
            rackbeat: Self.rackbeat, ongoing: Self.ongoing, actionLog: actionLog, connections: [Self.connection()], exchanges: [])
        evidence.secrets = ["s3cret-token"]
        evidence.lastRoundBegan = Self.at(30)
    }

    // MARK: Rackbeat

    private static var rackbeat: RackbeatSnapshot {
        var rackbeat = RackbeatSnapshot()
        rackbeat.locations = [.init(number: "1001"), .init(number: "1002"), .init(number: "1003", parent: "1001")]
        rackbeat.products = [product]
        rackbeat.orders = [order]
        rackbeat.purchaseOrders = [purchaseOrder]
        rackbeat.shipments = [
            .init(
                id: 700, order: "1042", shippedAt: at(12),
                lines: [.init(orderLine: "90011", item: "KOP-01", location: "1001", quantity: 3)])
        ]
        rackbeat.receipts = [
            .init(
                number: 300, purchaseOrder: "2001", receivedAt: at(22),
                lines: [.init(orderLine: "61001", item: "KOP-01", location: "1001", quantity: 40)])
        ]
        let ledger = StockLedger()
        ledger.move("KOP-01", at: "1001", by: 10, cause: "opening", time: start)
        ledger.move("KOP-01", at: "1001", by: -3, cause: "shipment", document: "shipment 700", time: at(12))
        ledger.move("KOP-01", at: "1001", by: 40, cause: "receipt", document: "receipt 300", time: at(22))
        rackbeat.movements = ledger.entries.map { LedgerMovement($0) }
        rackbeat.stock = [StockPosition(item: "KOP-01", place: "1001", stock: 47)]
        return rackbeat
    }

    private static var product: RackbeatSnapshot.Product {
        var product = RackbeatSnapshot.Product(number: "KOP-01", updatedAt: start)
        product.name = "Mug, blue"
        product.description = " Stoneware "
        product.barcode = "5700000000012"
        product.salesPrice = ExactDecimal("79.96")
        product.group = .init(number: "1", name: "Tableware", vat: 25)
        (product.height, product.width, product.depth, product.sizeUnit) = (9, 8, ExactDecimal("8.5"), "cm")
        (product.weight, product.weightUnit) = (400, "g")
        product.isBatch = true
        product.originalPictureURL = "https://img.example.test/kop-01.jpg"
        (product.supplierNumber, product.supplierName) = ("20", "Ler A/S")
        return product
    }

    private static var order: RackbeatSnapshot.Order {
        var order = RackbeatSnapshot.Order(
            number: "1042", state: .booked(isComplete: false),
            lines: [
                .init(id: "90011", item: "KOP-01", location: "1001", quantity: 5, total: 400, vat: 25),
                .init(id: "90012", item: nil, location: nil, quantity: 1, total: 0, vat: 0),
                .init(id: "90013", item: "KOP-01", location: "1002", quantity: 2, total: 160, vat: 25),
            ], updatedAt: at(1))
        order.currency = "DKK"
        order.deliverAt = CivilDate("2026-03-05")
        (order.ourReferenceName, order.ourReferenceNumber) = ("Mia Prove", "3")
        order.paymentTerms = "Net 14"
        order.customerNumber = "501"
        (order.delivery.name, order.delivery.name2, order.delivery.street) = ("Cafe Fiktiv", "Lager", "Lager 2")
        (order.delivery.zipcode, order.delivery.city, order.delivery.country) = ("8200", "Aarhus N", "Danmark")
        order.delivery.email = "in@example.test"
        (order.billing.name, order.billing.street, order.billing.country) = ("Cafe Fiktiv", "Gade 1", "Denmark")
        return order
    }

    private static var purchaseOrder: RackbeatSnapshot.PurchaseOrder {
        var order = RackbeatSnapshot.PurchaseOrder(
            number: "2001", state: .booked(isComplete: true),
            lines: [.init(id: "61001", item: "KOP-01", location: "1001", quantity: 40, total: 1250, vat: 25)],
            createdAt: at(2), updatedAt: at(22))
        (order.currency, order.note) = ("DKK", "Gate B")
        (order.supplierNumber, order.supplierName) = ("20", "Ler A/S")
        (order.supplier.street, order.supplier.country, order.supplier.phone) = ("Ovnvej 4", "DK", "+4511111111")
        return order
    }

    // MARK: Ongoing

    private static var ongoing: OngoingSnapshot {
        var ongoing = OngoingSnapshot()
        ongoing.articles = [.init(goodsOwner: 1, number: "KOP-01", fields: article)]
        ongoing.orders = [
            .init(
                goodsOwner: 1, id: 70011, number: "1042", goodsOwnerOrderId: "1042",
                history: [.init(time: at(2), status: 200), .init(time: at(11), status: 450)], isCancelled: false,
                fields: orderHead, consignee: consignee,
                lines: [
                    .init(
                        id: 88120, row: "90011", article: "KOP-01", quantity: 5, moved: 3, reported: 3,
                        fields: [
                            "externalId": "90011", "lineTotalCustomsValue": 500,
                            "prices": ["customerLinePrice": 500, "currencyCode": "DKK"],
                        ])
                ])
        ]
        ongoing.purchaseOrders = [
            .init(
                goodsOwner: 1, id: 555, number: "2001",
                history: [.init(time: at(3), status: 100), .init(time: at(21), status: 500)], isCancelled: false,
                fields: purchaseHead,
                lines: [
                    .init(
                        id: 910, row: "61001", article: "KOP-01", quantity: 40, moved: 40, reported: 40,
                        fields: ["externalOrderLineId": "61001", "currencyCode": "DKK", "rowPrice": number("1562.5")])
                ])
        ]
        ongoing.stock = [StockPosition(item: "KOP-01", place: "1", stock: 47)]
        let ledger = StockLedger()
        ledger.move("KOP-01", at: "1", by: 10, cause: "opening", time: start)
        ledger.move("KOP-01", at: "1", by: -3, cause: "pick", time: at(10))
        ledger.move("KOP-01", at: "1", by: 40, cause: "receipt", time: at(20))
        ongoing.movements = ledger.entries.map { LedgerMovement($0) }
        return ongoing
    }

    private static let article: JSONObject = [
        "articleName": "Mug, blue", "productCode": "KOP-01", "description": "Stoneware",
        "barCodeInfo": ["barCode": "5700000000012"], "customerPrice": number("99.95"),
        "articleGroup": ["code": "1", "name": "Tableware"], "height": number("0.09"), "width": number("0.08"),
        "length": number("0.085"), "weight": number("0.4"),
        "storageProperties": ["isBatchArticle": true, "isSerialNumberArticle": false],
        "linkToPicture": "https://img.example.test/kop-01.jpg",
        "supplierInfo": ["supplierNumber": "20", "supplierName": "Ler A/S"],
    ]

    private static let orderHead: JSONObject = [
        "deliveryDate": "2026-03-05", "customsInfo": ["customsValueCurrencyCode": "DKK"],
        "advanced": ["invoiceNumber": "3", "termsOfPaymentString": "Net 14"], "referenceNumber": "Mia Prove",
        "emailNotification": ["value": "in@example.test", "toBeNotified": true],
    ]

    private static let consignee: JSONObject = [
        "name": "Cafe Fiktiv Lager", "customerNumber": "501", "address1": "Lager 2", "city": "Aarhus N", "postCode": "8200",
        "countryCode": "DK", "advanced": ["emailNotification": ["value": "in@example.test", "toBeNotified": true]],
        "invoiceAddress": ["name": "Cafe Fiktiv", "address1": "Gade 1", "countryCode": "DK"],
    ]

    private static let purchaseHead: JSONObject = [
        "purchaseOrderRemark": "Gate B", "advanced": ["orderDate": "2026-03-02T08:02:00Z"],
        "supplierInfo": [
            "supplierNumber": "20", "supplierName": "Ler A/S",
            "supplierAddress": [
                "name": "Ler A/S", "address": "Ovnvej 4", "countryCode": "DK", "telePhone": "+4511111111",
                "mobilePhone": "+4511111111",
            ],
        ],
    ]
}

/// A number with its text.
func number(_ text: String) -> JSON { .number(JSONNumber(text)!) }

extension Fixture {
    /// The verdict of one invariant after a change.
    static func judge(_ invariant: any Invariant.Type, _ change: (inout Evidence) -> Void = { _ in }) -> Verdict {
        var evidence = Fixture().evidence
        change(&evidence)
        return invariant.init().judge(evidence)
    }

    /// The findings, one line each: subject, sentence, what is expected and what both systems hold.
    static func findings(_ invariant: any Invariant.Type, _ change: (inout Evidence) -> Void) -> [String] {
        guard case .broken(let findings) = judge(invariant, change) else { return [] }
        return findings.map { finding in
            [
                "\(finding.subject): \(finding.sentence)", finding.expected.map { "expected \($0)" },
                finding.rackbeatHolds.map { "Rackbeat \($0)" }, finding.ongoingHolds.map { "Ongoing \($0)" },
            ].compactMap { $0 }.joined(separator: " | ")
        }
    }

    static func exchange(
        _ number: Int, _ method: HTTPRequest.Method, _ target: String, system: System = .rackbeat, body: JSON? = nil,
        response: Response = Response(status: 200, json: [:]), at time: Moment = start, lasting: Duration = .milliseconds(80)
    ) -> Exchanged {
        Exchanged(
            number: number, system: system, connection: "main",
            request: Request(method, target, body: body?.serialized ?? []), outcome: .response(response), served: response,
            startedAt: time, endedAt: time + lasting)
    }
}
