import Exchange
import HTTPTypes
import JSON
import Testing

@testable import Control

/// What the document says must be so; schemathesis finds out much more, when somebody lets it.
@Suite struct DocumentTests {
    private func document(_ token: String? = nil) throws -> JSON {
        let harness = try ControlHarness(ControlHarness.chairs) { $0.controlToken = token }
        let headers: HTTPFields = token.map { [.authorization: "Bearer \($0)"] } ?? [:]
        return harness.ask(.get, "/openapi.json", headers: headers).json
    }

    @Test func everyRouteIsDescribedTwiceWhenItIsAboutOneWorld() throws {
        let paths = try #require(try document()["paths"]?.object)
        for route in Route.all {
            let method = route.method.rawValue.lowercased()
            #expect(paths[route.path]?[method] != nil, "\(route.path)")
            guard route.isOfWorld else { continue }
            #expect(paths["/worlds/{id}" + (route.path == "/" ? "" : route.path)]?[method] != nil, "\(route.path)")
        }
        let operations = paths.flatMap { $0.value.object?.members.compactMap { $0.value["operationId"]?.string } ?? [] }
        #expect(Set(operations).count == operations.count)
    }

    @Test func everyReferenceLeadsSomewhere() throws {
        let document = try document()
        let names = Set(document["components"]?["schemas"]?.object?.names ?? [])
        func references(_ json: JSON) -> [String] {
            switch json {
            case .array(let elements): elements.flatMap(references)
            case .object(let object):
                object.flatMap { $0.name == "$ref" ? [$0.value.string ?? ""] : references($0.value) }
            case .null, .bool, .number, .string: []
            }
        }
        let makeWorld = references(document)
        #expect(makeWorld.contains("#/components/schemas/Problem"))
        #expect(makeWorld.filter { !names.contains(String($0.dropFirst("#/components/schemas/".count))) } == [])
    }

    @Test func theTokenIsDescribedWhereItIsAskedFor() throws {
        #expect(try document()["security"] == nil)
        let document = try document("t")
        #expect(document["security"]?[0]?["bearer"] != nil)
        #expect(document["paths"]?["/health"]?["get"]?["security"]?.array?.isEmpty == true)
        #expect(document["paths"]?["/world"]?["get"]?["responses"]?["401"] != nil)
    }

    /// Each fake's port serves its contract with the world's own address.
    @Test(arguments: System.allCases)
    func aFakeServesItsContract(system: System) throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        harness.ask(.post, "/worlds")
        for (folder, world) in [("", "main"), ("/worlds/w2", "w2")] {
            let document = harness.control.respond(to: Request(.get, folder + "/openapi.json"), as: system).json
            #expect(document["servers"]?[0]?["url"] == harness.addresses(world)[system.rawValue])
            #expect(document["openapi"]?.string == "3.1.0")
            #expect(document["components"]?["securitySchemes"]?.object?.isEmpty == false)
        }
        let refused = harness.control.respond(to: Request(.delete, "/openapi.json"), as: system)
        #expect(refused.status == 405)
        #expect(refused.response?.headers[.allow] == "GET")
    }
}
