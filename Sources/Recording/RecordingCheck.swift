package import Contract
import Exchange

/// What the contract says of a recording.
package struct RecordingCheck: Sendable {
    package let exchanges: Int
    /// In the order in which they were seen.
    package let places: [ContractPlace]

    package init(_ recording: Recording) {
        let observer = Observer()
        var places = ContractPlaces()
        for (index, exchange) in recording.exchanges.enumerated() {
            for violation in observer.violations(in: exchange.exchanged(number: index + 1), basePath: "") {
                places.add(violation)
            }
        }
        exchanges = recording.exchanges.count
        self.places = places.all
    }

    /// Members that the contract does not know are news: no reader is hurt by one more.
    package static func isNews(_ place: ContractPlace) -> Bool { place.kind == .unknown && place.path.hasPrefix("/") }

    package var holds: Bool { places.allSatisfy(Self.isNews) }

    /// One group an operation.
    package var text: String {
        var lines: [String] = []
        for (title, isWanted) in [("deviations", { !Self.isNews($0) }), ("members that the contract does not know", Self.isNews)]
            as [(String, (ContractPlace) -> Bool)]
        {
            let wanted = places.filter(isWanted)
            guard !wanted.isEmpty else { continue }
            lines.append("\(title):")
            var operations: [String] = []
            for place in wanted {
                let name = "\(place.system.title) \(place.operation)"
                if !operations.contains(name) { operations.append(name) }
            }
            for operation in operations {
                lines.append("  " + operation)
                for place in wanted where "\(place.system.title) \(place.operation)" == operation {
                    lines.append("    \(place.path), \(place.count)×: found \(place.example), expected \(place.expected)")
                }
            }
        }
        let deviations = places.count { !Self.isNews($0) }
        lines.append(
            deviations == 0
                ? "All \(exchanges) exchanges are as the contract says."
                : "\(deviations) kinds of deviations in \(exchanges) exchanges.")
        return lines.joined(separator: "\n") + "\n"
    }
}
