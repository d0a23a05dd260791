import Exchange
import JSON
import Trade

extension Response {
    /// The body as JSON; `nil` when it is something else.
    var tree: JSON? { isSuccess ? try? JSON.parse(body) : nil }
}

extension JSON {
    var quantity: Quantity? { number.flatMap { Quantity($0.text) } }
}

extension Quantity {
    var json: JSON { JSONNumber(description).map(JSON.number) ?? .null }
}
