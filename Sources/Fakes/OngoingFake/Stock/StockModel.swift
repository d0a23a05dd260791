import Units

/// Which of an article's items are meant.
struct StockLabel {
    /// `nil`: whatever the batch.
    var batch: String?
    var serial: String?
    /// Items that came with this purchase order line go before all others.
    var purchaseOrderLine: Int?

    static let any = StockLabel()

    /// Stock that came without a batch or serial counts for every one: the picker registers it when it is taken.
    func fits(_ item: StockItem) -> Bool {
        (batch == nil || item.batch == batch || item.batch.isEmpty)
            && (serial == nil || item.serial == serial || item.serial.isEmpty)
    }

    /// What bears the label asked for goes before what bears none, what came first before what came later.
    fileprivate func rank(_ item: StockItem) -> Int {
        let isOfLine = purchaseOrderLine == nil || item.purchaseOrderLine == purchaseOrderLine
        let isLabelled = (batch == nil || !item.batch.isEmpty) && (serial == nil || !item.serial.isEmpty)
        return (isOfLine ? 0 : 2) + (isLabelled ? 0 : 1)
    }
}

extension [StockItem] {
    func available(_ label: StockLabel) -> ExactDecimal {
        reduce(.zero) { label.fits($1) ? $0 + $1.quantity : $0 }
    }

    /// Takes an amount away from the items that fit.
    ///
    /// - Returns: What was taken, by item; `nil`, and nothing changed, when there is not enough.
    mutating func take(_ quantity: ExactDecimal, _ label: StockLabel) -> [StockItem]? {
        guard available(label) >= quantity else { return nil }
        var rest = quantity
        var taken: [StockItem] = []
        let order = indices.sorted { (label.rank(self[$0]), $0) < (label.rank(self[$1]), $1) }
        for index in order where !rest.isZero && label.fits(self[index]) {
            var part = self[index]
            part.quantity = Swift.min(part.quantity, rest)
            self[index].quantity -= part.quantity
            rest -= part.quantity
            taken.append(part)
        }
        removeAll { $0.quantity.isZero }
        return taken
    }
}
