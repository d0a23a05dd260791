import Mutants
import Simulation

enum MutantShape {
    /// Every defect that can be made on purpose, by its name.
    static let mutant = Shape.choice(Mutant.all.map(\.name))
}
