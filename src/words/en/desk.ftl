# What the desk says while somebody works at it.

desk-added = added to the draft; a verdict sends it
desk-all-settled = Nothing is left to read: all decisions are recorded.
desk-author-unknown = author unknown
desk-box-keys = { $done } keeps it · Enter is a new line · Esc leaves, the text waits
desk-box-sends = { $done } sends it · Enter is a new line · Esc leaves, the text waits
desk-box-closed = The box was closed; what you type now does nothing. The text is kept.
desk-change-look = { $key } shows the charter
desk-change-read = read: version { $version }
desk-charter-pane = charter ({ $key }: all of it)
desk-chooser-enter = Enter picks nothing here: press a letter, or ↓ to mark a line first.
desk-chooser-keys = a letter picks · / filters · Esc leaves
desk-filter-keys = Enter picks the marked line · ↑ ↓ move · Esc leaves
desk-detail-created = written
desk-detail-due = due
desk-detail-id = item
desk-detail-kind = kind
desk-detail-lease = yours until
desk-detail-level = severity
desk-detail-link = link
desk-detail-queue = queue
desk-detail-received = received
desk-draft-lost = The draft could not be kept ({ $why }); it is still on this screen.
desk-draft-offered = You had begun a draft for this item; it is here again.
desk-ending = Sending what is held and ending the shift.
desk-failed = { $why }
desk-figures-break = next break about
desk-figures-end = planned end of shift
desk-graded = graded { $level } ({ $name })
desk-grave = { $what } { $item } under { $policy }, a grave policy.
desk-grave-seals = It seals the item: text, context and media leave the queue for good.
desk-grave-with = with: { $what }
desk-leave-key = Esc leaves; the alert stays out
desk-masking = masking at least { $level }
desk-media-no-alt = no description
desk-media-unknown = medium
desk-no-alert = You have raised no alert.
desk-no-author = The platform does not say who wrote it.
desk-no-ids = One moment: press the key again.
desk-no-letter = { $letter } picks nothing here.
desk-no-policies = This client has no policies here; without one nothing can be deleted or restricted.
desk-no-visibility = Only a reply is public or private.
desk-not-here = This desk does not have that.
desk-not-reversed = { $item } was not reversed: { $why }
desk-not-sent-yet = not sent yet; it stays in the journal
desk-nothing-covered = Nothing of it is covered.
desk-nothing-to-confirm = Enter sends nothing. Nothing waits to be confirmed.
desk-nowhere-to-escalate = This queue escalates to no other.
desk-one-pane = There is one pane: j and k scroll it.
desk-other-desk = Another desk of yours is open ({ $desk }). Take over?
desk-other-desk-keys = Enter takes over; the other one sends what it holds and closes · q leaves
desk-page-keys = j, k, Space scroll · Esc leaves
desk-page-keys-read = j, k, Space scroll · Enter: read · Esc leaves
desk-passed = Handed back.
desk-question = Once more
desk-question-keys = Enter: yes · Esc: no
desk-question-letter = { $key } or Enter: yes · Esc: no
desk-reverse-ask = { $what } { $item } was already sent. Reverse it?
desk-reverse-does = The reversal is recorded and linked, and the item comes back to you.
desk-reversed = reversed: { $item }
desk-reversing = The reversal is on its way.
desk-rounds = earlier rounds
desk-taken-out = taken out of the draft
desk-too-soon-client = Too early: another client's item had just appeared.
desk-undone = taken back: { $item }
desk-undone-lost = Taken back, but { $item } is with somebody else now.
desk-unfinished = { $what } (unfinished)
desk-sum-held = held back
desk-sum-media =
    { $n ->
        [one] 1 medium
       *[other] { $n } media
    }
desk-sum-online = online
desk-sum-posts =
    { $n ->
        [one] 1 post
       *[other] { $n } posts
    }
desk-sum-removed = { $n } removed
desk-sum-times = ×{ $n }
desk-sum-views =
    { $n ->
        [one] 1 view
       *[other] { $n } views
    }
desk-sum-words =
    { $n ->
        [one] 1 word
       *[other] { $n } words
    }
