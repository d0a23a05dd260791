import Exploration
import FoundationEssentials
import Units

// Failing runs, made small and kept.

extension ExploreCommand {
    /// How long one failing run may be made smaller.
    private static let shrinkingTime = Duration.seconds(20)
    /// How many failing runs are made smaller; of the others, only the command that plays them again is shown.
    static let mostFinds = 5

    /// Makes a failing run small, and writes it where `tandem run` finds it.
    ///
    /// - Returns: What came of it, in lines for people.
    func keep(_ failure: Failure) -> String {
        let end = WallTime.now() + Self.shrinkingTime
        guard let find = Reproducer.of(failure, isOver: { WallTime.now() >= end }) else {
            return "  it does not come again by what a scenario can say of it: play it as above\n"
        }
        let path = save + "/" + find.name + ".yaml"
        let small =
            "  made small: \(find.steps) steps, after \(find.runs) runs" + (find.ranOutOfTime ? ", when time was up" : "") + "\n"
        do {
            try FileManager.default.createDirectory(atPath: save, withIntermediateDirectories: true)
            try Data(find.text.utf8).write(to: URL(filePath: path))
        } catch {
            return small + "  --save \(save): the scenario cannot be written there\n"
        }
        return small + "  to play it again, made small: tandem run \(Failure.quoted(path))\n"
    }
}
