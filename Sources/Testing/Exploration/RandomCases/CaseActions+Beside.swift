import RackbeatFake
import ScenarioKit
import Simulation
import StrictYAML
import Units

// What happens beside the flow of goods: suppliers move, services are sold, products come and go, drafts are made by hand, stock is
// counted, and access is revoked for a while.

extension CaseActions {
    private static let beside: [CaseOptions.Feature] = [
        .supplierChanges, .services, .productDeletions, .handDrafts, .stockCounts, .lostAccess,
    ]

    var hasActionsBeside: Bool { Self.beside.contains { options.has($0) } }

    mutating func actionBeside() -> Action? {
        let features = Self.beside.filter { options.has($0) }
        return switch besideRandom.pick(features) {
        case .supplierChanges: supplierChange()
        case .services: service()
        case .productDeletions: productThatGoes()
        case .handDrafts: handDraft()
        case .stockCounts: stockCount()
        default: lostAccess()
        }
    }

    func follow(after delay: Duration, _ decide: @escaping () -> Action?) {
        recorder.schedule(after: recorder.now - recorder.startedAt + delay, decide)
    }

    /// What a purchase order shows of its supplier changes with the purchase order, so only while there is none.
    private mutating func supplierChange() -> Action? {
        guard recorder.rackbeat.purchaseOrders.allSatisfy({ $0.state == .draft }) else { return nil }
        let change: (String, Value) =
            switch besideRandom.whole(1...7) {
            case 7: ("email", .text("ny\(besideRandom.whole(1...9))@ler.example"))
            case 1: ("street", .text("Havnen \(besideRandom.whole(1...99))"))
            case 2: ("street2", .text(besideRandom.pick(["Port 2", " "])))
            case 3: ("zipcode", .text("7100"))
            case 4: ("city", .text(besideRandom.pick(["Kolding", "Vejle Øst"])))
            case 5: ("country", .text(besideRandom.pick(["SE", "Tyskland"])))
            default: ("phone", .text("+452222\(besideRandom.whole(1000...9999))"))
            }
        return ("rackbeat.change-supplier", .record([("number", .text("20")), change]))
    }

    private static let freight = "FREIGHT"

    private mutating func service() -> Action? {
        guard recorder.rackbeat.product(Self.freight) != nil else {
            return (
                "rackbeat.create-product",
                .record([("number", .text(Self.freight)), ("name", .text("Freight")), ("keeps-inventory", .flag(false))])
            )
        }
        let drafts = recorder.rackbeat.orders.filter { $0.state == .draft }
        guard !drafts.isEmpty else { return nil }
        let order = besideRandom.pick(drafts)
        noteLines(order.lines.map(\.id), of: order.number)
        let line = Value.record([("id", .whole(newLine(of: order.number))), ("item", .text(Self.freight))])
        return ("rackbeat.change-order", .record([("order", .text(String(order.number))), ("add-lines", .list([line]))]))
    }

    /// A product without stock or orders is made and deleted again, perhaps while its page is read.
    private mutating func productThatGoes() -> Action? {
        if let number = productsToGo.first, besideRandom.percent(60) {
            productsToGo.removeFirst()
            return ("rackbeat.delete-product", .record([("number", .text(number))]))
        }
        let number = "GONE-\(newProductNumber())"
        productsToGo.append(number)
        return ("rackbeat.create-product", .record([("number", .text(number))]))
    }

    /// An adjustment stays a draft for a while. Those of the engine's are not touched.
    private mutating func handDraft() -> Action? {
        let item = besideRandom.pick(world.items)
        guard !item.hasBatches, !item.hasSerials else { return nil }
        let word = besideRandom.percent(50) ? "rackbeat.confirm-drafts" : "rackbeat.delete-drafts"
        let delay = besideRandom.duration(1...600, of: .seconds(1))
        follow(after: delay) { [unowned recorder = self.recorder] () -> Action? in
            let drafts = recorder.rackbeat.adjustments.filter { $0.item == item.number && !$0.isBooked }
            guard !drafts.isEmpty, drafts.allSatisfy(\.isByHand) else { return nil }
            return (word, .record([("item", .text(item.number))]))
        }
        return (
            "rackbeat.draft-adjustment",
            .record([("item", .text(item.number)), ("change", .decimal(ExactDecimal(besideRandom.whole(1...3))))])
        )
    }

    private mutating func stockCount() -> Action? {
        let item = besideRandom.pick(world.items)
        guard !item.hasBatches, !item.hasSerials else { return nil }
        let location = besideRandom.pick(world.locations)
        let held = recorder.rackbeat.stockOnHand(item.number, at: location)
        return (
            "rackbeat.count",
            .record([
                ("item", .text(item.number)), ("location", world.locations.count > 1 ? .text(String(location)) : nil),
                ("counted", .decimal(held + ExactDecimal(besideRandom.whole(1...3)))),
            ])
        )
    }

    private mutating func lostAccess() -> Action? {
        let isRackbeat = besideRandom.percent(50)
        let restored = isRackbeat ? "rackbeat.restore-token" : "ongoing.restore-access"
        let delay = besideRandom.duration(1...120, of: .seconds(5))
        follow(after: delay) { () -> Action? in (restored, nil) }
        return (isRackbeat ? "rackbeat.revoke-token" : "ongoing.revoke-access", nil)
    }
}
