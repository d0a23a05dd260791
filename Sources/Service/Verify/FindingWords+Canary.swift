import Units

/// What writing told.
extension ReadinessFinding {
    var canaryWords: FindingWords? {
        switch kind {
        case .canaryRan(let writes):
            return FindingWords("written, read back, updated, cancelled and removed in \(counted(writes, "write"))")
        case .canaryRefused(.notAllowed(let goodsOwner)):
            return FindingWords(
                "not run: 'verify.allow-writes-for' does not name goods owner \(goodsOwner)",
                remedy: "Name it there if it is a test goods owner, or one where a cancelled test order may stand.")
        case .canaryRefused(.notConfirmed(let goodsOwner)):
            return FindingWords(
                "not run: nobody confirmed goods owner \(goodsOwner)", remedy: "Confirm it with --yes-goods-owner \(goodsOwner).")
        case .canaryBudget(let step, let most):
            return FindingWords(
                "\(step): not begun, as \(counted(most, "write")) do not reach for it and for removing it",
                harm: "What it would tell stays open.", remedy: "Run the canary again with a larger --max-writes.")
        case .canaryDiffers(let step, let field):
            return FindingWords(
                "\(step): \(field)", harm: "What the engine writes is not what the warehouse holds.",
                remedy: "Report it to the authors of Tandem with this report.")
        case .canaryFailed(let step, let reason):
            return FindingWords(
                "\(step) failed: \(reason)", harm: "The engine needs the same call.",
                remedy: "Deal with the cause, then run the canary again: it first removes what is left.")
        case .canarySweptUp(let what):
            return FindingWords("removed what an earlier canary left: \(what.joined(separator: ", "))")
        case .canaryLeft(let what):
            return FindingWords(
                "still there: \(what.joined(separator: ", "))", harm: "The warehouse may pick a test order.",
                remedy: "Run the canary again: it removes what is left. If that fails, cancel it by hand.")
        case .operatorDid(let task, let outcome): return task.words(outcome)
        case .operatorAway(let task, let waited, let shown): return task.wordsOfAbsence(waited, shown)
        case .peopleNotAsked: return FindingWords("nobody was asked to work: deal with the failures above first")
        case .operatorLeaves(let what):
            return FindingWords(
                "stays in the warehouse, which removes nothing that was worked on: \(what.joined(separator: ", "))")
        default: return nil
        }
    }
}
