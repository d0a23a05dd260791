import Exchange
import HTTPTypes
import JSON
import Synchronization
import Testing

@testable import Control

@Suite struct IsolationTests {
    private static func book(_ number: Int) -> String {
        #"{"rackbeat.book-order":{"number":\#(number),"lines":[{"id":1,"item":"CHAIR-01","quantity":1}]}}"#
    }

    /// 64 worlds, each with its own order, fault and clock, used from many threads at once.
    @Test func sixtyFourWorldsDoNotHearEachOther() async throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        var ids = ["main"]
        while ids.count < 64 {
            ids.append(try #require(harness.ask(.post, "/worlds", #"{"clock":"virtual"}"#).json["id"]?.string))
        }
        await withTaskGroup(of: Void.self) { group in
            for (index, id) in ids.enumerated() {
                group.addTask {
                    for round in 0..<8 {
                        harness.ask(.post, "/worlds/\(id)/steps", Self.book(1000 + index * 10 + round))
                        _ = harness.rackbeat(.get, "/orders", world: id)
                    }
                    if index.isMultiple(of: 2) {
                        harness.ask(
                            .post, "/worlds/\(id)/faults", #"{"match":"rackbeat GET /orders","fault":"html","times":"all"}"#)
                    }
                    harness.ask(.post, "/worlds/\(id)/clock/advance", #"{"by":"\#(index + 1)m"}"#)
                }
            }
        }
        for (index, id) in ids.enumerated() {
            let world = try harness.read("/worlds/\(id)/world")
            let numbers = world["rackbeat"]?["orders"]?.array?.compactMap { $0["number"]?.string } ?? []
            #expect(numbers == (0..<8).map { String(1000 + index * 10 + $0) })
            #expect(try harness.read("/worlds/\(id)/exchanges")["latest"]?.int == 8)
            #expect(try harness.read("/worlds/\(id)/faults")["faults"]?.array?.count == (index.isMultiple(of: 2) ? 1 : 0))
            if id != "main" {
                let minutes = index + 1
                let expected = "2026-03-02T0\(7 + minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60):00.000Z"
                #expect(world["clock"]?["now"]?.string == expected)
            }
        }
    }

    /// Credentials of one world are refused in another.
    @Test func credentialsAreOneWorldsOwn() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let id = try #require(harness.ask(.post, "/worlds").json["id"]?.string)
        #expect(harness.rackbeat(.get, "/orders", world: id).status == 206)
        var request = Request(.get, "/worlds/\(id)/api/orders")
        request.headers[.authorization] = "Bearer " + (harness.addresses()["rackbeatToken"]?.string ?? "")
        #expect(harness.control.respond(to: request, as: .rackbeat).status == 401)
        #expect(harness.addresses(id)["rackbeat"]?.string == "http://127.0.0.1:1/worlds/\(id)/api")
    }

    @Test func aRemovedWorldIsGone() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let id = try #require(harness.ask(.post, "/worlds").json["id"]?.string)
        #expect(harness.ask(.delete, "/worlds/\(id)").status == 204)
        #expect(harness.ask(.get, "/worlds/\(id)/world").status == 404)
        #expect(harness.control.respond(to: Request(.get, "/worlds/\(id)/api/orders"), as: .rackbeat).status == 404)
        #expect(try harness.read("/worlds")["worlds"]?.array?.count == 1)
    }

    /// A world of another scenario beside the first.
    @Test func aWorldMayHaveAScenarioOfItsOwn() throws {
        let harness = try ControlHarness(ControlHarness.chairs)
        let id = try #require(
            harness.ask(
                .post, "/worlds", #"{"scenario":"world: { products: [ { number: POT-1 } ] }\nsteps: []","goodsOwnerId":7}"#
            )
            .json["id"]?.string)
        let products = try harness.read("/worlds/\(id)/world")["rackbeat"]?["products"]
        #expect(products?.array?.compactMap { $0["number"]?.string } == ["POT-1"])
        #expect(harness.addresses(id)["goodsOwnerId"]?.int == 7)
        #expect(harness.ongoing(.get, "/articles?goodsOwnerId=7", world: id).status == 200)
    }
}
