import FakeKit
import JSON
import Units

/// A line as a caller wants it.
struct LineDraft {
    var row: String?
    var article: String
    /// `nil` when the body did not say.
    var quantity: ExactDecimal?
    var fields: JSONObject
    /// The parts of a kit, when the caller names them.
    var parts: [LineDraft] = []

    /// - Parameter body: a line as ``BodyReader`` read it.
    init(_ body: JSONObject) {
        row = body.text("rowNumber")
        article = body.text("articleNumber")!
        quantity = body.decimal("numberOfItems")
        fields = body.without("rowNumber", "articleNumber", "numberOfItems", "subOrderLines")
        parts = (body["subOrderLines"]?.array ?? []).compactMap { $0.object.map(LineDraft.init) }
    }

    init(row: String?, article: String, quantity: ExactDecimal, fields: JSONObject = [:]) {
        self.row = row
        self.article = article
        self.quantity = quantity
        self.fields = fields
    }

    /// The lines of a body; `nil` when the array is absent, which is not the same as empty.
    static func lines(_ array: JSON?) -> [LineDraft]? { array?.array?.compactMap { $0.object.map(LineDraft.init) } }

    /// Refuses a body that uses a row number twice.
    static func checkRows(_ lines: [LineDraft], member: String) throws(Refusal) {
        var seen: Set<String> = []
        var problems: [RequestProblem] = []
        for (index, line) in lines.enumerated() {
            for (row, place) in [(line.row, "")] + line.parts.enumerated().map({ ($1.row, ".subOrderLines[\($0)]") }) {
                guard let row, !seen.insert(row).inserted else { continue }
                problems.append(
                    RequestProblem(
                        path: "\(member)[\(index)]\(place).rowNumber",
                        text: "Row number '\(row)' is used by more than one line."))
            }
        }
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}
