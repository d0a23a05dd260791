/// What is special about the surroundings of a process, and nothing of which is in its program.
package struct ProcessConditions: Equatable {
    /// How far its clock is ahead of the right time, in whole seconds. Only on Linux, where a library can be preloaded.
    package var clockShift = Duration.zero
    /// No file may grow beyond this many bytes, as on a disk that is full.
    package var largestFile: Int?

    package init() {}

    /// Whether a process can be shown another time of day here.
    package static var canShiftClocks: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }

    /// The shell, and what it is to do before it becomes the program itself; `nil` when there is nothing to do.
    var shell: (path: String, arguments: [String])? {
        guard let largestFile else { return nil }
        // In units of 512 bytes. What writes beyond the limit gets an error, like on a full disk, and not the signal.
        return ("/bin/sh", ["-c", "trap '' XFSZ; ulimit -f \(largestFile / 512); exec \"$@\"", "sh"])
    }
}
