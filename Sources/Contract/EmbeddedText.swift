import ContractText

/// The resources of this room, which every build carries with it.
enum EmbeddedText {
    static var assumptions: [UInt8] { bytes(contractTextAssumptions) }

    private static func bytes(_ text: ContractText) -> [UInt8] {
        Array(UnsafeBufferPointer(start: text.start, count: text.count))
    }
}
