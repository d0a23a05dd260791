import Exchange
import JSON
import Scripted
import Testing
import Trade

@testable import OngoingClient

@Suite struct StockTests {
    private func row(_ id: Int, _ warehouses: String) -> JSON {
        .read(#"{"articleSystemId":\#(id),"articleNumber":"A-\#(id)","inventoryPerWarehouse":\#(warehouses)}"#)
    }

    @Test func warehousesAreAddedUp() throws {
        let reported = #""reported":{"pickedToBeReportedNumberOfItems":2.0,"receivedToBeReportedNumberOfItems":0.5}"#
        let bench = Bench(
            .array([
                row(
                    9001,
                    #"[{"numberOfItems":30.5,\#(reported)},{"numberOfItems":"4",\#(reported)},{"numberOfItems":null,"reported":null}]"#
                ),
                row(9002, "null"),
            ]), [])
        let stock = try bench.client.stock()
        #expect(
            stock == [
                WarehouseStock(
                    articleID: WarehouseID(9001), article: ItemNumber("A-9001"), onHand: Quantity("34.5")!,
                    pickedToBeReported: Quantity("4")!, receivedToBeReported: Quantity("1")!),
                WarehouseStock(
                    articleID: WarehouseID(9002), article: ItemNumber("A-9002"), onHand: .zero, pickedToBeReported: .zero,
                    receivedToBeReported: .zero),
            ])
        #expect(
            bench.transport.conversation == [
                "GET /demo/api/v1/articles/inventoryPerWarehouse?goodsOwnerId=42&articleSystemIdFrom=0&maxArticlesToGet=200",
                "GET /demo/api/v1/articles/inventoryPerWarehouse?goodsOwnerId=42&articleSystemIdFrom=9003&maxArticlesToGet=200",
            ])
    }

    /// A member that is never filled would read as an empty shelf.
    @Test func aMissingFigureIsNotZero() {
        let bench = Bench(.array([row(9001, #"[{"quantity":30}]"#)]), [])
        #expect(
            failure { try bench.client.stock() } == """
                Ongoing GET /articles/inventoryPerWarehouse: the response cannot be read: \
                /0/inventoryPerWarehouse/0/numberOfItems is missing. Nothing changed in Ongoing.
                """)
    }

    /// It will be missing the next time too, so whoever asks for stock again and again needs a person soon.
    @Test func aMissingFigureIsNoAccident() throws {
        let bench = Bench(.array([row(9001, #"[{"quantity":30}]"#)]), [])
        let error = #expect(throws: ExchangeError.self) { _ = try bench.client.stock() }
        #expect(error?.isMisshapen == true)
    }
}
