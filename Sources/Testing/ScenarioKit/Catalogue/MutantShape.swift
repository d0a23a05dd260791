import Mutants
import Simulation
import StrictYAML

enum MutantShape {
    /// Every defect that can be made on purpose, by its name.
    static let mutant = Shape.choice(Mutant.all.map(\.name))
}
