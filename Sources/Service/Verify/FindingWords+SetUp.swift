import Units

/// Whether what the configuration names is there.
extension ReadinessFinding {
    var setUpWords: FindingWords? {
        switch kind {
        case .account(let number, let name):
            return FindingWords("Rackbeat account \(number)" + (name.map { " \($0)" } ?? ""))
        case .accountDiffers(let number, let name, let expected):
            return FindingWords(
                "the token belongs to account \(number)" + (name.map { " \($0)" } ?? "")
                    + ", 'rackbeat.account' says \(expected)",
                harm: "The stock and orders of another company would be synced.",
                remedy: "Take a token of account \(expected), or correct 'rackbeat.account'.")
        case .location(let number, let name): return FindingWords("location \(number)" + (name.map { " \($0)" } ?? ""))
        case .locationMissing(let number):
            return FindingWords(
                "Rackbeat has no location \(number)", harm: "No line belongs to the connection, and nothing is sent.",
                remedy: "Correct 'location' of the connection: the location's number, as in Rackbeat's list of locations.")
        case .locationBlocked(let number):
            return FindingWords(
                "location \(number) is blocked in Rackbeat", harm: "Rackbeat refuses shipments, receipts and adjustments there.",
                remedy: "Open the location in Rackbeat, or name another one.")
        case .locationHasChildren(let number, let children, let counted):
            let shown = "location \(number) has others inside: \(children.prefix(5).joined(separator: ", "))"
            return counted
                ? FindingWords(shown)
                : FindingWords(
                    shown, harm: "Order lines at those are not sent to the warehouse.",
                    remedy:
                        "If they belong to the warehouse, set 'location_match: children' in 'rackbeat.profile'; if not, state 'location_match: exact'."
                )
        case .goodsOwner(let number, let name): return FindingWords("goods owner \(number) \(name)")
        case .goodsOwnerOutOfReach(let number, let reached):
            let others = reached.isEmpty ? "none" : reached.prefix(10).map(String.init).joined(separator: ", ")
            return FindingWords(
                "the user does not reach goods owner \(number), but \(others)", harm: "The warehouse refuses every call.",
                remedy: "Correct 'ongoing.goods-owner', or ask the warehouse to give the user access.")
        case .goodsOwnersUnlisted(let number):
            return FindingWords("this version of the warehouse's API does not list goods owners; \(number) is not checked")
        case .statuses(let kind, let count):
            return FindingWords("the \(counted(count, "status", "statuses")) of a warehouse \(kind.noun) fit the settings")
        case .statusMissing(let setting, let number, let kind, let known):
            return FindingWords(
                "'\(setting)' says \(number), but a warehouse \(kind.noun) has no such status",
                harm: "What was shipped, received or cancelled is not seen.",
                remedy: "Set '\(setting)' to one of \(known.map(String.init).joined(separator: ", ")).")
        case .statusRenamed(let setting, let number, let text):
            return FindingWords(
                "'\(setting)' is \(number), which the warehouse calls '\(text)'",
                harm: "If it means something else, goods are booked too early, too late or never.",
                remedy: "Ask the warehouse what the status means, and set '\(setting)' to the right one.")
        case .webhooks(let count):
            return FindingWords(
                "\(counted(count, "webhook is", "webhooks are")) registered in the account: other programs may write to it too")
        case .draftsOfOthers(let records):
            return FindingWords(
                "\(counted(records.count, "draft")) stand in Rackbeat: \(records.text). Tandem completes none that it did not make"
            )
        case .changedTogether(let count):
            return FindingWords(
                "at least \(count) products changed in one second, as an import does: the rounds read them again until another changes"
            )
        case .marksOfOthers(let records):
            return FindingWords(
                "\(counted(records.count, "adjustment is", "adjustments are")) marked as reported by somebody else: \(records.text)",
                harm: "Two programs that recreate adjustments double each of them.",
                remedy: "Find the other integration of the goods owner, and switch off one of the two.")
        default: return nil
        }
    }
}
