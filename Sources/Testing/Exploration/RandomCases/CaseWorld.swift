import ScenarioKit
import Simulation
import StrictYAML
import Units

/// Draws the world of a random test case: products, connections, and how the accounts behave.
struct CaseWorld {
    private let options: CaseOptions
    private var random: SeededRandom
    private var clocks: SeededRandom
    private var settings: SeededRandom
    /// In the order of the connections.
    private(set) var locations: [Int] = []
    /// A location without a connection, if there is one.
    private(set) var foreignLocation: Int?
    private(set) var items: [Item] = []
    private(set) var connectionNames: [String] = []

    struct Item {
        let number: String
        let hasBatches: Bool
        let hasSerials: Bool
    }

    /// A kit, where there is one.
    static let kit = "SET-1"

    /// - Parameters:
    ///   - random: A stream of its own, so that the world does not depend on what people draw.
    ///   - clocks: Another stream, for the clock skew.
    ///   - settings: Another one, for settings that few cases have.
    init(options: CaseOptions, random: SeededRandom, clocks: SeededRandom, settings: SeededRandom) {
        self.options = options
        self.random = random
        self.clocks = clocks
        self.settings = settings
    }

    mutating func draw() -> Value {
        let count = options.has(.locations) ? random.pick([1, 2, 2, 3]) : 1
        locations = (0..<count).map { 1001 + $0 }
        foreignLocation = options.has(.foreignLines) ? 1009 : nil
        connectionNames = count == 1 ? ["main"] : Array(["main", "north", "south"].prefix(count))
        var profile = options.has(.profiles) ? CaseProfile.draw(&random) : CaseProfile()
        if options.has(.partReopenings) { profile.add(CaseProfile.partsReopen) }
        if options.has(.rests), settings.percent(50) { profile.add(CaseProfile.restsAreCut) }
        // Where Rackbeat reduces a draft to what it has in stock, there is always enough stock.
        let isWellStocked = profile.cutsToStock || random.percent(50)
        var products: [Value] = []
        for index in 0..<random.whole(1...4) { products.append(product(index, isWellStocked)) }
        if options.has(.kits) { products.append(.record([("number", .text(Self.kit)), ("kit", .flag(true))])) }
        // The nights in which daylight saving time starts and ends in Copenhagen, and the end of a year.
        let starts = ["2026-03-29T00:30:00Z", "2026-10-25T00:10:00Z", "2026-12-31T22:50:00Z"]
        let start = random.percent(15) ? random.pick(starts) : nil
        return .record([
            ("clock", start.flatMap { Moment(iso: $0) }.map { Value(.moment($0), at: .start) }),
            ("clock-skew", options.has(.skewedClocks) ? clockSkew(profile) : nil),
            ("latency", random.percent(20) ? .duration(random.pick([.milliseconds(10), .milliseconds(400), .seconds(2)])) : nil),
            ("profile", profile.value),
            ("locations", locationsValue),
            ("groups", options.has(.optionalMembers) ? groups : nil),
            ("suppliers", options.has(.optionalMembers) ? suppliers : nil),
            ("customers", options.has(.optionalMembers) ? customers : nil),
            ("products", .list(products)),
            ("connections", count > 1 || random.percent(30) ? connections : nil),
            ("engine", engine),
        ])
    }

    // MARK: Clocks

    /// Mostly seconds or minutes, sometimes hours.
    ///
    /// Always less than a day, which is how far back the engine looks for adjustments. Where the warehouse does not show its time, the
    /// engine uses its own clock, and the overlap of the cursor covers the difference.
    private mutating func clockSkew(_ profile: CaseProfile) -> Value {
        let rackbeat = drawSkew()
        let ongoing = drawSkew()
        let longestUnknown = Duration.seconds(90)
        let isKnown = profile.showsTime || ongoing >= .zero - longestUnknown
        return .record([
            ("rackbeat", rackbeat == .zero ? nil : .duration(rackbeat)),
            ("ongoing", ongoing == .zero ? nil : .duration(isKnown ? ongoing : .zero - ongoing)),
        ])
    }

    private mutating func drawSkew() -> Duration {
        let size: Duration =
            switch clocks.whole(1...100) {
            case 1...15: .zero
            case 16...50: clocks.duration(1...180, of: .milliseconds(500))
            case 51...90: clocks.duration(2...180, of: .seconds(5))
            default: clocks.duration(1...132, of: .seconds(300))
            }
        return clocks.percent(50) ? size : .zero - size
    }

    // MARK: Places

    private var locationsValue: Value? {
        guard locations.count > 1 || foreignLocation != nil else { return nil }
        return .list(
            (locations + (foreignLocation.map { [$0] } ?? [])).map { number in
                .record([("number", .text(String(number))), ("default", number == 1001 ? .flag(true) : nil)])
            })
    }

    private var connections: Value {
        .list(
            zip(connectionNames, locations).enumerated().map { index, pair in
                .record([
                    ("name", .text(pair.0)), ("location", .text(String(pair.1))), ("goods-owner", .whole(42 + index)),
                ])
            })
    }

    private var groups: Value {
        .list([
            .record([("number", .text("1")), ("name", .text("Goods"))]),
            .record([("number", .text("2")), ("name", .text("Bøger")), ("vat", .decimal(0))]),
        ])
    }

    private var suppliers: Value {
        .list([
            .record([
                ("number", .text("20")), ("name", .text("Ler A/S")), ("city", .text("Vejle")), ("country", .text("Danmark")),
                ("email", .text("salg@ler.example")),
            ]),
            .record([("number", .text("21")), ("group", .text("Træ"))]),
        ])
    }

    private var customers: Value {
        .list([
            .record([
                ("number", .text("501")), ("name", .text("Café Fiktiv")), ("street", .text("Gade 1")),
                ("zipcode", .text("8000")), ("city", .text("Aarhus C")), ("country", .text("Danmark")),
                ("email", .text("lager@fiktiv.example")),
            ]),
            .record([("number", .text("502")), ("name", .text("Kulhuset ApS")), ("country", .text("SE"))]),
        ])
    }

    // MARK: Products

    private mutating func product(_ index: Int, _ isWellStocked: Bool) -> Value {
        let number = random.pick(weighted: [(6, "ITEM-\(index + 1)"), (1, "Æ \(index + 1)/B"), (1, "\(index + 1)00%")])
        let hasBatches = options.has(.marks) && random.percent(30)
        let hasSerials = options.has(.marks) && !hasBatches && random.percent(20)
        items.append(Item(number: number, hasBatches: hasBatches, hasSerials: hasSerials))
        let isRich = options.has(.optionalMembers) && random.percent(70)
        // Products with batches or serial numbers may not go below zero in Rackbeat.
        var stock: [ExactDecimal] = []
        for _ in 0..<locations.count {
            stock.append(isWellStocked || hasBatches || hasSerials ? 500 : ExactDecimal(random.whole(0...12)))
        }
        return .record([
            ("number", .text(number)),
            ("name", isRich ? .text(random.pick(["Oak chair", "Stol, eg", "Lamp «A»: brass"])) : nil),
            ("description", isRich && random.percent(50) ? .text("Line one # and more") : nil),
            ("barcode", isRich ? .text("57000000\(1000 + index)") : nil),
            ("price", options.has(.decimals) ? .decimal(drawPrice()) : nil),
            ("group", isRich && random.percent(40) ? .text("2") : nil),
            ("height", isRich ? .decimal(12) : nil), ("width", isRich ? .decimal(ExactDecimal("7.5")!) : nil),
            ("size-unit", isRich ? .text(random.pick(["mm", "cm", "m"])) : nil),
            ("weight", isRich ? .decimal(ExactDecimal("0.07")!) : nil),
            ("weight-unit", isRich ? .text(random.pick(["g", "kg"])) : nil),
            ("batch", hasBatches ? .flag(true) : nil), ("serial", hasSerials ? .flag(true) : nil),
            ("supplier", isRich ? .text(random.pick(["20", "21"])) : nil),
            ("stock", stockValue(stock)),
        ])
    }

    private mutating func drawPrice() -> ExactDecimal {
        random.pick(["79.96", "0.07", "1234.5", "100", "33.333333", "0.005"]).decimal
    }

    private func stockValue(_ stock: [ExactDecimal]) -> Value? {
        guard stock.contains(where: { !$0.isZero }) else { return nil }
        guard stock.count > 1 else { return .decimal(stock[0]) }
        return .table(zip(locations, stock).map { (.text(String($0)), .decimal($1)) })
    }

    // MARK: The engine

    private mutating func drawLimits() -> Value {
        .record([
            ("numbers", .whole(settings.pick([40, 60]))), ("names", .whole(settings.pick([40, 150]))),
            ("remarks", .whole(settings.pick([200, 900]))),
        ])
    }

    private var engine: Value {
        mutating get {
            let minutes = random.pick([5, 10, 15])
            let slowest = Duration.seconds(60 * minutes)
            let varied = options.has(.settings)
            let faster = varied && random.percent(50) ? Duration.seconds(60 * max(1, minutes / 3)) : slowest
            let varies = options.has(.moreSettings)
            let limits = varies && settings.percent(60) ? drawLimits() : nil
            let patience: Int? = varies && settings.percent(60) ? settings.pick([1800, 7200, 86_400]) : nil
            let distance: Int? = varies && settings.percent(50) ? settings.pick([1, 30, 60]) : nil
            return .record([
                ("limits", limits),
                ("retry", patience.map { .record([("give-up-after", .duration(.seconds($0)))]) }),
                ("receipt-trigger", varied && random.percent(50) ? .text("immediate") : nil),
                ("completed-statuses", varied && random.percent(30) ? .list([.whole(400), .whole(500)]) : nil),
                ("shipped-status-from", varied && random.percent(20) ? .whole(400) : nil),
                ("barred-products", varied && random.percent(30) ? .text("deactivate") : nil),
                ("stock-sync", options.has(.stockSync) ? .text(random.pick(["on", "on", "on-with-offset"])) : nil),
                ("marks-reported", varied && random.percent(25) ? .flag(false) : nil),
                ("sends-supplier-group", varied && random.percent(25) ? .flag(true) : nil),
                (
                    "schedule",
                    .record([
                        ("products", .duration(slowest)), ("orders", .duration(faster)),
                        ("purchase-orders", .duration(slowest)), ("shipments", .duration(faster)),
                        ("receipts", .duration(faster)), ("stock", .duration(slowest)),
                        ("nudge-distance", distance.map { .duration(.seconds($0)) }),
                    ])
                ),
            ])
        }
    }
}

extension String {
    /// For the numbers in this file.
    fileprivate var decimal: ExactDecimal {
        guard let decimal = ExactDecimal(self) else { preconditionFailure("'\(self)' is not a number") }
        return decimal
    }
}
