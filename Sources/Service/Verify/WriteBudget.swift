import Exchange
import HTTPTypes

/// How many writes a canary may still send, over all systems and connections.
final class WriteBudget {
    private(set) var left: Int
    private(set) var used = 0

    init(_ most: Int) { left = most }

    /// - Returns: Whether one more may be sent.
    func take() -> Bool {
        guard left > 0 else { return false }
        left -= 1
        used += 1
        return true
    }
}

/// The last guard of a verification: no write passes it beyond the budget, whoever asks for it. Without a budget it lets nothing but
/// reads through.
final class BudgetedTransport: Transport {
    private let transport: any Transport
    private let budget: WriteBudget

    init(_ transport: any Transport, _ budget: WriteBudget) {
        self.transport = transport
        self.budget = budget
    }

    func send(_ request: Request) throws -> Response {
        if request.method != .get, request.method != .head {
            guard budget.take() else { throw WriteBudgetSpent() }
        }
        return try transport.send(request)
    }
}

/// The budget is spent: nothing was sent.
struct WriteBudgetSpent: Error {}
