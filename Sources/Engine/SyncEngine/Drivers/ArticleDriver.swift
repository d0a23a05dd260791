import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Brings articles to the warehouse, and keeps them as Rackbeat says.
final class ArticleDriver: Driver {
    let context: JobContext
    private let records: RecordKeeper
    private let scanner: Scanner
    private let writes: WarehouseWrites
    /// Whether this run has read the catalogue's changes.
    var catalogueIsCurrent = false

    init(_ context: JobContext, records: RecordKeeper, scanner: Scanner, writes: WarehouseWrites) {
        self.context = context
        self.records = records
        self.scanner = scanner
        self.writes = writes
    }

    func beginRun() { catalogueIsCurrent = false }

    /// Brings the warehouse's catalogue up to Rackbeat's.
    func run() throws {
        try resendProducts()
        try retryProducts()
        try scanProducts()
    }

    /// The scan alone: also what orders need before they are sent, so that no article of theirs is older than they are.
    func scanProducts() throws {
        try scanner.scan(.products, page: { try rackbeat.products(updatedFrom: $0, page: $1) }, dealWith: { try dealWith($0) })
        catalogueIsCurrent = true
    }

    private func retryProducts() throws {
        for subject in try records.dueSubjects(.products) {
            try records.attempt(.products, subject) {
                guard let product = try rackbeat.product(ItemNumber(subject)) else { return }
                try put(mapping.article(for: try complete(product)), subject)
            }
        }
    }

    private func resendProducts() throws {
        for subject in try journal.dueForResending(.products, at: clock.now()) {
            let item = ItemNumber(subject)
            try writes.resend(.products, subject) {
                if try journal.heldArticle(item) != nil {
                    try journal.articleIsHeld(item, nil, at: clock.now(), nothingIsUnknown: false)
                }
                try records.attempt(.products, subject) {
                    guard let product = try rackbeat.product(item) else { return }
                    try put(mapping.article(for: try complete(product)), subject)
                }
            }
        }
    }

    private func dealWith(_ product: Product) throws {
        let mapped = mapping.article(for: try complete(product))
        let subject = mapped.value.number.text
        let fingerprint = mapped.value.fingerprint
        guard try !records.isSettled(.products, subject, fingerprint) else { return }
        try records.attempt(.products, subject, fingerprint: fingerprint) { try put(mapped, subject) }
    }

    /// Lists name a product's supplier by number alone; the name is read once and kept by the client.
    private func complete(_ product: Product) throws -> Product {
        guard let number = product.supplierNumber, product.supplierName == nil else { return product }
        var product = product
        product.supplierName = try rackbeat.supplierName(number)
        return product
    }

    private func put(_ mapped: Mapped<Article>, _ subject: String) throws {
        let article = mapped.value
        let fingerprint = article.fingerprint
        try records.set(mapped.findings, .products, subject)
        let held = try journal.heldArticle(article.number)
        let unknownWrite = try journal.unknownWrite(.products, subject: subject)
        // What was last sent and had no response may be there: taken back in Rackbeat, it has to be taken back there too.
        guard held?.fingerprint != fingerprint || unknownWrite.map({ $0.content != .content(fingerprint) }) ?? false else {
            tally.unchanged += 1
            return
        }
        let fields = { [ongoing] in ongoing.fields(of: article, isUpdate: held != nil) }
        if isNoted(.put(.product, number: subject, fields(), isUpdate: held != nil)) {
            _ = try journal.wake(waitingFor: RecordRef(.product, subject), at: clock.now())
            throw EndOfPlan()
        }
        let mayComeLate = unknownWrite.map { clock.now() < $0.at + JobContext.settlingTime }
        let unknown = ongoing.writesWithUnknownOutcome
        // The PUT names the article by its number and always says the same: repeating it after an unknown outcome does no harm.
        _ = try writes.write(.content(fingerprint), about: subject, of: .products, isNoted: true) {
            try ongoing.put(article, isUpdate: held != nil)
        }
        let wakes = try journal.articleIsHeld(
            article.number, fingerprint, at: clock.now(),
            nothingIsUnknown: mayComeLate != true && ongoing.writesWithUnknownOutcome == unknown)
        tally.sent += 1
        listener(.pushed(connection: name, .products, subject: subject))
        if wakes { listener(.reached(connection: name, .recordWoken)) }
    }

    /// An order never reaches the warehouse before its articles: what is missing or newer goes first.
    func ensureArticles(_ items: [ItemNumber]) throws {
        if !catalogueIsCurrent { try scanProducts() }
        for item in items where try !isThere(item) {
            if try records.parkedRecord(.products, item.text) == nil {
                try records.attempt(.products, item.text) {
                    guard let product = try rackbeat.product(item) else {
                        throw RecordFailure(
                            reason: "Rackbeat has no product \(item), but an order names it.",
                            effect: "The warehouse does not know the article.",
                            remedy: "Create the product in Rackbeat, or take it off the order.")
                    }
                    try put(mapping.article(for: try complete(product)), item.text)
                }
            }
            guard try isThere(item) else {
                let parked = try records.parkedRecord(.products, item.text)
                throw DependencyFailure(
                    failure: RecordFailure(
                        reason: "Its article \(item) did not reach the warehouse"
                            + (parked.map { ": \($0.reason)" } ?? "."),
                        effect: "The warehouse was not sent this order.",
                        remedy: "Fix the article; the order follows by itself."),
                    waitsFor: RecordRef(.product, item.text))
            }
        }
    }

    /// Whether the warehouse holds the article, or would after what a dry run has noted.
    private func isThere(_ item: ItemNumber) throws -> Bool {
        try records.isPlanned(.products, item.text) || journal.heldArticle(item) != nil
    }
}
