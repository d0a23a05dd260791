/// One operation, prepared for checking.
final class OperationPlan: Sendable {
    /// `PUT /orders/{orderId}`
    let label: String
    let method: String
    /// In the order in which they stand in the path.
    let pathParameters: [ParameterRule]
    let query: QueryPlan
    let body: BodyRule?
    let responses: [Int: ResponseRule]

    init(
        label: String, method: String, pathParameters: [ParameterRule], query: QueryPlan, body: BodyRule?,
        responses: [Int: ResponseRule]
    ) {
        self.label = label
        self.method = method
        self.pathParameters = pathParameters
        self.query = query
        self.body = body
        self.responses = responses
    }

    struct BodyRule: Sendable {
        let isRequired: Bool
        let schema: Int
    }

    struct ResponseRule: Sendable {
        /// Whether an empty body is allowed although content is declared.
        let mayBeEmpty: Bool
        /// Media types, with the schema of the one that is JSON; empty when there is no body.
        let content: [(media: String, schema: Int)]
    }
}

/// The parameters of a query: single ones, and families such as `simple_filter[number]`.
struct QueryPlan: Sendable {
    var parameters: [String: ParameterRule] = [:]
    /// By the name before the bracket.
    var families: [String: Family] = [:]

    struct Family: Sendable {
        var members: [String: ParameterRule]
        /// The rule for names made of digits, when the family takes them.
        var numbered: ParameterRule?

        /// How its members are written, for messages.
        var words: String {
            (members.keys.sorted() + (numbered == nil ? [] : ["a number"])).joined(separator: ", ")
        }
    }

    /// The parameters that must be there, by name.
    var required: [ParameterRule] = []
}

struct ParameterRule: Sendable {
    let name: String
    let isRequired: Bool
    /// Whether it may stand more than once, each time with one value.
    let repeats: Bool
    /// The schema of one value.
    let schema: Int
}

/// Finds the operations of a path: a tree of its segments, literals before parameters.
struct PathTree: Sendable {
    private struct Branch: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        var operations: [(method: String, plan: Int)] = []
    }

    private var branches = [Branch()]

    /// - Parameter template: `/orders/{number}/lines`
    /// - Returns: whether the operation is new.
    mutating func add(_ method: String, _ template: String, plan: Int) -> Bool {
        var branch = 0
        for segment in template.split(separator: "/") {
            let next = segment.hasPrefix("{") ? branches[branch].parameter : branches[branch].literals[String(segment)]
            if let next {
                branch = next
                continue
            }
            if segment.hasPrefix("{") {
                branches[branch].parameter = branches.count
            } else {
                branches[branch].literals[String(segment)] = branches.count
            }
            branch = branches.count
            branches.append(Branch())
        }
        guard !branches[branch].operations.contains(where: { $0.method == method }) else { return false }
        branches[branch].operations.append((method, plan))
        return true
    }

    /// - Returns: the operations of the path by method, and what stands in the places of its parameters; `nil` when the
    ///   contract has no such path.
    func find(_ segments: [String]) -> (operations: [(method: String, plan: Int)], values: [String])? {
        var values: [String] = []
        guard let branch = find(segments[...], from: 0, &values) else { return nil }
        return (branches[branch].operations, values)
    }

    private func find(_ rest: ArraySlice<String>, from branch: Int, _ values: inout [String]) -> Int? {
        guard let segment = rest.first else { return branches[branch].operations.isEmpty ? nil : branch }
        if let next = branches[branch].literals[segment], let found = find(rest.dropFirst(), from: next, &values) {
            return found
        }
        guard let next = branches[branch].parameter else { return nil }
        values.append(segment)
        if let found = find(rest.dropFirst(), from: next, &values) { return found }
        values.removeLast()
        return nil
    }
}
