import Exchange
import HTTPTypes
import JSON
import SyncCore
import Synchronization

/// Finds writes by the documents that they concern. Every exchange is read once, when first somebody asks: a world with thousands of
/// findings would otherwise read all of them again for each.
final class WriteIndex: Sendable {
    /// How many exchanges about one document are kept.
    static let most = 6

    private struct State {
        var identity: DocumentIdentity?
        var byRecord: [RecordRef: [Int]]?
        var puts: [String: [String: JSONObject]] = [:]
        var leftOut: LeftOutRows?
    }

    private let state = Mutex(State())

    func identity(in evidence: Evidence) -> DocumentIdentity {
        state.withLock { Self.identity(&$0, evidence) }
    }

    private static func identity(_ state: inout State, _ evidence: Evidence) -> DocumentIdentity {
        if let known = state.identity { return known }
        let identity = DocumentIdentity(evidence)
        state.identity = identity
        return identity
    }

    /// The numbers of the latest exchanges that wrote about this document or item; ascending.
    func writes(about record: RecordRef, in evidence: Evidence) -> [Int] {
        state.withLock { state in
            if state.byRecord == nil { state.byRecord = Self.records(in: evidence.exchanges, Self.identity(&state, evidence)) }
            return state.byRecord?[record] ?? []
        }
    }

    /// The body of the last accepted PUT of a document.
    func latestPut(
        _ collection: String, _ member: String, _ number: String, goodsOwner: Int, in exchanges: [Exchanged]
    ) -> JSONObject? {
        state.withLock { state in
            let list = collection + "/" + member
            let known = state.puts[list] ?? Self.puts(collection, member, in: exchanges)
            state.puts[list] = known
            return known["\(goodsOwner) \(number)"]
        }
    }

    func leftOut(in evidence: Evidence) -> LeftOutRows {
        if let known = state.withLock({ $0.leftOut }) { return known }
        let leftOut = LeftOutRows(evidence)
        state.withLock { $0.leftOut = leftOut }
        return leftOut
    }

    private static func records(in exchanges: [Exchanged], _ identity: DocumentIdentity) -> [RecordRef: [Int]] {
        var byRecord: [RecordRef: [Int]] = [:]
        for exchange in exchanges where exchange.request.method != .get {
            for record in identity.records(of: exchange) {
                var numbers = byRecord.removeValue(forKey: record) ?? []
                if numbers.count == most { numbers.removeFirst() }
                numbers.append(exchange.number)
                byRecord[record] = numbers
            }
        }
        return byRecord
    }

    private static func puts(_ collection: String, _ member: String, in exchanges: [Exchanged]) -> [String: JSONObject] {
        var puts: [String: JSONObject] = [:]
        for exchange in exchanges
        where exchange.system == .ongoing && exchange.request.method == .put && exchange.served?.isSuccess == true
            && exchange.request.path.hasSuffix("/" + collection)
        {
            guard let body = (try? JSON.parse(exchange.request.body))?.object, let number = body[member]?.string,
                let owner = body["goodsOwnerId"]?.int
            else { continue }
            puts["\(owner) \(number)"] = body
        }
        return puts
    }
}
