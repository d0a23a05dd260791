import JSON
import Scripted
import Testing
import Trade
import Units

@testable import RackbeatClient

@Suite struct OrderTests {
    private func read(_ order: JSON) throws -> SalesOrder {
        try #require(try Bench(["order": order]).client.order(OrderNumber("1042")))
    }

    private func problem(_ order: JSON) -> String { failure { try read(order) } }

    @Test func anOrderIsReadWhole() throws {
        var line = SalesLine(
            id: LineID("90011"), item: ItemNumber("KOP-01"), location: LocationNumber("1001"), quantity: Quantity("5")!)
        line.name = "Mug, blue"
        line.shipped = .zero
        line.lineTotal = Money("400")
        line.vatPercent = 25
        var delivery = Address()
        delivery.name = "Cafe Fiktiv"
        delivery.name2 = "Lager"
        delivery.street = "Lager 2"
        delivery.street2 = "Port B"
        delivery.city = "Aarhus N"
        delivery.postCode = "8200"
        delivery.country = "Denmark"
        delivery.email = "in@example.test"
        delivery.phone = "+4500000000"
        var billing = Address()
        billing.name = "Cafe Fiktiv"
        billing.street = "Gade 1"
        billing.city = "Aarhus C"
        billing.postCode = "8000"
        billing.country = "Denmark"
        var expected = SalesOrder(
            number: OrderNumber("1042"), progress: .booked, lines: [line], updatedAt: Moment(iso: "2026-03-02T07:00:00Z")!)
        expected.currency = "DKK"
        expected.deliverAt = CivilDate("2026-03-05")
        expected.deliveryTerms = "Ring the bell"
        expected.ourReferenceName = "Mia Prove"
        expected.ourReferenceNumber = "3"
        expected.paymentTermsName = "Net 14"
        expected.paymentTermsDescription = "14 days"
        expected.paymentTermsNumber = "7"
        expected.customerNumber = "501"
        expected.customerName = "Cafe Fiktiv"
        expected.deliveryAddress = delivery
        expected.billingAddress = billing
        #expect(try read(Sample.order) == expected)
    }

    /// What a record names by an object and by a number, whichever of the two an account sends.
    @Test(arguments: ["payment_terms", "customer"])
    func aReferenceIsReadFromItsObjectOrItsNumber(name: String) throws {
        func number(_ order: SalesOrder) -> String? { name == "customer" ? order.customerNumber : order.paymentTermsNumber }
        let both = Sample.order.with(name, ["number": 9, "name": "Nine"]).with("\(name)_id", 9)
        for order in [
            both, both.without("\(name)_id"), both.without(name), both.with("\(name)_id", .null), both.with(name, .null),
        ] {
            #expect(number(try read(order)) == "9")
        }
        #expect(number(try read(both.without("\(name)_id").without(name))) == nil)
    }

    @Test func mostOfAnOrderMayBeNull() throws {
        let needed = ["number", "is_booked", "updated_at", "lines"]
        let members = Sample.order.object!.names.filter { !needed.contains($0) }
        let order = try read(members.reduce(Sample.order) { $0.with($1, .null) })
        var expected = SalesOrder(
            number: OrderNumber("1042"), progress: .booked, lines: try read(Sample.order).lines,
            updatedAt: Moment(iso: "2026-03-02T07:00:00Z")!)
        #expect(order == expected)
        expected.customerNumber = "501"
        #expect(try read(members.reduce(Sample.order) { $0.with($1, $1 == "customer_id" ? 501 : .null) }) == expected)
    }

    /// Each row of flags is one state, or none: a combination that cannot happen is refused aloud.
    @Test(
        arguments: [
            (false, false, false, OrderProgress.draft), (true, false, false, .booked), (true, true, false, .booked),
            (true, false, true, .shipped), (true, true, true, .shipped), (false, true, false, .draft),
        ]) func flagsAreReadIntoOneState(booked: Bool, partly: Bool, shipped: Bool, progress: OrderProgress) throws
    {
        #expect(try read(flagged(booked, partly, shipped)).progress == progress)
        #expect(try read(flagged(booked, partly, shipped).with("is_cancelled", true)).progress == .cancelled)
    }

    @Test func contradictingFlagsAreRefused() {
        let text = "Rackbeat GET /orders/1042: the response cannot be read: /order contradicts itself: "
        #expect(problem(flagged(false, false, true)) == text + "is_shipped without is_booked. Nothing changed in Rackbeat.")
        #expect(problem(flagged(false, true, true)) == text + "is_shipped without is_booked. Nothing changed in Rackbeat.")
    }

    /// A cancelled order that was taken back to a draft before is cancelled all the same.
    @Test func cancelledWinsOverContradictions() throws {
        #expect(try read(flagged(false, false, true).with("is_cancelled", true)).progress == .cancelled)
    }

    private func flagged(_ booked: Bool, _ partly: Bool, _ shipped: Bool) -> JSON {
        Sample.order.with("is_booked", .bool(booked)).with("is_partly_shipped", .bool(partly))
            .with("is_shipped", .bool(shipped))
    }

    @Test func deliveryTermsMayBeAnObject() throws {
        #expect(try read(Sample.order.with("delivery_terms", ["number": 2, "name": "DAP"])).deliveryTerms == "DAP")
        #expect(try read(Sample.order.with("delivery_terms", .null)).deliveryTerms == nil)
    }

    /// Midnight in Denmark is the day before in UTC, and no order is to leave a day early for that.
    @Test(
        arguments: [
            ("2026-03-05", "2026-03-05"), ("2026-03-05T00:00:00+01:00", "2026-03-05"), ("2026-03-04T23:00:00Z", "2026-03-05"),
            ("2026-03-05 00:00:00", "2026-03-05"), ("2026-03-05T00:00:00.000000Z", "2026-03-05"),
        ]) func theDeliveryDayIsTheAccountsDay(text: String, day: String) throws
    {
        #expect(try read(Sample.order.with("deliver_at", .string(text))).deliverAt == CivilDate(day))
    }

    @Test func aLineFallsBackToItsFlatMembers() throws {
        let flat = Sample.order.withFirstLine {
            $0.with("item", .null).with("child_id", "GLAS-2").with("location", .null).with("location_id", 1002)
        }
        let line = try #require(try read(flat).lines.first)
        #expect(line.item == ItemNumber("GLAS-2"))
        #expect(line.name == "Mug")
        #expect(line.location == LocationNumber("1002"))
    }

    /// What a line without a location means is for others to decide.
    @Test func aLineOfTextHasNoItemAndALineMayHaveNoLocation() throws {
        let text = Sample.order.withFirstLine {
            $0.without("item").with("child_id", .null).without("location").with("location_id", .null)
        }
        let line = try #require(try read(text).lines.first)
        #expect(line.item == nil)
        #expect(line.location == nil)
    }

    @Test func aLineMayShowItsTotalWithVAT() throws {
        let line = try read(Sample.order.withFirstLine { $0.with("line_total_incl_vat", JSON.read("499.99")) }).lines[0]
        #expect(line.lineTotalWithVAT == Money("499.99"))
        #expect(line.lineTotal == Money("400"))
    }

    /// No source shows it on a line. What stands there is not relied on: the product is asked.
    @Test func aLineSaysNothingOfWhetherStockIsKept() throws {
        let service = Sample.order.withFirstLine { $0.with("item", ["number": "FRAGT", "inventory_enabled": false]) }
        #expect(try read(service).lines[0].keepsInventory)
    }

    @Test(
        arguments: [
            ("id", "null", "/order/lines/0/id is null"),
            ("quantity", "1.0000001", "/order/lines/0/quantity is 1.0000001; a number with at most six decimals was expected"),
            ("quantity", #""5""#, #"/order/lines/0/quantity is "5"; a number with at most six decimals was expected"#),
            ("item", #""KOP-01""#, #"/order/lines/0/item is "KOP-01"; an object was expected"#),
            (
                "location", #"{"number":1.5}"#,
                "/order/lines/0/location/number is 1.5; a number or text that names it was expected"
            ),
        ]) func whatCannotBeReadOfALineIsNamed(member: String, value: String, problem: String)
    {
        let order = Sample.order.withFirstLine { $0.with(member, .read(value)) }
        #expect(
            self.problem(order)
                == "Rackbeat GET /orders/1042: the response cannot be read: \(problem). Nothing changed in Rackbeat.")
    }

    @Test(
        arguments: [
            ("is_booked", "null", "/order/is_booked is null"),
            ("deliver_at", #""next week""#, #"/order/deliver_at is "next week"; a date such as 2026-03-05 was expected"#),
            ("deliver_at", #""2026-02-30""#, #"/order/deliver_at is "2026-02-30"; a date such as 2026-03-05 was expected"#),
            ("lines", "null", "/order/lines is null"),
            ("lines", "{}", "/order/lines is an object; an array was expected"),
            ("lines", "[1]", "/order/lines/0 is 1; an object was expected"),
        ]) func whatCannotBeReadOfAnOrderIsNamed(member: String, value: String, problem: String)
    {
        #expect(
            self.problem(Sample.order.with(member, .read(value)))
                == "Rackbeat GET /orders/1042: the response cannot be read: \(problem). Nothing changed in Rackbeat.")
    }
}
