// swift-format-ignore-file: one path a line.

/// What the engine does with a document, by what the journal holds of it and what happens: calls, then what the journal holds
/// afterwards, what was told, and what was thrown. Read by ``PushTableTests``.
///
/// `a` and `b` are contents. `requested`: the document was told to be cancelled and is shown as live. Then come the number in the
/// warehouse, how often the number was given up, the identifier there, and whose lines are recorded.
let pushTable = """
    nothing
      wanted a
        put 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        put 1042 a: refused, find 1042: nothing -> nothing | permanent putRefused
        put 1042 a: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        put 1042 a: no response, find 1042: nothing -> sending a over nil at 0 1042 g0 #0 a | exchange unknown
        put 1042 a: no response, find 1042: a -> held a 1042 g0 #7 a | pushFoundDone, pushed
      wanted b
        put 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        put 1042 b: refused, find 1042: nothing -> nothing | permanent putRefused
        put 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        put 1042 b: no response, find 1042: nothing -> sending b over nil at 0 1042 g0 #0 b | exchange unknown
        put 1042 b: no response, find 1042: a -> sending b over nil at 0 1042 g0 #0 b | exchange unknown
      unwanted
        -> nothing
      done b
        -> nothing
      resend
        -> nothing
      reopened
        -> nothing
    held a
      wanted a
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
    held unknown
      wanted a
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
    held a requested
      wanted a
        update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        update 1042 a: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, pushed
        update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp | permanent putRefused
        update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp | exchange unknown
        update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> held a requested 1042 g0 #7 a | permanent putRefused
        update 1042 b: refused, find 1042: a, read 7: live -> held a requested 1042 g0 #7 a | permanent putRefused
        update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, pushed
        update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp | permanent putRefused
        update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp | exchange unknown
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
    cancelled
      wanted a
        put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | numberGivenUp, pushed
        put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | numberGivenUp | permanent putRefused
        put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | numberGivenUp | exchange unknown
      wanted b
        put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | numberGivenUp, pushed
        put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | numberGivenUp | permanent putRefused
        put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | numberGivenUp | permanent putRefused
        put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | numberGivenUp | exchange unknown
      unwanted
        -> cancelled 1042 g0 #7 -
      done b
        -> cancelled 1042 g0 #7 -
      resend
        find 1042: nothing -> cancelled 1042 g0 #7 -
        find 1042: a, decide -> held unknown requested 1042 g0 #7 a
      reopened
        decide -> cancelled 1042 g0 #7 -
    sending a first fresh
      wanted a
        put 1042 a: accepted -> held a 1042 g0 #7 a; write a at -10 | pushed
        put 1042 a: refused, find 1042: nothing -> sending a over nil at 0 1042 g0 #0 a; write a at -10 | transient notSeenYet
        put 1042 a: refused, find 1042: a -> held a 1042 g0 #7 a; write a at -10 | pushFoundDone, pushed
        put 1042 a: no response -> sending a over nil at 0 1042 g0 #0 a; write a at -10 | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b; write a at -10 again | pushed
        update 1042 b: refused, find 1042: nothing -> sending b over unknown at 0 1042 g0 #0 a; write a at -10 again | transient notSeenYet
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a; write a at -10 again | permanent putRefused
        update 1042 b: no response -> sending b over unknown at 0 1042 g0 #0 a; write a at -10 again | exchange unknown
      unwanted
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
      wanted a
        update 1042 a: accepted -> held a 1042 g0 #7 a; write b at -10 again | pushed
        update 1042 a: refused, find 1042: nothing -> sending a over unknown at 0 1042 g0 #7 a; write b at -10 again | transient notSeenYet
        update 1042 a: refused, find 1042: a -> held unknown 1042 g0 #7 a; write b at -10 again | permanent putRefused
        update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a; write b at -10 again | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b; write b at -10 | pushed
        update 1042 b: refused, find 1042: nothing -> sending b over a at 0 1042 g0 #7 a; write b at -10 | transient notSeenYet
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a; write b at -10 | permanent putRefused
        update 1042 b: no response -> sending b over a at 0 1042 g0 #7 a; write b at -10 | exchange unknown
      unwanted
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
      wanted a
        find 1042: nothing -> cancelling nil over a at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> cancelling nil over a at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      wanted b
        find 1042: nothing -> cancelling nil over a at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> cancelling nil over a at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      unwanted
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
      wanted a
        find 1042: nothing -> cancelling a over nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> cancelling a over nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      wanted b
        find 1042: nothing -> cancelling a over nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> cancelling a over nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      unwanted
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
      wanted a
        find 1042: nothing -> unseen nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> unseen nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      wanted b
        find 1042: nothing -> unseen nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
        find 1042: a -> unseen nil at -10 1042 g0 #7 a | transient wantedBeforeCancelIsSeen
      unwanted
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
      wanted a
        put 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        put 1042 a: refused, find 1042: nothing -> nothing | permanent putRefused
        put 1042 a: refused, find 1042: a -> held a 1042 g0 #7 a | pushFoundDone, pushed
        put 1042 a: no response -> sending a over nil at 0 1042 g0 #0 a | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> nothing | permanent putRefused
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 b: no response -> sending b over unknown at 0 1042 g0 #0 a | exchange unknown
      unwanted
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
      wanted a
        update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        update 1042 a: refused, find 1042: nothing -> nothing | permanent putRefused
        update 1042 a: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 a: no response -> sending a over unknown at 0 1042 g0 #7 a | exchange unknown
      wanted b
        update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        update 1042 b: refused, find 1042: nothing -> nothing | permanent putRefused
        update 1042 b: refused, find 1042: a -> held unknown 1042 g0 #7 a | permanent putRefused
        update 1042 b: no response -> sending b over a at 0 1042 g0 #7 a | exchange unknown
      unwanted
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
      wanted a
        find 1042: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp | exchange unknown
        find 1042: a, update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        find 1042: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: live -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, pushed
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp | exchange unknown
        find 1042: a, update 1042 b: no response -> sending b over a requested at 0 1042 g0 #7 a | exchange unknown
      unwanted
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
      wanted a
        find 1042: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp | exchange unknown
        find 1042: a, update 1042 a: no response -> sending a over a requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        find 1042: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: live -> held a requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, pushed
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp | exchange unknown
        find 1042: a, update 1042 b: no response -> sending b over a requested at 0 1042 g0 #7 a | exchange unknown
      unwanted
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
      wanted a
        find 1042: nothing, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, put 1042-2 a: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 a: accepted -> held a 1042 g0 #7 a | pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: live, compare 7: same -> held a 1042 g0 #7 a | pushFoundDone, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: accepted -> held a 1042-2 g1 #8 a | cancelled, numberGivenUp, pushed
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: refused, find 1042-2: a -> cancelled 1042 g0 #7 a | cancelled, numberGivenUp | permanent putRefused
        find 1042: a, update 1042 a: refused, find 1042: a, read 7: cancelled, put 1042-2 a: no response -> sending a over nil at 0 1042-2 g1 #0 a | cancelled, numberGivenUp | exchange unknown
        find 1042: a, update 1042 a: no response -> sending a over unknown requested at 0 1042 g0 #7 a | exchange unknown
      wanted b
        find 1042: nothing, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, orderAlreadyGone, pushed
        find 1042: nothing, put 1042-2 b: refused, find 1042-2: nothing -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp, orderAlreadyGone | permanent putRefused
        find 1042: nothing, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp, orderAlreadyGone | exchange unknown
        find 1042: a, update 1042 b: accepted -> held b 1042 g0 #7 b | pushed
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: live -> held unknown requested 1042 g0 #7 a | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: accepted -> held b 1042-2 g1 #8 b | cancelled, numberGivenUp, pushed
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: refused, find 1042-2: a -> cancelled 1042 g0 #7 b | cancelled, numberGivenUp | permanent putRefused
        find 1042: a, update 1042 b: refused, find 1042: a, read 7: cancelled, put 1042-2 b: no response -> sending b over nil at 0 1042-2 g1 #0 b | cancelled, numberGivenUp | exchange unknown
        find 1042: a, update 1042 b: no response -> sending b over unknown requested at 0 1042 g0 #7 a | exchange unknown
      unwanted
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
