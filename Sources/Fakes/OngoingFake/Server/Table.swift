import Units

/// One record with what is remembered about it.
final class Slot<Record> {
    let id: Int
    fileprivate(set) var record: Record
    /// The record as it is sent, and the revision of the catalogue (article names stand in orders) it was made with.
    fileprivate(set) var rendered: (bytes: [UInt8], catalogue: Int)?
    /// What stood here before each write that is younger than the read lag, oldest first; `nil` before there was a record.
    fileprivate var earlier: [(writtenAt: Moment, record: Record?)] = []

    fileprivate init(id: Int, record: Record) {
        self.id = id
        self.record = record
    }
}

/// All records of one kind of one goods owner, by internal id.
///
/// With a read lag, reads see the state before the writes that are younger than the lag; writes always see the present.
final class Table<Record> {
    private var slots: [Int: Slot<Record>] = [:]
    private(set) var ids = SortedIDs()
    /// Those that may look different to a reader.
    private var young = SortedIDs()
    private let lag: Duration
    private var recentlyRendered: [Slot<Record>] = []
    private var oldestRendered = 0

    /// More bodies than this are not kept: a hundred thousand orders would take hundreds of megabytes.
    private static var renderedLimit: Int { 4096 }

    init(lag: Duration) { self.lag = lag }

    /// The present records in ascending order of their ids.
    var records: [Record] { ids.ids.map { slots[$0]!.record } }

    func slot(_ id: Int) -> Slot<Record>? { slots[id] }

    /// The record as it is; asking for one that was never added is a defect.
    subscript(id: Int) -> Record { slots[id]!.record }

    func add(_ record: Record, id: Int, at now: Moment) {
        let slot = Slot(id: id, record: record)
        slots[id] = slot
        ids.insert(id)
        remember(slot, before: nil, at: now)
    }

    func replace(_ id: Int, with record: Record, at now: Moment) {
        let slot = slots[id]!
        remember(slot, before: slot.record, at: now)
        slot.record = record
        slot.rendered = nil
    }

    func remove(_ id: Int) {
        slots[id] = nil
        ids.remove(id)
        young.remove(id)
    }

    private func remember(_ slot: Slot<Record>, before: Record?, at now: Moment) {
        guard lag > .zero else { return }
        slot.earlier.append((now, before))
        young.insert(slot.id)
    }

    // MARK: Reading

    /// The record as a reader sees it; `nil` when there is none yet.
    func visible(_ id: Int, at now: Moment) -> Record? {
        guard let slot = slots[id] else { return nil }
        return isCurrent(slot, at: now) ? slot.record : slot.earlier[0].record
    }

    private func isCurrent(_ slot: Slot<Record>, at now: Moment) -> Bool {
        guard !slot.earlier.isEmpty else { return true }
        slot.earlier.removeAll { $0.writtenAt + lag <= now }
        if slot.earlier.isEmpty { young.remove(slot.id) }
        return slot.earlier.isEmpty
    }

    /// The ids a list must look at: those an index found, and those whose current state is not visible yet.
    func withYoung(_ candidates: SortedIDs) -> SortedIDs {
        young.isEmpty ? candidates : SortedIDs(unsorted: candidates.ids + young.ids)
    }

    /// The record as readers get it, rendered again only when it or the catalogue has changed.
    func rendered(_ id: Int, at now: Moment, catalogue: Int, _ render: (Record) -> [UInt8]) -> [UInt8]? {
        guard let slot = slots[id] else { return nil }
        guard isCurrent(slot, at: now) else { return slot.earlier[0].record.map(render) }
        if let rendered = slot.rendered, rendered.catalogue == catalogue { return rendered.bytes }
        let bytes = render(slot.record)
        keep(bytes, in: slot, catalogue: catalogue)
        return bytes
    }

    private func keep(_ bytes: [UInt8], in slot: Slot<Record>, catalogue: Int) {
        let isListed = slot.rendered != nil
        slot.rendered = (bytes, catalogue)
        guard !isListed else { return }
        if recentlyRendered.count < Self.renderedLimit {
            recentlyRendered.append(slot)
        } else {
            recentlyRendered[oldestRendered].rendered = nil
            recentlyRendered[oldestRendered] = slot
            oldestRendered = (oldestRendered + 1) % Self.renderedLimit
        }
    }
}
