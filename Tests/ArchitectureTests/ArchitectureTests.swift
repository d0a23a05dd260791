import Testing

/// The build enforces the dependencies in `Package.swift`. These tests hold them to the table that people read, and the modules to
/// what no build can see: where time, chance and output may come from.
@Suite struct ArchitectureTests {
    private let architecture = Architecture.current

    @Test func everyFileBelongsToAModuleInTheTable() {
        #expect(architecture.sources.filter { $0.module.isEmpty }.map(\.path) == [])
        #expect(!architecture.sources.isEmpty)
    }

    /// Without a Swift file.
    private static let inC = ["EmbeddedText"]

    @Test func everyModuleInTheTableHasFiles() {
        let present = Set(architecture.sources.map(\.module))
        #expect(architecture.modules.map(\.name).filter { !present.contains($0) } == Self.inC)
    }

    @Test func aModuleImportsOnlyWhatTheTableAllows() {
        let strays = architecture.sources.flatMap { source in
            source.imports.filter { !(architecture.imports[source.module] ?? []).contains($0.module) }
                .map { "\(source.path):\($0.line): \(source.module) may not import \($0.module)" }
        }
        #expect(strays == [])
    }

    @Test func everyImportInTheTableIsUsed() {
        let unused = architecture.modules.filter { !Self.inC.contains($0.name) }.flatMap { module in
            let used = Set(architecture.sources.filter { $0.module == module.name }.flatMap { $0.imports.map(\.module) })
            return module.imports.subtracting(used).sorted().map { "\(module.folder) imports no \($0)" }
        }
        #expect(unused == [])
    }

    @Test func noDependencyIsCircular() {
        let circles = architecture.imports.keys.filter { architecture.dependencies(of: $0).contains($0) }.sorted()
        #expect(circles == [])
    }

    /// A fake that shares a type with the client agrees with the client's mistakes, and so would the contract.
    @Test(arguments: [
        ["Contract"], ["FakeKit", "RackbeatFake", "OngoingFake"],
        ["ClientKit", "Trade", "RackbeatClient", "OngoingClient", "SyncCore", "SyncEngine"],
    ]) func theThreeReadingsOfTheTruthShareNothing(reading: [String]) {
        let readings = [
            "Contract", "FakeKit", "RackbeatFake", "OngoingFake", "ClientKit", "Trade", "RackbeatClient", "OngoingClient",
            "SyncCore", "SyncEngine",
        ]
        let others = Set(readings).subtracting(reading)
        for module in reading {
            #expect(architecture.dependencies(of: module).intersection(others).sorted() == [], "reached from \(module)")
        }
    }

    /// Pure functions and state machines: they cannot wait, send or store, because nothing that could is within reach.
    @Test func syncCoreReachesOnlyTheTrade() {
        #expect(architecture.dependencies(of: "SyncCore") == ["Trade", "Units"])
    }

    /// A client knows one system.
    @Test func theClientsDoNotKnowEachOther() {
        #expect(!architecture.dependencies(of: "RackbeatClient").contains("OngoingClient"))
        #expect(!architecture.dependencies(of: "OngoingClient").contains("RackbeatClient"))
        #expect(!architecture.dependencies(of: "RackbeatFake").contains("OngoingFake"))
        #expect(!architecture.dependencies(of: "OngoingFake").contains("RackbeatFake"))
    }

    /// Time and chance come in from outside, or no run would repeat.
    @Test func nothingBelowTheCommandLineMakesAClockOrChanceForItself() {
        let uses = architecture.uses(
            of: [
                "Date(", "Date.now", "ContinuousClock", "SuspendingClock", "DispatchTime", "clock_gettime", "gettimeofday",
                "time(nil)",
                "Task.sleep", "sleep(", "usleep(", "nanosleep(", "SystemRandomNumberGenerator", ".random(", ".randomElement(",
                ".shuffled(",
                "arc4random", "UUID(", "Hasher(", ".hashValue",
            ], exempt: ["tandem", "Benchmarks"])
        #expect(uses == [])
    }

    /// The engine is one sequential task per connection, called in turn: a task of its own would finish in another order. A real
    /// server cannot do without; what it calls, and what calls the client, is as synchronous as everything else.
    @Test func nothingBelowTheCommandLineIsAsynchronous() {
        let uses = architecture.uses(
            of: ["async", "await", "Task", "Thread", "DispatchQueue", "withTaskGroup"],
            exempt: ["tandem", "Benchmarks", "Sockets"])
        #expect(uses == [])
    }

    /// They take minutes to build, and whoever sees them soon speaks their language instead of `Exchange`'s.
    @Test func theServerAndClientPackagesStayInOneModule() {
        let strays = architecture.sources.filter { $0.module != "Sockets" }.flatMap { source in
            source.imports.filter { ["Hummingbird", "NIO", "AsyncHTTPClient"].contains(where: $0.module.hasPrefix) }
                .map { "\(source.path):\($0.line): \($0.module)" }
        }
        #expect(strays == [])
        #expect(architecture.sources.contains { $0.module == "Sockets" && $0.imports.contains { $0.module == "NIOCore" } })
    }

    /// A report is a value; only the command line writes it down.
    @Test func nothingBelowTheCommandLinePrints() {
        #expect(architecture.uses(of: ["print(", "debugPrint(", "NSLog("], exempt: ["tandem", "Benchmarks"]) == [])
    }

    /// No binary fraction touches money or a quantity, so none is there at all.
    @Test func nothingIsABinaryFraction() {
        #expect(architecture.uses(of: ["Double", "Float", "Float16", "CGFloat", "TimeInterval"], exempt: ["Benchmarks"]) == [])
    }
}

/// The tests above depend on the reading of the sources.
@Suite struct SwiftSourceTests {
    @Test func commentsAndStringsAreNoCode() {
        let source = SwiftSource(
            path: "Module/File.swift", module: "Module",
            text: ##"""
                let a = 1 // Double
                /// `Double`
                /* Double /* nested Double */ Double */ let b = "Double"
                let c = "say \"Double\"" + #"raw \" Double "# + "\(f("Double", (1)))"
                let d = """
                    Double "Double"
                    """
                let e: Double = f(Double.self)
                """##)
        #expect(source.uses(of: ["Double"]).map(\.line) == [8])
        #expect(source.code.count == 8)
        #expect(source.code[2].trimmingPrefix { $0 == " " } == "let b = ")
    }

    @Test func aPhraseIsNoPartOfALongerWord() {
        let source = SwiftSource(
            path: "Module/File.swift", module: "Module",
            text: "CivilDate(a)\nDate(a)\nundate()\ntask\nTask {\nTasks\n_Task\nx.random(in: y)\nrandom.next()")
        #expect(source.uses(of: ["Date("]).map(\.line) == [2])
        #expect(source.uses(of: ["Task"]).map(\.line) == [5])
        #expect(source.uses(of: [".random("]).map(\.line) == [8])
    }

    @Test func everyFormOfImportIsSeen() {
        let source = SwiftSource(
            path: "Base/Exchange/File.swift", module: "Exchange",
            text: """
                import JSON
                @testable import Units
                public import Trade
                @preconcurrency internal import GRDB
                import struct Foundation.URL
                import Foundation.NSData
                // import Comment
                let important = 1
                """)
        #expect(source.imports.map(\.module) == ["JSON", "Units", "Trade", "GRDB", "Foundation", "Foundation"])
        #expect(source.imports.map(\.line) == [1, 2, 3, 4, 5, 6])
    }

    @Test func theModulesAreReadFromTheirTable() {
        let modules = Architecture.modules(
            listedIn: """
                # Modules

                | module | imports | what |
                |---|---|---|
                | `Base/JSON` | – | the tree |
                | `Base/Exchange` | JSON, Units, HTTPTypes | one request |
                """)
        #expect(modules.map(\.name) == ["JSON", "Exchange"])
        #expect(modules.map(\.imports) == [[], ["JSON", "Units", "HTTPTypes"]])
        #expect(Architecture.module(of: "Base/Exchange/Query.swift", in: modules)?.name == "Exchange")
        #expect(Architecture.module(of: "Base/Query.swift", in: modules) == nil)
    }

    @Test func dependenciesAreFollowedThroughAnyNumberOfModules() {
        let architecture = Architecture(
            modules: [("a", ["b"]), ("b", ["c"]), ("c", ["d"]), ("d", ["b"])].map {
                Architecture.Module(folder: $0.0, imports: $0.1)
            }, sources: [])
        #expect(architecture.dependencies(of: "a") == ["b", "c", "d"])
        #expect(architecture.dependencies(of: "b").contains("b"))
    }
}
