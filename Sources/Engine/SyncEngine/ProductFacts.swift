import Exchange
import RackbeatClient
import SyncCore
import Trade
import Units

/// What lines of documents leave to their products: whether there is anything to pick, and, by the profile, the default location.
///
/// No source shows a line that says whether stock is kept of its item, so the product is asked. The reading of the catalogue tells
/// nearly always: what is no article there is in the journal, and so is what has become one. A product that neither knows is read by
/// its number, once in a run.
final class ProductFacts: Driver {
    let context: JobContext
    private let records: RecordKeeper
    /// Reads the catalogue's changes unless this run has. It notes here what it finds.
    var readCatalogue: () throws -> Void = {}
    /// The products without inventory; `nil` before the journal was asked.
    private var withoutInventory: Set<ItemNumber>?
    /// What this run read; `nil` for a product that is not there.
    private var products: [ItemNumber: Product?] = [:]
    /// Whether this run tried to look something up in vain. What cannot be told is dealt with where the document is sent.
    private var lookupFailed = false
    /// The default locations as this process last read the products; `nil` for a product that has none or is not there. Every change of
    /// one is in the catalogue's changes.
    private var defaultLocations: [ItemNumber: LocationNumber?] = [:]
    /// The account's, as this process last read it.
    private var accountLocation: LocationNumber?? = .none
    /// Whether that was in this run.
    private var accountLocationIsCurrent = false
    /// For which version of a document the default locations were read.
    private var locatedFor: [RecordRef: Moment] = [:]

    init(_ context: JobContext, records: RecordKeeper) {
        self.context = context
        self.records = records
    }

    func beginRun() {
        products = [:]
        lookupFailed = false
        accountLocationIsCurrent = false
    }

    /// - Returns: `nil` when Rackbeat has no such product.
    func read(_ number: ItemNumber) throws -> Product? {
        let product = try rackbeat.product(number)
        products.updateValue(product, forKey: number)
        if let product { try note(product) } else { try noteDefaultLocation(nil, of: number) }
        return product
    }

    /// The product as this run has read it, or reads it now; `nil` when Rackbeat has none.
    func product(_ number: ItemNumber) throws -> Product? {
        if let known = products[number] { return known }
        return try read(number)
    }

    /// Notes whether stock is kept of a product. When that has changed, the documents that name it are read again: nothing else about
    /// them has.
    func note(_ product: Product) throws {
        let number = product.number
        try noteDefaultLocation(product.defaultLocation, of: number)
        let wasWithout = try isWithoutInventory(number)
        guard wasWithout == product.keepsInventory else { return }
        let isChange = try wasWithout || journal.heldArticle(number) != nil
        try journal.note(number, keepsInventory: product.keepsInventory)
        if wasWithout { withoutInventory?.remove(number) } else { withoutInventory?.insert(number) }
        guard isChange else { return }
        try context.wantsSweep(.orders)
        try context.wantsSweep(.purchaseOrders)
        _ = try journal.wake(waitingFor: RecordRef(.product, number.text), at: clock.now())
    }

    /// When a default location has changed, the documents whose lines name none are read again.
    private func noteDefaultLocation(_ location: LocationNumber?, of number: ItemNumber) throws {
        guard usesDefaultLocations else { return }
        let known = defaultLocations.updateValue(location, forKey: number)
        guard let known, known != location else { return }
        try context.wantsSweep(.orders)
        try context.wantsSweep(.purchaseOrders)
    }

    /// Once a day no memory is believed: no list shows that a product is gone, or that the account has another default location.
    func wholeCatalogueWasRead() { locatedFor = [:] }

    private var usesDefaultLocations: Bool { rackbeat.profile["null_line_location"] == "default" }

    func isWithoutInventory(_ product: ItemNumber) throws -> Bool {
        if let withoutInventory { return withoutInventory.contains(product) }
        let known = try journal.productsWithoutInventory()
        withoutInventory = known
        return known.contains(product)
    }

    // MARK: Completing lines

    /// The order with what its lines leave to their products.
    func completed(_ order: SalesOrder) throws -> SalesOrder {
        var order = order
        let document = RecordRef(.order, order.number.text)
        // Of what is not booked or no longer, nothing is sent whatever its lines are of; nor of what was done before we knew it.
        let counts =
            switch order.progress {
            case .draft, .cancelled: false
            case .booked: true
            case .shipped: try journal.pushed(document) != nil
            }
        try complete(&order.lines, asksInventory: counts, of: document, changedAt: order.updatedAt)
        return order
    }

    /// The purchase order with what its lines leave to their products.
    func completed(_ order: PurchaseOrder) throws -> PurchaseOrder {
        var order = order
        let document = RecordRef(.purchaseOrder, order.number.text)
        let counts =
            switch order.progress {
            case .draft, .cancelled: false
            case .booked: true
            case .received: try journal.pushed(document) != nil
            }
        try complete(&order.lines, asksInventory: counts, of: document, changedAt: order.updatedAt)
        return order
    }

    private func complete(
        _ lines: inout [some DocumentLine], asksInventory: Bool, of document: RecordRef, changedAt moment: Moment
    ) throws {
        for index in lines.indices {
            guard let item = lines[index].item else { continue }
            if lines[index].location == nil {
                lines[index].location = try defaultLocation(of: item, isReadAnew: locatedFor[document] != moment)
            }
            guard asksInventory, !lines[index].isKit, lines[index].location.map(mapping.locations.contains) ?? false else {
                continue
            }
            lines[index].keepsInventory = try keepsInventory(item)
        }
        locatedFor[document] = moment
    }

    /// - Parameter isReadAnew: Whether the document has changed, so that the product is read as it is now. A document that is only
    ///   read again costs no call for its products: of those that change, the catalogue tells.
    private func defaultLocation(of item: ItemNumber, isReadAnew: Bool) throws -> LocationNumber? {
        guard usesDefaultLocations else { return nil }
        if isReadAnew || defaultLocations[item] == nil {
            return try product(item)?.defaultLocation ?? defaultLocationOfAccount(isReadAnew: isReadAnew)
        }
        return try defaultLocations[item]! ?? defaultLocationOfAccount(isReadAnew: false)
    }

    private func defaultLocationOfAccount(isReadAnew: Bool) throws -> LocationNumber? {
        if let known = accountLocation, accountLocationIsCurrent || !isReadAnew { return known }
        let location = try rackbeat.defaultLocation()
        accountLocation = .some(location)
        accountLocationIsCurrent = true
        return location
    }

    /// Whether stock is kept of a line's item.
    ///
    /// An item that is not known counts as goods: sending it asks for the product again, and parks the document that names one that is
    /// not there. A lookup that fails stops no other document.
    private func keepsInventory(_ item: ItemNumber) throws -> Bool {
        if let known = try known(item) { return known }
        guard !lookupFailed else { return true }
        do {
            try readCatalogue()
            if let known = try known(item) { return known }
            return try product(item)?.keepsInventory ?? true
        } catch let error as ExchangeError {
            switch error.reason {
            case .unauthorised, .rateLimited: throw error
            case .refused, .serverFault, .noResponse, .unreadable: break
            }
        } catch is RecordFailure {}
        lookupFailed = true
        return true
    }

    private func known(_ item: ItemNumber) throws -> Bool? {
        if try isWithoutInventory(item) { return false }
        if let read = products[item] { return read?.keepsInventory ?? true }
        if try records.isPlanned(.products, item.text) || journal.heldArticle(item) != nil { return true }
        // What is parked was to become an article. Its document waits for it, and the catalogue tells when it is none any more.
        if try records.parkedRecord(.products, item.text) != nil { return true }
        return nil
    }
}
