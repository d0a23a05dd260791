import JSON

extension Benchmark {
    static var json: Benchmark {
        Benchmark(
            name: "json",
            description: """
                one order of \(JSONBenchmark.text.count) bytes, parsed into a tree, written from it, and both; one thread, median of \
                \(Stopwatch.samples) samples
                """,
            run: JSONBenchmark.run)
    }
}

private enum JSONBenchmark {
    static func run() throws {
        let megabytes = Double(text.count) / 1e6
        let tree = try JSON.parse(text)
        precondition(tree.serialized == text, "the document is written back as it was, or the figures mean nothing")
        var bytes = 0
        try Stopwatch.time { bytes += try JSON.parse(text).object?.count ?? 0 }.print("parse", megabytes, "MB/s")
        Stopwatch.time { bytes += tree.serialized.count }.print("write", megabytes, "MB/s")
        try Stopwatch.time { bytes += try JSON.parse(text).serialized.count }.print("both ", megabytes, "MB/s")
        // Without a use of the results, the compiler may leave the work out.
        precondition(bytes > 0)
    }

    /// As Rackbeat sends an order: compact, mostly short members, some Danish letters, few escapes, two lines.
    static let text = Array(
        """
        {"order":{"number":1042,"customer_id":88,"name":"Møbelhuset Nørrebro ApS","currency_code":"DKK","exchange_rate":1,\
        "vat_number":"DK12345678","our_reference":null,"their_reference":"Jytte Åkesson","is_booked":true,"is_shipped":false,\
        "is_partly_shipped":false,"is_cancelled":false,"booked_at":"2026-03-02T14:05:09+01:00","deliver_at":"2026-03-05",\
        "delivery_name":"Møbelhuset Nørrebro ApS","delivery_street":"Nørrebrogade 12, 2. th","delivery_zipcode":"2200",\
        "delivery_city":"København N","delivery_country":"Denmark","delivery_email":"lager@example.test",\
        "delivery_phone":"+45 12 34 56 78","note":"Ring på døren\\nog vent \\"bag porten\\"","total_subtotal":1834.97,\
        "total_vat":458.7425,"total_total":2293.7125,"total_weight":23.5,"layout":{"number":2,"name":"Standard"},"lines":[\
        {"id":50011,"line_type":"product","child_id":"STOL-01","name":"Stol, eg","quantity":4,"line_price":399.99,\
        "line_total":1599.96,"discount_percentage":0,"vat_percentage":25,"location":{"number":1001,"name":"Lager Syd",\
        "is_barred":false},"unit":{"number":1,"name":"stk"},"sort":1,"is_shipped":false},{"id":50012,"line_type":"product",\
        "child_id":"KOP-07","name":"Kop, hvid, 25 cl","quantity":3.5,"line_price":67.145,"line_total":235.01,\
        "discount_percentage":12.5,"vat_percentage":25,"location":{"number":1001,"name":"Lager Syd","is_barred":false},\
        "unit":{"number":1,"name":"stk"},"sort":2,"is_shipped":false}],"created_at":"2026-03-01T08:11:42+01:00",\
        "updated_at":"2026-03-02T14:05:09+01:00","self":"https://app.example.test/api/orders/1042"}}
        """.utf8)
}
