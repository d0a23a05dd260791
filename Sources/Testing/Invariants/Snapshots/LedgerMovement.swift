package import Units

/// One movement of stock in the ledger of one system.
package struct LedgerMovement: Sendable, Equatable {
    /// Numbered from 1, in the order of the ledger.
    package var number: Int
    package var time: Moment
    package var item: String
    /// The number of a Rackbeat location, or of a goods owner in Ongoing.
    package var place: String
    package var change: ExactDecimal
    /// Such as `opening`, `shipment`, `receipt`, `adjustment`, `pick`.
    package var cause: String
    /// The document of the movement, such as `shipment 700`; empty when there is none.
    package var document: String

    package init(
        number: Int, time: Moment, item: String, place: String, change: ExactDecimal, cause: String, document: String
    ) {
        self.number = number
        self.time = time
        self.item = item
        self.place = place
        self.change = change
        self.cause = cause
        self.document = document
    }
}
