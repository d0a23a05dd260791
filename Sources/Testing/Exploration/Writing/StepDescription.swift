import ScenarioKit
import Simulation
import StrictYAML
import Units

/// Describes a step of a scenario in a sentence.
enum StepDescription {
    static func of(_ step: Step) -> String {
        let when = step.time.map { time in
            switch time {
            case .sinceStart(let duration): "At \(duration.written): "
            case .timeOfDay, .moment: "At its time: "
            }
        }
        let sentence = words(step)
        guard let when else { return sentence }
        return when + sentence
    }

    /// - Parameters:
    ///   - pattern: The exchanges.
    ///   - kind: The name of the fault, or its own response.
    static func fault(_ pattern: Value, _ kind: Value) -> String {
        let words = kind.faultKind.words
        return "Fault on \(pattern.exchange): \(words)."
    }

    private static func words(_ step: Step) -> String {
        guard let argument = step.argument else { return step.kind.doc }
        func named(_ key: String) -> String { argument[key]?.plain ?? "" }
        switch step.kind.word {
        case "wait": return "\(argument.duration.forPeople) pass without the engine."
        case "run-until": return "The engine runs on its schedule."
        case "engine.run": return "The engine runs the job \(named("job")) once."
        case "engine.nudge": return "A webhook starts the job \(named("job"))."
        case "engine.crash": return crash(argument)
        case "fault.begin": return fault(argument.required("match"), argument.required("fault"))
        case "rackbeat.book-order": return "A Rackbeat user books order \(named("number")): \(lines(argument["lines"]))."
        case "rackbeat.draft-order":
            return "A Rackbeat user creates order \(named("number")) as a draft: \(lines(argument["lines"]))."
        case "rackbeat.book-draft": return "A Rackbeat user books draft order \(named("order"))."
        case "rackbeat.reopen-order": return "A Rackbeat user reopens order \(named("order"))."
        case "rackbeat.change-order": return "A Rackbeat user changes order \(named("order")): \(change(argument))."
        case "rackbeat.cancel-order": return "A Rackbeat user cancels order \(named("order"))."
        case "rackbeat.book-purchase-order":
            return "A Rackbeat user books purchase order \(named("number")): \(lines(argument["lines"]))."
        case "rackbeat.draft-purchase-order":
            return "A Rackbeat user creates purchase order \(named("number")) as a draft: \(lines(argument["lines"]))."
        case "rackbeat.book-purchase-draft": return "A Rackbeat user books draft purchase order \(named("purchase-order"))."
        case "rackbeat.reopen-purchase-order": return "A Rackbeat user reopens purchase order \(named("purchase-order"))."
        case "rackbeat.change-purchase-order":
            return "A Rackbeat user changes purchase order \(named("purchase-order")): \(change(argument))."
        case "rackbeat.cancel-purchase-order": return "A Rackbeat user cancels purchase order \(named("purchase-order"))."
        case "rackbeat.adjust": return "A Rackbeat user adjusts the stock of \(named("item")) by \(named("change"))."
        case "ongoing.release": return "The warehouse releases order \(named("order"))."
        case "ongoing.allocate": return "The warehouse allocates stock to order \(named("order"))."
        case "ongoing.pick": return "The warehouse picks order \(named("order")): \(goods(argument["lines"]))."
        case "ongoing.unpick": return "The warehouse unpicks order \(named("order")): \(goods(argument["lines"]))."
        case "ongoing.send": return "The warehouse sends order \(named("order"))."
        case "ongoing.collect": return "The carrier collects order \(named("order"))."
        case "ongoing.back-order": return "The warehouse moves the open part of order \(named("order")) to a back order."
        case "ongoing.receive":
            return "The warehouse receives purchase order \(named("purchase-order")): \(goods(argument["lines"]))."
        case "ongoing.correct-receipt":
            return
                "The warehouse corrects the receipt of purchase order \(named("purchase-order")): \(goods(argument["lines"]))."
        case "ongoing.finish": return "The warehouse finishes purchase order \(named("purchase-order"))."
        case "ongoing.adjust": return "The warehouse adjusts its stock" + adjusted(argument) + "."
        default: return step.kind.doc
        }
    }

    private static func crash(_ argument: Value) -> String {
        if let before = argument["before"] { return "The engine crashes before \(before.exchange)." }
        if let after = argument["after"] { return "The engine crashes after \(after.exchange), before it reads the response." }
        if let commit = argument["before-commit"] { return "The engine crashes before commit \(commit.int) of its journal." }
        return "The engine crashes after commit \(argument["after-commit"]?.int ?? 1) of its journal."
    }

    private static func lines(_ lines: Value?) -> String {
        let parts = (lines?.list ?? []).map { line in
            guard let item = line["item"] else { return "a line of text" }
            let place = line["location"].map { " from \($0.plain)" } ?? ""
            return "\(line["quantity"]?.plain ?? "1") of \(item.plain)\(place)"
        }
        return parts.joined(separator: ", ")
    }

    private static func goods(_ lines: Value?) -> String {
        guard let lines, lines.isTable else { return "everything that is open" }
        return lines.table.map { line, quantity in
            "\(quantity.isRecord ? quantity["quantity"]?.plain ?? "" : quantity.plain) on line \(line.plain)"
        }.joined(separator: ", ")
    }

    private static func change(_ argument: Value) -> String {
        argument.members.filter { $0.name != "order" && $0.name != "purchase-order" }.map { member in
            member.name == "quantities" ? goods(member.value) : member.name.replacing("-", with: " ")
        }.joined(separator: ", ")
    }

    private static func adjusted(_ argument: Value) -> String {
        let rows = argument["rows"]?.list ?? [argument]
        return ": "
            + rows.map { "\($0["change"]?.plain ?? "") of \($0["item"]?.plain ?? "")" }.joined(separator: ", ")
    }
}

extension Value {
    /// A text without quotes; any other value as in the file.
    var plain: String {
        if case .text(let text) = content { text } else { FlowText.of(self) }
    }
}
