import Units

/// Rows of text in aligned columns, two spaces apart; the last column is as wide as it likes.
package struct TextTable {
    private var rows: [[String]] = []
    private let indent: String

    package init(indent: Int = 0) { self.indent = String(repeating: " ", count: indent) }

    var isEmpty: Bool { rows.isEmpty }

    /// What another system wrote stays within its cell.
    package mutating func add(_ row: [String]) { rows.append(row.map { $0.escapingControls() }) }

    /// Each row ends with a line break.
    package var text: String {
        var widths: [Int] = []
        for row in rows {
            for (column, cell) in row.dropLast().enumerated() {
                if column == widths.count { widths.append(0) }
                widths[column] = max(widths[column], cell.count)
            }
        }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            var line = indent + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}

/// `1 record`, `3 records`.
func counted(_ count: Int, _ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
