import Units

/// Whether a product is bought and sold as it is, or put together from others (Rackbeat's bill of materials).
public enum ProductKind: String, Equatable, Sendable {
    case product
    case lot
}

/// Size and weight with the units in which the office keeps them.
public struct Physical: Equatable, Sendable {
    public var weight: ExactDecimal?
    /// Such as `kg` or `g`.
    public var weightUnit: String?
    public var height: ExactDecimal?
    public var width: ExactDecimal?
    /// Rackbeat's word for the third dimension, which others call length.
    public var depth: ExactDecimal?
    /// Such as `cm` or `mm`.
    public var sizeUnit: String?

    public init(
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

/// A product to begin with.
public struct ProductSeed: Equatable, Sendable {
    public var number: String
    public var name: String
    public var kind: ProductKind
    public var description: String?
    public var barcode: String?
    /// Net of value added tax.
    public var price: ExactDecimal
    public var costPrice: ExactDecimal
    public var group: Int?
    /// What lies at each location, by its number.
    public var stock: [Int: ExactDecimal]
    public var physical: Physical?
    public var isBatch: Bool
    public var isSerial: Bool
    public var pictureURL: String?
    public var originalPictureURL: String?
    public var defaultSupplier: Int?
    public var defaultLocation: Int?
    public var isBarred: Bool
    public var inventoryEnabled: Bool
    public var unit: Int?

    public init(
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

/// A product as the fake holds it. What lies where is in the ledger.
public struct ProductRecord: Document, Equatable, Sendable {
    public internal(set) var id: Int
    public let number: String
    public internal(set) var kind: ProductKind
    public internal(set) var name: String
    public internal(set) var description: String?
    public internal(set) var barcode: String?
    /// Net of value added tax.
    public internal(set) var price: ExactDecimal
    public internal(set) var costPrice: ExactDecimal
    public internal(set) var group: Int?
    public internal(set) var physical: Physical?
    public internal(set) var isBatch: Bool
    public internal(set) var isSerial: Bool
    public internal(set) var pictureURL: String?
    public internal(set) var originalPictureURL: String?
    public internal(set) var defaultSupplier: Int?
    public internal(set) var defaultLocation: Int?
    public internal(set) var isBarred: Bool
    public internal(set) var inventoryEnabled: Bool
    public internal(set) var unit: Int?
    public internal(set) var supplierProductNumber: String?
    public internal(set) var minOrder: ExactDecimal = 0
    public internal(set) var minSales: ExactDecimal = 0
    public internal(set) var minStock: ExactDecimal = 0
    public internal(set) var createdAt: Moment
    public internal(set) var updatedAt: Moment
    public internal(set) var isDeleted = false

    var key: String { number }
    var isListed: Bool { !isDeleted }
    /// Goods that need their numbers named when they move and can never be below zero.
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
