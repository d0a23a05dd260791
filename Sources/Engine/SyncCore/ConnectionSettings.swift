package import Trade
package import Units

/// What one connection does and how often. Everything here is the operator's choice; what the systems' public material leaves
/// open is a choice of the profiles instead.
package struct ConnectionSettings: Sendable, Equatable {
    package var name: String
    /// Only order lines at this location of Rackbeat concern the connection.
    package var location: LocationNumber
    /// Ongoing's number of the goods owner.
    package var goodsOwner: Int
    /// From this status to `shippedStatusTo` an order of the warehouse counts as shipped. What is beyond and not cancelled has
    /// passed it between two looks; see ``WarehouseStage``.
    package var shippedStatusFrom = 450
    package var shippedStatusTo = 500
    /// The statuses in which a purchase order of the warehouse counts as completed.
    package var completedStatuses: Set<Int> = [500]
    /// The status of a cancelled order, and of a cancelled purchase order.
    package var cancelledOrderStatus = 1000
    package var cancelledPurchaseStatus = 900
    package var receiptTrigger = ReceiptTrigger.completed
    package var barredProducts = BarredProducts.leave
    package var stockSync = StockSync.off
    /// Whether what was booked is also written back to Ongoing's reported quantities.
    package var marksReported = true
    /// Whether the supplier's group is written to the purchase order's free values, since REST has no field for it.
    package var sendsSupplierGroup = false
    /// What happens to a document that is there before it is sent for the first time.
    package var existingDocuments = ExistingDocuments.adopt
    package var limits = TextLimits()
    package var schedule = Schedule()
    /// How long time alone is given to help. Half a working day: long enough for a maintenance window, and early enough for what
    /// is to leave the warehouse today.
    package var giveUpAfter = Duration.seconds(4 * 3600)

    package init(name: String, location: LocationNumber, goodsOwner: Int) {
        self.name = name
        self.location = location
        self.goodsOwner = goodsOwner
    }
}

extension ConnectionSettings {
    /// What is wrong when two connections are given what only one can have: both would ship the lines of one location, and each would
    /// take the orders of the other's goods owner for its own.
    package func locationIsTaken(by other: String) -> String {
        "connection '\(other)' has location \(location) too: its lines would be shipped twice"
    }

    package func goodsOwnerIsTaken(by other: String) -> String {
        "connection '\(other)' has goods owner \(goodsOwner) too: each needs one of its own"
    }
}

package enum ReceiptTrigger: String, Sendable, CaseIterable {
    /// A purchase order is booked in when the warehouse has completed it.
    case completed
    /// Whatever has come in is booked at once.
    case immediate
}

package enum BarredProducts: String, Sendable, CaseIterable {
    case leave
    case deactivate
}

package enum ExistingDocuments: String, Sendable, CaseIterable {
    /// Taken over when it is equal, parked otherwise.
    case adopt
    case park
}

package enum StockSync: String, Sendable, CaseIterable {
    case off
    /// Refuses to begin while the two sides differ.
    case on
    /// Begins whatever the two sides hold, and carries the differences as the known offset.
    case onWithOffset = "on-with-offset"
}

/// How long a text the warehouse takes. A longer one is a finding, never cut.
package struct TextLimits: Sendable, Equatable {
    package var numbers = 50
    package var names = 100
    package var remarks = 500

    package init() {}
}

/// How often each job runs.
package struct Schedule: Sendable, Equatable {
    package var products = Duration.seconds(15 * 60)
    package var orders = Duration.seconds(5 * 60)
    package var purchaseOrders = Duration.seconds(15 * 60)
    package var shipments = Duration.seconds(5 * 60)
    package var receipts = Duration.seconds(5 * 60)
    package var stock = Duration.seconds(15 * 60)
    /// How far a read goes back behind the newest change that is known.
    package var overlap = Duration.seconds(120)
    /// How often a week of changes is read again, whatever the cursors say.
    package var sweep = Duration.seconds(24 * 3600)
    /// When in the night both systems are compared with the journal: minutes after midnight in Denmark; `nil`: never by itself.
    package var reconcile: Int? = 3 * 60
    /// Between the beginnings of two runs of a job that webhooks ask for.
    package var nudgeDistance = Duration.seconds(10)

    package init() {}

    /// How often a job of ``Job/ofRound`` runs.
    package subscript(job: Job) -> Duration {
        get {
            switch job {
            case .products: products
            case .orders: orders
            case .purchaseOrders: purchaseOrders
            case .shipments: shipments
            case .receipts: receipts
            case .stock: stock
            case .reconcile: preconditionFailure("reconcile has a time of day")
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
            case .reconcile: preconditionFailure("reconcile has a time of day")
            }
        }
    }
}

/// The seven jobs: the six of a round, in its order, what goes to the warehouse first and then what comes back; and the comparison
/// of everything open on both sides, once a night.
package enum Job: String, Sendable, CaseIterable {
    case products
    case orders
    case purchaseOrders = "purchase-orders"
    case shipments
    case receipts
    case stock
    case reconcile

    /// Those that a sync round runs, each at an interval of its own.
    package static let ofRound: [Job] = [.products, .orders, .purchaseOrders, .shipments, .receipts, .stock]

    /// The subject under which a comparison of all stock is parked that does not come out even. It is no product.
    package static let stockComparison = "stock comparison"

    /// A subject of the job as people read it: `shipments 1042`.
    package func words(for subject: String) -> String {
        subject == Self.stockComparison ? subject : "\(rawValue) \(subject)"
    }

    /// What its records are in Rackbeat.
    package var recordKind: RecordRef.Kind {
        switch self {
        case .products, .stock: .product
        case .orders, .shipments, .reconcile: .order
        case .purchaseOrders, .receipts: .purchaseOrder
        }
    }

    /// What it books in Rackbeat; `nil` for a job that books nothing there.
    package var documentKind: RecordRef.Kind? {
        switch self {
        case .products, .orders, .purchaseOrders, .reconcile: nil
        case .shipments: .shipment
        case .receipts: .receipt
        case .stock: .adjustment
        }
    }
}

extension Schedule {
    /// When `reconcile` is due for the first time after a moment, by Denmark's clocks; `nil`: never.
    package func reconcileDue(after moment: Moment) -> Moment? {
        guard let reconcile else { return nil }
        let today = moment.date(in: .copenhagen)
        for days in 0...2 {
            let wall = today.adding(days: days).daysSince1970 * 86_400 + Int64(reconcile) * 60
            let due = Moment(wallSeconds: wall, zone: .copenhagen)
            if due > moment { return due }
        }
        return nil
    }
}
