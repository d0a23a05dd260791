import Exchange
import JSON
import OngoingClient
import RackbeatClient
import SyncCore
import SyncEngine
import Trade
import Units

/// Whether what the configuration names is there, and who else works with it.
struct SetUpCheck {
    private(set) var findings: [ReadinessFinding] = []
    private(set) var children: [String] = []

    private let plan: Configuration.ConnectionPlan
    private let clients: EngineFactory.Clients

    init(_ plan: Configuration.ConnectionPlan, _ clients: EngineFactory.Clients) {
        self.plan = plan
        self.clients = clients
    }

    mutating func lookAtAccount(expected: Int?, _ account: ERPAccount, _ raw: ProbeClient) throws {
        if let expected, expected != account.number {
            add(nil, .accountDiffers(number: account.number, name: account.companyName, expected: expected))
        } else {
            add(nil, .account(number: account.number, name: account.companyName))
        }
        if let hooks = try raw.get("webhooks", ["limit": "100"]).rows("webhooks"), !hooks.isEmpty {
            add(nil, .webhooks(hooks.count))
        }
        var drafts = ReadinessFinding.Records()
        for row in try raw.get("order-shipments", ["limit": "100"]).rows("order_shipments") ?? []
        where row["is_shipped"]?.bool == false {
            drafts.add("shipment \(row["id"]?.key ?? "")")
        }
        for row in try raw.get("purchase-order-receipts", ["limit": "100"]).rows(raw.profile["receipt.envelope_key"] + "s") ?? []
        where row["is_received"]?.bool == false {
            drafts.add("receipt \(row["number"]?.key ?? "")")
        }
        if drafts.count > 0 { add(nil, .draftsOfOthers(drafts)) }
    }

    mutating func lookAtLocation(_ raw: ProbeClient) throws {
        let number = plan.settings.location
        guard let location = try clients.rackbeat.location(number) else {
            return add(plan.name, .locationMissing(number.text))
        }
        let row = try raw.get("locations/\(PercentEncoding.encode(number.text))").tree?["location"]
        let isBlocked = row?["is_blocked"]?.bool == true || row?["is_draft"]?.bool == true
        if isBlocked || row?["deleted_at"].map({ !$0.isNull }) == true {
            return add(plan.name, .locationBlocked(number.text))
        }
        add(plan.name, .location(number.text, name: location.name))
        let parents = try clients.rackbeat.parentLocations()
        children = parents.keys.filter { Self.lies($0, in: number, parents) }.map(\.text).sorted()
        if !children.isEmpty {
            add(
                plan.name,
                .locationHasChildren(number.text, children, counted: raw.profile.isConfirmed("location_match")))
        }
    }

    private static func lies(
        _ location: LocationNumber, in outer: LocationNumber, _ parents: [LocationNumber: LocationNumber]
    ) -> Bool {
        var place = location
        for _ in 0..<64 {
            guard let parent = parents[place] else { return false }
            if parent == outer { return true }
            place = parent
        }
        return false
    }

    mutating func lookAtWarehouse(_ orderStatuses: [(number: Int, text: String)], hasJournal: Bool, now: Moment) throws {
        let settings = plan.settings
        if let owners = try clients.ongoing.goodsOwners() {
            if let name = owners[settings.goodsOwner] {
                add(plan.name, .goodsOwner(settings.goodsOwner, name: name))
            } else {
                return add(plan.name, .goodsOwnerOutOfReach(settings.goodsOwner, reached: owners.keys.sorted()))
            }
        } else {
            add(plan.name, .goodsOwnersUnlisted(settings.goodsOwner))
        }
        check(
            .order, orderStatuses,
            [
                ("shipped-status-from", settings.shippedStatusFrom, Self.shippedWords),
                ("shipped-status-to", settings.shippedStatusTo, Self.shippedWords),
                ("cancelled-order-status", settings.cancelledOrderStatus, Self.cancelledWords),
            ])
        check(
            .purchaseOrder, try clients.ongoing.purchaseOrderStatuses(),
            settings.completedStatuses.sorted().map { ("completed-statuses", $0, Self.receivedWords) } + [
                ("cancelled-purchase-status", settings.cancelledPurchaseStatus, Self.cancelledWords)
            ])
    }

    /// Parts of what warehouses call these statuses, in English, Swedish, Danish and Norwegian. Another word only makes a warning.
    private static let shippedWords = [
        "sent", "ship", "collect", "dispatch", "deliver", "skicka", "hämta", "levere", "sendt", "afsend", "hente", "avhämt",
        "utlever",
    ]
    private static let cancelledWords = ["cancel", "delete", "annull", "avbr", "makuler", "slett", "raderad"]
    private static let receivedWords = [
        "receiv", "finish", "complet", "deliver", "mottag", "inlever", "klar", "modtag", "motta", "levere", "färdig",
    ]

    private mutating func check(
        _ kind: ReadinessFinding.DocumentKind, _ catalogue: [(number: Int, text: String)],
        _ needed: [(setting: String, number: Int, words: [String])]
    ) {
        var isSound = true
        for (setting, number, words) in needed {
            guard let text = catalogue.first(where: { $0.number == number })?.text else {
                isSound = false
                add(plan.name, .statusMissing(setting: setting, number: number, kind, known: catalogue.map(\.number).sorted()))
                continue
            }
            let lower = text.lowercased()
            guard !words.contains(where: lower.contains) else { continue }
            isSound = false
            add(plan.name, .statusRenamed(setting: setting, number: number, text: text))
        }
        if isSound { add(plan.name, .statuses(kind, catalogue.count)) }
    }

    /// Without a journal nothing is marked by us yet.
    mutating func lookForMarks(_ raw: ProbeClient, now: Moment) throws {
        let parameters = [
            ("goodsOwnerId", "\(plan.settings.goodsOwner)"), ("from", (now - .seconds(30 * 86_400)).isoUTCMilliseconds),
            ("isReported", "true"),
        ]
        var marked = ReadinessFinding.Records()
        for article in try raw.get("inventoryAdjustments", parameters).tree?.array ?? [] {
            for entry in article["inventoryAdjustments"]?.array ?? [] where entry["isReported"]?.bool == true {
                marked.add("adjustment \(entry["inventoryId"]?.key ?? "")")
            }
        }
        if marked.count > 0 { add(plan.name, .marksOfOthers(marked)) }
    }

    private mutating func add(_ connection: String?, _ kind: ReadinessFinding.Kind) {
        findings.append(ReadinessFinding(.setUp, connection, kind))
    }
}
