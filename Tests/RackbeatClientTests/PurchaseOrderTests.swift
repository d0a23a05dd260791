import ClientKit
import Exchange
import JSON
import Scripted
import Testing
import Trade
import Units

@testable import RackbeatClient

@Suite struct PurchaseOrderTests {
    private let number = PurchaseOrderNumber("1001")
    private let stub = Sample.purchaseOrder.with("supplier", ["number": 20, "name": "Ler A/S"])

    private func read(_ order: JSON) throws -> PurchaseOrder {
        try #require(try Bench(["purchase_order": order]).client.purchaseOrder(number))
    }

    @Test func aPurchaseOrderIsReadWhole() throws {
        var line = PurchaseLine(
            id: LineID("61001"), item: ItemNumber("KOP-01"), location: LocationNumber("1001"), quantity: Quantity("40")!)
        line.name = "Mug, blue"
        line.received = Quantity("12.5")
        line.lineTotal = Money("1250")
        line.vatPercent = 25
        var supplier = Supplier(number: "20", name: "Ler A/S")
        supplier.street = "Ovnvej 4"
        supplier.city = "Vejle"
        supplier.postCode = "7100"
        supplier.country = "Denmark"
        supplier.email = "so@example.test"
        supplier.phone = "+4511111111"
        supplier.groupNumber = "1"
        supplier.groupName = "Domestic"
        var expected = PurchaseOrder(
            number: number, progress: .booked, lines: [line], updatedAt: Moment(iso: "2026-03-01T11:30:00Z")!)
        expected.note = "Gate B"
        expected.currency = "DKK"
        expected.createdAt = Moment(iso: "2026-03-01T11:00:00Z")
        expected.supplier = supplier
        #expect(try read(Sample.purchaseOrder) == expected)
    }

    @Test(
        arguments: [
            (false, false, false, PurchaseProgress.draft), (true, false, false, .booked), (true, true, false, .booked),
            (true, false, true, .received), (true, true, true, .received),
        ]) func flagsAreReadIntoOneState(booked: Bool, partly: Bool, received: Bool, progress: PurchaseProgress) throws
    {
        let order = Sample.purchaseOrder.with("is_booked", .bool(booked)).with("is_partly_received", .bool(partly))
            .with("is_received", .bool(received))
        #expect(try read(order).progress == progress)
        #expect(try read(order.with("is_cancelled", true)).progress == .cancelled)
        // The flag is known from one client of low weight only.
        #expect(try read(order.without("is_cancelled")).progress == progress)
    }

    @Test func contradictingFlagsAreRefused() {
        let order = Sample.purchaseOrder.with("is_booked", false).with("is_received", true)
        #expect(
            failure { try read(order) } == """
                Rackbeat GET /purchase-orders/1001: the response cannot be read: /purchase_order contradicts itself: is_received \
                without is_booked. Nothing changed in Rackbeat.
                """)
    }

    /// Older responses give a supplier's name as the company's.
    @Test func theSuppliersNameFallsBackToTheCompanys() throws {
        let old = Sample.purchaseOrder.with("supplier", Sample.supplier.without("name"))
        #expect(try read(old).supplier?.name == "Ler (old)")
    }

    @Test func theSuppliersGroupMayBeANumberOrNothing() throws {
        let number = Sample.purchaseOrder.with(
            "supplier", Sample.supplier.without("supplier_group").with("supplier_group_id", 4))
        #expect(try read(number).supplier?.groupNumber == "4")
        #expect(try read(number).supplier?.groupName == nil)
        let nothing = Sample.purchaseOrder.with("supplier", Sample.supplier.without("supplier_group"))
        #expect(try read(nothing).supplier?.groupNumber == nil)
    }

    /// A stub has no address, and the warehouse needs one. One read serves every purchase order of the list.
    @Test func aStubIsReadOnceFromTheSupplierItself() throws {
        let second = stub.with("number", 1002)
        let bench = Bench(
            Sample.page("purchase_orders", [stub, second]), ["supplier": Sample.supplier], ["purchase_order": stub])
        let page = try bench.client.purchaseOrders(updatedFrom: nil, page: 1)
        _ = try bench.client.purchaseOrder(number)
        let cities = page.rows.map { row -> String? in
            guard case .value(let order) = row else { return nil }
            return order.supplier?.city
        }
        #expect(cities == ["Vejle", "Vejle"])
        #expect(
            bench.transport.conversation == [
                "GET /api/purchase-orders?limit=100&page=1&order_by=updated_at&order_direction=DESC", "GET /api/suppliers/20",
                "GET /api/purchase-orders/1001",
            ])
    }

    @Test func aSupplierThatIsOnlyNumberedIsReadToo() throws {
        let bench = Bench(
            ["purchase_order": Sample.purchaseOrder.with("supplier", .null)], ["supplier": Sample.supplier])
        #expect(try bench.client.purchaseOrder(number)?.supplier?.name == "Ler A/S")
    }

    @Test func aSupplierThatIsGoneLeavesTheStub() throws {
        let bench = Bench([Response(status: 200, json: ["purchase_order": stub]), Response(status: 404)])
        #expect(try bench.client.purchaseOrder(number)?.supplier == Supplier(number: "20", name: "Ler A/S"))
    }

    /// Null is a value: this supplier has no address, and asking it again would not bring one.
    @Test func aSupplierWithoutAnAddressIsNoStub() throws {
        let addressless = Sample.supplier.object!.names.filter { $0.hasPrefix("address_") }
            .reduce(Sample.supplier) { $0.with($1, .null) }
        let bench = Bench(["purchase_order": Sample.purchaseOrder.with("supplier", addressless)])
        #expect(try bench.client.purchaseOrder(number)?.supplier?.city == nil)
        #expect(bench.transport.requests.count == 1)
    }

    /// A name that changes is seen by the next run, and requested once in each.
    @Test func suppliersAreForgottenWhenAListIsBegun() throws {
        let renamed: JSON = ["supplier": Sample.supplier.with("name", "Nyt Ler A/S")]
        let bench = Bench(["supplier": Sample.supplier], Sample.page("products", []), renamed)
        #expect(try bench.client.supplierName("20") == "Ler A/S")
        #expect(try bench.client.supplierName("20") == "Ler A/S")
        _ = try bench.client.products(updatedFrom: nil, page: 1)
        #expect(try bench.client.supplierName("20") == "Nyt Ler A/S")
    }

    @Test func aMissingSupplierIsRequestedOnce() throws {
        let bench = Bench([Response(status: 404)])
        #expect(try bench.client.supplierName("20") == nil)
        #expect(try bench.client.supplierName("20") == nil)
    }
}
