import ClientKit
import Exchange
import JSON
import StrictYAML
import Units

/// Readers of what others write, for libFuzzer. Each takes any bytes; a trap ends the process, and libFuzzer keeps what led to it.
///
/// Part of the package only where TANDEM_FUZZ is set; `.ci/fuzz` builds and runs them.
@main
enum FuzzTargets {
    private static func target(_ name: String) -> (@convention(c) (UnsafePointer<UInt8>?, Int) -> Int32)? {
        switch name {
        case "json": { FuzzTargets.read(FuzzTargets.json, $0, $1) }
        case "yaml": { FuzzTargets.read(FuzzTargets.yaml, $0, $1) }
        case "dates": { FuzzTargets.read(FuzzTargets.dates, $0, $1) }
        case "wire": { FuzzTargets.read(FuzzTargets.wire, $0, $1) }
        default: nil
        }
    }

    static func main() {
        guard CommandLine.argc > 1, let target = target(CommandLine.arguments[1]) else {
            fatalError("usage: FuzzTargets json|yaml|dates|wire [options of libFuzzer] [folder]…")
        }
        // libFuzzer sees the name of the target as that of the program.
        var count = CommandLine.argc - 1
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = CommandLine.unsafeArgv + 1
        _ = runDriver(&count, &arguments, target)
    }

    private static func read(_ test: ([UInt8]) -> Void, _ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
        test(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
    }

    /// What is read is written, and reads the same again.
    private static func json(_ bytes: [UInt8]) {
        guard let tree = try? JSON.parse(bytes) else { return }
        guard let again = try? JSON.parse(tree.serialized) else { fatalError("what was written cannot be read") }
        precondition(again == tree, "what was written reads otherwise")
        _ = tree.pretty
    }

    private static let shape = Shape.record(
        Record(
            "a file",
            [
                .required("name", .text, "A name."), .optional("count", .whole(from: 1), "A number."),
                .optional("price", .decimal, "A decimal."), .optional("wait", .duration, "A length of time."),
                .optional("ahead", .offset, "A length of time or less."), .optional("at", .moment, "A moment."),
                .optional("on", .date, "A day."),
                .optional("kind", .choice(["one", "other"]), "A choice."), .optional("list", .list(.text), "A list."),
            ]))

    private static func yaml(_ bytes: [UInt8]) {
        guard let source = try? SourceText(file: "fuzz.yaml", subject: "file", bytes: bytes),
            let document = try? YAMLDocument.compose(source)
        else { return }
        var reader = StrictReader(source)
        _ = reader.read(document, as: shape, label: "the file")
    }

    private static func dates(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if let moment = HTTPDate.parse(text) {
            precondition(HTTPDate.parse(HTTPDate.text(moment)) == moment, "a date reads otherwise than it is written")
        }
        if let moment = Moment(iso: text) { _ = moment.isoUTCMilliseconds }
        if let date = CivilDate(text[...]) { _ = date.adding(days: 1).description }
    }

    private static func wire(_ bytes: [UInt8]) {
        guard let tree = try? JSON.parse(bytes) else { return }
        let reader = WireReader(tree, zone: .copenhagen)
        for row in (try? reader.list()) ?? [reader] {
            for name in ["id", "number", "lines"] {
                _ = try? row.required(name, .text)
                _ = try? row.optional(name, .flag)
                _ = try? row.object(name)
                _ = try? row.rows(name)
                _ = try? row.first(.text, of: name, "\(name)/number")
            }
        }
        _ = tree.rowIdentity
        if case .number(let number) = tree["quantity"] ?? .null { _ = ExactDecimal(number.description) }
    }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32
