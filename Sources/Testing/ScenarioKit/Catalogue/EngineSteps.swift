import Simulation
import StrictYAML
import SyncCore

// Steps of the engine, of time, and of faults.

extension StepKind {
    static let time: [StepKind] = [
        StepKind(
            "wait", by: .run, "Lets time pass. Steps with a time of their own (`at`) happen; the engine does nothing.",
            .required(.duration), example: "- wait: 10m"
        ) { try $0.wait(for: $1.value.duration) },
        StepKind(
            "run-until", by: .run,
            "Runs the engine on its schedule until a time after the start, a time of day in Copenhagen, or a moment.",
            .required(.time), example: "- run-until: 18:00"
        ) { try $0.runSchedule(until: $1.value.time) },
        StepKind(
            "set-clock", "Sets a clock forward or back while the run goes on. Expectations and other steps use the right time.",
            .required(
                .record(
                    Record(
                        "a clock that is set",
                        [
                            .required("of", .choice(["rackbeat", "ongoing", "engine"]), "Whose clock."),
                            .required("by", .offset, "How far forward; with a minus sign, back."),
                        ]))),
            example: "- set-clock: { of: rackbeat, by: -10m }"
        ) { $0.setClock(of: $1.value.required("of").text, by: $1.value.required("by").duration) },
    ]

    private static let jobAndConnection = Record(
        "a job to run",
        [
            .required("job", .choice(Job.allCases.map(\.rawValue)), "The job."),
            .optional("connection", .name(.connection), "Its connection. Default: the first."),
        ])

    /// Where the engine's process can be disturbed.
    private static let points: [Field] = [
        .optional("before", .exchange, "The exchange that is not sent before."),
        .optional("after", .exchange, "The exchange whose response the engine does not see before."),
        .optional("before-commit", .whole(from: 1), "The commit, counted from here, that does not happen before."),
        .optional("after-commit", .whole(from: 1), "The commit, counted from here, that is the last thing to happen before."),
        .optional("nth", .whole(from: 1), "Which of the exchanges, counted from here. Default: 1."),
    ]

    static let engine: [StepKind] = [
        StepKind(
            "engine.sync", by: .run, "Runs every job of every connection once, those that send to the warehouse first.",
            example: "- engine.sync"
        ) { world, _ in try world.syncOnce() },
        StepKind(
            "engine.run", by: .run, "Runs one job of one connection once.", .required(.record(jobAndConnection)),
            example: "- engine.run: { job: products }"
        ) { try $0.run(job: $1.value) },
        StepKind(
            "engine.reconcile", by: .run,
            "Compares everything open in both systems, connection by connection, as every night.",
            example: "- engine.reconcile"
        ) { world, _ in try world.reconcile() },
        StepKind(
            "engine.lose-journal", by: .run,
            "Ends the engine's process and loses its journal. The next process starts with an empty one.",
            example: "- engine.lose-journal"
        ) { world, _ in try world.loseJournal() },
        StepKind(
            "engine.back-up-journal", by: .run, "Keeps a copy of the journal as it is now.",
            example: """
                - engine.back-up-journal
                - engine.restore-journal
                """
        ) { world, _ in try world.backUpJournal() },
        StepKind(
            "engine.restore-journal", by: .run,
            "Ends the engine's process and puts the copy of the journal in place. The next process goes on with it.",
            example: """
                - engine.back-up-journal
                - engine.restore-journal
                """
        ) { world, _ in try world.restoreJournal() },
        StepKind(
            "engine.second", by: .run,
            "A second engine, with a journal of its own that begins empty, runs every job of every connection once. Invariants and "
                + "expectations read the journal of the first.",
            example: "- engine.second"
        ) { world, _ in try world.syncSecondEngine() },
        StepKind(
            "engine.nudge",
            "A webhook nudges the engine: the job is due at once when the schedule runs on.",
            .required(.record(jobAndConnection)),
            example: """
                - engine.nudge: { job: orders }
                - run-until: 10m
                """
        ) { try $0.nudge(job: $1.value) },
        StepKind(
            "engine.restart", by: .run, "Ends the engine's process cleanly and starts another on the same journal.",
            example: "- engine.restart"
        ) { world, _ in try world.restartEngine() },
        StepKind(
            "engine.crash", by: .run,
            "Crashes the engine before or after the nth such exchange from here on, or the nth commit of its journal. "
                + "The next step that needs the engine starts it again on the same journal.",
            .required(
                .record(
                    Record("a crash", points, exactlyOneOf: [points.prefix(4).map(\.name)]))),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - engine.crash: { after: ongoing PUT /orders }
                - engine.sync
                - engine.sync
                """
        ) { try $0.planCrash($1.value, at: $1.place) },
        StepKind(
            "engine.pause", by: .run,
            "Lets the engine's process stand still before or after the nth such exchange from here on, or the nth commit of its journal. "
                + "Steps with a time of their own happen meanwhile. Then it goes on as if nothing had been.",
            .required(
                .record(
                    Record(
                        "a pause", [.required("for", .duration, "How long.")] + points,
                        exactlyOneOf: [points.prefix(4).map(\.name)]))),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - engine.pause: { after: ongoing PUT /orders, for: 10m }
                - engine.sync
                """
        ) { try $0.planCrash($1.value, at: $1.place) },
        StepKind(
            "engine.retry", "A person retries parked records, all of them or those of one subject, whatever the engine is doing.",
            .optional(
                .record(
                    Record(
                        "what to retry",
                        [.required("subject", .text, "The number of the parked record, such as 1042 or order 1042.")]))),
            example: "- engine.retry"
        ) { try $0.retry($1.argument) },
        StepKind(
            "engine.dismiss", "A person dismisses the parked records of one subject, and has settled them by hand.",
            .required(
                .record(
                    Record(
                        "what to dismiss",
                        [
                            .required("subject", .text, "The subject of the parked record."),
                            .optional("why", .text, "How it was settled. Default: settled by hand."),
                        ]))),
            example: """
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - engine.sync
                - ongoing.cancel: { order: 1042 }
                - engine.sync
                - engine.dismiss: { subject: 1042, why: the customer was refunded }
                """
        ) { try $0.dismiss($1.value) },
        StepKind(
            "engine.switch", by: .run, "Changes settings. The engine restarts with them, on the same journal.",
            .required(
                .record(
                    Record(
                        "settings to switch",
                        [.optional("connection", .name(.connection), "Of which connection. Default: of all.")]
                            + EngineSettings.fields))),
            example: "- engine.switch: { stock-sync: on }"
        ) { try $0.switchSettings($1.value) },
    ]

    static let faults: [StepKind] = [
        StepKind(
            "fault.begin", "From here on the fault is applied to matching exchanges.", .required(.record(FaultShapes.fault)),
            example: """
                - fault.begin: { match: ongoing PUT /orders, fault: response-lost, times: 1 }
                - rackbeat.book-order: { number: 1042, lines: [ { id: 1, item: CHAIR-01, quantity: 5 } ] }
                - engine.sync
                """
        ) { try $0.beginFault($1.value, at: $1.place) },
        StepKind(
            "fault.end", "Ends all faults.",
            example: """
                - fault.begin: { match: ongoing * /**, fault: refused-connection, times: all }
                - engine.sync
                - fault.end
                """
        ) { world, _ in world.endOwnFaults() },
    ]
}

enum FaultShapes {
    static let fault = Record(
        "a fault",
        [
            .required(
                "match", .exchange, "Which exchanges: system, method, path. `{}` stands for one segment, a last `**` for any."),
            .required("fault", .either([.faultWord, .record(OwnResponse.fault)]), "What goes wrong with them."),
            .optional("nth", .whole(from: 1), "The first of them that it is applied to. Default: 1.", example: "2"),
            .optional(
                "times", .countOrAll, "How many from then on: a number, or all. Default: 1.", example: "all"),
            .optional("from", .time, "Exchanges before this time do not count.", example: "10m"),
            .optional("until", .time, "Exchanges from this time on do not count.", example: "18:00"),
            .optional("connection", .name(.connection), "Only those of one connection.", example: "main"),
            .optional("retry-after", .duration, "The Retry-After of a 429 or a 503. Default: 30s.", example: "12s"),
            .optional("delay", .duration, "How long after the time-out a late effect comes. Default: 5s.", example: "45s"),
            .optional(
                "ahead", .duration, "How far in the future a row is dated, in whole days. Default: 8d.", example: "365d"),
        ])
}
