package import JSON
import Units

/// Notices a list without an end while it is read page by page: a server that ignores the page number shows the same rows without an end,
/// and one that makes rows up shows new ones without end. Either would keep a job, and with it the connection, from ever coming to its end.
package struct ListWatch {
    /// A million rows of Rackbeat, two of Ongoing.
    package static let mostPages = 10_000

    private var seen: Set<UInt64> = []
    private var pages = 0
    /// How many pages the list had, as its first page said.
    private var announced: Int?
    /// How many pages in a row showed nothing new.
    private var stale = 0

    package init() {}

    /// One more page was read, and there is another behind it.
    ///
    /// One page of nothing new is nothing unusual: while a list is read by offset, changed rows move to its front and push as many back.
    ///
    /// - Parameters:
    ///   - rows: What tells the rows of the page apart.
    ///   - announcedPages: How many pages the list has, as this page says.
    package mutating func read(_ rows: some Sequence<UInt64>, announcedPages: Int?) throws(WireError) {
        pages += 1
        if pages == 1 { announced = announcedPages }
        var hasNew = false
        for row in rows where seen.insert(row).inserted { hasNew = true }
        stale = hasNew ? 0 : stale + 1
        guard stale < 2 else {
            throw WireError(
                problem: "the list has no end: its pages \(pages - 1) and \(pages) show nothing that was not on an earlier page")
        }
        // A list may grow while it is read, but not to twice its length.
        if let announced, announced < Self.mostPages / 2, pages > announced * 2 + 10 {
            throw WireError(
                problem: "the list has no end: it had \(announced) pages at first, and there is one behind page \(pages)")
        }
        guard pages < Self.mostPages else {
            throw WireError(problem: "the list has no end: there is a page behind page \(pages)")
        }
    }
}

extension JSON {
    /// Tells the rows of a list apart: by what names them, and otherwise by all that they say.
    package var rowIdentity: UInt64 {
        let names = ["id", "number", "updated_at"]
        var hash = FNV1a()
        if self["id"] ?? self["updated_at"] != nil {
            for name in names {
                if let member = self[name] { hash.mix(member.serialized) }
                hash.mix(0)
            }
        } else {
            hash.mix(serialized)
        }
        return hash.value
    }
}
