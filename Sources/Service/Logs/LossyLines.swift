/// Hands lines to a reader who may not keep up. What he does not take is dropped and counted: a log that nobody reads stops no engine.
package struct LossyLines {
    private let offer: (String) -> Bool
    private var dropped = 0

    /// - Parameter offer: Takes a line with its line break, or does not.
    package init(offer: @escaping (String) -> Bool) { self.offer = offer }

    package mutating func write(_ line: String) {
        if dropped > 0 {
            guard offer("... \(dropped) log \(dropped == 1 ? "entry was" : "entries were") dropped, because nobody read them\n")
            else {
                dropped += 1
                return
            }
            dropped = 0
        }
        if !offer(line + "\n") { dropped += 1 }
    }
}
