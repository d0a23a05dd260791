package import ScenarioKit

/// The world that is served without a scenario: a small company and its warehouse on an ordinary day.
package enum DemoWorld {
    /// As it stands in a file.
    package static let text = """
        # A small company and its warehouse: two orders are booked and one delivery of pots is on its way.
        world:
          products:
            - { number: CHAIR-01, name: Oak chair, barcode: "5701234000011", price: 899, stock: 10 }
            - { number: TABLE-01, name: Oak table, barcode: "5701234000028", price: 2499.50, stock: 4 }
            - { number: POT-10, name: Clay pot 10 cm, barcode: "5701234000035", price: 39.95, supplier: 20, stock: 120 }
        steps:
          - rackbeat.book-order:
              number: 1042
              lines: [ { id: 1, item: CHAIR-01, quantity: 5 }, { id: 2, item: POT-10, quantity: 12 } ]
          - rackbeat.book-order: { number: 1043, lines: [ { id: 3, item: TABLE-01, quantity: 1 } ] }
          - rackbeat.book-purchase-order: { number: 9001, lines: [ { id: 4, item: POT-10, quantity: 60 } ] }

        """

    /// Read once; a test reads it.
    package static let scenario: Scenario = {
        do {
            return try ScenarioReader.read(text, path: "demo.yaml")
        } catch {
            preconditionFailure("the demo world of this build: \(error)")
        }
    }()
}
