# The desk line by line, for the ear: whole sentences, no signs that are read aloud.

plain-scrollback = Plain desk: what is read here stays in the scrollback of your terminal after the shift.
plain-help-hint = Type ? for help. An empty line decides nothing.
plain-prompt = Your turn:
plain-prompt-break = Break:
plain-prompt-enter = Enter:
plain-prompt-question = Yes or no:
plain-empty = An empty line decides nothing. Type ? for help, or a full stop to hear the item again.
plain-unknown = { $what } is no command here. Type ? for help.
plain-typed-ahead = Typed ahead: it came before this was told, so nothing was done. Type it again.
plain-typed-twice = Typed twice at once: once is enough.
plain-question = Type yes, or the same line again, to do it. Anything else does not.
plain-not-done = Not done.
plain-nothing-asked = Nothing was asked.
plain-agree-ask = Hard items come only if you agree anew. Type yes to agree, no to go on without them.
plain-agreed = Agreed. Hard items may come again.
plain-held = { $what }: { $item }. It leaves at { $time }; u takes it back.
# Said some thousand times a shift, so its id and time stand in "held" only.
plain-held-short = { $what }; u takes it back.
plain-undone = taken back
plain-done-under = { $what } under { $policy }
plain-named = { $name }: { $text }
plain-title = title
plain-live = a live stream
plain-overdue = overdue since { $time }
plain-online = online
plain-online-since = online for { $length }
plain-reported =
    { $n ->
        [one] reported once
       *[other] reported { $n } times
    }
plain-times =
    { $n ->
        [one] once
       *[other] { $n } times
    }
plain-alike =
    { $n ->
        [one] same text { $what } once before
       *[other] same text { $what } { $n } times before
    }
plain-masked =
    { $n ->
        [one] [masked, 1 word]
       *[other] [masked, { $n } words]
    }
plain-masked-as =
    { $n ->
        [one] [{ $what }, 1 word]
       *[other] [{ $what }, { $n } words]
    }
plain-covered =
    { $n ->
        [one] 1 word is masked; o opens it.
       *[other] { $n } words are masked; o opens them.
    }
plain-covered-all = Covered: { $name }; o opens it.
plain-a-note = a note
plain-reply-public = Public reply kept with the draft; a verdict sends it.
plain-reply-private = Private reply kept with the draft; a verdict sends it.
plain-say-policy = Which policy? { $choices }.
plain-say-measure = Which measure, and then which policy? { $choices }.
plain-say-queue = To which queue? { $choices }.
plain-say-pass = Why? { $choices }.
plain-say-grade = How severe? { $choices }.
plain-say-insight = Say the topic, with its kind before a colon if you like, and the author's words after a semicolon. Kinds: { $choices }.
plain-say-department = To which department? { $choices }.
plain-say-like = Like or share? { $choices }.
plain-say-sanction = Which sanction, and for how many hours? { $choices }.
plain-say-label = Which label?
plain-say-alert = What is about to happen? It goes out at once. { $choices }.
plain-alert-more = If you know more, type alert and: plan, time, place, note and your words, keep to keep the content as evidence, or withdraw.
plain-curtain = The curtain is down: nothing more is said. Any line brings the item back.
plain-curtain-word = The curtain is down: nothing more is said. The curtain word brings the item back.
plain-away = Nothing was typed for a while: the item went back to the queue. Press Enter when you are here again.
plain-break-until = It lasts until { $time }. Until then only help, q and alerts are answered.
plain-break-own = Any line returns to work. You may say what it is, and need not: l lunch, m meeting, t technical.
plain-break-over = The break is over. Press Enter when you are ready.
plain-break-over-now = Attention.
plain-refused-listed = Type refused to hear all that could not be recorded, and read once you have.
plain-refused-read = Type read once you have read them.
plain-other-desk = Type yes to take over; the other one sends what it holds and closes. Type q to leave.
plain-summary = Press Enter to leave, n and your words to leave a note for the next shift, or back to go on.
plain-spell-covered = It is covered; o opens it first.
plain-spelled = Word { $word }: { $script } letter { $code }, looks like { $like }.
plain-spelled-mark = Word { $word }: invisible character { $name }, { $code }.
plain-spelled-none = All letters are what they seem.
plain-script-latin = Latin
plain-script-odd-latin = unusual Latin
plain-script-greek = Greek
plain-script-cyrillic = Cyrillic
plain-script-armenian = Armenian
plain-script-other = foreign
plain-help-decide = To decide: a approve; d and a policy, delete; m, a measure and a policy; e escalate; p and a reason, pass; u undo.
plain-help-gather = To go with the verdict: r and your words, public reply; private and your words; template, a prepared reply; n note; i insight; f forward; l like; share; s sanction; label; g and a level, grade.
plain-help-look = To look: full stop repeats; o opens what is masked; v subject and thread, V takes the thread in order; b tells what belongs together; h author; k details; c charter, c and a policy for its text; slash and words finds; spell names letters that are not what they seem; M masking level.
plain-help-ask = To ask: w, whom, and your question; W lists answers, questions and notices.
plain-say-doubt = Say w, whom, and your question: { $choices }
plain-say-messages = Say W and a number to hear one; behind the number: answer and your words, take, or keep. W and words finds precedents.
plain-help-day = The day: B break; x curtain; held; refused; day for your own page; topics, and a policy that you do not take; q end of shift.
plain-help-alert = Imminent harm: an exclamation mark, or alert, and one of s suicide, t threat, a attack, c child. It goes out at once.
plain-help-enter = Every command is a line of its own, as a letter or a word in English or French. What you type before an item is told is refused.
plain-help-break = In a break: q ends the shift, alert says where your alerts stand, full stop says until when. Nothing ends a break early.
plain-say-template = Say template and a number or a name: { $choices }. Say template and a question mark to be asked.
plain-template-blanks = { $text } Not kept yet. Say template { $code }, and after semicolons: { $blanks }
plain-template-asks = { $question } { $choices }. Say template ? { $walked } and the letter.
plain-say-batch = b and one of these: { $choices }.
plain-batch-keys = more tells the next ten, v and numbers marks, V marks all, then a verdict; back closes it.
plain-batch-which = Say which, such as v 3 or v 3-7.
plain-batch-first = A batch is open. back closes it.
plain-batch-closed = The batch is closed.
plain-no-batch = No batch is open.
plain-topics = Topics: { $topics }
plain-topics-known = Topics to take out or in again: { $topics }
plain-checkin = Say checkin and two numbers from 1 to 5: how you are, and how heavy it was.
