package import Units

extension OngoingFake {
    /// One row of an inventory adjustment: a correction of one article's stock by the warehouse.
    package struct AdjustmentRecord: Sendable {
        /// The document; it may have several rows and several articles.
        package let inventoryId: Int
        /// Article number.
        package let article: String
        let articleID: Int
        /// Signed: negative is removed.
        package let change: ExactDecimal
        package let time: Moment
        package let cause: CodeName?
        package let comment: String
        package let batch: String
        package let serial: String
        let itemID: Int
        let rowID: Int
        /// When it was acknowledged; `nil` while it is not.
        package internal(set) var reportedAt: Moment?

        package var isReported: Bool { reportedAt != nil }
    }
}
