import Mutants
import Simulation

enum SabotageShape {
    /// Every defect that can be made on purpose, by its name.
    static let sabotage = Shape.choice(Sabotage.all.map(\.name))
}
