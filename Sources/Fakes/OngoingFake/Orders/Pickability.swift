import Units

/// Whether the open orders can be picked from stock, first come, first served.
struct Pickability {
    enum Result: String {
        /// There is enough for it and everybody else.
        case ok = "Ok"
        /// There is enough for it, but not for all that come after it.
        case byPriority = "ByPriority"
        /// There would be enough, but orders before it want it.
        case notByPriority = "NotByPriority"
        case notOk = "NotOk"
        case nothingToAllocate = "NothingToAllocate"
    }

    private var results: [Int: Result] = [:]

    init(_ owner: GoodsOwner) {
        let open = owner.orderIndex.ids(statuses: .min...(OrderStatus.picked - 1)).ids.map { owner.orders[$0] }
        var wantedBefore: [Int: ExactDecimal] = [:]
        for order in open {
            let needs = Self.needs(of: order)
            guard !needs.isEmpty else {
                results[order.id] = .nothingToAllocate
                continue
            }
            var result = Result.ok
            for (article, need) in needs {
                let record = owner.articles[article]
                let free = record.onHand - record.figures.allocated
                if need > free {
                    result = .notOk
                    break
                }
                if need + (wantedBefore[article] ?? .zero) > free {
                    result = .notByPriority
                } else if record.figures.wanted > free, result == .ok {
                    result = .byPriority
                }
            }
            results[order.id] = result
            for (article, need) in needs { wantedBefore[article, default: .zero] += need }
        }
    }

    func result(of order: OrderRecord) -> Result { results[order.id] ?? .nothingToAllocate }

    /// What an order still wants allocated, by article in ascending order.
    private static func needs(of order: OrderRecord) -> [(Int, ExactDecimal)] {
        var needs: [Int: ExactDecimal] = [:]
        for line in order.lines where !line.isKitHead && line.shouldBePicked {
            let need = line.ordered - max(line.allocated, line.picked)
            if need > .zero { needs[line.articleID, default: .zero] += need }
        }
        return needs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
