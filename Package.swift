// swift-tools-version: 6.2
import PackageDescription

/// libFuzzer as an archive without a `main`, where `.ci/fuzz` builds; `nil` in every other build.
let fuzzer = Context.environment["TANDEM_FUZZ"]

/// Whether somebody wants to step through the modules that debug builds optimise.
let isDebugged = Context.environment["TANDEM_DEBUG"] != nil

/// Warnings are errors, in every target and test; an import is seen only by its file and its module unless it says more.
let strict: [SwiftSetting] =
    [
        .treatAllWarnings(as: .error), .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"), .enableUpcomingFeature("ExistentialAny"),
    ] + (fuzzer == nil ? [] : [.unsafeFlags(["-sanitize=fuzzer"])])

/// One module in `Sources/<folder>`. `Sources/README.md` explains the modules; their dependencies are the ones listed here.
///
/// - Parameter folder: The folder below `Sources`; its last component is the module's name.
/// - Parameter isFast: Whether it is optimised in a debug build too. The tests play every scenario many times over, and spend nearly all
///   their time in what a run goes through. To step through such a module, build with `TANDEM_DEBUG=1`.
func module(
    _ folder: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = [], isFast: Bool = false
) -> Target {
    .target(
        name: folder.split(separator: "/").last.map(String.init)!, dependencies: dependencies, path: "Sources/\(folder)",
        exclude: exclude,
        swiftSettings: strict + (isFast && !isDebugged ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []))
}

func tests(of name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: "\(name)Tests", dependencies: dependencies, swiftSettings: strict)
}

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
// Only `Sockets` and its tests may import these.
let hummingbird = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "tandem",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "tandem", targets: ["tandem"]),
        // For the soak alone, which preloads it.
        .library(name: "ShiftedClock", type: .dynamic, targets: ["ShiftedClock"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.4"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        module("Base/JSON", isFast: true),
        module("Base/Units", isFast: true),
        // Embeds files of other modules in the binary, and the compiler's name.
        .target(name: "EmbeddedText", path: "Sources/Base/EmbeddedText"),
        module("Base/Embedded", ["EmbeddedText"]),
        module("Base/Exchange", ["JSON", "Units", httpTypes], isFast: true),
        module("Base/StrictYAML", ["JSON", "Units", yams]),
        module("Trade", ["Units"], isFast: true),
        module(
            "Contract/Contract", ["JSON", "Units", "Exchange", "Embedded", httpTypes], exclude: ["Resources"],
            isFast: true),
        module("Recording", ["Contract", "Exchange", "JSON", "Units", httpTypes]),
        module("Engine/ClientKit", ["JSON", "Units", "Exchange", httpTypes], isFast: true),
        module("Engine/RackbeatClient", ["ClientKit", "JSON", "Units", "Trade", "Exchange", httpTypes], isFast: true),
        module("Engine/OngoingClient", ["ClientKit", "JSON", "Units", "Trade", "Exchange", httpTypes], isFast: true),
        module("Engine/SyncCore", ["Trade", "Units"], isFast: true),
        module(
            "Engine/SyncEngine",
            ["SyncCore", "Trade", "Units", "Exchange", "ClientKit", "RackbeatClient", "OngoingClient", grdb], isFast: true),
        module(
            "Service",
            [
                "SyncEngine", "SyncCore", "Trade", "Units", "Exchange", "ClientKit", "RackbeatClient", "OngoingClient",
                "Contract",
                "JSON", "StrictYAML", "Invariants", httpTypes, logging,
            ]),
        module("Fakes/FakeKit", ["JSON", "Units", "Exchange", httpTypes], isFast: true),
        module("Fakes/RackbeatFake", ["FakeKit", "JSON", "Units", "Exchange", httpTypes], isFast: true),
        module("Fakes/OngoingFake", ["FakeKit", "JSON", "Units", "Exchange", httpTypes], isFast: true),
        module("Testing/Simulation", ["Exchange", "JSON", "Units", httpTypes, heap], isFast: true),
        module("Testing/Mutants", ["Simulation", "Exchange", "JSON", "Units", httpTypes]),
        module("Testing/Invariants", ["SyncCore", "Exchange", "JSON", "Units", httpTypes], isFast: true),
        module(
            "Testing/ScenarioKit",
            [
                "Contract", "Exchange", "JSON", "Units", "Trade", "Simulation", "Mutants", "Invariants", "RackbeatFake",
                "OngoingFake", "FakeKit", "SyncCore", "SyncEngine", "RackbeatClient", "OngoingClient", "StrictYAML", httpTypes,
            ]),
        module(
            "Testing/Fuzz",
            [
                "ScenarioKit", "Contract", "Exchange", "JSON", "Units", "Simulation", "RackbeatFake", "OngoingFake", httpTypes,
            ]),
        module(
            "Testing/Reports",
            ["ScenarioKit", "Mutants", "Invariants", "SyncCore", "Simulation", "Exchange", "JSON", "Units", "Embedded"],
            exclude: ["Resources"]),
        module(
            "Testing/Exploration",
            [
                "ScenarioKit", "StrictYAML", "Invariants", "Mutants", "Simulation", "Contract", "Exchange", "SyncCore",
                "SyncEngine", "RackbeatFake",
                "OngoingFake", "Units", httpTypes,
            ]),
        module(
            "Control",
            [
                "Embedded",
                "ScenarioKit", "StrictYAML", "Invariants", "Reports", "Simulation", "RackbeatFake", "OngoingFake", "FakeKit",
                "Contract",
                "Exchange",
                "JSON", "Units", httpTypes,
            ], exclude: ["Page/Resources"]),
        module(
            "Sockets",
            ["Exchange", "JSON", "Units", httpTypes, logging, hummingbird, asyncHTTPClient, nioCore, nioPosix, nioHTTP1, nioSSL]),
        .executableTarget(
            name: "tandem",
            dependencies: [
                "ScenarioKit", "StrictYAML", "Invariants", "Reports", "Exploration", "Mutants", "Control", "Simulation",
                "Service", "Sockets",
                "SyncEngine", "SyncCore", "Recording",
                "Contract", "Exchange", "Embedded", "JSON", "Units", argumentParser, logging, serviceLifecycle,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "ScenarioKit", "Exploration", "Fuzz", "Service", "Invariants", "Contract", "Exchange", "JSON", "Units", "Trade",
                "Simulation",
                "RackbeatFake", "OngoingFake", "FakeKit", "SyncCore", "SyncEngine", "RackbeatClient", "OngoingClient",
                httpTypes,
            ], swiftSettings: strict),
        tests(of: "Architecture", []),
        tests(of: "JSON", ["JSON"]),
        tests(of: "Units", ["Units"]),
        tests(of: "StrictYAML", ["StrictYAML", "JSON", "Units"]),
        tests(of: "Trade", ["Trade", "Units"]),
        tests(of: "Exchange", ["Exchange", "JSON", "Units", httpTypes]),
        tests(of: "Contract", ["Contract", "Exchange", "JSON", "Units", httpTypes]),
        tests(of: "ClientKit", ["ClientKit", "Exchange", "JSON", "Units", httpTypes]),
        tests(
            of: "RackbeatClient", ["Scripted", "RackbeatClient", "ClientKit", "Trade", "Exchange", "JSON", "Units", httpTypes]),
        tests(of: "OngoingClient", ["Scripted", "OngoingClient", "ClientKit", "Trade", "Exchange", "JSON", "Units", httpTypes]),
        tests(of: "SyncCore", ["SyncCore", "Trade", "Units"]),
        tests(
            of: "SyncEngine",
            [
                "SyncEngine", "SyncCore", "Trade", "Exchange", "RackbeatClient", "OngoingClient", "Contract", "JSON", "Units",
                "ScenarioKit", "StrictYAML", httpTypes, grdb,
            ]),
        tests(
            of: "Service",
            [
                "Service", "SyncEngine", "SyncCore", "Trade", "Units", "Exchange", "RackbeatClient", "OngoingClient",
                "Contract", "JSON", httpTypes, logging,
            ]),
        tests(
            of: "Audit",
            [
                "Service", "Contract", "ScenarioKit", "OngoingFake", "Exploration", "Invariants", "SyncEngine", "SyncCore",
                "Trade",
                "Exchange", "JSON",
                "Units", httpTypes, logging,
            ]),
        tests(
            of: "Recording",
            [
                "Recording", "ScenarioKit", "StrictYAML", "Mutants", "Contract", "SyncCore", "Trade", "Exchange", "JSON", "Units",
                httpTypes,
            ]),
        tests(of: "FakeKit", ["FakeKit", "Exchange", "JSON", "Units", httpTypes]),
        tests(of: "RackbeatFake", ["RackbeatFake", "FakeKit", "Exchange", "JSON", "Units", httpTypes]),
        tests(of: "OngoingFake", ["OngoingFake", "FakeKit", "Exchange", "JSON", "Units", httpTypes]),
        tests(of: "Simulation", ["Simulation", "Exchange", "JSON", "Units", httpTypes]),
        tests(of: "Mutants", ["Mutants", "Simulation", "Exchange", "JSON", "Units", httpTypes]),
        tests(
            of: "Invariants",
            [
                "Invariants", "ScenarioKit", "RackbeatFake", "OngoingFake", "FakeKit", "Mutants", "Simulation", "SyncCore",
                "Trade", "Exchange",
                "JSON", "Units", httpTypes,
            ]),
        tests(
            of: "Fuzz",
            [
                "Fuzz", "ScenarioKit", "Contract", "Simulation", "RackbeatFake", "OngoingFake", "Exchange", "JSON", "Units",
                httpTypes,
            ]),
        tests(of: "Reports", ["Reports", "Embedded", "ScenarioKit", "Invariants", "Simulation", "Exchange", "JSON", "Units"]),
        tests(
            of: "ScenarioKit",
            [
                "ScenarioKit", "StrictYAML", "Invariants", "Mutants", "Reports", "Contract", "Simulation", "RackbeatFake",
                "OngoingFake", "SchemaCheck",
                "FakeKit", "SyncEngine", "SyncCore",
                "Trade", "Exchange", "JSON", "Units", httpTypes,
            ]),
        tests(of: "Exploration", ["Exploration", "StrictYAML", "Invariants", "Mutants", "ScenarioKit", "Simulation", "Units"]),
        tests(
            of: "Sockets",
            [
                "Sockets", "Exchange", "Units", httpTypes, nioCore, nioPosix,
                nioSSL,
            ]),
        tests(
            of: "Control",
            [
                "Control", "Invariants", "ScenarioKit", "Simulation", "OngoingFake", "Contract", "Exchange", "JSON", "Units",
                httpTypes,
            ]),
        tests(
            of: "Tandem",
            [
                "tandem", "Embedded", "SchemaCheck", "Invariants", "ScenarioKit", "Simulation", "Exchange", "JSON", "Units",
                logging, httpTypes,
            ]),
        // Responses from a list, and what else tests of a client need.
        .target(
            name: "Scripted", dependencies: ["Exchange", "JSON", "Units", httpTypes], path: "Tests/Scripted",
            swiftSettings: strict),
        // Starts `tandem` as processes and speaks to the control API, for whoever tests from outside.
        .target(
            name: "Stage", dependencies: ["Sockets", "Exchange", "JSON", httpTypes], path: "Tests/Stage",
            swiftSettings: strict),
        // Checks files against JSON Schemas.
        .target(name: "SchemaCheck", dependencies: ["JSON"], path: "Tests/SchemaCheck", swiftSettings: strict),
        // The clock of a process, set forward or back (C, for `LD_PRELOAD`).
        .target(name: "ShiftedClock", path: "Tests/ShiftedClock"),
        // `swift run Soak --rounds 25`
        .executableTarget(
            name: "Soak", dependencies: ["Stage", "Simulation", "JSON", argumentParser], path: "Tests/Soak",
            swiftSettings: strict),
        tests(of: "EndToEnd", ["Stage", "SchemaCheck", "Embedded", "tandem", "Sockets", "Exchange", "JSON", httpTypes]),
    ]
)

// Only for `.ci/fuzz`: the ordinary build knows nothing of libFuzzer.
if let fuzzer {
    package.targets.append(
        .executableTarget(
            name: "FuzzTargets", dependencies: ["ClientKit", "Exchange", "StrictYAML", "JSON", "Units"],
            path: "Tests/FuzzTargets", exclude: ["Corpus"], swiftSettings: strict,
            linkerSettings: [
                .unsafeFlags(["-Xlinker", "--whole-archive", "-Xlinker", fuzzer, "-Xlinker", "--no-whole-archive", "-lstdc++"])
            ]))
}
