import SyncCore
import Testing
import Units

struct ClockWatchTests {
    static let noon = Moment(iso: "2026-03-02T12:00:00Z")!

    static func watch(known: Int?, seen: Int?) -> ClockWatch {
        ClockWatch(known: known.map { .seconds($0) }, seen: seen.map { .seconds($0) }, tolerance: .seconds(60))
    }

    @Test(
        arguments: [
            (nil, 0, false), (0, nil, false), (0, -59, false), (0, -60, false), (0, -61, true), (0, 3600, false), (3600, 0, true),
        ] as [(Int?, Int?, Bool)])
    func aClockIsSetBackWhenItIsLessAheadThanBefore(known: Int?, seen: Int?, wasSetBack: Bool) {
        #expect(Self.watch(known: known, seen: seen).wasSetBack == wasSetBack)
    }

    /// Many small steps must not go unnoticed because each was written down.
    @Test func smallChangesAddUp() {
        #expect(Self.watch(known: 0, seen: -40).noted == .zero)
        #expect(Self.watch(known: 0, seen: -80).noted == .seconds(-80))
        #expect(Self.watch(known: 0, seen: 80).noted == .seconds(80))
        #expect(Self.watch(known: nil, seen: 5).noted == .seconds(5))
        #expect(Self.watch(known: 5, seen: nil).noted == .seconds(5))
    }

    @Test func theCursorFollowsTheClockBack() {
        let watch = Self.watch(known: 0, seen: -3600)
        #expect(watch.moved(Self.noon, to: nil, began: Self.noon) == Self.noon - .seconds(3600))
        // A change of the time before lies in the clock's future and would hide what comes until then.
        #expect(watch.moved(Self.noon, to: Self.noon, began: Self.noon) == Self.noon - .seconds(3540))
        #expect(
            Self.watch(known: -3600, seen: -3600).moved(
                Self.noon - .seconds(3540), to: Self.noon, began: Self.noon + .seconds(300))
                == Self.noon - .seconds(3240))
    }

    @Test func theCursorMovesToTheNewestChange() {
        let watch = Self.watch(known: 0, seen: 0)
        #expect(watch.moved(nil, to: nil, began: Self.noon) == nil)
        #expect(watch.moved(nil, to: Self.noon - .seconds(9), began: Self.noon) == Self.noon - .seconds(9))
        #expect(watch.moved(Self.noon, to: Self.noon - .seconds(9), began: Self.noon) == Self.noon)
        #expect(
            Self.watch(known: nil, seen: nil).moved(nil, to: Self.noon + .seconds(9999), began: Self.noon) == Self.noon
                + .seconds(9999))
    }
}
