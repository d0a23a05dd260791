import ArgumentParser
import Exploration
import FoundationEssentials
import Units

/// Options that `tandem sweep` and `tandem explore` share.
struct ExplorationOptions: ParsableArguments {
    @OptionGroup var shard: ShardOption
    @OptionGroup var jobs: JobsOption

    @Flag(help: "A second run of everything, compared with the first to the byte.")
    var checkDeterminism = false

    @Option(help: ArgumentHelp("Folder for minimal reproducers.", valueName: "folder"))
    var save = "Scenarios/regressions"

    @Option(
        help: ArgumentHelp(
            "How many of the runs that fail are shrunk and saved as scenarios, each for up to 20 seconds.", valueName: "number"))
    var reproducers = 5

    @OptionGroup var report: ReportOptions

    @Option(
        help: ArgumentHelp(
            "File for a report to be opened in a browser, with the trace of every run that fails.", valueName: "file"))
    var html: String?

    private static let shrinkingTime = Duration.seconds(20)

    func validate() throws {
        guard reproducers >= 0 else { throw ValidationError("--reproducers \(reproducers): expected 0 or more") }
    }

    /// Shrinks a failing run and saves the minimal reproducer where `tandem run` finds it.
    ///
    /// - Returns: The reproducer, and lines for people.
    func saveReproducer(of failure: Failure) -> (reproducer: SavedReproducer?, text: String) {
        let end = WallClock.time() + Self.shrinkingTime
        guard let reproducer = Reproducer.of(failure, isTimeUp: { WallClock.time() >= end }) else {
            return (nil, "  no minimal reproducer: no scenario can express what made this run fail\n")
        }
        let path = save + "/" + reproducer.name + ".yaml"
        do {
            try FileManager.default.createDirectory(atPath: save, withIntermediateDirectories: true)
            try Data(reproducer.text.utf8).write(to: URL(filePath: path))
        } catch {
            return (
                SavedReproducer(reproducer: reproducer),
                "  no minimal reproducer: --save \(save): the scenario cannot be written there\n"
            )
        }
        let text =
            "  minimal reproducer: tandem run \(path.quotedForShell)\n"
            + "    \(counted(reproducer.steps, "step")), found in \(counted(reproducer.runs, "run"))"
            + (reproducer.ranOutOfTime ? "; time ran out before it was minimal" : "") + "\n"
        return (SavedReproducer(reproducer: reproducer, path: path), text)
    }
}

/// A minimal reproducer, and where it was saved; without a path where that could not be done.
struct SavedReproducer {
    var reproducer: Reproducer
    var path: String?
}
