import Invariants
import Units

/// Writes the book: what people did, at the time at which they did it.
final class BookKeeper {
    private(set) var book = Book()
    private let clock: () -> Moment

    init(clock: @escaping () -> Moment) { self.clock = clock }

    func write(_ act: Book.Act) { book.write(act, at: clock()) }
}
