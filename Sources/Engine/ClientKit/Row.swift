package import Units

/// One row of a list. A row that cannot be read does not stop its neighbours.
package enum Row<Value> {
    case value(Value)
    /// - Parameters:
    ///   - key: The record's number, else its identifier; `nil` when even that cannot be read.
    ///   - updatedAt: When it was last changed; `nil` when even that cannot be read or the API does not say.
    ///   - problem: What cannot be read, with its place in the response.
    ///   - mayPass: Whether the response with the rest of the record was unreadable as a whole, as behind a faulty proxy.
    case unreadable(key: String?, updatedAt: Moment? = nil, problem: String, mayPass: Bool = false)

    /// `nil` for a row that cannot be read.
    package var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

extension Row: Sendable where Value: Sendable {}
extension Row: Equatable where Value: Equatable {}
