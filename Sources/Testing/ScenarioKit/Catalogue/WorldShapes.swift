import Contract
import Exchange
import StrictYAML

/// What stands under `world:`: how both systems and the engine are set up before the first step.
enum WorldShapes {
    static let world = Record(
        "the world",
        [
            .optional(
                "clock", .moment, "When the scenario begins. Default: a Monday morning, 2026-03-02 at 8 in Copenhagen.",
                example: "2026-03-02T08:00:00+01:00"),
            .optional(
                "clock-skew", .record(clockSkew),
                "How far a system's clock is wrong. Its times, `Date` header, windows and filters use its own clock; "
                    + "steps, expectations and the engine use the right one.",
                example: "{ rackbeat: 90s, ongoing: -5m }"),
            .optional(
                "latency", .duration,
                "How long each exchange takes, there and back. Default: between 40ms and 120ms, drawn from the seed.",
                example: "250ms"),
            .optional(
                "profile", profiles("the profile"),
                "Choices for the assumptions about both systems that differ from their defaults, in client and fake alike. "
                    + "`tandem assumptions` prints all keys and choices.",
                example: "{ rackbeat: { shipment.partial_mode: edit_after_create } }"),
            .optional(
                "fake-profile", profiles("the fakes' profile"),
                "Choices of the fakes only: the system behaves differently from what the client assumes.",
                example: "{ rackbeat: { shipment.body_ignored: true } }"),
            .optional(
                "locations", .list(.record(location)), "Rackbeat's locations. Default: 1001, the main warehouse.",
                example: "[ { number: 1001, name: Main, default: true }, { number: 1002, name: North } ]"),
            .optional(
                "groups", .list(.record(group)), "Product groups. Default: 1, Goods, with 25 % VAT.",
                example: "[ { number: 2, name: Books, vat: 0 } ]"),
            .optional(
                "suppliers", .list(.record(supplier)), "Default: 20, a supplier in Vejle.",
                example: "[ { number: 21, name: Ler A/S, country: Danmark } ]"),
            .optional(
                "customers", .list(.record(customer)), "Default: 501, a café in Aarhus.",
                example: "[ { number: 502, name: Kulhuset ApS, country: DK, email: lager@kulhuset.example } ]"),
            .optional(
                "payment-terms", .list(.record(paymentTerm)), "Default: 7, Net 14.",
                example: "[ { number: 8, name: Cash } ]"),
            .optional(
                "employees", .list(.record(employee)), "Who can be an order's reference. Default: 3, Mia Prøve.",
                example: "[ { number: 4, name: Bo Test } ]"),
            .optional(
                "products", .list(.record(product)), "Products, and their stock when the scenario begins.",
                example: "[ { number: CHAIR-01, name: Oak chair, stock: 10 } ]"),
            .optional(
                "generate", .record(generate), "Creates many products at once, for large scenarios.",
                example: "{ products: 250 }"),
            .optional(
                "connections", .list(.record(connection)),
                "Each connects a location of Rackbeat with a goods owner of Ongoing. Default: main, location 1001, goods owner 42.",
                example: "[ { name: north, location: 1001, goods-owner: 43, receipt-trigger: immediate } ]"),
            .optional(
                "engine", .record(engine), "Settings of every connection. Those of one connection take precedence.",
                example: "{ receipt-trigger: immediate }"),
        ])

    static let clockSkew = Record(
        "wrong clocks",
        System.allCases.map {
            .optional($0.rawValue, .offset, "How far \($0.title)'s clock is ahead; with a minus sign, behind. Default: 0s.")
        })

    static let location = Record(
        "a location",
        [
            .required("number", .newName(.location), "Its number."),
            .optional("name", .text, "Default: the number."),
            .optional("default", .flag, "Whether it is the account's default location. Default: the first one is."),
            .optional("parent", .name(.location), "The location it lies in."),
        ])

    static let group = Record(
        "a product group",
        [
            .required("number", .newName(.group), "Its number."),
            .optional("name", .text, "Default: Goods."),
            .optional("vat", .decimal, "Value added tax on domestic sales, in percent. Default: 25."),
        ])

    static let addressFields: [Field] = [
        .optional("street", .text, "Street and house."),
        .optional("street2", .text, "The second line."),
        .optional("zipcode", .text, "Post code."),
        .optional("city", .text, "Town."),
        .optional("country", .text, "As somebody typed it: a code or a name in whatever language."),
        .optional("email", .text, "Email."),
        .optional("phone", .text, "Telephone."),
    ]

    static let supplier = Record(
        "a supplier",
        [
            .required("number", .newName(.supplier), "Its number."),
            .optional("name", .text, "Default: Supplier and the number."),
        ] + addressFields + [
            .optional("group", .text, "The name of its supplier group.")
        ])

    static let customer = Record(
        "a customer",
        [
            .required("number", .newName(.customer), "Its number."),
            .optional("name", .text, "Default: Customer and the number."),
        ] + addressFields)

    static let paymentTerm = Record(
        "a payment term",
        [
            .required("number", .newName(.paymentTerm), "Its number."),
            .optional("name", .text, "Such as Net 14."),
            .optional("description", .text, "Such as 14 days."),
        ])

    static let employee = Record(
        "an employee",
        [
            .required("number", .newName(.employee), "Their number."),
            .required("name", .text, "Their name."),
        ])

    /// What a product can be given besides its number.
    static let productFields: [Field] = [
        .optional("name", .text, "Default: the number."),
        .optional("description", .text, "Its description."),
        .optional("barcode", .text, "Its barcode."),
        .optional("price", .decimal, "Sales price of one, net of VAT. Default: 100."),
        .optional("group", .name(.group), "Its product group. Default: 1."),
        .optional("height", .decimal, "In the size unit."),
        .optional("width", .decimal, "In the size unit."),
        .optional("depth", .decimal, "In the size unit: what the warehouse calls length."),
        .optional("size-unit", .choice(["mm", "cm", "m"]), "Default: cm, once a size is given."),
        .optional("weight", .decimal, "In the weight unit."),
        .optional("weight-unit", .choice(["g", "kg"]), "Default: kg, once a weight is given."),
        .optional("batch", .flag, "Whether batches are kept. Default: false."),
        .optional("serial", .flag, "Whether serial numbers are kept. Default: false."),
        .optional("picture", .text, "The address of its picture."),
        .optional("original-picture", .text, "The address of the uploaded picture, which counts when there is no other."),
        .optional("supplier", .name(.supplier), "Its default supplier."),
        .optional("barred", .flag, "Whether it may no longer be sold. Default: false."),
        .optional("keeps-inventory", .flag, "Whether it is counted at all. Default: true."),
    ]

    static let product = Record(
        "a product",
        [.required("number", .newName(.product), "Its number in both systems.")] + productFields + [
            .optional(
                "stock", .either([.decimal, .table(key: .name(.location), value: .decimal)]),
                "What both sides hold when the scenario begins: a number for the first connection's location, or a number for "
                    + "each location. Default: 0."),
            .optional(
                "kit", .flag,
                "Whether it is a kit that is assembled from others: a lot in Rackbeat. The warehouse does not know it. Default: false."
            ),
            .optional(
                "stock-in-ongoing", .decimal,
                "What the first connection's warehouse really holds, when it is not what Rackbeat holds."),
        ])

    static let generate = Record(
        "what is to be generated",
        [
            .required("products", .whole(1...100_000), "How many: P-0001, P-0002 and so on."),
            .optional("stock", .decimal, "What both sides hold of each. Default: 0."),
        ])

    static let connection = Record(
        "a connection",
        [
            .required("name", .newName(.connection), "Its name in steps and reports."),
            .required("location", .name(.location), "Rackbeat's location."),
            .required("goods-owner", .whole(from: 1), "Ongoing's number of the goods owner."),
        ] + EngineSettings.fields)

    static let engine = Record("the engine's settings", EngineSettings.fields)

    static func profiles(_ title: String) -> Shape {
        .record(
            Record(
                title,
                System.allCases.map { system in
                    .optional(
                        system.rawValue,
                        .record(
                            Record(
                                "the profile of \(system.title)",
                                AssumptionLedger.standard.assumptions(about: system).map {
                                    .optional(
                                        $0.key, choices(of: $0), "\($0.number): \($0.statement) Default: \($0.defaultChoice).")
                                })),
                        "Assumptions about \(system.title), by their keys in the ledger.")
                }))
    }

    private static func choices(of assumption: Assumption) -> Shape {
        if assumption.alternatives.contains("any text") { return .text }
        if assumption.alternatives.contains("any number") {
            return assumption.accepts(assumption.alternatives[0]) && Int(assumption.alternatives[0]) == nil
                && assumption.alternatives[0] != "any number" ? .text : .whole(from: assumption.minimum)
        }
        return .choice(assumption.alternatives)
    }
}
