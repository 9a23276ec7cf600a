# The thread an item stands in.

thread-title = thread
thread-whole = { $key } shows all of it
thread-take = { $key } takes it in order
thread-taken =
    { $n ->
        [one] 1 item of this thread is yours, in order
       *[other] { $n } items of this thread are yours, in order
    }
thread-none = Nothing comes before it.
thread-earlier =
    { $n ->
        [one] 1 earlier message
       *[other] { $n } earlier messages
    }
thread-no-subject = This item stands in no thread.
thread-nothing-waits = Nothing else of this thread waits for you.
thread-here = { $n } here · { $waiting } waiting · { $removed } removed
thread-waiting = waits
thread-leased = in hand
thread-decided = decided
thread-withdrawn = withdrawn
