extension String {
    /// As one word of a shell's command line: quoted where that is necessary.
    package var quotedForShell: String {
        func isLetterOrDigit(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        let isPlain = !isEmpty && utf8.allSatisfy { isLetterOrDigit($0) || "-_./@,+=:".utf8.contains($0) }
        return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
    }
}
