# End of shift.

summary-title = End of shift
summary-decided =
    { $n ->
        [one] 1 decided
       *[other] { $n } decided
    }
summary-passed =
    { $n ->
        [one] 1 handed back
       *[other] { $n } handed back
    }
summary-held =
    { $n ->
        [one] 1 decision held is sent now
       *[other] { $n } decisions held are sent now
    }
summary-unsent =
    { $n ->
        [one] 1 decision is not sent yet; it stays in the journal and leaves when the desk is opened again
       *[other] { $n } decisions are not sent yet; they stay in the journal and leave when the desk is opened again
    }
summary-all-sent = Everything is sent.
summary-notes = { $key } notes for the next shift
summary-notes-title = notes for the next shift
summary-notes-kept = The next shift will read your notes.
summary-leave = Enter leaves · Esc goes back
summary-goodbye = Thank you. Until next time.
summary-break-runs = A break runs until { $time }; it is the same when you come back.
