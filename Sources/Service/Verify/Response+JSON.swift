import Exchange
import JSON
import Trade

extension Response {
    /// The body as JSON; `nil` when it is something else.
    var tree: JSON? { isSuccess ? try? JSON.parse(body) : nil }

    /// Whether the system refused the request for this member.
    func refuses(_ member: String) -> Bool { (try? JSON.parse(body))?["errors"]?[member] != nil }
}

extension JSON {
    var quantity: Quantity? { number.flatMap { Quantity($0.text) } }
}

extension Quantity {
    var json: JSON { JSONNumber(description).map(JSON.number) ?? .null }
}
