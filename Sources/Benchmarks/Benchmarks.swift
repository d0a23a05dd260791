import Foundation

/// Measures on the machine it runs on. It is no test: nothing here can fail because a machine is slow.
///
///     swift run -c release Benchmarks [json] [exchanges] [scenarios] [stories] [sweep] [orders] [month] [year]
///
/// `Benchmarks fuzz` is the one exception, and fails: see ``FuzzRun``.
@main
enum Benchmarks {
    static var all: [Benchmark] { [.json, .exchanges, .scenarios, .stories, .sweep, .orders, .month, .year] }

    static func main() throws {
        let names = CommandLine.arguments.dropFirst()
        if names.first == "fuzz" { return try FuzzRun.run(Array(names.dropFirst())) }
        let unknown = names.filter { name in !all.contains { $0.name == name } }
        guard unknown.isEmpty else {
            print("there is no benchmark '\(unknown[0])'; there are: \(all.map(\.name).joined(separator: ", "))")
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
            // Long ones are watched, also through a pipe.
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
