# The screen that opens the day.

shift-hello = Good to see you, { $name }.
shift-title = Your shift
shift-waiting =
    { $n ->
        [one] { $client }: 1 item waits
       *[other] { $client }: { $n } items wait
    }
shift-due-soon =
    { $n ->
        [one] 1 due within 15 minutes
       *[other] { $n } due within 15 minutes
    }
shift-for-me =
    { $n ->
        [one] 1 is already yours
       *[other] { $n } are already yours
    }
shift-ends = planned end { $time }
shift-ends-soon = The shift ends in less than an hour; it cannot be planned shorter.
shift-handover = Notes from the shift before
shift-handover-one = { $who }, { $when }: { $text }
shift-no-handover = Nobody left a note.
shift-charter = { $client }: charter { $version }
shift-keymap = keys: { $name }
shift-start = Enter brings the first item
shift-break-runs = A break runs until { $time }.
shift-signing-in = Opening the desk.
shift-offline = Nothing is served before the queue has answered. This desk goes on trying; the shift opens as soon as it does.
shift-offline-kept =
    { $n ->
        [one] 1 decision is kept here and leaves then.
       *[other] { $n } decisions are kept here and leave then.
    }
shift-sent-from-journal =
    { $n ->
        [one] 1 decision from last time was sent.
       *[other] { $n } decisions from last time were sent.
    }
shift-idle-ended = The shift before ended by itself after an hour without a sign of life.
shift-filled-with-demo = The queue was empty: the demo items are in it. `moddesk import` brings your own.
