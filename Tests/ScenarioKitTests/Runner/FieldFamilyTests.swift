import Exchange
import Foundation
import JSON
import ScenarioKit
import StrictYAML
import Testing

/// The scenarios in which one field changes alone, held against what is sent at all: a new mapped member needs its change in them.
struct FieldFamilyTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")

    /// What identifies a document or line, what follows from another member alone, and when a purchase order was created.
    private static let identities: Set = [
        "goodsOwnerId", "articleNumber", "productCode", "orderNumber", "goodsOwnerOrderId", "purchaseOrderNumber",
        "orderLines[].rowNumber", "orderLines[].externalId", "purchaseOrderLines[].rowNumber",
        "purchaseOrderLines[].externalOrderLineId", "consignee.advanced.emailNotification.toBeNotified",
        "consignee.advanced.smsNotification.toBeNotified", "emailNotification.toBeNotified", "smsNotification.toBeNotified",
        "advanced.orderDate",
    ]

    @Test(arguments: [
        ("PUT /articles", "articleNumber", "catalogue", ["each-field-that-changes-alone-reaches-the-warehouse"]),
        (
            "PUT /orders", "orderNumber", "orders",
            ["each-field-that-changes-alone-reaches-the-warehouse", "the-price-of-a-line-that-stays-reaches-the-warehouse"]
        ),
        (
            "PUT /purchaseOrders", "purchaseOrderNumber", "purchase",
            ["each-field-that-changes-alone-reaches-the-warehouse", "the-price-of-a-line-that-stays-reaches-the-warehouse"]
        ),
    ]) func everyMemberThatIsSentChangesAloneInSomeScenario(
        operation: String, key: String, folder: String, family: [String]
    ) throws {
        let sent = try bodies("\(folder)/every-mapped-field-arrives", operation)
        let members = sent.reduce(into: Set<String>()) { $0.formUnion(Self.leaves($1).keys) }.subtracting(Self.identities)
        #expect(members.count > 10)
        // The members that differ from one sending of a document to its next.
        var changes: [Set<String>] = []
        for name in family {
            var last: [String: [String: String]] = [:]
            for body in try bodies("\(folder)/\(name)", operation) {
                let leaves = Self.leaves(body)
                let document = leaves[key] ?? ""
                if let before = last[document] {
                    changes.append(Set(leaves.keys).union(before.keys).filter { leaves[$0] != before[$0] })
                }
                last[document] = leaves
            }
        }
        #expect(members.filter { member in !changes.contains { $0.contains(member) } }.sorted() == [])
        // None hides behind another: whatever changes with it in its smallest change never changes without it.
        for member in members.sorted() {
            guard let smallest = changes.filter({ $0.contains(member) }).min(by: { $0.count < $1.count }) else { continue }
            let smaller = changes.first { $0.isStrictSubset(of: smallest) && !$0.isEmpty }
            #expect(smaller == nil, "\(member) changes only together with \((smaller ?? []).sorted())")
        }
    }

    private func bodies(_ name: String, _ operation: String) throws -> [JSON] {
        let path = Self.folder.appending(path: name + ".yaml")
        let scenario = try ScenarioReader.read(try String(contentsOf: path, encoding: .utf8), path: path.path())
        var options = RunOptions()
        options.listsExchanges = true
        let run = Runner.run(scenario, .plain, options)
        #expect(run.result.outcome == .passed)
        return try run.exchanges.filter { "\($0.method) \($0.path)" == operation }.map {
            try JSON.parse($0.request.body)
        }
    }

    /// The values by path; elements of lists share one path.
    private static func leaves(_ json: JSON, _ path: String = "") -> [String: String] {
        switch json {
        case .object(let object):
            object.members.reduce(into: [:]) { leaves, member in
                leaves.merge(Self.leaves(member.value, path.isEmpty ? member.name : "\(path).\(member.name)")) { $0 + "," + $1 }
            }
        case .array(let elements):
            elements.reduce(into: [:]) { leaves, element in
                leaves.merge(Self.leaves(element, path + "[]")) { $0 + "," + $1 }
            }
        case .null, .bool, .number, .string: [path: json.text]
        }
    }
}
