import JSON

struct ConsigneeView: Keeping {
    let id: Int
    let kept: JSONObject
}

extension ReadTables {
    static let consignee = ReadTable<ConsigneeView>([
        .kept(.empty, "customerNumber", "name", "address1", "address2", "address3", "postCode", "city", "countryCode"),
        .kept(.empty, "countryStateCode", "remark", "doorCode"),
        .nested(
            ReadTable<JSONObject>([
                .nested(notification, "telephoneNotification", "emailNotification", "smsNotification")
            ]), "advanced"),
        .nested(invoiceAddress, "invoiceAddress"),
        .made("id") { JSON($0.id) },
        .kept(.null, "deliveryInstruction"),
        .list(codeName, "customerClasses"),
        .nested(ReadTable<JSONObject>([.kept(.null, "code", "name", "comment")]), "customerGroup"),
    ])

    private static let invoiceAddress = ReadTable<JSONObject>([
        .kept(.empty, "name", "address1", "address2", "address3", "postCode", "city", "countryCode", "countryStateCode"),
        .nested(
            ReadTable<JSONObject>([
                .nested(
                    ReadTable<JSONObject>([.kept(.empty, "value")]), "telephoneNotification", "emailNotification",
                    "smsNotification")
            ]), "advanced"),
    ])
}
