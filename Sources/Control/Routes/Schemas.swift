import JSON
import ScenarioKit

/// The schemas of the control API, by name.
enum Schemas {
    static func reference(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    static let text: JSON = ["type": "string"]
    static let number: JSON = ["type": "number"]
    static let whole: JSON = ["type": "integer"]
    static let flag: JSON = ["type": "boolean"]
    static let moment: JSON = ["type": "string", "format": "date-time"]
    static let textOrNull: JSON = ["type": ["string", "null"]]
    static let wholeOrNull: JSON = ["type": ["integer", "null"]]
    static let momentOrNull: JSON = ["type": ["string", "null"], "format": "date-time"]

    static func choice(_ words: [String]) -> JSON { ["type": "string", "enum": .array(words.map(JSON.string))] }
    static func list(of element: JSON) -> JSON { ["type": "array", "items": element] }

    /// An object of exactly these members.
    static func object(_ members: [(String, JSON)], optional: [(String, JSON)] = []) -> JSON {
        [
            "type": "object",
            "properties": .object(JSONObject((members + optional).map { JSONObject.Member(name: $0.0, value: $0.1) })),
            "required": .array(members.map { .string($0.0) }), "additionalProperties": false,
        ]
    }

    /// The schemas of steps and faults in scenario files.
    private static let pieces = ScenarioSchema.pieces(in: "#/components/schemas/")

    /// One of them, or a list of them.
    static let steps: JSON = ["anyOf": [pieces.step, list(of: pieces.step)]]
    static let faultsToAdd: JSON = ["anyOf": [pieces.fault, list(of: pieces.fault)]]

    /// In the order of the document.
    static let all: [(name: String, schema: JSON)] = ours + pieces.definitions

    private static let ours: [(name: String, schema: JSON)] = [
        ("Problem", problem), ("Health", health), ("World", world), ("WorldList", worldList), ("NewWorld", newWorld),
        ("Clock", clock), ("WorldContents", contents), ("Taken", taken), ("Fault", fault), ("FaultList", faults),
        ("Exchange", exchange), ("ExchangeList", exchanges), ("ViolationList", violations), ("Check", check),
        ("Snapshot", snapshot), ("OngoingWebhook", ongoingWebhook), ("WebhookList", webhooks), ("Catalogue", catalogue),
    ]

    private static let catalogue = object([
        ("steps", list(of: object([("word", text), ("about", text), ("example", text)]))),
        ("faults", list(of: object([("word", text), ("about", text), ("takesResponse", flag)]))), ("operations", list(of: text)),
    ])

    private static let problem = object(
        [("title", text), ("status", whole), ("detail", text)],
        optional: [
            ("taken", whole),
            ("problems", list(of: object([("text", text)], optional: [("line", whole), ("column", whole)]))),
        ])

    private static let health = object([("status", choice(["ok"])), ("worlds", whole)])

    // MARK: Worlds

    private static let world = object([
        ("id", text), ("rackbeat", text), ("ongoing", text), ("control", text), ("rackbeatToken", text), ("ongoingUser", text),
        ("ongoingPassword", text), ("goodsOwnerId", whole),
    ])

    private static let worldList = object([
        (
            "worlds",
            list(of: object([("id", text), ("rackbeat", text), ("ongoing", text), ("control", text), ("goodsOwnerId", whole)]))
        )
    ])

    private static let newWorld = object(
        [],
        optional: [
            ("scenario", text), ("clock", choice(["real", "virtual"])),
            ("goodsOwnerId", ["type": "integer", "minimum": 1, "maximum": 999_999_999]),
        ])

    private static let clock = object([("now", moment), ("startedAt", moment), ("kind", choice(["real", "virtual"]))])

    private static let snapshot = object([("name", text), ("time", moment), ("commands", whole)])

    // MARK: Contents of a world

    private static let rackbeatLine = object([
        ("id", text), ("item", textOrNull), ("location", textOrNull), ("quantity", number), ("done", number),
    ])
    private static let movedLine = object([
        ("orderLine", textOrNull), ("item", text), ("location", text), ("quantity", number),
    ])
    private static let ongoingLine = object([
        ("id", whole), ("row", textOrNull), ("article", text), ("quantity", number), ("done", number),
        ("reported", ["type": ["number", "null"]]),
    ])
    private static let rackbeatDocuments = list(
        of: object([("number", text), ("state", text), ("lines", list(of: rackbeatLine))]))
    private static let ongoingDocuments = list(
        of: object([
            ("goodsOwnerId", whole), ("id", whole), ("number", text), ("status", whole), ("isCancelled", flag),
            ("lines", list(of: ongoingLine)),
        ]))
    private static let stock = list(of: object([("item", text), ("place", text), ("quantity", number)]))
    private static let ledger = list(
        of: object([
            ("number", whole), ("time", moment), ("item", text), ("place", text), ("change", number), ("cause", text),
            ("document", text),
        ]))

    private static let shop = object([
        ("products", list(of: object([("number", text), ("name", textOrNull), ("isBarred", flag), ("isDeleted", flag)]))),
        ("orders", rackbeatDocuments), ("purchaseOrders", rackbeatDocuments),
        (
            "shipments",
            list(of: object([("id", whole), ("order", text), ("shippedAt", momentOrNull), ("lines", list(of: movedLine))]))
        ),
        (
            "receipts",
            list(
                of: object([
                    ("number", whole), ("purchaseOrder", text), ("receivedAt", momentOrNull), ("lines", list(of: movedLine)),
                ]))
        ),
        (
            "adjustments",
            list(
                of: object([
                    ("id", whole), ("item", text), ("location", text), ("change", ["type": ["number", "null"]]),
                    ("reason", text), ("isByHand", flag),
                ]))
        ),
        ("stock", stock), ("ledger", ledger),
    ])

    private static let warehouse = object([
        ("articles", list(of: object([("goodsOwnerId", whole), ("number", text)]))), ("orders", ongoingDocuments),
        ("purchaseOrders", ongoingDocuments),
        (
            "adjustments",
            list(
                of: object([
                    ("goodsOwnerId", whole), ("inventoryId", whole), ("article", text), ("change", number), ("time", moment),
                ]))
        ),
        ("stock", stock), ("ledger", ledger),
    ])

    private static let contents = object([
        ("clock", reference("Clock")),
        ("connections", list(of: object([("name", text), ("location", text), ("goodsOwnerId", whole)]))),
        ("rackbeat", shop), ("ongoing", warehouse),
        ("failedSteps", list(of: object([("line", whole), ("column", whole), ("text", text)]))),
    ])

    // MARK: Steps, faults, exchanges, verdicts

    private static let taken = object([("taken", whole), ("now", moment)])

    private static let fault = object([
        ("match", text), ("fault", text), ("nth", whole), ("times", ["type": ["integer", "null"]]), ("connection", textOrNull),
        ("from", momentOrNull), ("until", momentOrNull), ("injected", whole),
    ])
    private static let faults = object([("faults", list(of: reference("Fault")))])

    private static let headers = list(of: object([("name", text), ("value", text)]))
    private static let exchange = object([
        ("number", whole), ("system", choice(["rackbeat", "ongoing"])), ("connection", textOrNull), ("startedAt", moment),
        ("method", text), ("target", text), ("requestHeaders", headers), ("requestBody", textOrNull), ("status", wholeOrNull),
        ("failure", textOrNull), ("responseHeaders", headers), ("responseBody", textOrNull), ("fault", textOrNull),
    ])
    private static let exchanges = object([
        ("exchanges", list(of: reference("Exchange"))), ("next", whole), ("latest", whole), ("forgotten", whole),
    ])
    private static let violations = object([
        ("violations", list(of: object([("exchange", whole), ("operation", text), ("sentence", text)])))
    ])

    private static let finding = object([
        ("subject", text), ("sentence", text), ("expected", textOrNull), ("rackbeat", textOrNull), ("ongoing", textOrNull),
        ("exchanges", list(of: whole)),
    ])
    private static let check = object([
        ("at", moment), ("verdict", choice(["holds", "broken", "undecided"])),
        (
            "invariants",
            list(
                of: object([
                    ("invariant", text), ("statement", text), ("verdict", choice(CheckReport.Status.allCases.map(\.rawValue))),
                    ("why", textOrNull), ("findings", list(of: finding)),
                ]))
        ),
        ("forgottenExchanges", whole),
    ])

    private static let ongoingWebhook = object(
        [
            // An http or https address of printable letters; its parts are too many for a pattern.
            ("url", text),
            ("token", ["type": "string", "pattern": "^[!-~]{1,200}$"]),
        ],
        optional: [
            ("goodsOwnerId", whole), ("subjects", list(of: choice(WebhookRoutes.subjects))), ("statuses", list(of: whole)),
            ("tellsOfNew", flag),
        ])
    private static let webhooks = object([
        (
            "ongoing",
            list(
                of: object([
                    ("url", text), ("goodsOwnerId", wholeOrNull), ("subjects", list(of: text)),
                    ("statuses", ["type": ["array", "null"], "items": whole]), ("tellsOfNew", flag),
                ]))
        ),
        (
            "deliveries",
            list(
                of: object([
                    ("id", whole), ("system", choice(["rackbeat", "ongoing"])), ("event", text), ("url", text),
                    ("createdAt", moment), ("body", text),
                    ("state", choice(["waiting", "under-way", "delivered", "given-up"])), ("time", moment), ("why", textOrNull),
                    ("attempts", list(of: object([("time", moment), ("outcome", text)]))),
                ]))
        ),
    ])
}
