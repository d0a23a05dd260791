import Trade
import Units

/// What one connection does and how often. Everything here is the operator's choice; what the systems' public material leaves
/// open is a choice of the profiles instead.
public struct ConnectionSettings: Sendable, Equatable {
    public var name: String
    /// Only order lines at this location of Rackbeat concern the connection.
    public var location: LocationNumber
    /// Ongoing's number of the goods owner.
    public var goodsOwner: Int
    /// From this status to `shippedStatusTo` an order of the warehouse counts as shipped.
    public var shippedStatusFrom = 450
    public var shippedStatusTo = 500
    /// The statuses in which a purchase order of the warehouse counts as completed.
    public var completedStatuses: Set<Int> = [500]
    /// The status of a cancelled order, and of a cancelled purchase order.
    public var cancelledOrderStatus = 1000
    public var cancelledPurchaseStatus = 900
    public var receiptTrigger = ReceiptTrigger.completed
    public var barredProducts = BarredProducts.leave
    public var stockSync = StockSync.off
    /// Whether what was booked is also written back to Ongoing's reported quantities.
    public var marksReported = true
    /// Whether the supplier's group is written to the purchase order's free values, since REST has no field for it.
    public var sendsSupplierGroup = false
    public var limits = TextLimits()
    public var schedule = Schedule()

    public init(name: String, location: LocationNumber, goodsOwner: Int) {
        self.name = name
        self.location = location
        self.goodsOwner = goodsOwner
    }
}

public enum ReceiptTrigger: String, Sendable, CaseIterable {
    /// A purchase order is booked in when the warehouse has completed it.
    case completed
    /// Whatever has come in is booked at once.
    case immediate
}

public enum BarredProducts: String, Sendable, CaseIterable {
    case leave
    case deactivate
}

public enum StockSync: String, Sendable, CaseIterable {
    case off
    /// Refuses to begin while the two sides differ.
    case on
    /// Begins whatever the two sides hold, and carries the differences as the known offset.
    case onWithOffset = "on-with-offset"
}

/// How long a text the warehouse takes. A longer one is a finding, never cut.
public struct TextLimits: Sendable, Equatable {
    public var numbers = 50
    public var names = 100
    public var remarks = 500

    public init() {}
}

/// How often each job runs.
public struct Schedule: Sendable, Equatable {
    public var products = Duration.seconds(15 * 60)
    public var orders = Duration.seconds(5 * 60)
    public var purchaseOrders = Duration.seconds(15 * 60)
    public var shipments = Duration.seconds(5 * 60)
    public var receipts = Duration.seconds(5 * 60)
    public var stock = Duration.seconds(15 * 60)
    /// How far a read goes back behind the newest change that is known.
    public var overlap = Duration.seconds(120)
    /// How often everything is read again, whatever the cursors say.
    public var sweep = Duration.seconds(24 * 3600)

    public init() {}

    public subscript(job: Job) -> Duration {
        get {
            switch job {
            case .products: products
            case .orders: orders
            case .purchaseOrders: purchaseOrders
            case .shipments: shipments
            case .receipts: receipts
            case .stock: stock
            }
        }
        set {
            switch job {
            case .products: products = newValue
            case .orders: orders = newValue
            case .purchaseOrders: purchaseOrders = newValue
            case .shipments: shipments = newValue
            case .receipts: receipts = newValue
            case .stock: stock = newValue
            }
        }
    }
}

/// The six jobs, in the order in which one round runs them: what goes to the warehouse first, then what comes back.
public enum Job: String, Sendable, CaseIterable {
    case products
    case orders
    case purchaseOrders = "purchase-orders"
    case shipments
    case receipts
    case stock
}
