import Units

extension OngoingFake {
    /// One row of an inventory adjustment: a correction of one article's stock by the warehouse.
    public struct AdjustmentRecord: Sendable {
        /// The document; it may have several rows and several articles.
        public let inventoryId: Int
        /// Article number.
        public let article: String
        let articleID: Int
        /// Signed: negative is removed.
        public let change: ExactDecimal
        public let time: Moment
        public let cause: CodeName?
        public let comment: String
        public let batch: String
        public let serial: String
        let itemID: Int
        let rowID: Int
        /// When it was acknowledged; `nil` while it is not.
        public internal(set) var reportedAt: Moment?

        public var isReported: Bool { reportedAt != nil }
    }
}
