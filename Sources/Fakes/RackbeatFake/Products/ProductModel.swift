package import Units

/// Whether a product is bought and sold as it is, or assembled from others (Rackbeat's bill of materials).
package enum ProductKind: String, Equatable, Sendable {
    case product
    case lot
}

/// Size and weight, with their units.
package struct Physical: Equatable, Sendable {
    package var weight: ExactDecimal?
    /// Such as `kg` or `g`.
    package var weightUnit: String?
    package var height: ExactDecimal?
    package var width: ExactDecimal?
    /// Rackbeat's word for the third dimension, which others call length.
    package var depth: ExactDecimal?
    /// Such as `cm` or `mm`.
    package var sizeUnit: String?

    package init(
        weight: ExactDecimal? = nil, weightUnit: String? = nil, height: ExactDecimal? = nil, width: ExactDecimal? = nil,
        depth: ExactDecimal? = nil, sizeUnit: String? = nil
    ) {
        self.weight = weight
        self.weightUnit = weightUnit
        self.height = height
        self.width = width
        self.depth = depth
        self.sizeUnit = sizeUnit
    }
}

/// Seed of a product.
package struct ProductSeed: Equatable, Sendable {
    package var number: String
    package var name: String
    package var kind: ProductKind
    package var description: String?
    package var barcode: String?
    /// Net of value added tax.
    package var price: ExactDecimal
    package var costPrice: ExactDecimal
    package var group: Int?
    /// The opening stock at each location, by its number.
    package var stock: [Int: ExactDecimal]
    package var physical: Physical?
    package var isBatch: Bool
    package var isSerial: Bool
    package var pictureURL: String?
    package var originalPictureURL: String?
    package var defaultSupplier: Int?
    package var defaultLocation: Int?
    package var isBarred: Bool
    package var inventoryEnabled: Bool
    package var unit: Int?

    package init(
        number: String, name: String? = nil, kind: ProductKind = .product, description: String? = nil, barcode: String? = nil,
        price: ExactDecimal = 0, costPrice: ExactDecimal = 0, group: Int? = nil, stock: [Int: ExactDecimal] = [:],
        physical: Physical? = nil, isBatch: Bool = false, isSerial: Bool = false, pictureURL: String? = nil,
        originalPictureURL: String? = nil, defaultSupplier: Int? = nil, defaultLocation: Int? = nil, isBarred: Bool = false,
        inventoryEnabled: Bool = true, unit: Int? = nil
    ) {
        self.number = number
        self.name = name ?? number
        self.kind = kind
        self.description = description
        self.barcode = barcode
        self.price = price
        self.costPrice = costPrice
        self.group = group
        self.stock = stock
        self.physical = physical
        self.isBatch = isBatch
        self.isSerial = isSerial
        self.pictureURL = pictureURL
        self.originalPictureURL = originalPictureURL
        self.defaultSupplier = defaultSupplier
        self.defaultLocation = defaultLocation
        self.isBarred = isBarred
        self.inventoryEnabled = inventoryEnabled
        self.unit = unit
    }
}

/// A product as the fake holds it. Its stock is in the ledger.
package struct ProductRecord: Document, Equatable, Sendable {
    package internal(set) var id: Int
    package internal(set) var number: String
    package internal(set) var kind: ProductKind
    package internal(set) var name: String
    package internal(set) var description: String?
    package internal(set) var barcode: String?
    /// Net of value added tax.
    package internal(set) var price: ExactDecimal
    package internal(set) var costPrice: ExactDecimal
    package internal(set) var group: Int?
    package internal(set) var physical: Physical?
    package internal(set) var isBatch: Bool
    package internal(set) var isSerial: Bool
    package internal(set) var pictureURL: String?
    package internal(set) var originalPictureURL: String?
    package internal(set) var defaultSupplier: Int?
    package internal(set) var defaultLocation: Int?
    package internal(set) var isBarred: Bool
    package internal(set) var inventoryEnabled: Bool
    package internal(set) var unit: Int?
    package internal(set) var supplierProductNumber: String?
    package internal(set) var minOrder: ExactDecimal = 0
    package internal(set) var minSales: ExactDecimal = 0
    package internal(set) var minStock: ExactDecimal = 0
    package internal(set) var createdAt: Moment
    package internal(set) var updatedAt: Moment
    package internal(set) var isDeleted = false

    var key: String { number }
    var isListed: Bool { !isDeleted }
    /// Goods whose batch or serial numbers are tracked: their stock can never be below zero.
    var isTracked: Bool { isBatch || isSerial }

    init(id: Int, seed: ProductSeed, createdAt: Moment) {
        self.id = id
        number = seed.number
        kind = seed.kind
        name = seed.name
        description = seed.description
        barcode = seed.barcode
        price = seed.price
        costPrice = seed.costPrice
        group = seed.group
        physical = seed.physical
        isBatch = seed.isBatch
        isSerial = seed.isSerial
        pictureURL = seed.pictureURL
        originalPictureURL = seed.originalPictureURL
        defaultSupplier = seed.defaultSupplier
        defaultLocation = seed.defaultLocation
        isBarred = seed.isBarred
        inventoryEnabled = seed.inventoryEnabled
        unit = seed.unit
        self.createdAt = createdAt
        updatedAt = createdAt
    }
}
