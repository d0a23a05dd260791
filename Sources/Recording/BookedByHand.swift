import Exchange
import JSON
import Units

/// Shipments and receipts of one document that the engine of the recording did not make: by people, or by another program.
struct BookedByHand {
    struct Document {
        let at: Moment
        let lines: [(line: String, quantity: ExactDecimal)]
    }

    /// In the order in which they were seen.
    private(set) var documents: [Document] = []
    /// How much more was booked than the recorded shipments or receipts hold; not above zero: they tell of all.
    private(set) var untold = ExactDecimal.zero

    /// - Parameters:
    ///   - number: As the recording writes it.
    ///   - lines: Every line that the document was seen with.
    ///   - booked: How much more of it is shipped or received at the end than at the beginning.
    init(
        of number: String, isSale: Bool, lines: [SeenOrder.Line], booked: ExactDecimal, in recording: Recording
    ) {
        var seen: [String: (at: Moment, isBooked: Bool, row: JSON)] = [:]
        var order: [String] = []
        var own: Set<String> = []
        func see(_ row: JSON, _ at: Moment) -> String? {
            guard let id = row[isSale ? "id" : "number"]?.recordedKey else { return nil }
            if seen[id] == nil { order.append(id) }
            let isBooked = row[isSale ? "is_shipped" : "is_received"]?.bool ?? false
            let created = row["created_at"]?.recordedTime
            seen[id] = (seen[id]?.at ?? min(created ?? at, at), isBooked, row)
            return id
        }
        let resource = isSale ? "shipments" : "receipts"
        for exchange in recording.exchanges where exchange.system == .rackbeat {
            let segments = exchange.segments
            if exchange.method != "GET", let index = segments.firstIndex(of: resource), index + 1 < segments.count {
                own.insert(segments[index + 1])
            }
            guard segments.contains(number), let json = exchange.received?.object?.first(where: { $0.value.isRowOrRows })?.value
            else { continue }
            if exchange.method == "POST", segments.last?.hasPrefix("create-") == true {
                if let id = see(json, exchange.at) { own.insert(id) }
            } else if exchange.method == "GET", segments.last == resource {
                for row in json.array ?? [] { _ = see(row, exchange.at) }
            }
        }
        var told = ExactDecimal.zero
        for id in order {
            let (at, isBooked, row) = seen[id]!
            // What was made before the recording began is part of what the document begins with.
            if let started = recording.exchanges.first?.at, at < started { continue }
            let rows = row["lines"]?.array ?? []
            let quantities = rows.compactMap { $0["quantity"]?.recordedDecimal }.reduce(ExactDecimal.zero) { $0 + $1 }
            guard !own.contains(id) else {
                told += quantities
                continue
            }
            guard isBooked else { continue }
            let moved = rows.compactMap { row -> (line: String, quantity: ExactDecimal)? in
                guard let quantity = row["quantity"]?.recordedDecimal, let line = Self.line(of: row, in: lines) else {
                    return nil
                }
                return (line, quantity)
            }
            guard moved.count == rows.count, !moved.isEmpty else { continue }
            told += quantities
            documents.append(Document(at: at, lines: moved))
        }
        untold = booked - told
    }

    /// The line of the order that a line of the shipment or receipt serves: by its id, else by an item that stands on one line alone.
    private static func line(of row: JSON, in lines: [SeenOrder.Line]) -> String? {
        if let line = row["order_line_id"]?.recordedKey { return lines.contains { $0.id == line } ? line : nil }
        let item = (row["child_id"] ?? row["item"]?["number"])?.recordedKey
        let serving = lines.filter { $0.item == item }
        return serving.count == 1 ? serving[0].id : nil
    }
}

extension JSON {
    fileprivate var isRowOrRows: Bool { array != nil || object != nil }
}
