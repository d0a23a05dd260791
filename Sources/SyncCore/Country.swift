public enum Country {
    public static func code(for text: String) -> String? { nil }
}
