import Dispatch
import Exploration
import Foundation
import Invariants
import ScenarioKit
import Service
import Testing

/// The audit over the API says what the invariants say of the fakes.
@Suite(.serialized) struct AuditEqualsJudgeTests {
    /// Where the two say something else, and why the APIs cannot do better.
    private struct Difference: Hashable {
        let scenario: String
        let section: AuditSection
    }

    private static let differences: [Difference: String] = [
        Difference(scenario: "mutants/shipments-also-booked-as-adjustments", section: .adjustments):
            "An adjustment without the engine's mark counts as a person's.",
        Difference(scenario: "mutants/shipments-also-booked-as-adjustments", section: .stock):
            "The same adjustment explains the stock, and is shown as the cause.",
        Difference(scenario: "mutants/draft-lines-of-other-locations-received", section: .location):
            "Rackbeat does not say who made a receipt, so the verdict is undecided and names it.",
        Difference(scenario: "mutants/lines-of-another-connection-shipped", section: .location):
            "Rackbeat does not say who made a shipment, so the verdict is undecided and names it.",
        Difference(scenario: "mutants/a-lost-supplier-phone-number", section: .purchaseOrders):
            "The warehouse takes a supplier's phone number and shows it nowhere.",
        Difference(scenario: "mutants/a-warehouse-stock-change-without-a-ledger-entry", section: .stock):
            "The API counts the goods, and only the fake's ledger beneath it was changed.",
        Difference(scenario: changedSetting, section: .adjustments): earlierSettings,
        Difference(scenario: changedSetting, section: .received): earlierSettings,
        Difference(scenario: changedSetting, section: .shipped): earlierSettings,
        Difference(scenario: changedSetting, section: .stock): earlierSettings,
        Difference(scenario: "outbound/a-widened-setting-books-what-it-lets-through", section: .received): earlierSettings,
        Difference(scenario: "outbound/a-widened-setting-books-what-it-lets-through", section: .shipped): earlierSettings,
        Difference(scenario: "outbound/a-widened-setting-books-what-it-lets-through", section: .stock): earlierSettings,
        Difference(scenario: "catalogue/a-product-that-becomes-a-service-leaves-its-open-orders", section: .catalogue): wasGoods,
        Difference(scenario: "catalogue/a-service-that-was-an-article-stays-switched-off", section: .catalogue): wasGoods,
        Difference(
            scenario: "orders/a-service-that-is-noticed-while-orders-are-read-leaves-the-other-orders", section: .catalogue):
            wasGoods,
        Difference(
            scenario: "orders/a-service-that-is-noticed-in-the-daily-sweep-leaves-orders-read-before", section: .catalogue):
            wasGoods,
        Difference(scenario: "reconcile/goods-that-move-while-stock-is-compared-are-no-finding", section: .stock):
            "An adjustment by hand may lie before both sides were made equal: no API says when it was.",
        Difference(scenario: "mutants/sent-documents-never-compared", section: .orders):
            "Both call the order live without cause; that it was deleted, and not of another source, stands in no API.",
        Difference(scenario: "stock/adjustments-need-no-ledger", section: .adjustments): noLedger,
        Difference(scenario: "stock/adjustments-need-no-ledger", section: .stock): noLedger,
        Difference(scenario: "journal/a-draft-of-an-older-journal-is-not-booked-again", section: .adjustments): noLedger,
        Difference(scenario: "journal/a-draft-of-an-older-journal-is-not-booked-again", section: .stock): noLedger,
        Difference(scenario: "journal/a-draft-that-may-be-booked-is-asked-about-once", section: .adjustments): noLedger,
        Difference(scenario: "journal/a-draft-that-may-be-booked-is-asked-about-once", section: .stock): noLedger,
        Difference(scenario: "mutants/a-put-back-order-taken-for-sent", section: .shipped): putBack,
        Difference(scenario: "mutants/a-put-back-order-taken-for-sent", section: .stock): putBack,
        Difference(scenario: twoOfThree, section: .received): byHand,
        Difference(scenario: twoOfThree, section: .shipped): byHand,
        Difference(scenario: twoOfThree, section: .stock): byHand,
        Difference(scenario: "outbound/a-rest-given-up-before-the-warehouse-began-is-cancelled", section: .shipped): byHand,
        Difference(scenario: "outbound/a-rest-given-up-before-the-warehouse-began-is-cancelled", section: .stock): byHand,
        Difference(scenario: "outbound/a-rest-that-is-shipped-by-hand-is-owed-no-more", section: .shipped): byHand,
        Difference(scenario: "outbound/a-rest-that-is-shipped-by-hand-is-owed-no-more", section: .stock): byHand,
        Difference(scenario: "reconcile/a-late-change-is-unparked-when-the-rest-was-shipped-by-hand", section: .shipped): byHand,
        Difference(scenario: "reconcile/a-late-change-is-unparked-when-the-rest-was-shipped-by-hand", section: .stock): byHand,
        Difference(scenario: "reconcile/records-that-rackbeat-does-not-find-cancel-nothing", section: .orders): heldBack,
        Difference(scenario: "reconcile/too-many-deleted-orders-are-not-cancelled-unasked", section: .orders): heldBack,
        Difference(scenario: "reconcile/more-than-a-tenth-of-many-orders-is-not-cancelled-unasked", section: .orders): heldBack,
        Difference(scenario: "api/a-flag-for-a-difference-that-is-ignored-makes-a-total", section: .adjustments): noLedger,
        Difference(scenario: "api/a-flag-for-a-difference-that-is-ignored-makes-a-total", section: .stock): noLedger,
        Difference(scenario: "stock/a-booking-that-is-refused-because-it-was-carried-out-counts-once", section: .adjustments):
            noLedger,
        Difference(scenario: "stock/a-booking-that-is-refused-because-it-was-carried-out-counts-once", section: .stock): noLedger,
        Difference(scenario: "stock/a-wrong-draft-that-cannot-be-removed-after-a-crash-is-parked", section: .adjustments):
            noLedger,
        Difference(scenario: "stock/a-wrong-draft-that-cannot-be-removed-after-a-crash-is-parked", section: .stock): noLedger,
        Difference(scenario: "stock/stock-that-does-not-show-the-booking-stops-the-job", section: .adjustments): noLedger,
        Difference(scenario: "stock/stock-that-does-not-show-the-booking-stops-the-job", section: .stock): noLedger,
        Difference(scenario: "outbound/a-shipment-of-an-order-that-is-deleted-is-parked-with-what-to-do", section: .orders):
            deletedToday,
        Difference(scenario: "outbound/a-shipment-of-unknown-outcome-whose-order-is-deleted-is-parked", section: .orders):
            deletedToday,
        Difference(
            scenario: "inbound/a-receipt-of-unknown-outcome-whose-purchase-order-is-deleted-is-parked", section: .purchaseOrders):
            deletedToday,
        Difference(scenario: "api/a-return-order-counts-what-comes-back", section: .stock):
            "Another program says that the return is booked, which the audit believes; the run knows that nothing was.",
    ]

    private static let twoOfThree = "journal/an-older-journal-knows-two-of-three-documents-again"
    private static let changedSetting = "outbound/a-changed-setting-leaves-right-what-was-booked-before"
    private static let earlierSettings = "What was booked under earlier settings is judged by those of today: no API has them."
    private static let wasGoods = "The article stays; that the product was of goods before stands in no API."
    private static let noLedger = "Where the ledger cannot be read, nothing tells booked adjustments from drafts: undecided."
    private static let byHand =
        "Rackbeat does not say who made a shipment: what somebody shipped from elsewhere looks like more than was picked."
    private static let heldBack =
        "One parked record stands for all that Rackbeat no longer shows; the audit names each document that is live without cause."
    private static let deletedToday =
        "No list shows a deletion before the night, and the run gives the engine until then; when it was deleted stands in no API."
    private static let putBack = "The warehouse shows how much is picked, and not when: before or after the order was put back."

    @Test func ofEveryScenario() throws {
        let comparison = AuditComparison()
        let entries = Runner.read(try ScenarioFiles.find(["Scenarios"]))
        let jobs = entries.flatMap { entry -> [(Scenario, Scenario.Variant)] in
            guard case .scenario(let scenario) = entry else { return [] }
            return scenario.variants.map { (scenario, $0) }
        }
        DispatchQueue.concurrentPerform(iterations: jobs.count) { index in
            let (scenario, variant) = jobs[index]
            let place = scenario.title + (variant.name.map { " [\($0)]" } ?? "")
            _ = Runner.run(scenario, variant, comparison.options(place))
        }
        report(comparison, Self.differences)
    }

    @Test func ofRandomCases() throws {
        let comparison = AuditComparison(comparesSince: true)
        let seeds = ProcessInfo.processInfo.environment["TANDEM_AUDIT_SEEDS"].flatMap { Int($0) } ?? 20
        DispatchQueue.concurrentPerform(iterations: seeds) { index in
            let seed = UInt64(index + 1)
            _ = try? CaseGenerator.generate(seed: seed, atEnd: comparison.options("seed \(seed)").atEnd)
        }
        report(comparison)
    }

    /// What the other connection shipped is no shipment by hand, which would excuse this one.
    @Test func ofAnOrderThatOnlyOneOfTwoWarehousesGot() throws {
        let text = """
            # The job of one connection never runs.
            world:
              locations: [ { number: 1001, name: North, default: true }, { number: 1002, name: South } ]
              products: [ { number: CUP-01, stock: 9 } ]
              connections:
                - { name: north, location: 1001, goods-owner: 42 }
                - { name: south, location: 1002, goods-owner: 43 }
            steps:
              - rackbeat.book-order:
                  number: 1042
                  lines: [ { id: 1, item: CUP-01, quantity: 4, location: 1001 }, { id: 2, item: CUP-01, quantity: 2, location: 1002 } ]
              - engine.run: { job: products, connection: south }
              - engine.run: { job: orders, connection: north }
              - ongoing.pick: { order: 1042, connection: north }
              - ongoing.send: { order: 1042, connection: north }
              - engine.run: { job: shipments, connection: north }
            """
        let comparison = AuditComparison()
        let scenario = try ScenarioReader.read(text, path: "Scenarios/audit/one-of-two.yaml")
        let run = Runner.run(scenario, .plain, comparison.options("one of two"))
        #expect(run.result.problem == nil)
        report(comparison)
        #expect(comparison.count("broken") == 1)
    }

    private func report(_ comparison: AuditComparison, _ listed: [Difference: String] = [:]) {
        func key(_ compared: Compared) -> Difference {
            // Without the variant and the connection.
            let scenario = compared.place.split(separator: " [")[0].split(separator: ",")[0]
            return Difference(scenario: String(scenario), section: compared.section)
        }
        let differences = comparison.differences
        let others = differences.filter { listed[key($0)] == nil }
        let text = others.map(\.text).joined(separator: "\n")
        #expect(comparison.problems.isEmpty, "\(comparison.problems.prefix(20).joined(separator: "\n"))")
        #expect(others.isEmpty, "\(others.count) differences of \(comparison.count)\n\(text)")
        let seen = Set(differences.map(key))
        let stale = listed.keys.filter { !seen.contains($0) }.map { "\($0.scenario), \($0.section.rawValue)" }.sorted()
        #expect(stale.isEmpty, "no difference any more: \(stale)")
        print(
            "audit: \(comparison.count) verdicts, \(comparison.count("holds")) hold, \(comparison.count("broken")) broken, "
                + "\(comparison.count("undecided")) undecided, \(differences.count) differ, \(comparison.calls) calls")
    }
}
