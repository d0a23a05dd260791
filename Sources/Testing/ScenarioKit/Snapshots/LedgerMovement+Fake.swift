package import FakeKit
import Invariants

extension LedgerMovement {
    package init(_ entry: StockLedger.Entry) {
        self.init(
            number: entry.number, time: entry.time, item: entry.item, place: entry.place, change: entry.change,
            cause: entry.cause, document: entry.document)
    }
}
