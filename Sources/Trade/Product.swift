package import Units

// Records of Rackbeat in the trade's terms. Texts are as Rackbeat holds them, untrimmed; absent and null are both `nil`.

/// A product in the catalogue.
package struct Product: Hashable, Sendable {
    package var number: ItemNumber
    package var name: String?
    package var description: String?
    package var barcode: String?
    /// Without VAT, for one unit.
    package var netSalesPrice: Money?
    /// With VAT, when the account exposes it.
    package var grossSalesPrice: Money?
    package var group: ProductGroup?
    package var height: Measure?
    package var width: Measure?
    /// Rackbeat calls it depth.
    package var length: Measure?
    package var weight: Measure?
    package var isBatchControlled: Bool
    package var isSerialNumbered: Bool
    package var pictureURL: String?
    package var supplierNumber: String?
    package var supplierName: String?
    package var isBarred: Bool
    /// Whether stock is kept of it at all.
    package var keepsInventory: Bool
    package var defaultLocation: LocationNumber?
    package var updatedAt: Moment

    package init(number: ItemNumber, updatedAt: Moment) {
        self.number = number
        self.isBatchControlled = false
        self.isSerialNumbered = false
        self.isBarred = false
        self.keepsInventory = true
        self.updatedAt = updatedAt
    }
}

package struct ProductGroup: Hashable, Sendable {
    package var number: String
    package var name: String?
    /// Per cent of the net price, such as 25.
    package var vatDomestic: ExactDecimal?

    package init(number: String, name: String?, vatDomestic: ExactDecimal?) {
        self.number = number
        self.name = name
        self.vatDomestic = vatDomestic
    }
}

/// A length or a weight with the unit it was written in, such as 9 `cm`.
package struct Measure: Hashable, Sendable {
    package var value: ExactDecimal
    package var unit: String?

    package init(value: ExactDecimal, unit: String?) {
        self.value = value
        self.unit = unit
    }
}
