import ContractText

/// The resources of this module, which every build contains.
enum EmbeddedText {
    static var assumptions: [UInt8] { bytes(contractTextAssumptions) }
    static var rackbeat: [UInt8] { bytes(contractTextRackbeat) }
    static var ongoing: [UInt8] { bytes(contractTextOngoing) }

    private static func bytes(_ text: ContractText) -> [UInt8] {
        Array(UnsafeBufferPointer(start: text.start, count: text.count))
    }
}
