import JSON
import Units

extension ParcelRecord: KeptMembers {
    var kept: JSONObject { fields }
}

extension WayBillRowRecord: KeptMembers {
    var kept: JSONObject { fields }
}

extension ResponseShapes {
    static func tracking(_ tracking: TrackingRecord) -> JSON {
        [
            "trackingUrl": .string(tracking.url), "waybill": .string(tracking.waybill), "created": Wire.time(tracking.created),
            "freightPrice": nil,
        ]
    }

    static let parcel = ResponseShape<ParcelRecord>([
        .made("id") { JSON($0.id) },
        .made("parcelNumber") { .string($0.number) },
        .made("isReturnParcel") { .bool($0.isReturn) },
        .made("tracking") { parcel in
            guard let tracking = parcel.tracking else { return .null }
            return ["trackingUrl": .string(tracking.url), "waybill": .string(tracking.waybill), "freightPrice": nil]
        },
        .made("advanced") { parcelAdvanced.render($0.fields["advanced"]?.object ?? [:]) },
    ])

    private static let parcelAdvanced = ResponseShape<JSONObject>([
        .absent("parcelSerialNumber"), .kept(.null, "length", "width", "height", "weight", "parcelType"),
    ])

    static let wayBillRow = ResponseShape<WayBillRowRecord>([
        .made("wayBillRowId") { JSON($0.id) },
        .kept(.null, "weight", "volume", "length", "width", "height", "numberOfPackages", "approvedNumberOfPackages"),
        .kept(.null, "comment", "category"),
        .nested(
            ResponseShape<JSONObject>([
                .kept(.null, "code"), .absent("name", "weight", "length", "width", "height", "loadMeters", "barCode"),
            ]), "parcelType"),
    ])
}

extension RequestShapes {
    static let orderClasses = RequestShape("PatchOrderClassesModel", [.optional(.list(.object(orderClass)), "classes")])

    static let tracking = RequestShape(
        "PostOrderTrackingModel", [.required(.words, "waybill", "trackingUrl"), .required(.flag, "isReturnTracking")])

    static let parcel = RequestShape(
        "PostParcelTypeModel",
        [.required(.code, "parcelNumber", "transportAdministrationType"), .optional(.object(parcelAdvanced), "advanced")]
            + parcelTracking)

    static let parcelByID = RequestShape(
        "PostParcelUsingIdTypeModel",
        [.optional(.code, "parcelNumber", "transportAdministrationType"), .optional(.object(parcelAdvanced), "advanced")]
            + parcelTracking)

    private static let parcelTracking: [RequestShape.Row] = [
        .optional(
            .object(RequestShape("PostParcelTrackingInParcelModel", [.required(.words, "waybill", "trackingUrl")])), "tracking")
    ]

    private static let parcelAdvanced = RequestShape(
        "PostParcelAdvanced",
        [
            .optional(.decimal, "length", "width", "height", "weight"), .optional(.remark, "comment"),
            .optional(.members, "parcelType", "parcelStatus"),
        ])

    static let wayBillRow = RequestShape(
        "PostWayBillRowModel",
        [
            .required(.int, "numberOfPackages"),
            .required(
                .object(RequestShape("PostWaybillParcelParcelType", [.optional(.int, "id"), .optional(.code, "code")])),
                "parcelType"),
            .optional(.decimal, "weight", "volume", "length", "width", "height", "loadMeters"),
            .optional(.int, "approvedNumberOfPackages"), .optional(.remark, "comment"), .optional(.code, "category"),
        ])
}
