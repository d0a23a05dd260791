import Exchange
import JSON
import Testing

@testable import Contract

@Suite struct ContractDocumentTests {
    /// A fact without its source cannot be checked again, and one without its confidence passes for certain.
    @Test(arguments: System.allCases) func everyOperationSaysWhereItWasLearnt(system: System) {
        let document = ContractDocument.standard(for: system)
        let keys = Set(document.sources.map(\.key))
        for operation in document.operations {
            #expect(!operation.sources.isEmpty, "\(operation.label)")
            #expect(operation.sources.allSatisfy(keys.contains), "\(operation.label)")
            #expect(operation.summary.hasSuffix("."), "\(operation.label)")
        }
        #expect(Set(document.operations.map(\.identifier)).count == document.operations.count)
        #expect(document.sources.allSatisfy { !$0.description.isEmpty })
    }

    /// Assumptions in the contract are the ledger's, and what rests on one says so.
    @Test(arguments: System.allCases) func everyAssumptionIsInTheLedger(system: System) {
        let prefix = system == .rackbeat ? "RB-" : "ON-"
        var found = 0
        walk(ContractDocument.standard(for: system).json) { object in
            guard let value = object["x-assumption"] else { return }
            let numbers = value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
            #expect(!numbers.isEmpty)
            for number in numbers {
                #expect(number.hasPrefix(prefix))
                #expect(AssumptionLedger.standard.assumption(number: number) != nil, "\(number)")
            }
            found += numbers.count
        }
        #expect(found > 5)
    }

    /// Confidences and sources stand on single members too, and a misspelt one would say nothing.
    @Test(arguments: System.allCases) func everyConfidenceAndSourceIsAKnownOne(system: System) {
        let document = ContractDocument.standard(for: system)
        let keys = Set(document.sources.map(\.key))
        walk(document.json) { object in
            if let text = object["x-confidence"] {
                #expect(ContractDocument.Confidence(rawValue: text.string ?? "") != nil, "\(text)")
            }
            if let text = object["x-source"]?.string {
                #expect(text.split(separator: ",").allSatisfy { keys.contains(String($0.trimmed)) }, "\(text)")
            }
        }
    }

    /// Compiling resolves every reference, finds every path parameter declared and refuses every keyword that nobody obeys.
    @Test(arguments: System.allCases) func theContractCompiles(system: System) throws {
        let compiled = try CompiledContract(ContractDocument.standard(for: system))
        #expect(compiled.operations.count == ContractDocument.standard(for: system).operations.count)
        #expect(compiled.operations.allSatisfy { !$0.responses.isEmpty })
    }

    /// What the engine calls is there, under both of its names where it has two.
    @Test(arguments: [
        ("GET", "/self"), ("GET", "/products"), ("GET", "/products/{item}/locations/{location}"), ("GET", "/orders"),
        ("GET", "/orders/{number}/shipments"), ("POST", "/orders/{number}/create-shipment"),
        ("POST", "/orders/{number}/shipments"), ("POST", "/orders/shipments/{shipment}/mark-shipped"),
        ("POST", "/orders/{number}/shipments/{shipment}/mark-shipped"),
        ("PUT", "/orders/{number}/shipments/{shipment}/lines/{line}"), ("DELETE", "/orders/{number}/shipments/{shipment}"),
        ("POST", "/purchase-orders/{number}/create-receipt"), ("GET", "/purchase-orders/{number}/not-received"),
        ("PUT", "/purchase-orders/{number}/receipts/{receipt}/lines/{line}"),
        ("POST", "/purchase-orders/{number}/receipts/{receipt}/mark-received"), ("POST", "/inventory-adjustments"),
        ("POST", "/inventory-adjustments/{adjustment}/book"), ("DELETE", "/inventory-adjustments/{adjustment}"),
        ("GET", "/reports/checking"), ("GET", "/reports/ledger/{item}"), ("POST", "/webhooks"),
    ])
    func rackbeatHas(method: String, path: String) {
        #expect(ContractDocument.standard(for: .rackbeat).operation(method, path) != nil)
    }

    @Test(arguments: [
        ("PUT", "/articles"), ("GET", "/articles/inventoryPerWarehouse"), ("PUT", "/orders"), ("GET", "/orders"),
        ("DELETE", "/orders"), ("DELETE", "/orders/{orderId}"), ("PATCH", "/orders/{orderId}/orderStatus"),
        ("PATCH", "/orders/{orderId}/lines/{orderLineId}/reportedNumberOfItems"),
        ("PATCH", "/orders/{orderId}/setReportedNumberOfItemsToPickedNumberOfItems"), ("GET", "/orders/statuses"),
        ("PUT", "/purchaseOrders"), ("DELETE", "/purchaseOrders/{purchaseOrderId}"), ("GET", "/purchaseOrders/statuses"),
        ("PATCH", "/purchaseOrders/{purchaseOrderId}/lines/{purchaseOrderLineId}/reportedNumberOfItems"),
        ("GET", "/inventoryAdjustments"),
        ("PATCH", "/inventoryAdjustments/{inventoryId}/articles/{articleSystemId}/setReported"), ("GET", "/articleItems"),
        ("GET", "/goodsOwners"), ("GET", "/warehouses"), ("GET", "/transporterContracts"),
    ])
    func ongoingHas(method: String, path: String) {
        #expect(ContractDocument.standard(for: .ongoing).operation(method, path) != nil)
    }

    /// People decide by what is doubtful, so it is listed as data.
    @Test func whatIsAssumedIsMarked() throws {
        let rackbeat = ContractDocument.standard(for: .rackbeat)
        let deletion = try #require(rackbeat.operation("deleteAdjustment"))
        #expect(deletion.confidence == .assumed)
        #expect(deletion.assumptions == ["RB-43"])
        let pointer = JSONPointer(["components", "schemas", "ShipmentLine", "properties", "order_line_id"])
        #expect(pointer.value(in: rackbeat.json)?["x-confidence"] == "assumed")
        #expect(pointer.value(in: rackbeat.json)?["x-assumption"] == "RB-29")
        #expect(ContractDocument.standard(for: .ongoing).operation("listGoodsOwners")?.since == "2026")
    }

    @Test func whatHasNoPlaceInTheAPIIsListed() {
        let gaps = ContractDocument.standard(for: .ongoing).knownGaps
        #expect(gaps.first?.subject == "supplier group code and name of a purchase order")
        #expect(gaps.first?.remedy == "dropped; freeValues can carry them behind a setting")
        #expect(gaps.allSatisfy { !$0.sources.isEmpty && !$0.remedy.isEmpty })
    }

    private func walk(_ json: JSON, _ visit: (JSONObject) -> Void) {
        switch json {
        case .object(let object):
            visit(object)
            for member in object { walk(member.value, visit) }
        case .array(let elements):
            for element in elements { walk(element, visit) }
        case .null, .bool, .number, .string: break
        }
    }
}
