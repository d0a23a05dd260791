// swift-format-ignore-file: one path a line.

/// What the engine does with a document, by what the journal holds of it and what happens: calls, then what the journal holds
/// afterwards, what was told, and what was thrown. Read by ``PushTableTests``.
///
/// Events that come to the same in a state stand together. `a` and `b` are contents. `requested`: the document was told to be
/// cancelled and is shown as live. Then come the number in the warehouse, how often the number was given up, the identifier there, and
/// whose lines are recorded.
let pushTable = """
    nothing
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        find 1042: nothing, put 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        find 1042: nothing, put 1042 a: refused, find 1042: nothing -> nothing | permanent putRefused
        find 1042: nothing, put 1042 a: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        find 1042: nothing, put 1042 a: no response, find 1042: nothing -> sending a over nil at 0 1042 g0 #0 a | exchange unknown
        find 1042: nothing, put 1042 a: no response, find 1042: a -> held a 1042 g0 #7 a | pushFoundDone, pushed
        find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushed, unknownDocument
      wanted b
        find 1042: nothing, put 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        find 1042: nothing, put 1042 b: refused, find 1042: nothing -> nothing | permanent putRefused
        find 1042: nothing, put 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        find 1042: nothing, put 1042 b: no response, find 1042: nothing -> sending b over nil at 0 1042 g0 #0 b | exchange unknown
        find 1042: nothing, put 1042 b: no response, find 1042: a -> sending b over nil at 0 1042 g0 #0 b | exchange unknown
        find 1042: a -> nothing | otherSource | permanent numberTaken
      unwanted; done b; resend; reopened; seen cancelled, unwanted; seen gone, unwanted
        -> nothing
    held a
      wanted a; retried, wanted a
        -> held a 1042 g0 #7 a | unchanged
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> held a 1042 g0 #7 a | permanent putRefused
        update 1042 b: refused, find 1042: a -> held a 1042 g0 #7 a | permanent putRefused
        update 1042 b: no response -> sending b over a at 0 1042 g0 #7 a | exchange unknown
      unwanted
        find 1042: nothing, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: nothing, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: refused, read 7: live -> held a 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: nothing, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: no response -> cancelling nil over a at 0 1042 g0 #7 a | exchange unknown
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held a 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling nil over a at 0 1042 g0 #7 a | exchange unknown
      done b
        -> held a 1042 g0 #7 a | permanent changedWhenDone
      resend
        decide -> held unknown 1042 g0 #7 a
      reopened
        find 1042: nothing -> held a 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> held a 1042 g0 #7 a
      seen cancelled, wanted a
        read 7: cancelled, find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | cancelled | permanent cancelledByWarehouse
        read 7: cancelled, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | cancelled, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | cancelled, revived | permanent putRefused
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | cancelled, pushFoundDone, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | cancelled, revived | exchange unknown
      seen renumbered, wanted a
        read 7: renumbered -> held a W-77 g0 #7 a | unchanged | renumbered
      seen edited, wanted a
        read 7: edited, update 1042 a: accepted -> held a 1042 g0 #7 a | edited, pushed
        read 7: edited, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | edited | permanent putRefused
        read 7: edited, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | edited, pushFoundDone, pushed
        read 7: edited, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | edited | exchange unknown
      seen edited and begun, wanted a
        read 7: edited and begun -> held a 1042 g0 #7 a | edited | permanent editedThere
      seen gone, wanted a
        read 7: gone, find 1042: nothing, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, vanished
        read 7: gone, find 1042: nothing, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #0 a | vanished | permanent putRefused
        read 7: gone, find 1042: nothing, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, vanished
        read 7: gone, find 1042: nothing, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #0 a | vanished | exchange unknown
        read 7: gone, find 1042: a -> held a 1042 g0 #7 a | unchanged
      seen gone and booked, wanted a
        read 7: gone and booked, find 1042: nothing -> held a 1042 g0 #7 a | vanished | permanent vanished
        read 7: gone and booked, find 1042: a -> held a 1042 g0 #7 a | unchanged
      seen cancelled, unwanted
        read 7: cancelled, find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, cancelled
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | cancelled, revived | transient cancelUnseen
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, cancelled, revived | permanent cancelRefused
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | cancelled, revived | exchange unknown
      seen gone, unwanted
        read 7: gone, find 1042: nothing -> cancelled 1042 g0 #0 - | cancelled, orderAlreadyGone, vanished
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        read 7: gone, find 1042: a, cancel 7: refused, read 7: live -> held a 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        read 7: gone, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        read 7: gone, find 1042: a, cancel 7: no response -> cancelling nil over a at 0 1042 g0 #7 a | exchange unknown
    held unknown
      wanted a; retried, wanted a
        update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 b: no response -> sending b over unknown at 0 1042 g0 #7 a | exchange unknown
      unwanted
        find 1042: nothing, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: nothing, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: nothing, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | exchange unknown
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | exchange unknown
      done b
        read 7: live -> held unknown 1042 g0 #7 a | permanent changedWhenDone
        read 7: cancelled -> held unknown 1042 g0 #7 a | permanent changedWhenDone
      resend
        decide -> held unknown 1042 g0 #7 a
      reopened
        find 1042: nothing -> held unknown 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> held unknown 1042 g0 #7 a
      seen cancelled, wanted a
        read 7: cancelled, find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | cancelled | permanent cancelledByWarehouse
        read 7: cancelled, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | cancelled, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | cancelled, revived | permanent putRefused
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | cancelled, pushFoundDone, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | cancelled, revived | exchange unknown
      seen renumbered, wanted a
        read 7: renumbered, update W-77 a: accepted -> held a W-77 g0 #8 a | pushed, renumbered
        read 7: renumbered, update W-77 a: refused, find W-77: nothing -> held unknown W-77 g0 #7 a | renumbered | permanent putRefused
        read 7: renumbered, update W-77 a: refused, find W-77: a, compare 7: same -> held a W-77 g0 #7 a | pushFoundDone, pushed, renumbered
        read 7: renumbered, update W-77 a: no response -> sending a over unknown at 0 W-77 g0 #7 a | renumbered | exchange unknown
      seen edited, wanted a
        read 7: edited, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        read 7: edited, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | permanent putRefused
        read 7: edited, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        read 7: edited, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | exchange unknown
      seen edited and begun, wanted a
        read 7: edited and begun, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        read 7: edited and begun, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | permanent putRefused
        read 7: edited and begun, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        read 7: edited and begun, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | exchange unknown
      seen gone, wanted a
        read 7: gone, find 1042: nothing, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, vanished
        read 7: gone, find 1042: nothing, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #0 a | vanished | permanent putRefused
        read 7: gone, find 1042: nothing, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, vanished
        read 7: gone, find 1042: nothing, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #0 a | vanished | exchange unknown
        read 7: gone, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | permanent putRefused
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        read 7: gone, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | exchange unknown
      seen gone and booked, wanted a
        read 7: gone and booked, find 1042: nothing -> held unknown 1042 g0 #7 a | vanished | permanent vanished
        read 7: gone and booked, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | permanent putRefused
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        read 7: gone and booked, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | exchange unknown
      seen cancelled, unwanted
        read 7: cancelled, find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, cancelled
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | cancelled, revived | transient cancelUnseen
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, cancelled, revived | permanent cancelRefused
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | cancelled, revived | exchange unknown
      seen gone, unwanted
        read 7: gone, find 1042: nothing -> cancelled 1042 g0 #0 - | cancelled, orderAlreadyGone, vanished
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        read 7: gone, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        read 7: gone, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        read 7: gone, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | exchange unknown
    held a requested
      wanted a; retried, wanted a
        update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        update 1042 a: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, unknownDocument
        update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        update 1042 b: refused, find 1042: a, read 7: live -> held a requested 1042 g0 #7 a | permanent putRefused
        update 1042 b: refused, find 1042: a, read 7: cancelled, find 1042-2: a -> cancelled 1042 g0 #7 - | cancelled, numberGivenUp, otherSource | permanent numberTaken
        update 1042 b: no response -> sending b over a requested at 0 1042 g0 #7 a | exchange unknown
      unwanted
        find 1042: nothing, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: nothing, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: refused, read 7: live -> held a requested 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: nothing, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: no response -> cancelling nil over a requested at 0 1042 g0 #7 a | exchange unknown
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held a requested 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling nil over a requested at 0 1042 g0 #7 a | exchange unknown
      done b
        -> held a requested 1042 g0 #7 a | permanent changedWhenDone
      resend
        decide -> held unknown requested 1042 g0 #7 a
      reopened
        find 1042: nothing -> held a requested 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> held a requested 1042 g0 #7 a
      seen cancelled, wanted a
        read 7: cancelled, find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | cancelled | permanent cancelledByWarehouse
        read 7: cancelled, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | cancelled, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | cancelled, revived | permanent putRefused
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | cancelled, pushFoundDone, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | cancelled, revived | exchange unknown
      seen renumbered, wanted a
        read 7: renumbered, update W-77 a: accepted -> held a W-77 g0 #8 a | pushed, renumbered
        read 7: renumbered, update W-77 a: refused, find W-77: nothing -> held a requested W-77 g0 #7 a | renumbered | permanent putRefused
        read 7: renumbered, update W-77 a: refused, find W-77: a, read 7: live, compare 7: same -> held a W-77 g0 #7 a | pushFoundDone, pushed, renumbered
        read 7: renumbered, update W-77 a: refused, find W-77: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, renumbered, unknownDocument
        read 7: renumbered, update W-77 a: no response -> sending a over a requested at 0 W-77 g0 #7 a | renumbered | exchange unknown
      seen edited, wanted a
        read 7: edited, update 1042 a: accepted -> held a 1042 g0 #7 a | edited, pushed
        read 7: edited, update 1042 a: refused, find 1042: nothing -> held unknown requested 1042 g0 #7 a | edited | permanent putRefused
        read 7: edited, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | edited, pushFoundDone, pushed
        read 7: edited, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, edited, numberGivenUp, pushed, unknownDocument
        read 7: edited, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #7 a | edited | exchange unknown
      seen edited and begun, wanted a
        read 7: edited and begun, update 1042 a: accepted -> held a 1042 g0 #7 a | edited, pushed
        read 7: edited and begun, update 1042 a: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | edited | permanent putRefused
        read 7: edited and begun, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | edited, pushFoundDone, pushed
        read 7: edited and begun, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, edited, numberGivenUp, pushed, unknownDocument
        read 7: edited and begun, update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | edited | exchange unknown
      seen gone, wanted a
        read 7: gone, find 1042: nothing, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, vanished
        read 7: gone, find 1042: nothing, update 1042 a: refused, find 1042: nothing -> held unknown requested 1042 g0 #0 a | vanished | permanent putRefused
        read 7: gone, find 1042: nothing, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, vanished
        read 7: gone, find 1042: nothing, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, unknownDocument, vanished
        read 7: gone, find 1042: nothing, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #0 a | vanished | exchange unknown
        read 7: gone, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, unknownDocument
        read 7: gone, find 1042: a, update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      seen gone and booked, wanted a
        read 7: gone and booked, find 1042: nothing -> held a requested 1042 g0 #7 a | vanished | permanent vanished
        read 7: gone and booked, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, unknownDocument
        read 7: gone and booked, find 1042: a, update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      seen cancelled, unwanted
        read 7: cancelled, find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, cancelled
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | cancelled, revived | transient cancelUnseen
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, cancelled, revived | permanent cancelRefused
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | cancelled, revived | exchange unknown
      seen gone, unwanted
        read 7: gone, find 1042: nothing -> cancelled 1042 g0 #0 - | cancelled, orderAlreadyGone, vanished
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        read 7: gone, find 1042: a, cancel 7: refused, read 7: live -> held a requested 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        read 7: gone, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        read 7: gone, find 1042: a, cancel 7: no response -> cancelling nil over a requested at 0 1042 g0 #7 a | exchange unknown
    cancelled
      wanted a; retried, wanted a
        find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | numberGivenUp, pushed, unknownDocument
      wanted b
        find 1042-2: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | numberGivenUp, pushed
        find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | numberGivenUp | permanent putRefused
        find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | numberGivenUp | permanent putRefused
        find 1042-2: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | numberGivenUp | exchange unknown
        find 1042-2: a -> cancelled 1042 g0 #7 - | numberGivenUp, otherSource | permanent numberTaken
      unwanted; done b
        -> cancelled 1042 g0 #7 -
      resend
        find 1042: nothing -> cancelled 1042 g0 #7 -
        find 1042: a, decide -> held unknown requested 1042 g0 #7 a
      reopened
        decide -> cancelled 1042 g0 #7 -
      seen cancelled, wanted a
        read 7: cancelled, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        read 7: cancelled, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: cancelled, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: cancelled, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | numberGivenUp, pushed, unknownDocument
      seen renumbered, wanted a
        read 7: renumbered, update W-77 a: accepted -> held a W-77 g0 #8 a | pushed, revived
        read 7: renumbered, update W-77 a: refused, find W-77: nothing -> held unknown requested W-77 g0 #7 a | revived | permanent putRefused
        read 7: renumbered, update W-77 a: refused, find W-77: a, read 7: live, compare 7: same -> held a W-77 g0 #7 a | pushFoundDone, pushed, revived
        read 7: renumbered, update W-77 a: refused, find W-77: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, revived, unknownDocument
        read 7: renumbered, update W-77 a: no response -> sending a over unknown requested at 0 W-77 g0 #7 a | revived | exchange unknown
      seen edited, wanted a
        read 7: edited, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: edited, update 1042 a: refused, find 1042: nothing -> held unknown requested 1042 g0 #7 other | revived | permanent putRefused
        read 7: edited, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: edited, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, revived, unknownDocument
        read 7: edited, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #7 other | revived | exchange unknown
      seen edited and begun, wanted a
        read 7: edited and begun, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: edited and begun, update 1042 a: refused, find 1042: nothing -> held unknown requested 1042 g0 #7 other | revived | permanent putRefused
        read 7: edited and begun, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: edited and begun, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, revived, unknownDocument
        read 7: edited and begun, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #7 other | revived | exchange unknown
      seen gone, wanted a
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        read 7: gone, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown requested 1042 g0 #7 a | revived | permanent putRefused
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, revived, unknownDocument
        read 7: gone, find 1042: a, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #7 a | revived | exchange unknown
      seen gone and booked, wanted a
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        read 7: gone and booked, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown requested 1042 g0 #7 a | revived | permanent putRefused
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, revived, unknownDocument
        read 7: gone and booked, find 1042: a, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #7 a | revived | exchange unknown
      seen cancelled, unwanted
        read 7: cancelled -> cancelled 1042 g0 #7 -
      seen gone, unwanted
        read 7: gone, find 1042: nothing -> cancelled 1042 g0 #7 -
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | revived | transient cancelUnseen
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: gone, find 1042: a, cancel 7: refused, read 7: live -> held unknown requested 1042 g0 #7 a | cancelRefused, revived | permanent cancelRefused
        read 7: gone, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: gone, find 1042: a, cancel 7: no response -> cancelling nil over unknown requested at 0 1042 g0 #7 a | revived | exchange unknown
    cancelled by the warehouse
      wanted a
        find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | permanent cancelledByWarehouse
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      wanted b
        find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | permanent cancelledByWarehouse
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed, revived
        find 1042: a, update 1042 b: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        find 1042: a, update 1042 b: no response -> sending b over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      unwanted
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | revived | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, revived | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      done b
        find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a
        find 1042: a, read 7: live -> held unknown 1042 g0 #7 a | revived | permanent changedWhenDone
        find 1042: a, read 7: cancelled -> held unknown 1042 g0 #7 a | revived | permanent changedWhenDone
      resend
        decide -> cancelled by the warehouse 1042 g0 #7 a
      reopened
        find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> cancelled by the warehouse 1042 g0 #7 a
      seen cancelled, wanted a
        read 7: cancelled, find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | permanent cancelledByWarehouse
        read 7: cancelled, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen renumbered, wanted a
        read 7: renumbered, update W-77 a: accepted -> held a W-77 g0 #8 a | pushed, revived
        read 7: renumbered, update W-77 a: refused, find W-77: nothing -> held unknown W-77 g0 #7 a | revived | permanent putRefused
        read 7: renumbered, update W-77 a: refused, find W-77: a, compare 7: same -> held a W-77 g0 #7 a | pushFoundDone, pushed, revived
        read 7: renumbered, update W-77 a: no response -> sending a over unknown at 0 W-77 g0 #7 a | revived | exchange unknown
      seen edited, wanted a
        read 7: edited, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: edited, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 other | revived | permanent putRefused
        read 7: edited, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: edited, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 other | revived | exchange unknown
      seen edited and begun, wanted a
        read 7: edited and begun, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: edited and begun, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 other | revived | permanent putRefused
        read 7: edited and begun, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: edited and begun, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 other | revived | exchange unknown
      seen gone, wanted a
        read 7: gone, find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | permanent cancelledByWarehouse
        read 7: gone, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: gone, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen gone and booked, wanted a
        read 7: gone and booked, find 1042: nothing -> cancelled by the warehouse 1042 g0 #7 a | permanent cancelledByWarehouse
        read 7: gone and booked, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: gone and booked, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen cancelled, unwanted
        read 7: cancelled, find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | revived | transient cancelUnseen
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, revived | permanent cancelRefused
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen gone, unwanted
        read 7: gone, find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | revived | transient cancelUnseen
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: gone, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, revived | permanent cancelRefused
        read 7: gone, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: gone, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      retried, wanted a
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
    to be resent
      wanted a; retried, wanted a
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      wanted b
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | numberGivenUp, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | numberGivenUp | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | numberGivenUp | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | numberGivenUp | exchange unknown
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed, revived
        find 1042: a, update 1042 b: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        find 1042: a, update 1042 b: no response -> sending b over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      unwanted
        find 1042: nothing -> cancelled 1042 g0 #7 a
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | revived | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, revived | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      done b
        find 1042: nothing -> cancelled 1042 g0 #7 a
        find 1042: a, read 7: live -> held unknown 1042 g0 #7 a | revived | permanent changedWhenDone
        find 1042: a, read 7: cancelled -> held unknown 1042 g0 #7 a | revived | permanent changedWhenDone
      resend
        decide -> to be resent 1042 g0 #7 a
      reopened
        find 1042: nothing -> to be resent 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> to be resent 1042 g0 #7 a
      seen cancelled, wanted a
        read 7: cancelled, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        read 7: cancelled, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: cancelled, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: cancelled, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        read 7: cancelled, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        read 7: cancelled, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: cancelled, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen renumbered, wanted a
        read 7: renumbered, update W-77 a: accepted -> held a W-77 g0 #8 a | pushed, revived
        read 7: renumbered, update W-77 a: refused, find W-77: nothing -> held unknown W-77 g0 #7 a | revived | permanent putRefused
        read 7: renumbered, update W-77 a: refused, find W-77: a, compare 7: same -> held a W-77 g0 #7 a | pushFoundDone, pushed, revived
        read 7: renumbered, update W-77 a: no response -> sending a over unknown at 0 W-77 g0 #7 a | revived | exchange unknown
      seen edited, wanted a
        read 7: edited, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: edited, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 other | revived | permanent putRefused
        read 7: edited, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: edited, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 other | revived | exchange unknown
      seen edited and begun, wanted a
        read 7: edited and begun, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: edited and begun, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 other | revived | permanent putRefused
        read 7: edited and begun, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: edited and begun, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 other | revived | exchange unknown
      seen gone, wanted a
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        read 7: gone, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        read 7: gone, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: gone, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen gone and booked, wanted a
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        read 7: gone and booked, find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
        read 7: gone and booked, find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed, revived
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown 1042 g0 #7 a | revived | permanent putRefused
        read 7: gone and booked, find 1042: a, update 1042 a: refused, find 1042: a, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed, revived
        read 7: gone and booked, find 1042: a, update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen cancelled, unwanted
        read 7: cancelled, find 1042: nothing -> cancelled 1042 g0 #7 a
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | revived | transient cancelUnseen
        read 7: cancelled, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, revived | permanent cancelRefused
        read 7: cancelled, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: cancelled, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | revived | exchange unknown
      seen gone, unwanted
        read 7: gone, find 1042: nothing -> cancelled 1042 g0 #7 a
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | revived | transient cancelUnseen
        read 7: gone, find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: gone, find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused, revived | permanent cancelRefused
        read 7: gone, find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled, revived
        read 7: gone, find 1042: a, cancel 7: no response -> cancelling nil over unknown at 0 1042 g0 #7 a | revived | exchange unknown
    sending a first fresh
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        put 1042 a: accepted -> held a 1042 g0 #7 a; write a at -10 | pushed
        put 1042 a: refused, find 1042: nothing -> sending a over nil at 0 1042 g0 #0 a; write a at -10 | transient notSeenYet
        put 1042 a: refused, find 1042: a -> held a 1042 g0 #7 a; write a at -10 | pushFoundDone, pushed
        put 1042 a: no response -> sending a over nil at 0 1042 g0 #0 a; write a at -10 | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b; write a at -10 again | pushed
        update 1042 b: refused, find 1042: nothing -> sending b over unknown at 0 1042 g0 #0 a; write a at -10 again | transient notSeenYet
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a; write a at -10 again | permanent putRefused
        update 1042 b: no response -> sending b over unknown at 0 1042 g0 #0 a; write a at -10 again | exchange unknown
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing -> sending a over nil at -10 1042 g0 #0 a | transient cancelBeforeSendingIsSeen
        find 1042: a, cancel 7: accepted, read 7: live -> unseen a at 14 1042 g0 #7 a; write a at -10 again | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 -; write a at -10 again | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held a 1042 g0 #7 a; write a at -10 again | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 -; write a at -10 again | cancelled
        find 1042: a, cancel 7: no response -> cancelling a over nil at 0 1042 g0 #7 a; write a at -10 again | exchange unknown
      done b
        find 1042: nothing -> sending a over nil at -10 1042 g0 #0 a | transient notSeenYet
        find 1042: a -> held a 1042 g0 #7 a | permanent changedWhenDone
      resend
        -> sending a over nil at -10 1042 g0 #0 a; write b at -130 again
      reopened
        find 1042: nothing -> sending a over nil at -10 1042 g0 #0 a
        find 1042: a, decide, find 1042: a -> sending a over nil at -10 1042 g0 #0 a
    sending b over a fresh
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        update 1042 a: accepted -> held a 1042 g0 #7 a; write b at -10 again | pushed
        update 1042 a: refused, find 1042: nothing -> sending a over unknown at 0 1042 g0 #7 a; write b at -10 again | transient notSeenYet
        update 1042 a: refused, find 1042: a -> held unknown 1042 g0 #7 a; write b at -10 again | permanent putRefused
        update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a; write b at -10 again | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b; write b at -10 | pushed
        update 1042 b: refused, find 1042: nothing -> sending b over a at 0 1042 g0 #7 a; write b at -10 | transient notSeenYet
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a; write b at -10 | permanent putRefused
        update 1042 b: no response -> sending b over a at 0 1042 g0 #7 a; write b at -10 | exchange unknown
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing, cancel 7: accepted, read 7: live -> unseen b at 14 1042 g0 #7 a; write b at -10 again | transient cancelUnseen
        find 1042: nothing, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 -; write b at -10 again | cancelled
        find 1042: nothing, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a; write b at -10 again | cancelRefused | permanent cancelRefused
        find 1042: nothing, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 -; write b at -10 again | cancelled
        find 1042: nothing, cancel 7: no response -> cancelling b over a at 0 1042 g0 #7 a; write b at -10 again | exchange unknown
        find 1042: a, cancel 7: accepted, read 7: live -> unseen b at 14 1042 g0 #7 a; write b at -10 again | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 -; write b at -10 again | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a; write b at -10 again | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 -; write b at -10 again | cancelled
        find 1042: a, cancel 7: no response -> cancelling b over a at 0 1042 g0 #7 a; write b at -10 again | exchange unknown
      done b
        find 1042: nothing -> sending b over a at -10 1042 g0 #7 a | transient notSeenYet
        find 1042: a, read 7: live -> held unknown 1042 g0 #7 a | permanent changedWhenDone
        find 1042: a, read 7: cancelled -> held unknown 1042 g0 #7 a | permanent changedWhenDone
      resend
        -> sending b over a at -10 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> sending b over a at -10 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> sending b over a at -10 1042 g0 #7 a
    cancelling a fresh
      wanted a; wanted b; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        find 1042: nothing -> cancelling nil over a at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> cancelling nil over a at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: nothing, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: refused, read 7: live -> cancelling nil over a at 0 1042 g0 #7 a | transient cancelRefusedAfterUnknown
        find 1042: nothing, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: no response -> cancelling nil over a at 0 1042 g0 #7 a | exchange unknown
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> cancelling nil over a at 0 1042 g0 #7 a | transient cancelRefusedAfterUnknown
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling nil over a at 0 1042 g0 #7 a | exchange unknown
      done b
        find 1042: nothing -> cancelling nil over a at -10 1042 g0 #7 a | transient doneBeforeCancelIsSeen
        find 1042: a -> cancelling nil over a at -10 1042 g0 #7 a | transient doneBeforeCancelIsSeen
      resend
        -> cancelling nil over a at -10 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> cancelling nil over a at -10 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> cancelling nil over a at -10 1042 g0 #7 a
    cancelling sending a first fresh
      wanted a; wanted b; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        find 1042: nothing -> cancelling a over nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> cancelling a over nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing, cancel 7: accepted, read 7: live -> unseen a at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: nothing, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: refused, read 7: live -> cancelling a over nil at 0 1042 g0 #7 a | transient cancelRefusedAfterUnknown
        find 1042: nothing, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: no response -> cancelling a over nil at 0 1042 g0 #7 a | exchange unknown
        find 1042: a, cancel 7: accepted, read 7: live -> unseen a at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> cancelling a over nil at 0 1042 g0 #7 a | transient cancelRefusedAfterUnknown
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling a over nil at 0 1042 g0 #7 a | exchange unknown
      done b
        find 1042: nothing -> cancelling a over nil at -10 1042 g0 #7 a | transient doneBeforeCancelIsSeen
        find 1042: a -> cancelling a over nil at -10 1042 g0 #7 a | transient doneBeforeCancelIsSeen
      resend
        -> cancelling a over nil at -10 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> cancelling a over nil at -10 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> cancelling a over nil at -10 1042 g0 #7 a
    unseen fresh
      wanted a; wanted b; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        find 1042: nothing -> unseen nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> unseen nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing, read 7: live -> unseen nil at -10 1042 g0 #7 a | transient cancelUnseen
        find 1042: nothing, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, read 7: live -> unseen nil at -10 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
      done b
        find 1042: nothing -> unseen nil at -10 1042 g0 #7 a | transient doneBeforeCancelIsSeen
        find 1042: a -> unseen nil at -10 1042 g0 #7 a | transient doneBeforeCancelIsSeen
      resend
        -> unseen nil at -10 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> unseen nil at -10 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> unseen nil at -10 1042 g0 #7 a
    sending a first over
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        put 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        put 1042 a: refused, find 1042: nothing -> nothing | permanent putRefused
        put 1042 a: refused, find 1042: a -> held a 1042 g0 #7 a | pushFoundDone, pushed
        put 1042 a: no response -> sending a over nil at 0 1042 g0 #0 a | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> nothing | permanent putRefused
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 b: no response -> sending b over unknown at 0 1042 g0 #0 a | exchange unknown
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing -> cancelled 1042 g0 #0 - | cancelled, orderAlreadyGone
        find 1042: a, cancel 7: accepted, read 7: live -> unseen a at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held a 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling a over nil at 0 1042 g0 #7 a | exchange unknown
      done b
        find 1042: nothing -> cancelled 1042 g0 #0 - | cancelled
        find 1042: a -> held a 1042 g0 #7 a | permanent changedWhenDone
      resend
        -> sending a over nil at -300 1042 g0 #0 a; write b at -130 again
      reopened
        find 1042: nothing -> sending a over nil at -300 1042 g0 #0 a
        find 1042: a, decide, find 1042: a -> sending a over nil at -300 1042 g0 #0 a
    sending b over a over
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        update 1042 a: refused, find 1042: nothing -> nothing | permanent putRefused
        update 1042 a: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> nothing | permanent putRefused
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 b: no response -> sending b over a at 0 1042 g0 #7 a | exchange unknown
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing, cancel 7: accepted, read 7: live -> unseen b at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: nothing, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: nothing, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: nothing, cancel 7: no response -> cancelling b over a at 0 1042 g0 #7 a | exchange unknown
        find 1042: a, cancel 7: accepted, read 7: live -> unseen b at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held unknown 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling b over a at 0 1042 g0 #7 a | exchange unknown
      done b
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, read 7: live -> held unknown 1042 g0 #7 a | permanent changedWhenDone
        find 1042: a, read 7: cancelled -> held unknown 1042 g0 #7 a | permanent changedWhenDone
      resend
        -> sending b over a at -300 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> sending b over a at -300 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> sending b over a at -300 1042 g0 #7 a
    cancelling a over
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        find 1042: a, update 1042 a: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, unknownDocument
        find 1042: a, update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        find 1042: a, update 1042 b: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: live -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, find 1042-2: a -> cancelled 1042 g0 #7 - | cancelled, numberGivenUp, otherSource | permanent numberTaken
        find 1042: a, update 1042 b: no response -> sending b over a requested at 0 1042 g0 #7 a | exchange unknown
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, orderAlreadyGone
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held a requested 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling nil over a requested at 0 1042 g0 #7 a | exchange unknown
      done b
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, orderAlreadyGone
        find 1042: a -> held a requested 1042 g0 #7 a | permanent changedWhenDone
      resend
        -> cancelling nil over a at -300 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> cancelling nil over a at -300 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> cancelling nil over a at -300 1042 g0 #7 a
    cancelling sending a first over
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        find 1042: a, update 1042 a: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, unknownDocument
        find 1042: a, update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        find 1042: a, update 1042 b: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: live -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, find 1042-2: a -> cancelled 1042 g0 #7 - | cancelled, numberGivenUp, otherSource | permanent numberTaken
        find 1042: a, update 1042 b: no response -> sending b over a requested at 0 1042 g0 #7 a | exchange unknown
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, orderAlreadyGone
        find 1042: a, cancel 7: accepted, read 7: live -> unseen nil at 14 1042 g0 #7 a | transient cancelUnseen
        find 1042: a, cancel 7: accepted, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: refused, read 7: live -> held a requested 1042 g0 #7 a | cancelRefused | permanent cancelRefused
        find 1042: a, cancel 7: refused, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
        find 1042: a, cancel 7: no response -> cancelling nil over a requested at 0 1042 g0 #7 a | exchange unknown
      done b
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, orderAlreadyGone
        find 1042: a -> held a requested 1042 g0 #7 a | permanent changedWhenDone
      resend
        -> cancelling a over nil at -300 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> cancelling a over nil at -300 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> cancelling a over nil at -300 1042 g0 #7 a
    unseen over
      wanted a; seen cancelled, wanted a; seen renumbered, wanted a; seen edited, wanted a; seen edited and begun, wanted a; seen gone, wanted a; seen gone and booked, wanted a; retried, wanted a
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        find 1042: a, update 1042 a: refused, find 1042: nothing -> held unknown requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, find 1042-2: a, compare 7: same -> held a 1042-2 g1 #7 a | cancelled, numberGivenUp, pushed, unknownDocument
        find 1042: a, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, find 1042-2: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        find 1042: a, update 1042 b: refused, find 1042: nothing -> held unknown requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: live -> held unknown requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, find 1042-2: a -> cancelled 1042 g0 #7 - | cancelled, numberGivenUp, otherSource | permanent numberTaken
        find 1042: a, update 1042 b: no response -> sending b over unknown requested at 0 1042 g0 #7 a | exchange unknown
      unwanted; seen cancelled, unwanted; seen gone, unwanted
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, orderAlreadyGone
        find 1042: a, read 7: live -> held unknown requested 1042 g0 #7 a | permanent cancelNotCarriedOut
        find 1042: a, read 7: cancelled -> cancelled 1042 g0 #7 - | cancelled
      done b
        find 1042: nothing -> cancelled 1042 g0 #7 - | cancelled, orderAlreadyGone
        find 1042: a -> held unknown requested 1042 g0 #7 a
      resend
        -> unseen nil at -300 1042 g0 #7 a; write b at -130 again
      reopened
        find 1042: nothing -> unseen nil at -300 1042 g0 #7 a
        find 1042: a, decide, find 1042: a -> unseen nil at -300 1042 g0 #7 a
    """
