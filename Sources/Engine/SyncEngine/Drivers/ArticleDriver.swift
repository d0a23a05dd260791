import Exchange
import OngoingClient
import RackbeatClient
import SyncCore
import Trade
import Units

/// Brings articles to the warehouse, and keeps them as Rackbeat says.
///
/// A product is known by its number in Rackbeat as it stands there; its article's number is the same without blanks around it.
final class ArticleDriver: Driver {
    let context: JobContext
    private let records: RecordKeeper
    private let scanner: Scanner
    private let writes: WarehouseWrites
    private let facts: ProductFacts
    /// Whether this run has read the catalogue's changes.
    var catalogueIsCurrent = false

    init(_ context: JobContext, records: RecordKeeper, scanner: Scanner, writes: WarehouseWrites, facts: ProductFacts) {
        self.context = context
        self.records = records
        self.scanner = scanner
        self.writes = writes
        self.facts = facts
    }

    func beginRun() { catalogueIsCurrent = false }

    /// Brings the warehouse's catalogue up to Rackbeat's.
    func run() throws {
        try resendProducts()
        for subject in try records.dueSubjects(.products) { try lookAgain(subject) }
        try scanProducts()
    }

    /// The scan alone: also what orders need before they are decided about, so that no article of theirs is older than they are.
    func readCatalogue() throws {
        if !catalogueIsCurrent { try scanProducts() }
    }

    private func scanProducts() throws {
        let sweptAt = try journal.cursor(.products).sweptAt
        try scanner.scan(.products, page: { try rackbeat.products(updatedFrom: $0, page: $1) }, dealWith: { try dealWith($0) })
        catalogueIsCurrent = true
        guard try journal.cursor(.products).sweptAt != sweptAt else { return }
        facts.wholeCatalogueWasRead()
        // No list shows that a product is gone: not the one whose number is taken, nor the one that has it.
        let waiting = Set(try journal.subjects(of: .products, waitingFor: .product))
        for subject in try journal.waitingSubjects(.products)
        where try waiting.contains(subject) || !otherHolders(of: ItemNumber(subject)).isEmpty {
            try lookAgain(subject)
        }
    }

    private func lookAgain(_ subject: String) throws {
        // Parked with what was sent, so that the scan that follows does not try it once more at once.
        var content: Fingerprint?
        try records.attempt(.products, subject, fingerprint: content) {
            guard let product = try facts.read(ItemNumber(subject)) else {
                // Its number is free for another, whether or not it ever reached the warehouse.
                if try journal.wake(waitingFor: RecordRef(.product, subject), at: clock.now()) {
                    listener(.reached(connection: name, .recordWoken))
                }
                return
            }
            try send(product) { content = $0 }
        }
    }

    private func resendProducts() throws {
        for subject in try journal.dueForResending(.products, at: clock.now()) {
            let item = ItemNumber(subject)
            try writes.resend(.products, subject) {
                if try journal.heldArticle(item) != nil {
                    try journal.articleIsHeld(
                        item, as: ArticleNumber(of: item), nil, at: clock.now(), nothingIsUnknown: false)
                }
                try lookAgain(subject)
            }
        }
    }

    /// Sends an article whatever the warehouse holds of it by the journal.
    func sendAgain(_ product: ItemNumber) throws {
        if try journal.heldArticle(product) != nil {
            try journal.articleIsHeld(product, as: ArticleNumber(of: product), nil, at: clock.now(), nothingIsUnknown: false)
        }
        try lookAgain(product.text)
    }

    /// Switches the article of a product that is gone off. What else the warehouse knows of it stays.
    func deactivate(_ product: ItemNumber, as shown: WarehouseArticle) throws {
        var article = Article(number: shown.number)
        article.name = shown.name
        article.isBatchArticle = shown.isBatchArticle
        article.isSerialNumberArticle = shown.isSerialNumberArticle
        article.isActive = false
        let subject = product.text
        if isNoted(.put(.product, number: subject, ongoing.fields(of: article, isUpdate: false), isUpdate: true)) {
            throw EndOfPlan()
        }
        let unknown = ongoing.writesWithUnknownOutcome
        _ = try writes.write(.content(article.fingerprint), about: subject, of: .products, isNoted: true) {
            try ongoing.put(article, isUpdate: false)
        }
        try journal.articleIsHeld(
            product, as: ArticleNumber(of: product), article.fingerprint, at: clock.now(),
            nothingIsUnknown: ongoing.writesWithUnknownOutcome == unknown)
        tally.sent += 1
        listener(.pushed(connection: name, .products, subject: subject))
    }

    private func dealWith(_ product: Product) throws {
        try facts.note(product)
        let subject = product.number.text
        guard try isArticle(product) else {
            try records.set(try stayed(product), .products, subject)
            if try records.parkedRecord(.products, subject) != nil { try records.attempt(.products, subject) {} }
            tally.foreign += 1
            return
        }
        let mapped = mapping.article(for: try complete(product))
        let fingerprint = mapped.value.fingerprint
        guard try !records.isSettled(.products, subject, fingerprint) else { return }
        try records.attempt(.products, subject, fingerprint: fingerprint) { try put(mapped, product.number) }
    }

    /// Whether the warehouse is to be sent the product. Without inventory it is none, but for one that has to be switched off.
    private func isArticle(_ product: Product) throws -> Bool {
        if product.keepsInventory { return true }
        return try settings.barredProducts == .deactivate && journal.heldArticle(product.number) != nil
    }

    /// What is to be told of a product that is no article: it was one, and nothing takes it away.
    private func stayed(_ product: Product) throws -> [MappingFinding] {
        guard try journal.heldArticle(product.number) != nil else { return [] }
        return [
            MappingFinding(
                field: "isActive",
                problem: "Rackbeat keeps no inventory of the product any more; its article stays in the warehouse as it is")
        ]
    }

    /// - Parameter note: Is told what is sent before it is.
    private func send(_ product: Product, noting note: (Fingerprint) -> Void) throws {
        guard try isArticle(product) else { return }
        let mapped = mapping.article(for: try complete(product))
        note(mapped.value.fingerprint)
        try put(mapped, product.number)
    }

    /// Lists name a product's supplier by number alone; the name is read once and kept by the client.
    private func complete(_ product: Product) throws -> Product {
        guard let number = product.supplierNumber, product.supplierName == nil else { return product }
        var product = product
        product.supplierName = try rackbeat.supplierName(number)
        return product
    }

    private func put(_ mapped: Mapped<Article>, _ product: ItemNumber) throws {
        let (article, subject) = (mapped.value, product.text)
        let fingerprint = article.fingerprint
        let held = try journal.heldArticle(product)
        // Whoever has the number already was asked when it was sent.
        let former = held == nil ? try formerHolder(of: product) : nil
        try records.set(mapped.findings, .products, subject)
        let unknownWrite = try journal.unknownWrite(.products, subject: subject)
        // What was last sent and had no response may be there: taken back in Rackbeat, it has to be taken back there too.
        guard held?.fingerprint != fingerprint || unknownWrite.map({ $0.content != .content(fingerprint) }) ?? false else {
            tally.unchanged += 1
            return
        }
        let isUpdate = held != nil || former != nil
        let fields = { [ongoing] in ongoing.fields(of: article, isUpdate: isUpdate) }
        if isNoted(.put(.product, number: subject, fields(), isUpdate: isUpdate)) {
            _ = try journal.wake(waitingFor: RecordRef(.product, subject), at: clock.now())
            throw EndOfPlan()
        }
        let mayComeLate = unknownWrite.map { clock.now() < $0.at + JobContext.settlingTime }
        let unknown = ongoing.writesWithUnknownOutcome
        // The PUT names the article by its number and always says the same: repeating it after an unknown outcome does no harm.
        _ = try writes.write(.content(fingerprint), about: subject, of: .products, isNoted: true) {
            try ongoing.put(article, isUpdate: isUpdate)
        }
        let wakes = try journal.articleIsHeld(
            product, as: ArticleNumber(of: product), fingerprint, insteadOf: former, at: clock.now(),
            nothingIsUnknown: mayComeLate != true && ongoing.writesWithUnknownOutcome == unknown)
        tally.sent += 1
        listener(.pushed(connection: name, .products, subject: subject))
        if wakes { listener(.reached(connection: name, .recordWoken)) }
    }

    // MARK: Numbers that are taken

    /// The other products that the warehouse holds, or may come to hold, under a product's number.
    private func otherHolders(of product: ItemNumber) throws -> [ItemNumber] {
        let settled = clock.now() - JobContext.settlingTime
        let underway = try journal.unknownWrites(.products, since: settled).map { ItemNumber($0) }
        return try (journal.products(ofArticle: ArticleNumber(of: product)) + underway).filter {
            $0 != product && mapping.areOneArticle($0, product)
        }
    }

    /// The product that an article of this number stands for by the journal, although it is no more.
    ///
    /// - Throws: When it is there: the second one of two that the warehouse cannot tell apart is not sent.
    private func formerHolder(of product: ItemNumber) throws -> ItemNumber? {
        var former: ItemNumber?
        for other in try otherHolders(of: product) {
            if let holder = try facts.product(other), holder.keepsInventory {
                throw DependencyFailure(
                    failure: ArticleNumberTaken(product: product, holder: other).text, waitsFor: RecordRef(.product, other.text))
            }
            former = other
        }
        return former
    }

    // MARK: What orders need

    /// An order never reaches the warehouse before its articles: what is missing or newer goes first.
    func ensureArticles(_ products: [ItemNumber]) throws {
        try readCatalogue()
        for item in products where try !isThere(item) {
            if try records.parkedRecord(.products, item.text) == nil {
                var content: Fingerprint?
                try records.attempt(.products, item.text, fingerprint: content) {
                    guard let product = try facts.product(item) else {
                        throw RecordFailure(
                            reason: "Rackbeat has no product \(item), but an order names it.",
                            effect: "The warehouse does not know the article.",
                            remedy: "Create the product in Rackbeat, or take it off the order.")
                    }
                    try send(product) { content = $0 }
                }
            }
            guard try isThere(item) else { throw try missing(item) }
        }
    }

    private func missing(_ item: ItemNumber) throws -> any Error {
        if try facts.isWithoutInventory(item) {
            return TransientFailure(
                failure: RecordFailure(
                    reason: "Rackbeat keeps no inventory of product \(item), which was not known when the order was read.",
                    effect: "The warehouse was not sent this order.", remedy: "It is tried again automatically, without the line."
                ))
        }
        let parked = try records.parkedRecord(.products, item.text)
        return DependencyFailure(
            failure: RecordFailure(
                reason: "Its article \(item) did not reach the warehouse" + (parked.map { ": \($0.reason)" } ?? "."),
                effect: "The warehouse was not sent this order.",
                remedy: "Fix the article; the order follows by itself."),
            waitsFor: RecordRef(.product, item.text))
    }

    /// Whether the warehouse holds the article, or would after what a dry run has noted.
    private func isThere(_ item: ItemNumber) throws -> Bool {
        try records.isPlanned(.products, item.text) || journal.heldArticle(item) != nil
    }
}
