import Exchange
import HeapModule
package import Units

/// Simulated time: one queue of events on one thread, ordered by time, ties by order of entry.
///
/// Nothing passes by itself. Whoever waits runs the queue forward, so that what people do falls between the engine's calls
/// at its exact time and in the same order in every run.
package final class VirtualClock: Clock {
    package typealias Action = () throws -> Void

    private var moment: Moment
    private var queue = EventQueue<Action>()

    package init(startingAt moment: Moment) { self.moment = moment }

    package func now() -> Moment { moment }

    /// Enters an event. One whose time has already passed is due at once, which is when somebody next waits, even for nothing.
    ///
    /// - Parameter action: What it throws comes out of the `wait` or `run` in which it fell due; later events stay in the queue.
    package func at(_ time: Moment, run action: @escaping Action) { queue.insert(action, at: max(time, moment)) }

    package func wait(for duration: Duration) throws { try run(until: moment + max(duration, .zero)) }

    /// The same, but stands still at the event that brought the nudge about.
    package func wait(for duration: Duration, unless isNudged: () -> Bool) throws {
        let end = moment + max(duration, .zero)
        while !isNudged(), let due = queue.first, due <= end { try run(until: due) }
        if !isNudged() { moment = max(moment, end) }
    }

    /// Runs everything that falls due up to and including `time`, then stands at `time`, or later when an event waited itself.
    package func run(until time: Moment) throws {
        while let due = queue.first, due <= time {
            // An event that waits takes the clock past later events; these then happen late, and never back in time.
            moment = max(moment, due)
            try queue.removeFirst()()
        }
        moment = max(moment, time)
    }

    /// Whether something falls due at just that time.
    package func hasEvent(at time: Moment) -> Bool { queue.hasElement(at: time) }

    package var waitingEvents: Int { queue.count }
}

/// Elements ordered by time; those of the same time in the order in which they were entered.
struct EventQueue<Element> {
    private struct Entry: Comparable {
        let time: Moment
        let number: Int
        let element: Element

        static func == (left: Entry, right: Entry) -> Bool { left.number == right.number }
        static func < (left: Entry, right: Entry) -> Bool { (left.time, left.number) < (right.time, right.number) }
    }

    private var heap = Heap<Entry>()
    private var entered = 0

    var first: Moment? { heap.min?.time }
    var count: Int { heap.count }

    func hasElement(at time: Moment) -> Bool { heap.unordered.contains { $0.time == time } }

    mutating func insert(_ element: Element, at time: Moment) {
        heap.insert(Entry(time: time, number: entered, element: element))
        entered += 1
    }

    /// - Precondition: The queue is not empty.
    mutating func removeFirst() -> Element { heap.removeMin().element }
}
