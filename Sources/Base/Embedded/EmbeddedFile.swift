import EmbeddedText

/// Files of the repository that every build contains, each beside the module that uses it.
package enum EmbeddedFile {
    package static var assumptions: [UInt8] { bytes(embeddedAssumptions) }
    package static var rackbeatContract: [UInt8] { bytes(embeddedRackbeatContract) }
    package static var ongoingContract: [UInt8] { bytes(embeddedOngoingContract) }
    package static var reportStyle: [UInt8] { bytes(embeddedReportStyle) }
    package static var reportScript: [UInt8] { bytes(embeddedReportScript) }
    package static var reportSchema: [UInt8] { bytes(embeddedReportSchema) }
    package static var livePage: [UInt8] { bytes(embeddedLivePage) }
    package static var loginPage: [UInt8] { bytes(embeddedLoginPage) }
    package static var livePageStyle: [UInt8] { bytes(embeddedLivePageStyle) }
    package static var livePageScript: [UInt8] { bytes(embeddedLivePageScript) }
    /// What the package manager resolved; empty where it kept no file.
    package static var resolvedPackages: [UInt8] { bytes(embeddedResolvedPackages) }

    /// The compiler of this build.
    package static var compiler: String { String(cString: embeddedCompiler) }

    private static func bytes(_ text: EmbeddedText) -> [UInt8] {
        Array(UnsafeBufferPointer(start: text.start, count: text.count))
    }
}
