import Exchange
import HTTPTypes
import Invariants
import JSON
import Simulation
import Units

extension CoverageReader {
    /// - Parameters:
    ///   - exchanges: In the order in which they ended.
    ///   - movements: Rackbeat's, oldest first.
    mutating func read(_ exchanges: [Exchanged], movements: [LedgerMovement], restarts: [Moment]) {
        var documents = Documents()
        var pages = Pages()
        for exchange in exchanges {
            let path = exchange.request.path(behind: basePaths[exchange.system])
            let call = Call(exchange, path)
            readFault(exchange, call)
            readResponse(exchange, call)
            for mark in documents.marks(exchange, call, movements, restarts) { see(mark) }
            if call.isList { for mark in pages.marks(exchange, path) { see(mark) } }
        }
    }

    /// A request and its purpose.
    struct Call {
        enum Purpose {
            case create, confirm, push, cancel, delete, otherWrite, read

            init(_ system: System, _ method: HTTPRequest.Method, _ segments: [Substring]) {
                switch (method, system, segments.last) {
                case (.get, _, _): self = .read
                case (.post, .rackbeat, "create-shipment"), (.post, .rackbeat, "create-receipt"),
                    (.post, .rackbeat, "inventory-adjustments"):
                    self = .create
                case (.post, .rackbeat, "mark-shipped"), (.post, .rackbeat, "mark-received"), (.post, .rackbeat, "book"):
                    self = .confirm
                case (.put, .ongoing, "orders"), (.put, .ongoing, "purchaseOrders"): self = .push
                case (.delete, .ongoing, _): self = .cancel
                case (.delete, .rackbeat, _): self = .delete
                default: self = .otherWrite
                }
            }
        }

        let purpose: Purpose
        let segments: [Substring]
        let isList: Bool

        init(_ exchange: Exchanged, _ path: Substring) {
            segments = path.parts(between: "/")
            let method = exchange.request.method
            isList = method == .get && segments.count == 1 && exchange.system == .rackbeat
            purpose = Purpose(exchange.system, method, segments)
        }
    }

    private mutating func readFault(_ exchange: Exchanged, _ call: Call) {
        let isWrite = call.purpose != .read
        switch exchange.faultKind {
        case .tooManyRequestsUntilDate: see(.limitUntilDate)
        case .staleRead: see(.readWasStale)
        case .noID where isWrite: see(.idMissing)
        case .html where isWrite: see(.pageInsteadOfResponse)
        case .lateEffect where isWrite && exchange.served != nil: see(.carriedOutLate)
        case .duplicatedRequest where isWrite: see(.deliveredTwice)
        default: break
        }
    }

    private mutating func readResponse(_ exchange: Exchanged, _ call: Call) {
        let isDone = exchange.served?.isSuccess ?? false
        guard case .response(let response) = exchange.outcome else {
            guard isDone else { return }
            switch call.purpose {
            case .create: see(.createResponseLost)
            case .confirm: see(.confirmResponseLost)
            case .push: see(.pushResponseLost)
            case .cancel: see(.cancelResponseLost)
            case .delete, .otherWrite, .read: break
            }
            return
        }
        switch response.status {
        case 401: see(.credentialsRefused)
        case 429 where call.purpose == .confirm: see(.limitOnConfirm)
        case 429 where call.purpose == .create: see(.limitOnCreate)
        case 500... where isDone && call.purpose != .read: see(.errorAfterEffect)
        case 400, 404, 409, 422:
            if call.purpose == .confirm { see(.confirmRefused) }
            if call.purpose == .push { see(.pushRefused) }
        case 200..<300:
            if call.purpose == .cancel { see(.cancelCarriedOut) }
            if call.purpose == .delete, call.segments.count <= 4 { see(.draftDeleted) }
        default: break
        }
    }
}

/// Rackbeat's documents from creation to confirmation.
private struct Documents {
    private var withoutResponse: Set<String> = []
    private var madeAt: [String: Moment] = [:]
    private var stockReadAt: [String: Moment] = [:]
    /// The item of an adjustment, and when its stock was read.
    private var adjustments: [String: (item: String, readAt: Moment)] = [:]
    private var pushers: [String: String] = [:]

    mutating func marks(
        _ exchange: Exchanged, _ call: CoverageReader.Call, _ movements: [LedgerMovement], _ restarts: [Moment]
    ) -> [RunMark] {
        let isDone = exchange.served?.isSuccess ?? false
        switch call.purpose {
        case .create where isDone: made(exchange, call)
        case .confirm where isDone: return confirmed(exchange, call, movements, restarts)
        case .push where isDone && call.segments == ["orders"]:
            guard let number = json(exchange.request.body)?["goodsOwnerOrderId"]?.string else { break }
            defer { pushers[number] = exchange.connection }
            return pushers[number].map { $0 != exchange.connection } ?? false ? [.twoConnectionsOnOneOrder] : []
        case .read where call.segments.count == 4 && call.segments[0] == "products" && call.segments[2] == "locations":
            stockReadAt["\(exchange.connection) \(PercentEncoding.decode(String(call.segments[1])))"] = exchange.startedAt
        default: break
        }
        return []
    }

    private mutating func made(_ exchange: Exchanged, _ call: CoverageReader.Call) {
        guard let served = exchange.served, let document = json(served.body)?.object?.first?.value,
            let id = document[call.segments.last == "create-receipt" ? "number" : "id"]?.int
        else { return }
        let key = "\(kind(call.segments)) \(id)"
        madeAt[key] = exchange.endedAt
        if case .failed = exchange.outcome { withoutResponse.insert(key) }
        guard let item = json(exchange.request.body)?["item_id"]?.string,
            let readAt = stockReadAt["\(exchange.connection) \(item)"]
        else { return }
        adjustments[key] = (item, readAt)
    }

    private func confirmed(
        _ exchange: Exchanged, _ call: CoverageReader.Call, _ movements: [LedgerMovement], _ restarts: [Moment]
    ) -> [RunMark] {
        let key = "\(kind(call.segments)) \(call.segments[call.segments.count - 2])"
        var marks: [RunMark] = []
        if withoutResponse.contains(key) { marks.append(.draftReusedAfterLostResponse) }
        if let made = madeAt[key], restarts.contains(where: { $0 >= made && $0 <= exchange.startedAt }) {
            marks.append(.draftReusedAfterCrash)
        }
        if let (item, readAt) = adjustments[key],
            movements.contains(where: { $0.item == item && $0.time > readAt && $0.time < exchange.startedAt })
        {
            marks.append(.stockMovedUnderAdjustment)
        }
        return marks
    }

    private func kind(_ segments: [Substring]) -> String {
        segments.contains("inventory-adjustments") ? "adjustment" : segments[0] == "orders" ? "shipment" : "receipt"
    }

    private func json(_ body: [UInt8]) -> JSON? { try? JSON.parse(body) }
}

/// The pages of the lists that are being read, by connection and list.
private struct Pages {
    private var latest: [String: (keys: Set<String>, total: Int?)] = [:]

    mutating func marks(_ exchange: Exchanged, _ path: Substring) -> [RunMark] {
        let page = Query(parsing: exchange.request.queryText ?? "")["page"].flatMap { Int($0) } ?? 1
        guard case .response(let response) = exchange.outcome, response.isSuccess else { return [] }
        let list = "\(exchange.connection) \(path)"
        // Most lists have one page and need no comparison.
        guard page > 1 || Self.hasMore(response) else {
            latest[list] = nil
            return []
        }
        guard let body = try? JSON.parse(response.body) else { return [] }
        let keys = Set(
            (body[String(path.dropFirst())]?.array ?? []).compactMap { $0["number"]?.string ?? $0["number"]?.number?.text })
        let total = body["total"]?.int
        defer { latest[list] = ((page == 1 ? [] : latest[list]?.keys ?? []).union(keys), total) }
        guard page > 1, let before = latest[list] else { return [] }
        var marks: [RunMark] = page > 2 ? [.manyPages] : []
        if !keys.isDisjoint(with: before.keys) { marks.append(.rowMovedBetweenPages) }
        if let total, let earlier = before.total, total < earlier { marks.append(.totalFell) }
        return marks
    }

    private static let pagesMember = Array(#""pages":"#.utf8)

    /// By the bytes: parsing every list of a run, to learn that it has one page, takes longer than the run.
    private static func hasMore(_ response: Response) -> Bool {
        var start = 0
        while let place = response.body.firstIndex(of: pagesMember, from: start) {
            start = place + pagesMember.count
            switch response.body[start...].prefix(2) {
            case let count where count.first == UInt8(ascii: "0"): return false
            case [UInt8(ascii: "1"), UInt8(ascii: ",")], [UInt8(ascii: "1"), UInt8(ascii: "}")]: return false
            default: continue
            }
        }
        return true
    }
}
