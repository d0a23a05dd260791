import Testing

/// The build enforces the arrows of `Package.swift`. These hold the arrows to the map that people read, and the rooms to what no
/// build can see: where time, chance and output may come from.
@Suite struct HouseTests {
    private let house = House.standing

    @Test func theMapShowsEveryRoomAndNoOther() {
        #expect(Set(house.map.keys) == house.rooms)
        #expect(!house.sources.isEmpty)
    }

    @Test func aRoomImportsOnlyWhatTheMapAllows() {
        let strays = house.sources.flatMap { source in
            source.imports.filter { !(house.map[source.room] ?? []).contains($0.module) }
                .map { "\(source.path):\($0.line): \(source.room) may not import \($0.module)" }
        }
        #expect(strays == [])
    }

    @Test func noArrowLeadsBack() {
        let circles = house.map.keys.filter { house.reach(of: $0).contains($0) }.sorted()
        #expect(circles == [])
    }

    /// A fake that shares a type with the client agrees with the client's mistakes, and so would the contract.
    @Test(arguments: [
        ["Contract"], ["FakeKit", "RackbeatFake", "OngoingFake"],
        ["Trade", "RackbeatClient", "OngoingClient", "SyncCore", "SyncEngine"],
    ]) func theThreeReadingsOfTheTruthShareNothing(reading: [String]) {
        let readings = ["Contract", "FakeKit", "RackbeatFake", "OngoingFake", "Trade", "RackbeatClient", "OngoingClient"]
        let others = Set(readings + ["SyncCore", "SyncEngine"]).subtracting(reading)
        for room in reading {
            #expect(house.reach(of: room).intersection(others).sorted() == [], "reached from \(room)")
        }
    }

    /// Pure functions and state machines: they cannot wait, send or store, because nothing that could is within reach.
    @Test func syncCoreReachesOnlyTheTrade() {
        #expect(house.reach(of: "SyncCore") == ["Trade", "Units"])
    }

    /// A client knows one system.
    @Test func theClientsDoNotKnowEachOther() {
        #expect(!house.reach(of: "RackbeatClient").contains("OngoingClient"))
        #expect(!house.reach(of: "OngoingClient").contains("RackbeatClient"))
        #expect(!house.reach(of: "RackbeatFake").contains("OngoingFake"))
        #expect(!house.reach(of: "OngoingFake").contains("RackbeatFake"))
    }

    /// Time and chance come in from outside, or no run would repeat.
    @Test func nothingBelowTheCommandLineMakesAClockOrChanceForItself() {
        let uses = house.uses(
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
        let uses = house.uses(
            of: ["async", "await", "Task", "Thread", "DispatchQueue", "withTaskGroup"],
            exempt: ["tandem", "Benchmarks", "Sockets"])
        #expect(uses == [])
    }

    /// They take minutes to build, and whoever sees them soon speaks their language instead of `Exchange`'s.
    @Test func theServerAndClientPackagesStayInOneRoom() {
        let strays = house.sources.filter { $0.room != "Sockets" }.flatMap { source in
            source.imports.filter { ["Hummingbird", "NIO", "AsyncHTTPClient"].contains(where: $0.module.hasPrefix) }
                .map { "\(source.path):\($0.line): \($0.module)" }
        }
        #expect(strays == [])
        #expect(house.sources.contains { $0.room == "Sockets" && $0.imports.contains { $0.module == "NIOCore" } })
    }

    /// A report is a value; only the command line writes it down.
    @Test func nothingBelowTheCommandLinePrints() {
        #expect(house.uses(of: ["print(", "debugPrint(", "NSLog("], exempt: ["tandem", "Benchmarks"]) == [])
    }

    /// No binary fraction touches money or a quantity, so none is there at all.
    @Test func nothingIsABinaryFraction() {
        #expect(house.uses(of: ["Double", "Float", "Float16", "CGFloat", "TimeInterval"], exempt: ["Benchmarks"]) == [])
    }
}

/// The rules above are only as good as the reading of the sources.
@Suite struct SwiftSourceTests {
    @Test func commentsAndStringsAreNoCode() {
        let source = SwiftSource(
            path: "Room/File.swift",
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
            path: "Room/File.swift",
            text: "CivilDate(a)\nDate(a)\nundate()\ntask\nTask {\nTasks\n_Task\nx.random(in: y)\nrandom.next()")
        #expect(source.uses(of: ["Date("]).map(\.line) == [2])
        #expect(source.uses(of: ["Task"]).map(\.line) == [5])
        #expect(source.uses(of: [".random("]).map(\.line) == [8])
    }

    @Test func everyFormOfImportIsSeen() {
        let source = SwiftSource(
            path: "Exchange/File.swift",
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
        #expect(source.room == "Exchange")
        #expect(source.imports.map(\.module) == ["JSON", "Units", "Trade", "GRDB", "Foundation", "Foundation"])
        #expect(source.imports.map(\.line) == [1, 2, 3, 4, 5, 6])
    }

    @Test func theMapIsReadFromItsTable() {
        let map = House.map(
            drawnIn: """
                # Map

                | room | imports | what |
                |---|---|---|
                | `JSON` | – | the tree |
                | `Exchange` | JSON, Units, HTTPTypes | one request |
                """)
        #expect(map == ["JSON": [], "Exchange": ["JSON", "Units", "HTTPTypes"]])
    }

    @Test func reachGoesThroughAnyNumberOfArrows() {
        let house = House(map: ["a": ["b"], "b": ["c"], "c": ["d"], "d": ["b"]], rooms: [], sources: [])
        #expect(house.reach(of: "a") == ["b", "c", "d"])
        #expect(house.reach(of: "b").contains("b"))
    }
}
