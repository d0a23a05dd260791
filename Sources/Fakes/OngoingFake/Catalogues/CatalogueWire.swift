import JSON

extension RequestShapes {
    static let articleClass = RequestShape(
        "PostArticleClassModel",
        [
            .required(.int, "goodsOwnerId"), .required(.code, "code"), .required(.name, "name"),
            .optional(.remark, "comment"),
        ])

    static let wayOfDeliveryType = RequestShape(
        "PostWayOfDeliveryTypeModel",
        [.required(.int, "goodsOwnerId"), .required(.code, "code"), .required(.name, "name")])

    static let returnCause = RequestShape(
        "PostReturnCauseModel",
        [
            .required(.int, "goodsOwnerId"), .required(.code, "code"), .required(.name, "name"),
            .optional(.flag, "isRemoveCause", "isChangeCause", "isReturnCommentMandatory"),
        ])
}

extension OngoingFake {
    func show(_ owner: GoodsOwner) -> JSON {
        let warehouse = store.warehouse
        return [
            "goodsOwnerId": JSON(owner.id), "goodsOwnerName": .string(owner.name), "goodsOwnerComment": "",
            "isTrainingGoodsOwner": false, "goodsOwnerGroup": nil, "goodsOwnerClasses": nil, "invoicingCurrency": nil,
            "defaultWarehouse": [
                "warehouseId": JSON(warehouse.id), "warehouseName": .string(warehouse.name),
                "warehouseCode": .string(warehouse.code),
            ],
            "address": nil, "references": nil, "logo": nil,
        ]
    }

    static func full(_ entry: Catalogues.Entry) -> JSON {
        [
            "id": JSON(entry.id), "code": .string(entry.code), "name": .string(entry.name),
            "comment": Wire.text(entry.comment),
        ]
    }

    static func statuses(_ statuses: [(number: Int, text: String)]) -> JSON {
        .array(statuses.map { ["number": JSON($0.number), "text": .string($0.text)] })
    }
}
