import Exchange
import JSON
import Testing

@testable import Contract

@Suite struct ServedDocumentTests {
    private static func served(_ system: System) throws -> ContractDocument {
        let json = ContractDocument.standard(for: system).served(at: "http://127.0.0.1:1/x")
        return try ContractDocument(system, parsing: json.serialized)
    }

    /// What a server hands out is the contract and nothing else, so it must be one itself.
    @Test(arguments: System.allCases) func whatIsServedIsAContract(system: System) throws {
        let contract = ContractDocument.standard(for: system)
        let served = try Self.served(system)
        #expect(served.json["servers"] == [["url": "http://127.0.0.1:1/x"]])
        #expect(served.operations == contract.operations)
        #expect(try CompiledContract(served).operations.count == contract.operations.count)
    }

    /// A server ignores members that it does not know, so the document must not promise that it refuses them.
    @Test(arguments: System.allCases) func bodiesMayHaveFurtherMembers(system: System) throws {
        let served = try CompiledContract(Self.served(system))
        let strict = CompiledContract.of(system)
        func refusesFurther(_ compiled: CompiledContract, _ plan: OperationPlan) -> Bool {
            guard let body = plan.body, case let shape = compiled.schemas.nodes[body.schema].shape, shape >= 0 else {
                return false
            }
            if case .refused = compiled.schemas.shapes[shape].further { return true }
            return false
        }
        #expect(strict.operations.contains { refusesFurther(strict, $0) })
        #expect(!served.operations.contains { refusesFurther(served, $0) })
    }

    /// With `fields=number` an order is its number and nothing else; the envelope around it stays whole.
    @Test func whereMembersCanBeChosenNoneMustBeThere() throws {
        let served = try Self.served(.rackbeat).json
        let get = served["paths"]?["/orders/{number}"]?["get"]?["responses"]?["200"]
        #expect(get == ["$ref": "#/components/responses/Order.chosen"])
        let response = served["components"]?["responses"]?["Order.chosen"]?["content"]?["application/json"]?["schema"]
        #expect(response?["required"] == ["order"])
        #expect(response?["properties"]?["order"] == ["$ref": "#/components/schemas/Order.chosen"])
        #expect(served["components"]?["schemas"]?["Order.chosen"]?["required"] == nil)
        #expect(served["components"]?["schemas"]?["Order.chosen"]?["additionalProperties"] == false)
        let put = served["paths"]?["/orders/{number}"]?["put"]?["responses"]?["200"]
        #expect(put == ["$ref": "#/components/responses/Order"])
        #expect(served["components"]?["schemas"]?["Order"]?["required"] != nil)
    }
}
