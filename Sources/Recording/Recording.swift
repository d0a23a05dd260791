package import Exchange
package import JSON
package import Units

/// What the engine and both systems said to each other, covered by a ``RecordingMask``: one JSON value a line. The first line of each file
/// says what was connected, each further line is an exchange.
package struct Recording: Sendable {
    /// One connection as it was configured, without its name.
    package struct Connection: Sendable, Equatable {
        package let name: String
        /// Replaced, as in the exchanges.
        package let location: String
        package let goodsOwner: String
        /// Paths and values of the settings that differ from their defaults.
        package let settings: [(path: String, value: String)]

        package static func == (left: Self, right: Self) -> Bool {
            (left.name, left.location, left.goodsOwner) == (right.name, right.location, right.goodsOwner)
                && left.settings.elementsEqual(right.settings, by: ==)
        }
    }

    package private(set) var connections: [Connection] = []
    /// The choices that differ from the defaults of the assumptions.
    package private(set) var profiles: [System: [(key: String, choice: String)]] = [:]
    package private(set) var exchanges: [RecordedExchange] = []
    /// Lines that could not be read, as `file:line`; a last line without an end is what a killed process left, and no problem.
    package private(set) var unreadable: [String] = []

    package static let version = 1

    package init() {}

    // MARK: Writing

    /// What the first line of a file says.
    package struct Head: Sendable {
        package var startedAt: Moment
        package var connections: [(name: String, location: String, goodsOwner: Int, settings: [(path: String, value: String)])]
        package var profiles: [System: [(key: String, choice: String)]] = [:]

        package init(startedAt: Moment) {
            self.startedAt = startedAt
            connections = []
        }

        package func json(_ pseudonyms: Pseudonyms) -> JSON {
            [
                "recording": JSON(Recording.version), "startedAt": .string(startedAt.isoUTCMilliseconds),
                "connections": .array(
                    connections.enumerated().map { index, connection in
                        [
                            "name": .string(RecordingMask.name(ofConnection: index)),
                            "location": .string(pseudonyms.key(connection.location)),
                            "goodsOwner": .string(pseudonyms.key(String(connection.goodsOwner))),
                            "settings": Self.object(connection.settings),
                        ]
                    }),
                "profiles": .object(
                    JSONObject(
                        System.allCases.map {
                            JSONObject.Member(
                                name: $0.rawValue, value: Self.object((profiles[$0] ?? []).map { ($0.key, $0.choice) }))
                        })),
            ]
        }

        private static func object(_ pairs: [(String, String)]) -> JSON {
            .object(JSONObject(pairs.map { JSONObject.Member(name: $0.0, value: .string($0.1)) }))
        }
    }

    // MARK: Reading

    /// - Parameter name: Of the file, for messages. Files are read in the order of their names, which is that of their beginnings.
    package mutating func read(_ bytes: [UInt8], named name: String) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        // Empty where the file ends with a whole line.
        lines.removeLast()
        for (index, line) in lines.enumerated() where !line.isEmpty {
            guard let json = try? JSON.parse(Array(line)) else {
                unreadable.append("\(name):\(index + 1)")
                continue
            }
            if json["recording"]?.int == Self.version {
                take(head: json)
            } else if let exchange = RecordedExchange(json) {
                exchanges.append(exchange)
            } else {
                unreadable.append("\(name):\(index + 1)")
            }
        }
    }

    /// For whoever has the exchanges already.
    package mutating func add(_ exchange: RecordedExchange) { exchanges.append(exchange) }

    /// The latest says how things are now.
    package mutating func take(head: JSON) {
        connections = (head["connections"]?.array ?? []).map { connection in
            Connection(
                name: connection["name"]?.string ?? "", location: connection["location"]?.string ?? "",
                goodsOwner: connection["goodsOwner"]?.string ?? "", settings: Self.pairs(connection["settings"]))
        }
        for system in System.allCases {
            profiles[system] = Self.pairs(head["profiles"]?[system.rawValue]).map { ($0.0, $0.1) }
        }
    }

    private static func pairs(_ json: JSON?) -> [(String, String)] {
        (json?.object ?? [:]).compactMap { member in member.value.string.map { (member.name, $0) } }
    }
}
