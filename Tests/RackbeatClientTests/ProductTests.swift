import JSON
import Scripted
import Testing
import Trade
import Units

@testable import RackbeatClient

@Suite struct ProductTests {
    private func read(_ product: JSON, choosing changes: [String: String] = [:]) throws -> Product {
        try #require(try Bench(["product": product], choosing: changes).client.product(ItemNumber("KOP-01")))
    }

    private func problem(_ product: JSON) -> String { failure { try read(product) } }

    @Test func aProductIsReadWhole() throws {
        var expected = Product(number: ItemNumber("KOP-01"), updatedAt: Moment(iso: "2026-03-02T13:05:09Z")!)
        expected.name = "Mug, blue"
        expected.description = "Stoneware"
        expected.barcode = "5700000000012"
        expected.netSalesPrice = Money("80.25")
        expected.group = ProductGroup(number: "1", name: "Tableware", vatDomestic: 25)
        expected.height = Measure(value: 9, unit: "cm")
        expected.width = Measure(value: ExactDecimal("8.5")!, unit: "cm")
        expected.length = Measure(value: 8, unit: "cm")
        expected.weight = Measure(value: ExactDecimal("0.4")!, unit: "kg")
        expected.isBatchControlled = true
        expected.pictureURL = "https://img.example.test/kop-01.jpg"
        expected.supplierNumber = "20"
        expected.defaultLocation = LocationNumber("1001")
        #expect(try read(Sample.product) == expected)
    }

    /// Nearly everything may be null, and an older account may lack members altogether.
    @Test func onlyNumberAndTimeAreNeeded() throws {
        let bare = JSON.read(#"{"number":"KOP-01","updated_at":"2026-03-02T14:05:09+01:00"}"#)
        let expected = Product(number: ItemNumber("KOP-01"), updatedAt: Moment(iso: "2026-03-02T13:05:09Z")!)
        #expect(try read(bare) == expected)
        let members = Sample.product.object!.names.filter { $0 != "number" && $0 != "updated_at" }
        let nulls = members.reduce(bare) { $0.with($1, .null) }
        #expect(try read(nulls) == expected)
    }

    @Test func thePictureFallsBackToTheOriginal() throws {
        for missing in [JSON.null, "", "  "] {
            let product = try read(Sample.product.with("picture_url", missing))
            #expect(product.pictureURL == "https://img.example.test/o.jpg")
        }
    }

    @Test func theSupplierMayStandInside() throws {
        let inside = Sample.product.without("default_supplier_id")
            .with("default_supplier", ["number": 21, "name": "Glas A/S"])
        let product = try read(inside)
        #expect(product.supplierNumber == "21")
        #expect(product.supplierName == "Glas A/S")
    }

    /// A deleted product that is still listed must not stay on sale.
    @Test func aDeletedProductCountsAsBarred() throws {
        #expect(try read(Sample.product.with("is_barred", true)).isBarred)
        #expect(try read(Sample.product.with("deleted_at", "2026-03-02T14:05:09+01:00")).isBarred)
    }

    @Test func theGrossPriceFollowsTheProfile() throws {
        let product = Sample.product.with("sales_price_incl_vat", JSON.read("100.31"))
        #expect(try read(product).grossSalesPrice == nil)
        #expect(try read(product, choosing: ["price.taxful": "field"]).grossSalesPrice == Money("100.31"))
        #expect(try read(product, choosing: ["price.taxful": "net"]).grossSalesPrice == Money("80.25"))
    }

    /// The offset may be missing, as in one sample of the docs: then the account's own clock is meant.
    @Test func timesComeInBothForms() throws {
        #expect(
            try read(Sample.product.with("updated_at", "2026-07-02 14:05:09")).updatedAt
                == Moment(iso: "2026-07-02T12:05:09Z"))
        #expect(
            try read(Sample.product.with("updated_at", "2026-07-02 14:05:09"), choosing: ["time_zone": "UTC"]).updatedAt
                == Moment(iso: "2026-07-02T14:05:09Z"))
    }

    @Test(
        arguments: [
            ("updated_at", "null", "/product/updated_at is null"),
            (
                "updated_at", #""yesterday""#,
                #"/product/updated_at is "yesterday"; a time such as 2026-03-02T14:05:09+01:00 was expected"#
            ),
            ("number", #"" ""#, #"/product/number is " "; a number or text that names it was expected"#),
            ("sales_price", "0.1234567", "/product/sales_price is 0.1234567; a number with at most six decimals was expected"),
            ("sales_price", #""80,25""#, #"/product/sales_price is "80,25"; a number with at most six decimals was expected"#),
            ("name", "7", "/product/name is 7; a text was expected"),
            ("is_barred", "0", "/product/is_barred is 0; true or false was expected"),
            ("physical", "[]", "/product/physical is an array; an object was expected"),
            ("group", #"{"name":"Tableware"}"#, "/product/group/number is missing"),
            ("batch_control", #"{"is_active":"yes"}"#, #"/product/batch_control/is_active is "yes"; true or false was expected"#),
        ]) func whatCannotBeReadIsNamed(member: String, value: String, problem: String)
    {
        #expect(
            self.problem(Sample.product.with(member, .read(value)))
                == "Rackbeat GET /products/KOP-01: the response cannot be read: \(problem). Nothing changed in Rackbeat.")
    }

    @Test func aMissingNumberIsNamed() {
        #expect(
            problem(Sample.product.without("number"))
                == "Rackbeat GET /products/KOP-01: the response cannot be read: /product/number is missing. Nothing changed in Rackbeat."
        )
    }
}
