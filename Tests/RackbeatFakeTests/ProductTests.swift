import Exchange
import JSON
import Testing
import Units

@testable import RackbeatFake

struct ProductTests {
    /// Whole numbers have no fraction, and a missing value is null rather than absent.
    @Test func aProductIsWrittenAsTheRealOneIs() throws {
        let world = try TestWorld.stocked()
        try world.fake.addSupplier(SupplierSeed(number: 20, name: "Ler A/S"))
        try world.fake.addProduct(
            ProductSeed(
                number: "FAD/03", name: "Dish", price: ExactDecimal("79.96")!, group: 1,
                stock: [1001: ExactDecimal("2.5")!, 1002: 1],
                physical: Physical(weight: ExactDecimal("0.4")!, weightUnit: "kg", height: 9), isBatch: true, defaultSupplier: 20,
                defaultLocation: 1002))
        let expected = """
            {"product":{"id":33,"number":"FAD/03","urlfriendly_number":"FAD%2F03","type":"product","barcode":null,"name":"Dish",\
            "description":null,"sales_price":79.96,"recommended_sales_price":0,"cost_price":0,"recommended_cost_price":0,\
            "min_order":0,"min_sales":0,"min_stock":0,"stock_quantity":3.5,"in_order_quantity":0,"available_quantity":3.5,\
            "purchased_quantity":0,"default_supplier_id":20,"default_location_id":1002,"default_location":{"number":1002,\
            "name":"Shop","parent_id":null,"is_default":false},"picture_url":null,"pictures":{"thumb":null,"display":null,\
            "large":null,"original":null},"is_barred":false,"inventory_enabled":true,"should_assure_quality":false,\
            "supplier_product_number":null,"unit_id":1,"unit":{"number":1,"name":"pcs"},"group_id":1,"group":{"number":1,"name":"Tableware",\
            "has_inventory":true,"should_spread_cost":false,"vat_domestic":25,"vat_eu":0,"vat_abroad":0,"vat_domestic_exempt":0,\
            "is_sellable":true,"self":"https://app.rackbeat.com/api/product-groups/1"},"physical":{"weight":0.4,\
            "weight_unit":"kg","height":9,"width":null,"depth":null,"size_unit":null},"serial_numbers":{"is_active":false,\
            "index":null},"batch_control":{"is_active":true},"created_at":"2026-03-02T14:05:09+01:00",\
            "updated_at":"2026-03-02T14:05:09+01:00","deleted_at":null,"department_id":null,"goods_code":null,\
            "country_code":null,"metadata":[],"self":"https://app.rackbeat.com/api/products/FAD%2F03"}}
            """
        #expect(world.get("products/FAD%2F03").json.text == expected)
    }

    /// One SDK encodes numbers once, the older one twice; a number that looks encoded must still be found as it is.
    @Test func itemNumbersAreDecodedOnceAndThenTwice() throws {
        let world = try TestWorld.stocked()
        try world.fake.addProduct(ProductSeed(number: "A/1"))
        try world.fake.addProduct(ProductSeed(number: "A%2F2"))
        #expect(world.get("products/A%2F1").status == 200)
        #expect(world.get("products/A%252F1").status == 200)
        #expect(world.get("products/A%252F2").json["product"]?["number"] == "A%2F2")
        let once = try TestWorld.stocked(["url_decode_passes": "1"])
        try once.fake.addProduct(ProductSeed(number: "A/1"))
        #expect(once.get("products/A%2F1").status == 200)
        #expect(once.get("products/A%252F1").status == 404)
    }

    @Test func aProductIsCreatedAndChangedThroughTheAPI() throws {
        let world = try TestWorld.stocked()
        let created = world.post(
            "products",
            [
                "number": "NY-1", "name": "New", "group": 1, "sales_price": 10,
                "physical": ["weight": 250, "weight_unit": "g"],
            ])
        #expect(created.status == 201)
        world.pass(.seconds(10))
        #expect(world.put("products/NY-1", ["name": "Newer", "barcode": "57"]).status == 200)
        let product = try #require(world.fake.product("NY-1"))
        #expect(product.name == "Newer" && product.barcode == "57" && product.price == 10)
        #expect(product.updatedAt > product.createdAt)
        #expect(world.delete("products/NY-1").status == 204)
        #expect(world.get("products/NY-1").status == 404)
    }

    /// Every problem is named at once, by the path of its property.
    @Test func anInvalidProductNamesEveryProblem() throws {
        let world = try TestWorld.stocked()
        let refused = world.post("products", ["number": "KOP-01", "name": 7, "group": 99, "physical": ["weight": 1]])
        #expect(refused.status == 422)
        let expected = """
            {"message":"The given data was invalid.","errors":{"sales_price":["The sales price field is required."],\
            "number":["The number has already been taken."],"name":["The name must be a string."],\
            "group":["The selected group is invalid."],"physical.weight_unit":["The weight_unit field is required with weight."]}}
            """
        #expect(refused.json.text == expected)
        #expect(
            world.put("products/KOP-01", ["sales_price": "eighty"]).problems("sales_price")
                == ["The sales price must be a number."])
        let quiet = try TestWorld.stocked(["error_message_key": "errors"])
        #expect(quiet.post("products", [:]).json["message"] == nil)
    }

    /// Laravel takes a text that is a number for one, and PHP writes an object without members as an empty list.
    @Test func numbersAsTextsAndEmptyListsAreRead() throws {
        let world = try TestWorld.stocked()
        let written = world.put(
            "products/KOP-01", ["sales_price": "80.5", "group": "1", "is_barred": "1", "min_stock": " 7", "physical": []])
        #expect(written.problems("min_stock") == ["The min stock must be a number."])
        #expect(
            world.put("products/KOP-01", ["sales_price": "80.5", "group": "1", "is_barred": "1", "physical": []]).status == 200)
        let product = try #require(world.fake.product("KOP-01"))
        #expect(product.price == ExactDecimal("80.5") && product.group == 1 && product.isBarred)
        #expect(world.put("products/KOP-01", ["group": "1.5"]).problems("group") == ["The group must be an integer."])
    }

    /// What is open follows the product; what is shipped stays what it was.
    @Test func aProductThatBecomesAServiceTakesItsOpenLinesWithIt() throws {
        let world = try TestWorld.stocked()
        let lines = [LineSeed(item: "KOP-01", quantity: 2), LineSeed(item: "SKAL-02", quantity: 1)]
        let number = try world.fake.addOrder(OrderSeed(lines: lines), book: true)
        #expect(world.put("products/KOP-01", ["inventory_enabled": false]).status == 200)
        #expect(world.get("products/KOP-01").json["product"]?["in_order_quantity"] == 0)
        #expect(try #require(world.fake.order(number)).lines.map(\.isStock) == [false, true])
        #expect(world.put("products/KOP-01", ["inventory_enabled": true]).status == 200)
        #expect(world.get("products/KOP-01").json["product"]?["in_order_quantity"] == 2)
    }

    @Test func aProductInUseIsNotDeleted() throws {
        let world = try TestWorld.stocked()
        let order = try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01")]), book: false)
        #expect(world.delete("products/KOP-01").status == 422)
        #expect(world.post("products/bulk/delete", ["numbers": ["SKAL-02", "KOP-01"]]).status == 422)
        #expect(world.get("products/SKAL-02").status == 200)
        try world.fake.deleteOrder(order)
        #expect(world.post("products/bulk/delete", ["numbers": ["SKAL-02", "KOP-01"]]).status == 204)
        #expect(world.fake.product("KOP-01")?.isDeleted == true)
    }

    @Test func stockIsShownByLocationAndInBulk() throws {
        let world = try TestWorld.stocked()
        try world.fake.addOrder(OrderSeed(lines: [LineSeed(item: "KOP-01", quantity: 8, location: 1001)]), book: true)
        #expect(
            world.get("products/KOP-01/locations/1001").json.text
                == #"{"product_location":{"number":1001,"name":"Main","stock_quantity":100,"available_quantity":92}}"#)
        #expect(world.get("products/KOP-01/locations/9").status == 404)
        #expect(world.get("products/KOP-01/locations").json["product_locations"]?.array?.count == 2)
        let checking = world.get("reports/checking?show_all_locations=true&limit=1")
        #expect(checking.status == 206)
        #expect(
            checking.json["items"]?.text == """
                [{"number":"KOP-01","name":"Mug, blue","locations":[{"number":1001,"name":"Main",\
                "stock_quantity":100},{"number":1002,"name":"Shop","stock_quantity":0}]}]
                """)
        let product = world.get("products/KOP-01").json["product"]
        #expect(product?["in_order_quantity"] == 8 && product?["available_quantity"] == 92)
    }

    @Test func lotsAreListedBesideProductsAndTogetherWithThemAsItems() throws {
        let world = try TestWorld.stocked()
        try world.fake.addProduct(ProductSeed(number: "SET-1", kind: .lot))
        #expect(world.get("products").json["total"] == 2)
        #expect(world.get("lots").json["lots"]?[0]?["number"] == "SET-1")
        #expect(world.get("items").json["total"] == 3)
        #expect(world.get("products/SET-1").status == 404)
        #expect(world.get("items/SET-1").json["item"]?["type"] == "lot")
    }

    /// Shipping must not look like an edit, or every sale would push its article again.
    @Test func aStockChangeDoesNotTouchTheProduct() throws {
        let world = try TestWorld.stocked()
        world.pass(.seconds(60))
        try world.fake.countStock("KOP-01", at: 1001, to: 90, cause: "manual count")
        #expect(world.fake.product("KOP-01")?.updatedAt == world.fake.product("KOP-01")?.createdAt)
        try world.fake.touchProduct("KOP-01")
        #expect(world.fake.product("KOP-01")?.updatedAt == world.time)
    }
}
