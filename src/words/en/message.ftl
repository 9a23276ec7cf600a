# Notices, answers to doubts, and what became of one's own decisions.

message-title = Answers and messages
message-none = Nothing to read: no notice, no question, no answer.
message-new = new
message-everybody = everybody
message-you = you
message-notice = Notice from { $who } to { $to }, { $when }
message-charter = The charter of { $client } has changed: version { $version }, { $when }
message-policies = The policies of { $client } have changed: { $version }, { $when }
message-confirm = Enter: read, on to the next item
message-waits = A notice waits before the next item: Enter confirms it there.
message-notices-wait =
    { $n ->
        [one] 1 notice waits before your first item
       *[other] { $n } notices wait before your first item
    }
message-confirmed = Read: { $what }
message-about = about
message-asks = { $who } asks, { $when }: { $text }
message-wants-call = { $who } asks to be called, { $when }
message-asked = you asked ({ $whom }), { $when }: { $text }
message-answered = { $who } answers, { $when }: { $text }
message-called = called
message-advises = would decide: { $what }
message-settled = { $what } by { $who }, { $when }
message-parked = kept for you until { $time }, when it goes back to the queue
message-parked-other = kept until { $time }, when it goes back to the queue
message-not-parked = not kept any more: in somebody's hands or waiting in the queue
message-overturned = { $item }: { $who } overturned your “{ $own }”, { $when }; it is to be decided anew
message-overturned-now = { $item }: { $who } overturned your “{ $own }”, { $when }; now { $now }
message-escalation = { $item }, which you escalated: { $now } by { $who }, { $when }
message-precedent = a precedent: found again beside what says the same, and by its words
message-precedent-line = precedent of { $when }: { $text }
message-precedents = Precedents
message-no-precedents = No precedent has these words: { $words }
message-find = / and words find precedents
message-keys = { $answer } answer · { $take } take it up · { $keep } precedent · Esc
