import JSON
import Scripted

/// Records as Rackbeat sends them, each without its envelope.
enum Sample {
    static let product = JSON.read(
        """
        {"id":31,"number":"KOP-01","type":"product","barcode":"5700000000012","name":"Mug, blue","description":"Stoneware",
        "sales_price":80.25,"stock_quantity":120,"default_supplier_id":20,"default_location":{"number":1001,"name":"Main"},
        "picture_url":"https://img.example.test/kop-01.jpg","pictures":{"thumb":null,"original":"https://img.example.test/o.jpg"},
        "is_barred":false,"inventory_enabled":true,"group_id":1,"group":{"number":1,"name":"Tableware","vat_domestic":25},
        "physical":{"weight":0.4,"weight_unit":"kg","height":9,"width":8.5,"depth":8,"size_unit":"cm"},
        "serial_numbers":{"is_active":false,"index":null},"batch_control":{"is_active":true},
        "updated_at":"2026-03-02T14:05:09+01:00","deleted_at":null}
        """)

    static let order = JSON.read(
        """
        {"number":1042,"customer_id":501,"customer":{"number":501,"name":"Cafe Fiktiv"},"is_booked":true,"is_shipped":false,
        "is_partly_shipped":false,"is_cancelled":false,"currency":"DKK","our_reference":{"number":3,"name":"Mia Prove"},
        "payment_terms_id":7,"payment_terms":{"number":7,"name":"Net 14","description":"14 days"},"delivery_terms":"Ring the bell",
        "billing_address":{"name":"Cafe Fiktiv","street":"Gade 1","street2":null,"zipcode":"8000","city":"Aarhus C",
        "country":"Denmark","email":null,"phone":null},
        "delivery_address":{"name":"Cafe Fiktiv","name2":"Lager","street":"Lager 2","street2":"Port B","zipcode":"8200",
        "city":"Aarhus N","country":"Denmark","email":"in@example.test","phone":"+4500000000"},
        "deliver_at":"2026-03-05","updated_at":"2026-03-02T08:00:00+01:00",
        "lines":[{"id":90011,"child_id":"KOP-01","child_type":"product","item":{"number":"KOP-01","name":"Mug, blue"},
        "location_id":1001,"location":{"number":1001,"name":"Main"},"name":"Mug","quantity":5,"quantity_shipped":0,"line_price":80,
        "line_total":400,"vat_percentage":25}]}
        """)

    static let purchaseOrder = JSON.read(
        """
        {"number":1001,"is_booked":true,"is_received":false,"is_partly_received":false,"is_cancelled":false,"currency":"DKK",
        "supplier_id":20,"supplier":{"number":20,"name":"Ler A/S","company_name":"Ler (old)","address_street":"Ovnvej 4",
        "address_street2":null,"address_city":"Vejle","address_zipcode":"7100","address_country":"Denmark",
        "contact_email":"so@example.test","contact_phone":"+4511111111","supplier_group":{"number":1,"name":"Domestic"}},
        "your_reference_id":null,"note":"Gate B","created_at":"2026-03-01T12:00:00+01:00",
        "updated_at":"2026-03-01T12:30:00+01:00",
        "lines":[{"id":61001,"child_id":"KOP-01","item":{"number":"KOP-01","name":"Mug, blue"},"name":"Mug","location_id":1001,
        "location":{"number":1001,"name":"Main"},"quantity":40,"quantity_received":12.5,"line_price":31.25,"line_total":1250,
        "vat_percentage":25}]}
        """)

    static let supplier = purchaseOrder["supplier"]!

    static let shipment = JSON.read(
        """
        {"id":700,"order_id":1042,"order":{"number":1042},"is_shipped":false,"lines":[{"id":8001,"order_line_id":90011,
        "child_id":"KOP-01","location_id":1001,"location":{"number":1001},"quantity":3,"is_picked":false}]}
        """)

    static let receipt = JSON.read(
        """
        {"number":300,"is_received":false,"received_at":null,"purchase_order":{"number":1001},"lines":[{"id":5001,
        "child_id":"KOP-01","location_id":1001,"location":{"number":1001},"name":"Mug, blue","quantity":40}]}
        """)

    static let adjustment = JSON.read(
        """
        {"id":55,"reason":"WMS adj 9-88","description":null,"regulated_at":"2026-03-02","lines":[{"id":1,"child_id":"KOP-01",
        "location_id":1001,"quantity":-2}]}
        """)

    /// One page of a list, as Rackbeat sends it.
    static func page(_ key: String, _ rows: [JSON], page: Int = 1, pages: Int = 1) -> JSON {
        .object([
            key: .array(rows), "total": JSON(rows.count), "pages": JSON(pages), "limit": 100, "page": JSON(page),
        ])
    }
}
