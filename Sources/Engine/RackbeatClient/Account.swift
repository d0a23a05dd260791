import ClientKit
import Exchange
package import Trade

extension RackbeatClient {
    /// The account of the token: the cheapest proof that the token is accepted.
    package func account() throws -> ERPAccount {
        try one(.get("self"), "user_account") { wire throws(WireError) in
            ERPAccount(number: try wire.required("id", .whole), companyName: try wire.optional("company_name", .text))
        }
    }

    /// - Returns: `nil` when the account has no such location.
    package func location(_ number: LocationNumber) throws -> ERPLocation? {
        try oneIfPresent(.get("locations/\(segment(number))"), "location") { wire throws(WireError) in
            ERPLocation(
                number: LocationNumber(try wire.required("number", .key)), name: try wire.optional("name", .text))
        }
    }

    /// Whether a line at a location inside a connection's location belongs to the connection.
    package var locationsIncludeChildren: Bool { profile["location_match"] == "children" }

    /// The location that each lies in; those that lie in none are left out.
    package func parentLocations() throws -> [LocationNumber: LocationNumber] {
        let rows = try all("locations/flat", "locations") { wire throws(WireError) in
            (number: LocationNumber(try wire.required("number", .key)), parent: try wire.optional("parent_id", .key))
        }
        return Dictionary(
            rows.compactMap { row in row.parent.map { (row.number, LocationNumber($0)) } }, uniquingKeysWith: { $1 })
    }

    /// Where goods are that name no place of their own; `nil` when the account has no default location.
    package func defaultLocation() throws -> LocationNumber? {
        let rows = try all("locations", "locations") { wire throws(WireError) in
            (number: LocationNumber(try wire.required("number", .key)), isDefault: try wire.optional("is_default", .flag))
        }
        return rows.first { $0.isDefault == true }?.number
    }
}
