import Exchange
import JSON
import Simulation
import StrictYAML

/// Steps of another program that uses the same API: what a system answers, said in the scenario itself.
extension StepKind {
    static let requests: [StepKind] = [request(to: .rackbeat), request(to: .ongoing)]

    private static func request(to system: System) -> StepKind {
        let example =
            switch system {
            case .rackbeat:
                "- rackbeat.request: { send: GET /products/CHAIR-01, status: 200, shows: { product.name: Oak chair } }"
            case .ongoing:
                """
                - engine.sync
                - ongoing.request: { send: GET /articles, query: { goodsOwnerId: 42, articleNumber: CHAIR-01 }, status: 200, shows: { 0.articleName: Oak chair } }
                """
            }
        return StepKind(
            "\(system).request",
            "Another program sends a request to \(system.title)'s API, past the engine and the faults of its network, and gets this "
                + "response. Anything else fails the run.",
            .required(
                .record(
                    Record(
                        "a request and its response",
                        [
                            .required("send", .requestLine(to: system), "Method and path, without the base path."),
                            .optional("query", .table(key: .text, value: .text), "The parameters of the query. Default: none."),
                            .optional("body", .anything, "What is sent as JSON. Default: none."),
                            .optional(
                                "violates", .text,
                                "Words of what the contract does not allow in it. Default: it keeps to the contract, as its response "
                                    + "does."),
                            .required("status", .whole(200...599), "The status of the response."),
                            .optional(
                                "shows", .table(key: .text, value: .anything),
                                "Members of the response, with full stops for nested ones; a number counts the rows of a list from 0. "
                                    + "`~` means no value."),
                        ]))),
            example: example
        ) { try $0.request($1.value, to: system) }
    }
}

extension Shape {
    /// Method and path of one request: `GET /orders/1042`.
    fileprivate static func requestLine(to system: System) -> Shape {
        .custom(
            CustomScalar(
                "a method and a path such as 'GET /orders/1042'",
                schema: ["type": "string", "pattern": #"^(GET|POST|PUT|PATCH|DELETE) /[^\s?]*$"#]
            ) { text throws(ScalarRefusal) in
                let pattern = try ContractPaths.pattern("\(system) \(text)")
                guard pattern.method != nil, !pattern.segments.contains(where: { ["{}", "*", "**"].contains($0) }) else {
                    throw ScalarRefusal("a request has one method and one path, without '{}' and '*'")
                }
                return .exchange(pattern)
            })
    }
}
