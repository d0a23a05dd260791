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

    /// What the shell does before it becomes the program itself. Its first argument is the working folder.
    var script: String {
        // In units of 512 bytes. What writes beyond the limit gets an error, like on a full disk, and not the signal.
        let limit = largestFile.map { "trap '' XFSZ; ulimit -f \($0 / 512); " } ?? ""
        return "cd \"$1\" && shift && { \(limit)exec \"$@\"; }"
    }
}
