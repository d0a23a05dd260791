package import Exchange

/// A place in the exchanges of one operation where values stand. The elements of an array share it.
package struct ExchangeMember: Hashable, Sendable {
    package enum Part: String, Sendable, CaseIterable {
        case path, query, body, response
    }

    package let system: System
    /// As the contract writes it: `PUT /orders/{orderId}`.
    package let operation: String
    package let part: Part
    /// `lines.*.quantity`; in a path or a query the name of the parameter.
    package let name: String

    package init(_ system: System, _ operation: String, _ part: Part, _ name: String) {
        self.system = system
        self.operation = operation
        self.part = part
        self.name = name
    }
}

/// A defect that was made by a rule instead of by hand: one member of one operation is wrong in every exchange.
package struct GeneratedMutant: Hashable, Sendable {
    package enum Alteration: String, Sendable, CaseIterable {
        /// It is missing.
        case dropped
        /// It always has the value that it had first.
        case frozen
        /// It has the value of the next line or record; where there is one alone, that of the exchange before.
        case neighbour
        /// A number is one more, a text has another last character, a yes is a no.
        case altered
    }

    package let member: ExchangeMember
    package let alteration: Alteration

    package init(_ member: ExchangeMember, _ alteration: Alteration) {
        self.member = member
        self.alteration = alteration
    }

    /// `ongoing PUT /orders body orderLines.*.rowNumber dropped`
    package var id: String {
        "\(member.system) \(member.operation) \(member.part.rawValue) \(member.name) \(alteration.rawValue)"
    }
}
