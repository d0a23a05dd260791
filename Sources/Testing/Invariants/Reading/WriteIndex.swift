import Exchange
import HTTPTypes
import JSON
import Synchronization

/// Finds writes by what they name. Every exchange is read once, when first somebody asks: a world with thousands of findings would
/// otherwise read all of them again for each.
final class WriteIndex: Sendable {
    /// How many exchanges about one number are kept.
    static let most = 6
    /// Numbers are short; longer texts are looked for by reading.
    static let longest = 64

    private struct State {
        var byName: [String: [Int]]?
        var puts: [String: [String: JSONObject]] = [:]
    }

    private let state = Mutex(State())

    /// The numbers of the latest exchanges that have this name in their path or, in quotes, in their body; ascending.
    func writes(naming name: String, in exchanges: [Exchanged]) -> [Int] {
        state.withLock { state in
            if state.byName == nil { state.byName = Self.names(in: exchanges) }
            return state.byName?[name] ?? []
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

    private static func names(in exchanges: [Exchanged]) -> [String: [Int]] {
        var byName: [String: [Int]] = [:]
        for exchange in exchanges where exchange.request.method != .get {
            var names = Set(exchange.request.path.split(separator: "/").map(String.init))
            let body = exchange.request.body
            var quote: Int?
            for index in body.indices where body[index] == UInt8(ascii: "\"") {
                if let quote, index - quote - 1 <= longest {
                    names.insert(String(decoding: body[(quote + 1)..<index], as: UTF8.self))
                }
                quote = index
            }
            for name in names {
                var numbers = byName.removeValue(forKey: name) ?? []
                if numbers.count == most { numbers.removeFirst() }
                numbers.append(exchange.number)
                byName[name] = numbers
            }
        }
        return byName
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
