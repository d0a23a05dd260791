import ArgumentParser

@main
struct Tandem: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tandem", abstract: "Keeps Rackbeat and Ongoing WMS in step, and proves it.")
}
