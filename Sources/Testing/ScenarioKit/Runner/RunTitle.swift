/// What reports call a run.
package enum RunTitle {
    /// The scenario, and the variant in brackets.
    ///
    /// - Parameter variant: `nil` or empty without a matrix.
    package static func of(_ scenario: String, variant: String?) -> String {
        guard let variant, !variant.isEmpty else { return scenario }
        return "\(scenario) [\(variant)]"
    }
}
