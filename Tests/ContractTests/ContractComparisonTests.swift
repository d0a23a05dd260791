import Contract
import Exchange
import JSON
import Testing

@Suite struct ContractComparisonTests {
    @Test(arguments: System.allCases) func aContractDoesNotDifferFromItself(system: System) {
        let document = ContractDocument.standard(for: system)
        #expect(ContractComparison(of: document, with: document.json).differences == [])
    }

    @Test func everyKindOfDifferenceIsReported() throws {
        let ours = try ContractDocument(
            .ongoing,
            parsing: Array(
                ##"""
                {"info":{"title":"t"},"x-sources":{"s":"a page"},"x-gaps":[],"paths":{
                "/orders":{
                "get":{"operationId":"a","summary":"A.","x-source":"s","x-confidence":"inferred","parameters":[
                {"name":"from","in":"query","schema":{"type":"integer"}},
                {"name":"group","in":"query","style":"form","schema":{"type":"object","properties":{"max":{}}}}],
                "responses":{"200":{"content":{"application/json":{"schema":{"type":"array",
                "items":{"$ref":"#/components/schemas/Order"}}}}}}},
                "put":{"operationId":"b","summary":"B.","x-source":"s","x-confidence":"inferred",
                "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Order"}}}},
                "responses":{}}},
                "/orders/{id}":{"delete":{"operationId":"c","summary":"C.","x-source":"s","x-confidence":"inferred"}}},
                "components":{"schemas":{"Order":{"type":"object","required":["id"],"properties":{
                "id":{"type":"integer"},"note":{"type":["string","null"]},"ours":{"type":"string"},
                "inner":{"oneOf":[{"$ref":"#/components/schemas/Order"},{"type":"null"}]}}}}}}
                """##.utf8))
        let theirs = try JSON.parse(
            ##"""
            {"paths":{"/api/v1/orders":{
            "get":{"parameters":[{"name":"max","in":"query"},{"name":"page","in":"query"}],
            "responses":{"200":{"content":{"application/json":{"schema":{"type":"array",
            "items":{"$ref":"#/components/schemas/O"}}}}}}},
            "put":{"responses":{}},
            "patch":{}},
            "/api/v1/orders/{orderId}":{"delete":{"responses":{}}}},
            "components":{"schemas":{"O":{"type":"object","required":["note"],"properties":{
            "id":{"type":"string"},"note":{"type":"string","nullable":true},"theirs":{"type":"string"},
            "inner":{"oneOf":[{"$ref":"#/components/schemas/O"},{"nullable":true,"enum":[null]}]}}}}}}
            """##)
        let comparison = ContractComparison(of: ours, with: theirs, pathPrefix: "/api/v1")
        #expect(
            comparison.differences.map(\.description) == [
                "GET /orders, query parameter 'from': only ours has it",
                "GET /orders, query parameter 'page': only theirs has it",
                "GET /orders, response /*/ours: only ours has it",
                "GET /orders, response /*/theirs: only theirs has it",
                "GET /orders, response /*/id: ours says a whole number, theirs a string",
                "GET /orders, response /*/id: only ours requires it",
                "GET /orders, response /*/note: only theirs requires it",
                "PUT /orders, request: only ours has a body in JSON",
                "PATCH /orders: only theirs has it",
            ])
    }
}
