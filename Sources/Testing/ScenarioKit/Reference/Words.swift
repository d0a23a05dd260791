import Mutants
import Simulation

/// The kinds of fault with what each does, for the reference page.
enum FaultWords {
    static let all = FaultKind.allCases.map { (kind: $0.rawValue, words: $0.words) }
}

/// The defects that can be made on purpose, for the reference page.
enum MutantWords {
    static let all = Mutant.all.map { (name: $0.name, story: $0.story, caughtBy: $0.caughtBy) }

    /// As it would stand at the end of a file.
    static let example = all.first.map { "mutant: \($0.name)\ncaught-by: [ \($0.caughtBy) ]" } ?? ""
}
