# What an author did here, and what happened to an item.

history-author = What { $author } did here
history-item = What happened to { $item }
history-entry = { $when } · { $what } · { $who }
history-none = Nothing is known yet.
history-imported = received
history-decided = { $verdict } { $policy }
history-reversed = reversed
history-passed = handed back
history-again = to be decided anew
history-resumed = its deadline goes on
history-paused = its deadline stopped
history-erased = its content went
history-sealed = sealed
history-withdrawn = withdrawn
history-merged = the same came again
history-revised = edited
history-figures =
    { $decided ->
        [one] 1 decided here, { $removed } removed
       *[other] { $decided } decided here, { $removed } removed
    }
history-closed = Closed to you: you passed this author for a conflict of interest.
history-asked = Asking the queue.
