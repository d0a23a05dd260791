import SyncCore
import Testing
import Trade
import Units

struct ShutOutTests {
    /// An order whose first sending has an unknown outcome is looked up at once, unless the look-up would be refused as well.
    @Test(arguments: [(false, false, false), (true, false, true), (true, true, false), (false, true, false)])
    func anUnknownSendingIsLookedUpUnlessWeAreShutOut(isUnknown: Bool, isShutOut: Bool, isLookedUp: Bool) {
        let noon = Moment(iso: "2026-03-02T12:00:00Z")!
        var push = DocumentPush(
            PushRecord(nothingOf: RecordRef(.order, "1042")), settlingTime: .seconds(120), pauses: [],
            revivesCancelledNumbers: false, adoptsExisting: false)
        let content = PushContent(
            fingerprint: Fingerprint(text: "a"),
            lines: [PushedLine(row: LineID("1"), item: ItemNumber("CHAIR"), quantity: Quantity("3")!)], deliveryDate: nil)
        var directive = push.begin()
        for _ in 0..<6 where directive != .put(isUpdate: false) {
            switch directive {
            case .decide: directive = push.isWanted(content, at: noon)
            case .find: directive = push.wasFound([], recorded: [], at: noon)
            case .ensureArticles: directive = push.articlesAreThere(at: noon)
            default: break
            }
        }
        #expect(directive == .put(isUpdate: false))
        #expect(push.putFailed(outcomeUnknown: isUnknown, isShutOut: isShutOut) == (isLookedUp ? .find : .passErrorOn))
        #expect(push.record.state.mayBeHeld)
    }
}
