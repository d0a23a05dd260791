package import Exchange
package import SyncCore
import SyncEngine
import Trade
import Units

/// One thing that a run would do in one of the systems.
package struct PlannedWrite: Sendable, Equatable {
    package enum Action: String, Sendable {
        case create
        case change
        case cancel
        case ship
        case receive
        case adjust
        case remove
        /// Tells the warehouse what was dealt with.
        case report
    }

    package struct Field: Sendable, Equatable {
        package let name: String
        package let value: String
    }

    package let connection: String
    package let job: Job
    package let system: System
    package let action: Action
    /// Such as `order 1042`.
    package let subject: String
    package let fields: [Field]
}

extension PlannedWrite {
    init(_ directive: PlannedDirective, connection: String, job: Job) {
        var list = FieldList()
        let (system, action, subject): (System, Action, String)
        switch directive {
        case .putArticle(let article, let isUpdate):
            (system, action, subject) = (.ongoing, isUpdate ? .change : .create, "article \(article.number)")
            list.add(article)
        case .putOrder(let order, let isUpdate):
            (system, action, subject) = (.ongoing, isUpdate ? .change : .create, "order \(order.number)")
            list.add(order)
        case .putPurchaseOrder(let order, let isUpdate):
            (system, action, subject) = (.ongoing, isUpdate ? .change : .create, "purchase order \(order.number)")
            list.add(order)
        case .cancel(let kind, let number): (system, action, subject) = (.ongoing, .cancel, "\(kind.noun) \(number)")
        case .book(let record, let lines, let draft):
            (system, action, subject) = (.rackbeat, record.kind == .order ? .ship : .receive, record.description)
            list.add("completes draft", draft)
            for line in lines { list.add("line \(line.row), \(line.item) at \(line.location)", line.quantity) }
        case .adjustStock(let item, let location, let change, let reason, let draft):
            (system, action, subject) = (.rackbeat, .adjust, "\(item) at \(location)")
            list.add("completes draft", draft)
            list.add("stock", change.signed)
            list.add("reason", reason)
        case .removeDrafts(let drafts, let owner):
            let names = drafts.map(\.description).joined(separator: ", ")
            (system, action, subject) = (.rackbeat, .remove, "draft \(names) of \(owner)")
        case .reportLines(let kind, let number, let lines):
            (system, action, subject) = (.ongoing, .report, "\(kind.noun) \(number)")
            for line in lines { list.add("line \(line.row)", line.quantity) }
        case .reportAdjustment(let inventory, let item):
            (system, action, subject) = (.ongoing, .report, "adjustment \(inventory) of \(item)")
        }
        self.init(
            connection: connection, job: job, system: system, action: action, subject: subject, fields: list.fields)
    }
}

/// The content of a write, field by field; what is left out of the write is left out here.
private struct FieldList {
    private(set) var fields: [PlannedWrite.Field] = []

    mutating func add(_ name: String, _ value: (some CustomStringConvertible)?) {
        guard let text = value?.description, !text.isEmpty else { return }
        fields.append(PlannedWrite.Field(name: name, value: text))
    }

    mutating func add(_ article: Article) {
        add("name", article.name)
        add("product code", article.productCode)
        add("description", article.description)
        add("barcode", article.barcode)
        add("customer price", article.customerPrice)
        add("group", article.groupCode)
        add("group name", article.groupName)
        add("height", article.height)
        add("length", article.length)
        add("width", article.width)
        add("weight", article.weight)
        add("batch article", article.isBatchArticle)
        add("serial number article", article.isSerialNumberArticle)
        add("picture", article.pictureURL)
        add("supplier", article.supplierNumber)
        add("supplier name", article.supplierName)
        add("active", article.isActive)
    }

    mutating func add(_ order: OutboundOrder) {
        add("number in Rackbeat", order.erpNumber)
        add("delivery date", order.deliveryDate)
        add("currency", order.currency)
        add("delivery instruction", order.deliveryInstruction)
        add("invoice", order.invoiceNumber)
        add("reference", order.reference)
        add("terms of payment", order.termsOfPayment)
        add("customer", order.customerNumber)
        add("consignee", order.consignee)
        if let address = order.invoiceAddress { add("invoice address", address) }
        for line in order.lines {
            add("line \(line.row), \(line.article)", line.quantity)
            add("line \(line.row), total with VAT", line.totalWithVAT)
        }
    }

    mutating func add(_ order: InboundOrder) {
        add("number in Rackbeat", order.erpNumber)
        add("remark", order.remark)
        add("reference", order.reference)
        add("order date", order.orderDate?.iso(in: .utc))
        add("supplier", order.supplierNumber)
        add("supplier name", order.supplierName)
        if let address = order.supplierAddress { add("supplier address", address) }
        add("supplier group", order.supplierGroupNumber)
        add("supplier group name", order.supplierGroupName)
        for line in order.lines {
            add("line \(line.row), \(line.article)", line.quantity)
            add("line \(line.row), total with VAT", line.totalWithVAT)
            add("line \(line.row), currency", line.currency)
        }
    }

    private mutating func add(_ owner: String, _ address: WarehouseAddress) {
        add("\(owner), name", address.name)
        add("\(owner), address 1", address.address1)
        add("\(owner), address 2", address.address2)
        add("\(owner), city", address.city)
        add("\(owner), post code", address.postCode)
        add("\(owner), country", address.countryCode)
        add("\(owner), email", address.email)
        add("\(owner), phone", address.phone)
    }
}
