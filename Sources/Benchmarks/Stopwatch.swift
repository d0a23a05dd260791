import Foundation

/// Times work in samples that are long enough for the clock, and prints the median.
///
/// Two times are taken. The wall clock is what somebody waits for. The processor's time counts this process only, so it holds
/// still when the machine has other things to do; figures «per core» are by that one.
struct Stopwatch {
    static let samples = 9
    private static let shortestSample = 0.2

    let wallSeconds: Double
    let processorSeconds: Double
    /// The fastest and the slowest sample, by the processor's time.
    let spread: ClosedRange<Double>

    /// - Parameter work: Done again and again; its time is that of one time.
    /// - Returns: The median over the samples of the time that the work takes once.
    static func time(_ work: () throws -> Void) rethrows -> Stopwatch {
        var rounds = 1
        while try sample(rounds, work).wall < shortestSample { rounds *= 2 }
        var wall: [Double] = []
        var processor: [Double] = []
        for _ in 0..<samples {
            let sample = try sample(rounds, work)
            wall.append(sample.wall / Double(rounds))
            processor.append(sample.processor / Double(rounds))
        }
        wall.sort()
        processor.sort()
        return Stopwatch(
            wallSeconds: wall[samples / 2], processorSeconds: processor[samples / 2],
            spread: processor[0]...processor[samples - 1])
    }

    /// The processor's time of doing the work a single time.
    static func once(_ work: () throws -> Void) rethrows -> Double { try sample(1, work).processor }

    /// Both times of doing the work a single time, on however many threads.
    static func both(_ work: () -> Void) -> (wall: Double, processor: Double) { sample(1, work) }

    private static func sample(_ rounds: Int, _ work: () throws -> Void) rethrows -> (wall: Double, processor: Double) {
        let begun = clock()
        let wall = try ContinuousClock().measure { for _ in 0..<rounds { try work() } }
        return (wall / .seconds(1), Double(clock() - begun) / Double(CLOCKS_PER_SEC))
    }

    /// `parse  243.1 MB/s per core (231.0 – 251.2), 6.3 µs each; 240.0 MB/s by the wall clock`
    ///
    /// - Parameter amount: How much of `unit` the work does once.
    func print(_ name: String, _ amount: Double, _ unit: String) {
        let perCore = Self.decimal(amount / processorSeconds)
        let slowest = Self.decimal(amount / spread.upperBound)
        let fastest = Self.decimal(amount / spread.lowerBound)
        let each = Self.decimal(processorSeconds * 1e6)
        let wall = Self.decimal(amount / wallSeconds)
        Swift.print(
            "  \(name)  \(perCore) \(unit) per core (\(slowest) – \(fastest)), \(each) µs each; \(wall) \(unit) by the wall clock"
        )
    }

    /// One decimal below a thousand, none above.
    static func decimal(_ value: Double) -> String {
        if value >= 1000 { return "\(Int(value.rounded()))" }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// The most memory that this process has held so far.
    static var peakMegabytes: Int {
        var usage = rusage()
        #if canImport(Glibc)
            getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return usage.ru_maxrss / 1024
        #else
            getrusage(RUSAGE_SELF, &usage)
            return usage.ru_maxrss / 1_048_576
        #endif
    }

    /// The memory that this process holds now, by the pages of `/proc`; 0 where there is none.
    static var residentMegabytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return pages * 4096 / 1_048_576
    }

    static func environment(_ name: String) -> String? { ProcessInfo.processInfo.environment[name] }

    static func exit(code: Int32) -> Never { Foundation.exit(code) }
}
