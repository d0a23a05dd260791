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

    /// Our own clock counts how long ago a response came, and tells the time only where none showed it.
    @Test(
        arguments: [(nil, 0, 0), (-259_200, 0, -259_200), (-259_200, 172_800, -86_400), (3600, 60, 3660), (0, -60, 0)]
            as [(Int?, Int, Int)])
    func theTimeThereIsThatOfTheLatestResponse(ahead: Int?, ago: Int, there: Int) {
        let came = Self.noon - .seconds(ago)
        let latest = ahead.map { (shown: Self.noon + .seconds($0), came: came) }
        #expect(ClockWatch.there(at: Self.noon, latest: latest) == Self.noon + .seconds(there))
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
    }

    /// What is known of the other system's clock × where the cursor stood × how far a row lies in the future: the cursor never stands
    /// later than that system's time, and the tolerance.
    @Test(arguments: [nil, -600, 0, 600] as [Int?], [nil, -600, 0, 600] as [Int?])
    func noRowCarriesTheCursorIntoTheFuture(known: Int?, seen: Int?) {
        let watch = Self.watch(known: known, seen: seen)
        let there = Self.noon + .seconds(seen ?? known ?? 0)
        for ahead in [61, 8 * 86_400, 365 * 86_400, 2_900_000 * 86_400] {
            for cursor in [nil, there - .seconds(3600), there, there + .seconds(ahead)] {
                let moved = watch.moved(cursor, to: there + .seconds(ahead), began: Self.noon)
                #expect(moved == there + .seconds(60), "ahead \(ahead), cursor \(String(describing: cursor))")
                #expect(watch.moved(cursor, to: nil, began: Self.noon).map { $0 <= there + .seconds(60) } ?? true)
            }
        }
    }

    @Test(
        arguments: [
            (nil, nil, 3600, false), (nil, nil, 86_401, true), (nil, 600, 86_401, false), (nil, 600, 87_001, true),
            (-600, nil, 86_000, true), (600, 0, 86_401, true),
        ] as [(Int?, Int?, Int, Bool)])
    func aRowIsDatedInTheFutureByTheOtherSystemsClock(known: Int?, seen: Int?, ahead: Int, isInTheFuture: Bool) {
        let watch = Self.watch(known: known, seen: seen)
        #expect(watch.isInTheFuture(Self.noon + .seconds(ahead), at: Self.noon) == isInTheFuture)
        #expect(watch.standsInTheFuture(Self.noon + .seconds(ahead), at: Self.noon) == isInTheFuture)
        #expect(!watch.standsInTheFuture(nil, at: Self.noon))
    }

    /// A cursor that is the time of a response: a response dated in the future hides nothing either, and one that was written down
    /// before is not believed.
    @Test func theDateOfAResponseIsBelievedWithinADay() {
        func dated(_ date: Duration) -> Moment? {
            ClockWatch.dated(Self.noon + date, shown: Self.noon + .seconds(1), stood: Self.noon, began: Self.noon)
        }
        #expect(dated(.seconds(600)) == Self.noon + .seconds(600))
        #expect(dated(.seconds(-6 * 86_400)) == Self.noon - .seconds(6 * 86_400))
        #expect(dated(.seconds(9 * 86_400)) == Self.noon + .seconds(86_400))
        func from(_ cursor: Moment?) -> Moment? { ClockWatch.dated(cursor, at: Self.noon, farReach: .seconds(3600)) }
        #expect(from(nil) == nil)
        #expect(from(Self.noon + .seconds(60)) == Self.noon + .seconds(60))
        #expect(from(Self.noon + .seconds(9 * 86_400)) == Self.noon - .seconds(3600))
    }

    /// Of a warehouse whose responses tell no time, only its rows tell it: our own clock may be ahead.
    @Test(
        arguments: [
            (nil, nil, nil), (nil, -600, -600), (-600, nil, -600), (-600, -60, -60), (-60, -600, -60), (600, nil, 0),
            (nil, 600, 0),
        ] as [(Int?, Int?, Int?)])
    func withoutADateTheRowsSayHowFarTimeHasCome(stood: Int?, shown: Int?, stands: Int?) {
        func moment(_ seconds: Int?) -> Moment? { seconds.map { Self.noon + .seconds($0) } }
        #expect(ClockWatch.dated(nil, shown: moment(shown), stood: moment(stood), began: Self.noon) == moment(stands))
    }
}
