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

    /// 64 worlds, each with an order, a fault and a clock of its own, used from many threads at once.
    @Test func sixtyFourWorldsDoNotHearEachOther() async throws {
        let desk = try Desk(Desk.chairs)
        var ids = ["main"]
        while ids.count < 64 {
            ids.append(try #require(desk.ask(.post, "/worlds", #"{"clock":"virtual"}"#).json["id"]?.string))
        }
        await withTaskGroup(of: Void.self) { group in
            for (index, id) in ids.enumerated() {
                group.addTask {
                    for round in 0..<8 {
                        desk.ask(.post, "/worlds/\(id)/steps", Self.book(1000 + index * 10 + round))
                        _ = desk.rackbeat(.get, "/orders", world: id)
                    }
                    if index.isMultiple(of: 2) {
                        desk.ask(.post, "/worlds/\(id)/faults", #"{"match":"rackbeat GET /orders","fault":"html","times":"all"}"#)
                    }
                    desk.ask(.post, "/worlds/\(id)/clock/advance", #"{"by":"\#(index + 1)m"}"#)
                }
            }
        }
        for (index, id) in ids.enumerated() {
            let world = try desk.read("/worlds/\(id)/world")
            let numbers = world["rackbeat"]?["orders"]?.array?.compactMap { $0["number"]?.string } ?? []
            #expect(numbers == (0..<8).map { String(1000 + index * 10 + $0) })
            #expect(try desk.read("/worlds/\(id)/exchanges")["latest"]?.int == 8)
            #expect(try desk.read("/worlds/\(id)/faults")["faults"]?.array?.count == (index.isMultiple(of: 2) ? 1 : 0))
            if id != "main" {
                let minutes = index + 1
                let expected = "2026-03-02T0\(7 + minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60):00.000Z"
                #expect(world["clock"]?["now"]?.string == expected)
            }
        }
    }

    /// What lets somebody into one world lets nobody into another.
    @Test func credentialsAreOneWorldsOwn() throws {
        let desk = try Desk(Desk.chairs)
        let id = try #require(desk.ask(.post, "/worlds").json["id"]?.string)
        #expect(desk.rackbeat(.get, "/orders", world: id).status == 206)
        var request = Request(.get, "/worlds/\(id)/api/orders")
        request.headers[.authorization] = "Bearer " + (desk.addresses()["rackbeatToken"]?.string ?? "")
        #expect(desk.control.answer(request, as: .rackbeat).status == 401)
        #expect(desk.addresses(id)["rackbeat"]?.string == "http://127.0.0.1:1/worlds/\(id)/api")
    }

    @Test func aRemovedWorldIsGone() throws {
        let desk = try Desk(Desk.chairs)
        let id = try #require(desk.ask(.post, "/worlds").json["id"]?.string)
        #expect(desk.ask(.delete, "/worlds/\(id)").status == 204)
        #expect(desk.ask(.get, "/worlds/\(id)/world").status == 404)
        #expect(desk.control.answer(Request(.get, "/worlds/\(id)/api/orders"), as: .rackbeat).status == 404)
        #expect(try desk.read("/worlds")["worlds"]?.array?.count == 1)
    }

    /// A world of another scenario beside the first.
    @Test func aWorldMayHaveAScenarioOfItsOwn() throws {
        let desk = try Desk(Desk.chairs)
        let id = try #require(
            desk.ask(.post, "/worlds", #"{"scenario":"world: { products: [ { number: POT-1 } ] }\nsteps: []","goodsOwnerId":7}"#)
                .json["id"]?.string)
        let products = try desk.read("/worlds/\(id)/world")["rackbeat"]?["products"]
        #expect(products?.array?.compactMap { $0["number"]?.string } == ["POT-1"])
        #expect(desk.addresses(id)["goodsOwnerId"]?.int == 7)
        #expect(desk.ongoing(.get, "/articles?goodsOwnerId=7", world: id).status == 200)
    }
}
