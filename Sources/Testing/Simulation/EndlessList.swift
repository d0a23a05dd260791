package import Exchange
import HTTPTypes
import JSON
import Units

/// A list without an end: whichever page is asked for, it shows the first, and says that another is behind it.
package enum EndlessList {
    /// Whether a request reads a page of a list, by its number or by the identifier at which it begins.
    package static func isPage(_ request: Request) -> Bool {
        request.method == .get && query(of: request).parameters.contains { $0.name == number || isKey($0.name) }
    }

    /// Whether a request reads a page by its number.
    package static func isNumberedPage(_ request: Request) -> Bool {
        request.method == .get && query(of: request)[number] != nil
    }

    /// Whether a request reads the first page of a list.
    package static func isFirstPage(_ request: Request) -> Bool { isPage(request) && firstPage(of: request) == request }

    private static let number = "page"

    private static func isKey(_ name: String) -> Bool { name.hasSuffix("IdFrom") }

    private static func query(of request: Request) -> Query { Query(parsing: request.queryText ?? "") }

    /// The same request for the first page.
    static func firstPage(of request: Request) -> Request {
        var query = Query()
        for (name, value) in self.query(of: request).parameters {
            query.append(name, name == number ? "1" : isKey(name) ? "0" : value)
        }
        var first = request
        first.target = request.path + "?" + query.text
        return first
    }

    /// The first page as the one that was asked for, with another behind it.
    ///
    /// - Parameter isNew: Whether each row is dated so that it stands on no other page.
    static func page(_ first: Response, for request: Request, isNew: Bool) -> Response {
        guard first.isSuccess, case .object(let object)? = try? JSON.parse(first.body), let page = page(of: request) else {
            return first
        }
        let members = object.members.map { member -> JSONObject.Member in
            switch (member.name, member.value) {
            case ("page", _): JSONObject.Member(name: member.name, value: JSON(page))
            case ("pages", .number): JSONObject.Member(name: member.name, value: JSON(isNew ? page + 1 : 1_000_000))
            case ("total", .number): JSONObject.Member(name: member.name, value: JSON(isNew ? (page + 1) * 100 : 100_000_000))
            case (_, .array(let rows)) where isNew:
                JSONObject.Member(name: member.name, value: .array(rows.map { redated($0, page) }))
            default: member
            }
        }
        var result = first
        result.body = JSON.object(JSONObject(members)).serialized
        return result
    }

    private static func page(of request: Request) -> Int? { query(of: request)[number].flatMap { Int($0) } }

    /// The row as it was so many days earlier.
    private static func redated(_ row: JSON, _ page: Int) -> JSON {
        guard page > 1, case .object(let object) = row else { return row }
        let members = object.members.map { member in
            guard member.name == "updated_at", case .string(let text) = member.value, let date = CivilDate(text.prefix(10)) else {
                return member
            }
            return JSONObject.Member(
                name: member.name, value: .string(date.adding(days: 1 - page).description + text.dropFirst(10)))
        }
        return .object(JSONObject(members))
    }
}
