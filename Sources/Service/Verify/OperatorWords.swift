import SyncCore
import Trade
import Units

extension OperatorTask {
    /// What people are asked to do.
    package var request: String {
        switch self {
        case .receive(let quantity, let all, let article, let number):
            "Receive \(quantity) of the \(all) \(article) of purchase order \(number)."
        case .finish(let remaining, let article, let number):
            remaining.isPositive
                ? "Receive the remaining \(remaining) \(article) of purchase order \(number), and finish it."
                : "Finish purchase order \(number)."
        case .pick(let quantity, let all, let article, let number):
            "Pick \(quantity) of the \(all) \(article) of order \(number)."
        case .send(let number): "Send order \(number) with what is picked; the goods stay in the house."
        case .adjust(let change, let article): "Adjust the stock of \(article) by \(change.signed), as after a count."
        }
    }

    private var name: String {
        switch self {
        case .receive: "partial receipt"
        case .finish: "end of the purchase order"
        case .pick: "partial pick"
        case .send: "sending"
        case .adjust: "adjustment"
        }
    }

    /// The setting that says which statuses count; `nil` where none decides.
    private var setting: String? {
        switch self {
        case .finish: "completed-statuses"
        case .send: "shipped-status-from"
        case .receive, .pick, .adjust: nil
        }
    }

    private func moved(_ outcome: OperatorOutcome) -> String {
        let asked = self.asked.map { $0 == outcome.moved ? "" : ", \(signed($0)) asked for" } ?? ""
        let quantity = signed(outcome.moved)
        return switch self {
        case .receive, .finish: "\(quantity) received\(asked)"
        case .pick, .send: "\(quantity) picked\(asked)"
        case .adjust: "stock \(quantity)\(asked)"
        }
    }

    private func signed(_ quantity: Quantity) -> String {
        if case .adjust = self { quantity.signed } else { "\(quantity)" }
    }
}

extension PlannedWrite {
    /// `ship order 7: line 1, CHAIR at 1001: 3`
    var sentence: String {
        "\(action.rawValue) \(subject): " + fields.map { "\($0.name): \($0.value)" }.joined(separator: "; ")
    }
}

extension OperatorTask {
    func words(_ outcome: OperatorOutcome) -> FindingWords {
        let done = "\(name), \(moved(outcome))"
        if let failure = outcome.parked.first {
            return FindingWords(
                "\(done): the engine would park it. \(failure.reason)", harm: failure.effect, remedy: failure.remedy)
        }
        if outcome.isCancelled {
            return FindingWords(
                "\(name): the warehouse cancelled the document instead", harm: "How the engine books it is not seen.",
                remedy: "Run it again, and have it \(isOfOrder ? "picked and sent" : "received and finished").")
        }
        guard !outcome.booked.isEmpty else { return FindingWords("\(done): the engine would book nothing yet") }
        return FindingWords("\(done): the engine would \(outcome.booked.map(\.sentence).joined(separator: ", and "))")
    }

    private var isOfOrder: Bool {
        switch self {
        case .pick, .send: true
        case .receive, .finish, .adjust: false
        }
    }

    func wordsOfAbsence(_ waited: Duration, _ shown: String) -> FindingWords {
        let check = setting.map { " If it was done, '\($0)' does not name the status that the warehouse gives it." } ?? ""
        return FindingWords(
            "\(name): not seen in \(waited.forPeople); \(shown)",
            harm: "Whether the engine books what people do is not seen. What comes after it was not asked.",
            remedy: "Run it again when somebody is at work in the warehouse.\(check)")
    }
}
