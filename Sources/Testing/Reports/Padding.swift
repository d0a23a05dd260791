extension String {
    /// With spaces behind it until it is as wide as a column; as it is when it is wider.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
