import JSON
package import Units

extension OngoingFake {
    package struct TrackingRecord: Sendable {
        package let waybill: String
        package let url: String
        package let isReturn: Bool
        package let created: Moment
    }
}

typealias TrackingRecord = OngoingFake.TrackingRecord

struct ParcelRecord: Sendable {
    let id: Int
    var number: String
    var isReturn: Bool
    var fields: JSONObject
    var tracking: TrackingRecord?
}

struct WayBillRowRecord: Sendable {
    let id: Int
    var fields: JSONObject
}
