import ScenarioKit
import Simulation
import Units

/// What a step of a scenario says, in a sentence.
enum Sentence {
    static func of(_ step: Step) -> String {
        let when = step.time.map { time in
            switch time {
            case .sinceStart(let duration): "At \(ScenarioWriting.duration(duration)): "
            case .timeOfDay, .moment: "At its time: "
            }
        }
        let sentence = words(step)
        guard let when else { return sentence }
        return when + sentence
    }

    /// - Parameters:
    ///   - hits: The exchanges.
    ///   - kind: The name of the fault.
    static func trouble(_ hits: Value, _ kind: Value) -> String {
        let words = FaultKind(rawValue: kind.text)?.words ?? kind.text
        return "Trouble on \(hits.exchange): \(words)."
    }

    private static func words(_ step: Step) -> String {
        guard let argument = step.argument else { return step.kind.doc }
        func named(_ key: String) -> String { argument[key]?.plain ?? "" }
        switch step.kind.word {
        case "wait": return "\(argument.duration.forPeople) pass; the engine does nothing."
        case "run-until": return "The engine runs on its schedule."
        case "engine.run": return "The engine runs the job \(named("job")) once."
        case "engine.nudge": return "A webhook tells the engine to look: job \(named("job"))."
        case "engine.crash": return crash(argument)
        case "fault.begin": return trouble(argument.required("match"), argument.required("fault"))
        case "rackbeat.book-order": return "The office books order \(named("number")): \(lines(argument["lines"]))."
        case "rackbeat.draft-order":
            return "The office writes order \(named("number")) and leaves it a draft: \(lines(argument["lines"]))."
        case "rackbeat.book-draft": return "The office books the draft \(named("order"))."
        case "rackbeat.reopen-order": return "The office takes order \(named("order")) back to draft."
        case "rackbeat.change-order": return "The office changes order \(named("order")): \(change(argument))."
        case "rackbeat.cancel-order": return "The office cancels order \(named("order"))."
        case "rackbeat.book-purchase-order":
            return "The office books purchase order \(named("number")): \(lines(argument["lines"]))."
        case "rackbeat.draft-purchase-order":
            return "The office writes purchase order \(named("number")) and leaves it a draft: \(lines(argument["lines"]))."
        case "rackbeat.book-purchase-draft": return "The office books the purchase draft \(named("purchase-order"))."
        case "rackbeat.reopen-purchase-order": return "The office takes purchase order \(named("purchase-order")) back to draft."
        case "rackbeat.change-purchase-order":
            return "The office changes purchase order \(named("purchase-order")): \(change(argument))."
        case "rackbeat.cancel-purchase-order": return "The office cancels purchase order \(named("purchase-order"))."
        case "rackbeat.adjust": return "The office adjusts the stock of \(named("item")) by \(named("change"))."
        case "ongoing.release": return "The warehouse releases order \(named("order"))."
        case "ongoing.allocate": return "Stock is reserved for order \(named("order"))."
        case "ongoing.pick": return "The warehouse picks for order \(named("order")): \(goods(argument["lines"]))."
        case "ongoing.unpick": return "Picked goods of order \(named("order")) go back to the shelf: \(goods(argument["lines"]))."
        case "ongoing.send": return "Order \(named("order")) is sent."
        case "ongoing.collect": return "The carrier takes order \(named("order"))."
        case "ongoing.back-order": return "What is open of order \(named("order")) becomes an order of its own."
        case "ongoing.receive":
            return "Goods come in for purchase order \(named("purchase-order")): \(goods(argument["lines"]))."
        case "ongoing.correct-receipt":
            return
                "The warehouse corrects what came in for purchase order \(named("purchase-order")): \(goods(argument["lines"]))."
        case "ongoing.finish": return "Purchase order \(named("purchase-order")) is finished."
        case "ongoing.adjust": return "The warehouse corrects its stock" + adjusted(argument) + "."
        default: return step.kind.doc
        }
    }

    private static func crash(_ argument: Value) -> String {
        if let before = argument["before"] { return "The engine will crash before \(before.exchange)." }
        if let after = argument["after"] { return "The engine will crash after \(after.exchange), without the answer." }
        if let commit = argument["before-commit"] { return "The engine will crash before commit \(commit.int) of its journal." }
        return "The engine will crash after commit \(argument["after-commit"]?.int ?? 1) of its journal."
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
        guard let lines, lines.isTable else { return "all that is open" }
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
    /// As one would say it.
    fileprivate var plain: String {
        if case .text(let text) = content { text } else { ScenarioWriting.flow(self) }
    }
}
