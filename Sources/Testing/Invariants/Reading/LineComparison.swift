import JSON
import Units

/// Compares the lines of a document in the warehouse with the lines in Rackbeat that concern it.
struct LineComparison {
    /// `orderLines` or `purchaseOrderLines`, for paths.
    let collection: String
    /// Whether the warehouse has done what it does for the document, so that it takes no change and needs none.
    var isOver = false
    let expectedFields: (RackbeatSnapshot.Line) -> [ExpectedField]

    typealias Difference = (path: String, expected: String, found: String)

    /// - Parameter movedAway: The lines of back orders, which have the open quantity of the order.
    func differences(
        _ lines: [RackbeatSnapshot.Line], _ held: [OngoingSnapshot.OrderLine], movedAway: [OngoingSnapshot.OrderLine] = []
    ) -> [Difference] {
        var wrong: [Difference] = []
        // Without a row number it may be the rest of any line of its article; what it is of one line, it is not of another.
        var unnamed: [String: ExactDecimal] = [:]
        for row in movedAway where row.row == nil { unnamed[row.article, default: .zero] += row.quantity }
        for (index, line) in lines.enumerated() {
            let rows = held.filter { $0.row == line.id }
            let path = "\(collection)[\(line.id)]"
            guard let row = rows.first, rows.count == 1 else {
                wrong.append(
                    (path, "one line of \(line.quantity) \(line.item!)", rows.isEmpty ? "no line" : "\(rows.count) lines"))
                continue
            }
            if row.article != withoutEdges(line.item!) {
                wrong.append((path + ".articleNumber", "'\(withoutEdges(line.item!))'", "'\(row.article)'"))
            }
            let named = movedAway.reduce(row.quantity) { $1.row == line.id ? $0 + $1.quantity : $0 }
            let isLast = !lines[(index + 1)...].contains { withoutEdges($0.item!) == row.article }
            let left = unnamed[row.article] ?? .zero
            let share = isLast ? left : min(left, max(line.quantity - named, .zero))
            unnamed[row.article] = left - share
            let whole = named + share
            // What Rackbeat has shipped or received in full, by hand perhaps, the warehouse need not hold in full.
            let wasGivenUp = isOver && whole > line.quantity && row.moved == line.quantity
            let isDone = line.moved >= line.quantity && (whole <= line.quantity || wasGivenUp)
            if row.quantity != line.quantity, whole != line.quantity, !isDone {
                wrong.append((path + ".numberOfItems", "\(line.quantity)", "\(whole)"))
            }
            // The price is that of the whole line.
            for field in expectedFields(line) where !(wasGivenUp && field.path == "rowPrice") {
                let found = row.fields.value(at: field.path)
                if !field.isMet(by: found) { wrong.append((path + "." + field.path, field.words, found.words)) }
            }
        }
        let known = Set(lines.map(\.id))
        // A line of nothing is what is left of one that was taken out where the warehouse keeps lines.
        for row in held where !(row.row.map(known.contains) ?? true) && !(row.quantity.isZero && row.moved.isZero) {
            wrong.append(("\(collection)[\(row.row!)]", "no such line", "\(row.quantity) \(row.article)"))
        }
        return wrong
    }
}
