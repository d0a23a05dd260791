import Foundation

/// Measures speed on this machine. It is no test: nothing here fails because a machine is slow.
///
///     swift run -c release Benchmarks [json] [exchanges] [scenarios] [random-cases] [sweep] [orders] [audit] [month] [year]
///
/// `Benchmarks fuzz` is the one exception, and fails: see ``FuzzRun``.
@main
enum Benchmarks {
    static var all: [Benchmark] { [.json, .exchanges, .scenarios, .randomCases, .sweep, .orders, .audit, .month, .year] }

    static func main() throws {
        let names = CommandLine.arguments.dropFirst()
        if names.first == "fuzz" { return try FuzzRun.run(Array(names.dropFirst())) }
        let unknown = names.filter { name in !all.contains { $0.name == name } }
        guard unknown.isEmpty else {
            print("unknown benchmark '\(unknown[0])'; known: \(all.map(\.name).joined(separator: ", "))")
            Stopwatch.exit(code: 2)
        }
        #if DEBUG
            print("This is a debug build: its figures say nothing. Use swift run -c release Benchmarks.")
        #endif
        for benchmark in all where names.isEmpty || names.contains(benchmark.name) {
            print("\(benchmark.name): \(benchmark.description)")
            fflush(nil)
            try benchmark.run()
            print()
            // Long ones are watched while they run, also through a pipe.
            fflush(nil)
        }
    }
}

struct Benchmark {
    /// As on the command line.
    let name: String
    /// What is measured, in a sentence.
    let description: String
    let run: () throws -> Void
}
