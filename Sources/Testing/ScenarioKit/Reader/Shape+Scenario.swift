import JSON
package import Simulation
package import StrictYAML
package import Units

/// The things a scenario gives names or numbers to. Documents and people have whole numbers in Rackbeat.
extension NameKind {
    static let product = NameKind("product", isWhole: false)
    static let location = NameKind("location", givenUnder: "world: locations")
    static let group = NameKind("group")
    static let supplier = NameKind("supplier")
    static let customer = NameKind("customer")
    static let paymentTerm = NameKind("payment term")
    static let employee = NameKind("employee", article: "an")
    static let connection = NameKind("connection", handle: "name", isWhole: false, givenUnder: "world: connections")
    static let order = NameKind("order", article: "an")
    static let purchaseOrder = NameKind("purchase order")
}

extension Shape {
    /// A point in time: a duration after the start, a time of day, or a moment.
    static let time = Shape.custom(
        CustomScalar(
            "a time after the start such as 5m, a time of day such as 18:00, or a moment",
            schema: [
                "type": "string", "description": "5m after the start, 18:00, or a moment",
                "pattern": .string(
                    #"^((?=\d)(\d+d)?(\d+h)?(\d+m)?(\d+s)?(\d+ms)?|([01]\d|2[0-3]):[0-5]\d|"#
                        + #"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d))$"#),
            ]
        ) { TimePoint($0).map { .time($0) } })

    /// Names exchanges: `rackbeat POST /orders/{}/create-shipment`.
    static let exchange = Shape.custom(
        CustomScalar(
            "an exchange such as 'ongoing PUT /orders'",
            schema: ["type": "string", "pattern": #"^(rackbeat|ongoing) (GET|POST|PUT|PATCH|DELETE|\*) /\S*$"#]
        ) { text throws(ScalarRefusal) in
            .exchange(try ContractPaths.pattern(text))
        })

    /// The word of a fault, or what people call the common ones.
    static let faultWord = Shape.custom(
        CustomScalar(
            "a fault such as response-lost", words: FaultKind.names,
            schema: [
                "enum": .array(
                    FaultKind.names.map(JSON.string)
                        + FaultKind.aliases.compactMap { Int($0.name).map { JSON($0) } })
            ]
        ) { text in
            let kind = FaultKind.complete.first { $0.rawValue == text } ?? FaultKind.aliases.first { $0.name == text }?.kind
            return kind.map { .text($0.rawValue) }
        })

    /// The word of a step, standing alone.
    static let stepWord = Shape.custom(
        CustomScalar(
            "a step such as engine.sync", words: StepKind.all.map(\.word),
            schema: ["enum": .array(StepKind.all.filter(\.mayStandAlone).map { .string($0.word) })]
        ) { StepKind.named($0).map { .text($0.word) } })

    /// A whole number from 1, or the word `all`.
    static let countOrAll = Shape.custom(
        CustomScalar("a whole number from 1, or all", schema: ["anyOf": [["type": "integer", "minimum": 1], ["const": "all"]]]) {
            text in
            if text == "all" { return .text(text) }
            return ScalarReading.whole(text).flatMap { $0 > 0 ? .whole($0) : nil }
        })
}

extension FaultKind {
    static let complete = allCases.filter(\.isComplete)

    /// All words that stand alone.
    static let names = complete.map(\.rawValue) + aliases.map(\.name)

    /// What people call the common ones.
    static let aliases: [(name: String, kind: FaultKind)] = [
        ("401", .unauthorised), ("408", .requestTimeout), ("429", .tooManyRequests), ("500", .serverErrorBefore),
        ("502", .badGateway), ("503", .serviceUnavailable), ("timeout", .slow),
    ]
}

extension StepKind {
    fileprivate var mayStandAlone: Bool {
        if case .required = argument { false } else { true }
    }
}

/// A point in time as a scenario writes it.
package enum TimePoint: Hashable, Sendable {
    case sinceStart(Duration)
    /// Minutes since midnight on the wall clock in Copenhagen.
    case timeOfDay(minutes: Int)
    case moment(Moment)

    /// - Returns: `nil` for anything else.
    init?(_ text: String) {
        if let duration = ScalarReading.duration(text) {
            self = .sinceStart(duration)
        } else if let minutes = ScalarReading.timeOfDay(text) {
            self = .timeOfDay(minutes: minutes)
        } else if let moment = Moment(iso: text) {
            self = .moment(moment)
        } else {
            return nil
        }
    }
}

extension Value.Content {
    package static func time(_ time: TimePoint) -> Self { .custom(time) }
    package static func exchange(_ pattern: ExchangePattern) -> Self { .custom(pattern) }
}

extension Value {
    package var time: TimePoint { custom(as: TimePoint.self) }
    package var exchange: ExchangePattern { custom(as: ExchangePattern.self) }
}

/// The products that `generate` makes: `P-0001`, `P-0002`, …
enum GeneratedProduct {
    static func name(_ number: Int) -> String { "P-" + zeroPadded(number, 4) }

    static func number(of name: String) -> Int? {
        guard name.hasPrefix("P-"), let number = Int(name.dropFirst(2)), self.name(number) == name else { return nil }
        return number
    }
}
